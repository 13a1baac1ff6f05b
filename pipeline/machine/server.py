"""The tools that a program may use. Each answer has the figure and everything without which it misleads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from pipeline.machine.published import MOST_COMPARED, NO_RANKING, LookupFault, PublishedSite
from pipeline.words.provenance import SITE_NAME

INSTRUCTIONS = (
    "Cijfers over veiligheid in Nederland, per buurt, wijk en gemeente. Zoek eerst de code van een gebied en "
    "de naam van een indicator. Noem bij een cijfer altijd het jaar, de marge, de bron en de voorbehouden. "
    "Een leeg cijfer is nooit nul: status zegt waarom het leeg is. Vergelijk nooit over een breuk heen. "
    "Geregistreerd is iets anders dan gebeurd: wat niemand meldt, staat er niet in. Maak geen ranglijst, en "
    "zeg van een samenhang nooit dat het een oorzaak is."
)
CHANCE = (
    "De marge (onder tot boven) is 95 procent: toeval en gewone schommelingen tellen mee. Overlappen twee "
    "marges, dan is het verschil niet duidelijk."
)

Answer = dict[str, Any]
T = TypeVar("T")


def make_server(site: PublishedSite) -> MCPServer:
    """A server over one built site; `run()` it to talk by standard input and output."""
    server = MCPServer(SITE_NAME, instructions=INSTRUCTIONS)
    for tool in (_search, _indicators, _figure, _series, _compare, _ranking):
        function = tool(site)
        server.add_tool(function, name=function.__name__, description=function.__doc__)
    return server


def _search(site: PublishedSite) -> Callable[..., Answer]:
    def zoek_gebied(naam: str, niveau: str = "") -> Answer:
        """Zoek een gebied op naam of code. niveau mag land, gemeente, wijk of buurt zijn."""
        found = _asked(lambda: site.search(naam, niveau=niveau))
        return {"gebieden": [asdict(place) for place in found]}

    return zoek_gebied


def _indicators(site: PublishedSite) -> Callable[..., Answer]:
    def lijst_indicatoren() -> Answer:
        """Noem alle indicatoren: naam, wat er geteld of gemeten is, eenheid, niveaus en jaren."""
        return {
            "indicatoren": [
                {
                    "naam": name,
                    "definitie": one["description"],
                    "eenheid": one.get("unit", ""),
                    "niveaus": one["levels"],
                    "periode": one["temporal"],
                }
                for name, one in site.indicators.items()
            ]
        }

    return lijst_indicatoren


def _figure(site: PublishedSite) -> Callable[..., Answer]:
    def cijfer(gebied_code: str, indicator: str, periode: str = "") -> Answer:
        """Geef een cijfer van een gebied, met marge, bron en voorbehouden. Zonder periode: het nieuwste."""
        rows = _asked(lambda: site.figures([gebied_code], indicator))
        chosen = _in_period(rows, periode, what=f"{indicator} van {gebied_code}")
        return _answer(site, indicator, chosen)

    return cijfer


def _series(site: PublishedSite) -> Callable[..., Answer]:
    def reeks(gebied_code: str, indicator: str) -> Answer:
        """Geef alle jaren van een gebied. Waar breuk staat, telt de bron sindsdien anders."""
        return _answer(site, indicator, _asked(lambda: site.figures([gebied_code], indicator)))

    return reeks


def _compare(site: PublishedSite) -> Callable[..., Answer]:
    def vergelijk(gebied_codes: list[str], indicator: str, periode: str = "") -> Answer:
        """Zet hooguit tien gebieden naast elkaar, in de volgorde van de vraag, over hetzelfde jaar."""
        if len(gebied_codes) > MOST_COMPARED:
            raise ToolError(NO_RANKING)
        rows = _asked(lambda: site.figures(gebied_codes, indicator))
        chosen = _in_period(rows, periode, what=f"{indicator} van deze gebieden", of=gebied_codes)
        return _answer(site, indicator, chosen)

    return vergelijk


def _ranking(_: PublishedSite) -> Callable[..., Answer]:
    def ranglijst(indicator: str, niveau: str = "buurt") -> Answer:
        """Weigert: deze site zegt niet welke gebieden het hoogst of laagst zijn. Het antwoord zegt waarom."""
        raise ToolError(NO_RANKING)

    return ranglijst


def _in_period(
    rows: Sequence[Mapping[str, Any]], period: str, *, what: str, of: Sequence[str] = ()
) -> list[Mapping[str, Any]]:
    """Rows of one period: the one asked, else the newest that has a figure for every area asked."""
    periods = sorted({row["periode"] for row in rows})
    if period and period not in periods:
        raise ToolError(f"Van {what} is {period} er niet; wel: {', '.join(periods) or 'geen enkel jaar'}.")
    filled = [row for row in rows if row["waarde"] is not None or row["teller"] is not None]
    areas = {code.strip().upper() for code in of}
    shared = [
        one for one in periods if areas <= {row["gebied_code"] for row in filled if row["periode"] == one}
    ]
    newest = period or (
        shared[-1] if areas and shared else max((row["periode"] for row in filled), default="")
    )
    if not newest:
        raise ToolError(f"Van {what} is geen enkel cijfer gepubliceerd. Dat is iets anders dan nul.")
    return [row for row in rows if row["periode"] == newest]


def _answer(site: PublishedSite, indicator: str, rows: Sequence[Mapping[str, Any]]) -> Answer:
    described = _asked(lambda: site.description(indicator))
    caveats = dict.fromkeys(key for row in rows for key in (row["voorbehoud"] or "").split(";") if key)
    return {
        "indicator": described["title"],
        "definitie": described["description"],
        "cijfers": [dict(row) for row in rows],
        "statussen": {row["status"]: described["status"][row["status"]] for row in rows},
        "voorbehouden": {key: described["caveats"][key] for key in caveats},
        "hoe_te_lezen": CHANCE,
        "bronvermelding": described["citation"],
        "licenties": [one["title"] for one in described["licenses"]],
        "adressen": {
            code: site.place(code).adres for code in dict.fromkeys(row["gebied_code"] for row in rows)
        },
    }


def _asked(look_up: Callable[[], T]) -> T:
    try:
        return look_up()
    except LookupFault as fault:
        raise ToolError(str(fault)) from fault
