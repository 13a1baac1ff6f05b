"""What is new: which figures came, and where a year differs beyond chance.

Areas stand by name below their gemeente, never in the order of a figure.
"""

from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from pipeline.gebied import PLURAL, Niveau
from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import read_rows
from pipeline.site.freshness import NEWEST
from pipeline.site.html.markup import Cell, grouped_table, table
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.numbers import capital, format_date, format_number, format_period

LISTED = "De lijst van veranderingen"
EMPTY_PART = "deel met een lege lijst"
"""What data/reference/validatie.csv calls the list, and how often it is empty without any change."""


class Change(NamedTuple):
    """A row of mart.verandering with its gemeente."""

    gebied_code: str
    gebied_naam: str
    gemeente_naam: str
    gebied_niveau: str
    indicator: str
    periode: str
    vorige_periode: str
    teller: int
    vorige_teller: int
    verhouding: float | None
    onder: float
    boven: float | None


class Looked(NamedTuple):
    """Where changes were looked for: areas of a level, and what all of them did together.

    `aantal` is the count of the middle area, `opvallend` the decline from there that would be listed.
    """

    indicator: str
    gebied_niveau: Niveau
    vorige_periode: str
    periode: str
    gebieden: int
    allen: float
    aantal: int
    opvallend: float


class News:
    """What a text may ask of the newest figures."""

    def __init__(self, page: TextPage) -> None:
        self._page, self._facts = page, page.facts

    def veranderingen(self) -> Markup:
        """The areas that changed unlike the others, by gemeente and name, or that there is none."""
        found, looked = self._changes(), self._looked
        if not looked:
            return paragraph(
                "Er is hier geen cijfer met twee jaren na elkaar. Er valt dus niets te vergelijken."
            )
        series = format_number(sum(one.gebieden for one in looked))
        told = [f"We keken naar {series} reeksen: een soort cijfer in een gebied."]
        elsewhere = self._facts.value("select count(*) from mart.verandering") - len(found)
        if elsewhere:
            stand = "staat" if elsewhere == 1 else "staan"
            told.append(f"Er {stand} er {format_number(elsewhere)} in gemeenten zonder pagina op deze site.")
        if not found:
            of = "in de andere gemeenten " if elsewhere else ""
            told.append(f"Geen enkel gebied {of}veranderde duidelijk anders dan de andere.")
            return paragraph(" ".join(told)) + self._why_empty(looked)
        stand = "staat" if len(found) == 1 else "staan"
        told.append(f"Daarvan {stand} er {format_number(len(found))} hieronder.")
        header = [
            *map(Cell, ("Gebied", "Wat")),
            *(Cell(name, number=True) for name in ("Eerst", "Daarna", "Keer zoveel", "Marge (95%)")),
        ]
        groups = [
            (name, [self._row(one) for one in of])
            for name, of in groupby(found, key=attrgetter("gemeente_naam"))
        ]
        caption = "Gebieden met een verandering, per gemeente. De volgorde is het alfabet."
        return paragraph(" ".join(told)) + grouped_table(caption, header, groups)

    def veranderingen_kort(self) -> str:
        """How many areas of the whole store changed, in one sentence."""
        areas = self._facts.value("select count(distinct gebied_code) from mart.verandering")
        if not areas:
            return "Geen enkel gebied veranderde duidelijk anders dan de andere."
        changed = "gebied veranderde" if areas == 1 else "gebieden veranderden"
        return f"{format_number(areas)} {changed} duidelijk anders dan de andere."

    def allen_samen(self) -> Markup:
        """What was looked at: areas, years, what all of them did, and what would have stood out."""
        looked = self._looked
        if not looked:
            return Markup("")
        header = [
            *map(Cell, ("Wat", "Gebieden", "Jaren", "Alle samen")),
            Cell("Middelste aantal", number=True),
            Cell("Valt op bij een daling van"),
        ]
        rows = [
            [
                Cell(self._page.indicator(one.indicator).titel),
                Cell(f"{format_number(one.gebieden)} {_level(one)}"),
                Cell(f"{one.vorige_periode} en {one.periode}"),
                Cell(together(one.allen)),
                Cell(format_number(one.aantal), number=True),
                _decline(one.opvallend),
            ]
            for one in looked
        ]
        return table("Waar we naar keken.", header, rows)

    def leeg_zonder_verandering(self) -> str:
        """How often the list stayed empty in imitated years without change: '100 van de 100'."""
        part = self._facts.value(
            "select cast(waarde as double) from reference.validatie"
            " where onderdeel = $part and maat = $measure",
            part=LISTED,
            measure=EMPTY_PART,
        )
        if part is None:
            raise self._page.error(f"{LISTED!r} met {EMPTY_PART!r} staat niet in reference/validatie.csv")
        return f"{format_number(100 * part)} van de 100"

    def nieuwste_per_tabel(self) -> Markup:
        """Of each table with figures here: its newest period and its date."""
        rows = self._facts.rows(
            f"""
            select publisher, titel, stand, max(periode) from {NEWEST}
            group by publisher, titel, tabel, stand order by titel, publisher, tabel
            """
        )
        header = [Cell(name) for name in ("Tabel", "Uitgever", "Nieuwste cijfers", "Stand")]
        body = [
            [
                Cell(title),
                Cell(publisher),
                Cell(format_period(newest)),
                Cell(format_date(date)) if date else Cell("niet vermeld", empty=True),
            ]
            for publisher, title, date, newest in rows
        ]
        return table("De nieuwste cijfers van elke bron.", header, body)

    def _changes(self) -> list[Change]:
        """Those in gemeenten that have pages."""
        return read_rows(
            self._facts.con,
            Change,
            "(select v.*, coalesce(g.gemeente_naam, g.gebied_naam) as gemeente_naam"
            " from mart.verandering as v join core.gebied as g on v.gebied_code = g.gebied_code"
            " where list_contains($codes, coalesce(g.gemeente_code, g.gebied_code)))",
            order="lower(strip_accents(gemeente_naam)), lower(strip_accents(gebied_naam)), gebied_code,"
            " indicator",
            parameters={"codes": self._facts.gemeente_codes},
        )

    @cached_property
    def _looked(self) -> list[Looked]:
        """By the order of the indicators, large areas first; sensitive kinds per gemeente alone."""
        found = read_rows(
            self._facts.con,
            Looked,
            """(
            select v.indicator, g.gebied_niveau, v.vorige_periode, v.periode, count(*) as gebieden,
                any_value(v.allen) as allen, cast(quantile_disc(v.teller, 0.5) as bigint) as aantal,
                -quantile_disc(-v.opvallend, 0.5) as opvallend
            from statistiek.verandering as v
            join core.gebied as g on v.gebied_code = g.gebied_code
            join contract.indicator as i on v.indicator = i.indicator
            where not i.gevoelig or g.gebied_niveau = 'gemeente'
            group by all having count(*) > 1)""",
            order="list_position(['gemeente', 'wijk', 'buurt'], gebied_niveau), indicator",
        )
        order = {one.indicator: place for place, one in enumerate(self._facts.documentation.indicators)}
        return sorted(found, key=lambda one: order[one.indicator])

    def _row(self, one: Change) -> list[Cell]:
        definition = self._page.indicator(one.indicator)
        return [
            Cell(self._page.area_link(one.gebied_code, one.gebied_naam)),
            Cell(f"{definition.titel} ({one.gebied_niveau})"),
            Cell(f"{format_number(one.vorige_teller)} in {one.vorige_periode}", number=True),
            Cell(f"{format_number(one.teller)} in {one.periode}", number=True),
            *_ratio(one),
        ]

    def _why_empty(self, looked: list[Looked]) -> Markup:
        """What the middle areas would have needed, in words."""
        lines = [_needed(self._page.indicator(one.indicator), one) for one in _widest(looked)]
        return paragraph(
            "Dat komt vaker voor: een aantal schommelt ook als er niets verandert. ", " ".join(lines)
        )


