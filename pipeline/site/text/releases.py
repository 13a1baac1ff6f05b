"""What each edition of a table brought: new periods, restated figures, other columns; and our method."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from pipeline.site.download.changes import NAME, file_of
from pipeline.site.figure.cijfer import read_rows
from pipeline.site.html.markup import FILES, Cell, bullets, link, table, text
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.numbers import (
    format_date,
    format_number,
    format_period,
    format_short,
    join_words,
    span_of,
)
from pipeline.words.provenance import column_in_words

COLUMNS = {
    "Erbij": "noemt de jaren of maanden die de vorige uitgave nog niet had.",
    "Herzien": "telt de cijfers die de uitgever eerder anders gaf. "
    "Bestanden van gemeenten worden niet cel voor cel vergeleken.",
    "Kolommen": "noemt wat de uitgever aan zijn tabel toevoegde of eruit haalde. "
    "Dat kan een andere manier van meten zijn.",
    "Bestand": "is het verschil met de uitgave ervoor, cel voor cel, met de oude en de nieuwe waarde.",
}
"""What there is to say once a table has a second edition, and what it means."""


class Edition(NamedTuple):
    """A row of contract.uitgave, with what mart.herzien says of it.

    `middelste` is the middle of the restated cells' changes, as part of the old value; empty without any.
    `vergeleken`: whether its cells were held against the edition before; those of a gemeente's file are not.
    """

    tabel: str
    titel: str
    publisher: str
    dag: str
    vorige: str | None
    erbij: Sequence[str]
    weg: Sequence[str]
    kolommen_erbij: Sequence[str]
    kolommen_weg: Sequence[str]
    herzien: int
    hoger: int
    jaren: Sequence[str]
    middelste: float | None
    vergeleken: bool


class Releases:
    """What a text may ask of editions and restated figures."""

    def __init__(self, page: TextPage) -> None:
        self._page, self._facts = page, page.facts

    def uitgaven(self) -> Markup:
        """Every edition, the newest first, with a file of what it changed."""
        editions = self._editions()
        if not editions:
            return paragraph("Er is nog geen tabel met een datum.")
        header, body = ["Stand", "Tabel"], [_who(one) for one in editions]
        told, meaning = [], Markup("")
        if any(one.vorige for one in editions):
            header += list(COLUMNS)
            meaning = bullets(Markup("<strong>{}</strong> {}").format(*column) for column in COLUMNS.items())
            body = [
                [*row, _came(one), _restated(one), _columns(one), self._file(one)]
                for row, one in zip(body, editions, strict=True)
            ]
        else:
            told.append(
                paragraph(
                    "Van elke tabel is hier één uitgave. Er valt dus nog niets te vergelijken. ",
                    "Vanaf de tweede uitgave staat hier wat er anders is.",
                )
            )
        made = table("Uitgaven van tabellen, de nieuwste eerst.", [Cell(name) for name in header], body)
        return Markup("").join([*told, made, meaning])

    def alle_wijzigingen(self) -> Markup:
        """The link to all changes in one file."""
        return link(self._page.url(f"{FILES}{NAME}"), NAME)

    def herzieningen_kort(self) -> str:
        """How many figures were restated, in one sentence."""
        cells, tables = self._facts.rows("select count(*), count(distinct bron_tabel) from mart.herzien")[0]
        if not cells:
            return (
                "Hier is nog geen cijfer herzien. "
                "Dat is pas te zien als een bron voor de tweede keer is opgehaald."
            )
        what = "cijfer is" if cells == 1 else "cijfers zijn"
        where = "één tabel" if tables == 1 else f"{format_number(tables)} tabellen"
        return f"{format_number(cells)} {what} herzien, in {where}."

    def herzieningen(self) -> Markup:
        """The restated figures of the areas with a page, by name; a sentence where they are too many."""
        rows = self._facts.rows(
            """
            select h.gebied_code, g.gebied_naam, h.periode, h.indicator, h.kolom, h.soort, h.oud, h.nieuw
            from mart.herzien as h
            join core.gebied as g on h.gebied_code = g.gebied_code
            where g.gebied_niveau = 'land' or list_contains($codes, coalesce(g.gemeente_code, g.gebied_code))
            order by lower(strip_accents(g.gebied_naam)), h.gebied_code, h.periode, h.kolom, h.soort,
                h.vintage_nieuw
            limit $most + 1
            """,
            codes=self._facts.gemeente_codes,
            most=self._facts.readable_rows,
        )
        if not rows:
            return paragraph(self.herzieningen_kort())
        if len(rows) > self._facts.readable_rows:
            return paragraph(
                "Het zijn er te veel om hier te lezen. Ze staan alle in ", self.alle_wijzigingen(), "."
            )
        header = [
            *map(Cell, ("Gebied", "Periode", "Wat")),
            *(Cell(name, number=True) for name in ("Oud", "Nieuw")),
        ]
        body = [
            [
                Cell(self._page.area_link(code, name)),
                Cell(format_period(period)),
                Cell(self._what(indicator, column, kind)),
                *(Cell(format_short(value), number=True) for value in (old, new)),
            ]
            for code, name, period, indicator, column, kind, old, new in rows
        ]
        return table("Herziene cijfers per gebied. De volgorde is het alfabet.", header, body)

    def methode(self) -> Markup:
        """What changed in our own method, the newest first."""
        rows = self._facts.rows("select datum, wat, uitleg from reference.methode order by datum desc, wat")
        return Markup("<dl>\n{}\n</dl>").format(
            Markup("\n").join(
                Markup("<dt>{} ({})</dt>\n<dd>{}</dd>").format(text(what), format_date(day), text(meaning))
                for day, what, meaning in rows
            )
        )

    def _what(self, indicator: str | None, column: str, kind: str | None) -> str:
        if indicator:
            return self._page.indicator(indicator).titel
        return column_in_words(column, kind)

    def _file(self, one: Edition) -> Cell:
        if one.vorige is None:
            return Cell("eerste uitgave hier", empty=True)
        return Cell(link(self._page.url(f"{FILES}{file_of(one.tabel, one.dag)}"), "verschil (CSV)"))

    def _editions(self) -> list[Edition]:
        return read_rows(
            self._facts.con,
            Edition,
            """(
            select u.tabel, coalesce(s.titel, u.tabel) as titel,
                coalesce(s.publisher, u.bron_id) as publisher, u.dag, left(u.vorige, 10) as vorige,
                u.erbij, u.weg, u.kolommen_erbij, u.kolommen_weg,
                count(h.kolom) as herzien, count(*) filter (h.verschil > 0) as hoger,
                coalesce(list(distinct left(h.periode, 4) order by left(h.periode, 4))
                    filter (h.periode is not null), []) as jaren,
                median(abs(h.verschil) / nullif(abs(h.oud), 0)) as middelste,
                u.bron_id not in (select bron_id from contract.gemeente_bron) as vergeleken
            from contract.uitgave as u
            left join contract.snapshot as s on u.tabel = s.tabel
            left join mart.herzien as h on u.tabel = h.bron_tabel and u.dag = h.vintage_nieuw
            group by all)""",
            order="dag desc, titel, tabel",
        )


def _who(one: Edition) -> list[Cell]:
    return [Cell(format_date(one.dag)), Cell(f"{one.titel} ({one.publisher}, {one.tabel})")]


def _came(one: Edition) -> Cell:
    if one.vorige is None:
        return Cell(f"eerste uitgave, {span_of(one.erbij)}" if one.erbij else "eerste uitgave")
    told = [f"cijfers over {span_of(one.erbij)}"] if one.erbij else []
    told += [f"weg: {span_of(one.weg)}"] if one.weg else []
    return Cell("; ".join(told)) if told else Cell("niets", empty=True)


def _restated(one: Edition) -> Cell:
    if one.vorige is None:
        return Cell("niet te zien", empty=True)
    if not one.vergeleken:
        return Cell("niet vergeleken", empty=True)
    if not one.herzien:
        return Cell("niets", empty=True)
    count, higher = format_number(one.herzien), format_number(one.hoger)
    lower = format_number(one.herzien - one.hoger)
    middle = (
        "" if one.middelste is None
        else f". Het middelste verschil is {format_number(100 * one.middelste, decimals=1)}%"
    )  # fmt: skip
    return Cell(f"{count} over {join_words(one.jaren)}: {higher} hoger, {lower} lager{middle}")


def _columns(one: Edition) -> Cell:
    told = [
        f"{word}: {join_words([column_in_words(name) for name in names])}"
        for word, names in (("erbij", one.kolommen_erbij), ("weg", one.kolommen_weg))
        if names
    ]
    return Cell("; ".join(told)) if told else Cell("gelijk" if one.vorige else "niet te zien", empty=True)
