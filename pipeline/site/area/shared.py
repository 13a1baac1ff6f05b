"""What all area pages share: definitions, themes and hand-kept texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.indicator import Indicator, read_without_explanation
from pipeline.site.figure.cijfer import read_rows
from pipeline.site.freshness import Freshness, by_table
from pipeline.sql import Connection

OVERLAST_BRON = "politie_overlast"


class Thema(NamedTuple):
    thema: str
    slug: str
    titel: str
    soort: str
    volgorde: int


class Hulplijn(NamedTuple):
    naam: str
    nummer: str
    url: str
    wanneer: str
    gecontroleerd_op: str


@dataclass(frozen=True)
class Shared:
    """A few hundred rows, independent of the number of areas.

    Attributes:
        overlast: the indicators that are counted from a table of nuisance, not of crime.
        voorbehouden: key of a caveat -> its text.
        kort: the same for those that stand on every area page, as short as it can be said.
        voorbeeld: whether the figures are those of the embedded example.
        aanwezig: the indicators of which the store has anything at all.
        lopend: indicator -> the period that is left out for it had not ended, and its last known day.
        bronnen: table -> how old the figures of its source are, and when the next come.
    """

    indicatoren: Mapping[str, Indicator]
    overlast: frozenset[str]
    themas: Mapping[str, Thema]
    voorbehouden: Mapping[str, str]
    kort: Mapping[str, str]
    hulplijnen: Sequence[Hulplijn]
    voorbeeld: bool
    aanwezig: frozenset[str]
    lopend: Mapping[str, tuple[str, date]]
    bronnen: Mapping[str, Freshness]

    def why_absent(self, indicator: str) -> str:
        """Why an area has no row of an indicator; one with a row says it itself."""
        if self.voorbeeld:
            return "niet_in_voorbeeld"
        return "ontbreekt" if indicator in self.aanwezig else "niet_in_opslag"

    @cached_property
    def by_measure(self) -> Mapping[str, Sequence[Indicator]]:
        """The indicators by way of measuring: geregistreerd, ervaren, omstandigheid, gemeente."""
        found: dict[str, list[Indicator]] = {}
        for one in self.indicatoren.values():
            found.setdefault(one.meetwijze, []).append(one)
        return found


def read_shared(con: Connection, *, municipal: bool = True) -> Shared:
    """Read what all pages share; if not `municipal`, without what gemeenten give themselves.

    Most of the country has nothing of that: its pages are then not made anew for the file of a gemeente.
    """
    nuisance = con.execute(
        "select distinct p.indicator from mart.gebied_profiel as p "
        "join contract.snapshot as s on s.tabel = p.tabel "
        f"where p.noemer is not null and starts_with(s.bron_id, '{OVERLAST_BRON}')"
    ).fetchall()
    themes = read_rows(
        con,
        Thema,
        "(select thema, slug, titel, soort, volgorde::int as volgorde from reference.themas)",
        order="volgorde",
    )
    definitions = read_without_explanation(con, municipal=municipal)
    known = con.execute(
        "select distinct indicator from mart.gebied_profiel where list_contains($names, indicator)",
        {"names": list(definitions)},
    ).fetchall()
    running = con.execute("select indicator, periode, tot from statistiek.lopend").fetchall()
    return Shared(
        indicatoren=definitions,
        overlast=frozenset(name for (name,) in nuisance),
        themas={row.thema: row for row in themes},
        voorbehouden=dict(con.execute("select voorbehoud, tekst from reference.voorbehouden").fetchall()),
        kort=dict(con.execute("select voorbehoud, tekst from reference.voorbehouden_kort").fetchall()),
        hulplijnen=read_rows(con, Hulplijn, "reference.hulplijnen", order="nummer"),
        voorbeeld=con.execute("select opslag from contract.bouw").fetchall()[0][0] == "voorbeeld",
        aanwezig=frozenset(name for (name,) in known),
        lopend={name: (period, until) for name, period, until in running},
        bronnen=by_table(con, municipal=municipal),
    )


def read_columns(con: Connection) -> dict[str, dict[str, Any]]:
    """Columns of the rows on area pages that are the same for every area: {indicator: {column: value}}."""
    columns = ("eenheid", "per", "noemer_soort", "voorbehoud", "indeling_jaar")
    rows = con.execute(
        f"select indicator, {', '.join(columns)} from contract.indicator, "
        "(select max(indeling_jaar) as indeling_jaar from core.gebied) "
        "where meetwijze = 'geregistreerd' order by indicator"
    ).fetchall()
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