def together(allen: float) -> str:
    """What all areas did: '0,8% minder', 'evenveel'."""
    change = abs(allen - 1) * 100
    shown = format_number(change, decimals=1 if change < 10 else 0)
    return "evenveel" if shown == "0,0" else f"{shown}% {'meer' if allen > 1 else 'minder'}"


def _widest(looked: list[Looked]) -> list[Looked]:
    """Of each level the series with the most areas."""
    found: dict[str, Looked] = {}
    for one in looked:
        if one.gebied_niveau not in found or one.gebieden > found[one.gebied_niveau].gebieden:
            found[one.gebied_niveau] = one
    return list(found.values())


def _needed(definition: Indicator, one: Looked) -> str:
    what = (
        f"{capital(definition.kort)}: de middelste {one.gebied_niveau} telde er {format_number(one.aantal)}."
    )
    if one.opvallend >= 1:
        return f"{what} Ook een daling naar nul valt daar niet op."
    return f"{what} Een daling valt daar pas op vanaf ongeveer {format_number(100 * one.opvallend)} procent."


def _decline(part: float) -> Cell:
    return Cell(f"{format_number(100 * part)}%") if part < 1 else Cell("geen", empty=True)


def _ratio(one: Change) -> tuple[Cell, Cell]:
    """The ratio and its interval, with decimals enough to tell them apart."""
    if one.verhouding is None:
        return Cell("eerst was er niets", empty=True), Cell("geen", empty=True)
    decimals = 2 if min(one.verhouding, one.onder or 1) < 10 else 1
    low = format_number(one.onder, decimals=decimals)
    high = "geen grens" if one.boven is None else format_number(one.boven, decimals=decimals)
    return Cell(format_number(one.verhouding, decimals=decimals), number=True), Cell(
        f"{low} – {high}", number=True
    )


def _level(one: Looked) -> str:
    return one.gebied_niveau if one.gebieden == 1 else PLURAL[one.gebied_niveau]
