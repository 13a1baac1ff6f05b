"""Holds approaches against a warehouse: areas, indicators and themes that it knows, and what lies around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pipeline.aanpak.definition import Approach, refuse
from pipeline.aanpak.lines import Fault, Lines
from pipeline.aanpak.window import first_year
from pipeline.gebied import gemeente_of
from pipeline.indicator import Indicator, read_indicators
from pipeline.sql import Connection


@dataclass(frozen=True)
class Known:
    """What a warehouse knows that an approach may name.

    Attributes:
        gebieden: code → name, of the newest division.
        gemeenten: codes of those with areas in the store.
        buren: buurt → the buurten that it touches.
    """

    gebieden: Mapping[str, str]
    gemeenten: frozenset[str]
    indicatoren: Mapping[str, Indicator]
    themas: tuple[str, ...]
    buren: Mapping[str, frozenset[str]]


def read_known(con: Connection) -> Known:
    """What the warehouse knows."""
    areas = dict(con.execute("select gebied_code, gebied_naam from core.gebied").fetchall())
    around: dict[str, set[str]] = {}
    for one, other in con.execute("select buurt_code, buur_code from statistiek.buren").fetchall():
        around.setdefault(one, set()).add(other)
    return Known(
        areas,
        frozenset(code for code in areas if code.startswith("GM")),
        read_indicators(con),
        tuple(
            row[0]
            for row in con.execute("select thema from reference.themas order by volgorde::int").fetchall()
        ),
        {code: frozenset(found) for code, found in around.items()},
    )


def refuse_unknown(known: Known, approaches: Sequence[Approach]) -> None:
    """Raise ApproachError for the first approach that names what the warehouse does not know."""
    for approach in approaches:
        refuse(approach.path, faults_of(known, approach))


def faults_of(known: Known, approach: Approach) -> list[Fault]:
    """Every fault that only a warehouse can tell; an area of a gemeente outside the store is none."""
    lines = Lines(approach.path.read_text(encoding="utf-8"))
    faults = []
    for key in ("gebieden", "vergelijking"):
        for code in getattr(approach, key):
            if gemeente_of(code) in known.gemeenten and code not in known.gebieden:
                text = f"{key} heeft {code!r}, dat in de nieuwste indeling niet bestaat"
                faults.append(Fault(lines.of(key, code), text + _alike(known, code)))
    ring = ring_of(known, approach.gebieden)
    for code in approach.vergelijking:
        if any(_inside(one, code) for one in ring):
            text = f"vergelijking heeft {code!r}, dat aan de aanpak grenst; noem gebieden verder weg"
            faults.append(Fault(lines.of("vergelijking", code), text))
    if approach.thema not in known.themas:
        text = f"thema is {approach.thema!r}; toegestaan: {', '.join(known.themas)}"
        faults.append(Fault(lines.of("thema"), text))
    faults += [_indicator_fault(known, approach, lines, one) for one in _wrong_indicators(known, approach)]
    return faults


def inside(known: Known, areas: Sequence[str]) -> frozenset[str]:
    """The buurten of some areas."""
    return frozenset(
        code for code in known.gebieden if code[:2] == "BU" and any(_inside(code, one) for one in areas)
    )


def ring_of(known: Known, areas: Sequence[str]) -> frozenset[str]:
    """The buurten that touch some areas and lie in none of them; none around a gemeente."""
    if any(code.startswith("GM") for code in areas):
        return frozenset()
    own = inside(known, areas)
    return frozenset(other for code in own for other in known.buren.get(code, ())) - own


def is_counted(one: Indicator) -> bool:
    """Whether it counts what the police registers: only such counts can be evaluated."""
    return one.kind == "verhouding" and one.meetwijze == "geregistreerd"


def _inside(code: str, area: str) -> bool:
    return code[2:].startswith(area[2:])


def _alike(known: Known, code: str) -> str:
    own = [one for one in known.gebieden if one[:6] == code[:6]]
    close = get_close_matches(code, own, n=3, cutoff=0.7)
    if not close:
        return "; zie veiligheidsbeeld list areas"
    return "; bedoelt u " + ", ".join(f"{one} ({known.gebieden[one]})" for one in close) + "?"


def _wrong_indicators(known: Known, approach: Approach) -> list[str]:
    return [
        one
        for one in approach.indicatoren
        if one not in known.indicatoren or not is_counted(known.indicatoren[one])
    ]


def _indicator_fault(known: Known, approach: Approach, lines: Lines, name: str) -> Fault:
    counted = [one.indicator for one in known.indicatoren.values() if is_counted(one)]
    of_goal = approach.doel is not None and approach.doel.indicator == name
    line = lines.of("indicator", table="doel") if of_goal else lines.of("indicatoren", name)
    key = "doel.indicator is" if of_goal else "indicatoren heeft"
    if name in known.indicatoren:
        return Fault(
            line,
            f"{key} {name!r}; dat is geen aantal dat de politie vastlegt, dus niet te evalueren. "
            f"Kies bijvoorbeeld {', '.join(counted[:3])}",
        )
    close = get_close_matches(name, counted, n=3) or counted[:6]
    return Fault(line, f"{key} {name!r}, dat niet bestaat; bedoelt u {', '.join(close)}?")


def is_late(approach: Approach) -> bool:
    """Whether it was written down after the first year from which its outcome shows."""
    if approach.start is None:
        return False
    return approach.vastgelegd_op > date(first_year(approach.start), 12, 31)


def warnings_of(known: Known, approach: Approach) -> list[str]:
    """What is no fault but makes a verdict weaker or later."""
    warnings = []
    if is_late(approach) and approach.start:
        warnings.append(
            f"achteraf vastgelegd: op {approach.vastgelegd_op}, na het eerste jaar "
            f"({first_year(approach.start)}). Het oordeel wordt zwakker verwoord"
        )
    if approach.start is None:
        warnings.append("er is nog geen startdatum: de aanpak staat bij de diagnose")
    outside = [code for code in approach.gebieden if gemeente_of(code) not in known.gemeenten]
    if outside:
        warnings.append(f"niet in deze opslag: {', '.join(outside)}")
    if approach.doel is None:
        warnings.append(
            "geen doel in cijfers: de evaluatie toont wat veranderde, niet of een doel gehaald is"
        )
    if approach.volgende_evaluatie is None:
        warnings.append("geen volgende evaluatie gepland: zet volgende_evaluatie in het bestand")
    if not approach.bronnen:
        warnings.append("geen bron genoemd: een lezer kan niet nagaan waar dit staat")
    return warnings
