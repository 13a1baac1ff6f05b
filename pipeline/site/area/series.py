"""All crimes through the years: sentences, and a table that beeld.js draws as a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.site.area import nuisance, reasons
from pipeline.site.area.answers import trend, visible
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.batch import REEKS
from pipeline.site.area.sentences import count_of, lead, sentences
from pipeline.site.area.table import FigureTable, Link, Row
from pipeline.site.figure.breaks import Breaks, dates_of, notes, read_breaks
from pipeline.site.figure.cells import count_cell, margin_cell, value_cell
from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.words import sources_in_words, written
from pipeline.site.html.markup import Cell
from pipeline.sql import Connection
from pipeline.words.numbers import format_factor, format_number, format_period, join_words
from pipeline.words.sentences import provisional
from pipeline.words.status import MINSTE_INWONERS

_EERDER = {
    "niet_in_voorbeeld": "Dit voorbeeld heeft hier geen cijfers van vóór {}.",
    "niet_in_opslag": "Van vóór {} zijn hier geen cijfers opgehaald.",
    "ontbreekt": "De bron geeft hier geen cijfers van vóór {}.",
}


@dataclass(frozen=True, slots=True)
class Series:
    """`drawn`: there are years enough for a line; `download`: a file that is not offered further up.

    `breuken` are the months of the breaks, in the order of the numbers in the chart. `noten` tell what
    changed there, on the pages of gemeenten and of the country: on the many others they would weigh too much.
    `maten`: where inhabitants may be the wrong measure, what other ones say.
    """

    table: FigureTable
    zinnen: tuple[str, ...]
    drawn: bool
    breuken: tuple[str, ...]
    noten: tuple[str, ...]
    download: Link | None
    maten: FigureTable | None


def has_figures(area: Area) -> bool:
    return any(year.is_known for year in area.jaren)


def _make(area: Area, breaks: Breaks) -> Series:
    return Series(
        table=_table(area),
        zinnen=_sentences(area),
        drawn=sum(year.teller is not None for year in area.jaren) > 1,
        breuken=_numbered(date for year in area.jaren for date in dates_of(year)),
        noten=() if area.is_deel else tuple(notes(area.jaren, breaks)),
        maten=_measures(area),
        download=None if area.known(nuisance.kinds(area)) else area.download,
    )


def _numbered(dates: Iterable[str]) -> tuple[str, ...]:
    """'1 mei 2015', '2 april 2017': as the numbers in the chart."""
    return tuple(f"{number} {format_period(date)}" for number, date in enumerate(dates, start=1))


def _table(area: Area) -> FigureTable:
    """The years from the first that the source gives."""
    if not has_figures(area):
        return FigureTable(elsewhere=area.elsewhere([REEKS], "misdrijven"))
    definition = area.shared.indicatoren[REEKS]
    rows, by = [], definition.noemer_soort
    for year in area.jaren:
        as_written = written(definition, year)
        count, value = count_cell(year, noemer=by), value_cell(year, as_written, noemer=by)
        rows.append(Row(year.periode, (count, value, margin_cell(as_written), Cell(_remark(year)))))
    return FigureTable(
        headings=("Jaar", "Aantal", "Per 1.000 inwoners", "Marge", "Let op"),
        rows=tuple(rows),
        indicators=(REEKS,),
        periode=" tot en met ".join(sorted({row.name for row in (rows[:1] + rows[-1:])})),
        source=sources_in_words(area.jaren),
        notes=reasons.counts_alone(area, area.jaren),
    )


def _sentences(area: Area) -> tuple[str, ...]:
    """What the top of the page has not said: it holds both counts against others."""
    said: list[str] = []
    if lead(area) != REEKS:
        words = sentences(area, REEKS)
        said += [*words.aantal, *provisional(count_of(area, REEKS), counts=len(words.aantal))]
        if REEKS in area.verloop and area.verloop[REEKS].verandering is not None:
            said += [*trend(area, REEKS), *visible(area, REEKS)]
    if area.eerder is not None:
        said.append(_EERDER.get(area.eerder, _EERDER["ontbreekt"]).format(area.jaren[0].periode))
    return tuple(said)


def _measures(area: Area) -> FigureTable | None:
    """Crimes over inhabitants, households and people present, each beside all buurten together."""
    if (found := area.batch.maatstaven.get(area.code)) is None:
        return None
    small = found.inwoners < MINSTE_INWONERS
    rows = (
        ("Inwoners", None if small else found.inwoners, found.keer_inwoners),
        ("Huishoudens", None if small else found.huishoudens, found.keer_huishoudens),
        ("Inwoners en adressen samen", found.aanwezig, found.keer_aanwezig),
    )
    return FigureTable(
        headings=("Gedeeld door", "Per 1.000", "Naast alle buurten"),
        rows=tuple(Row(name, _measure(found.teller, base, times)) for name, base, times in rows),
    )


def _measure(count: int, base: float | None, times: float | None) -> tuple[Cell, Cell]:
    if base is None or times is None or base < MINSTE_INWONERS:
        return Cell("te weinig", empty=True), Cell("te weinig", empty=True)
    return (
        Cell(format_number(1000 * count / base, decimals=1), number=True),
        Cell(f"{format_factor(times)} keer", number=True),
    )


def _remark(year: Cijfer) -> str:
    """What to mind in a year: that it is divided by the inhabitants of another one, too."""
    remarks = ["voorlopig"] if year.status == "voorlopig" else []
    remarks += ["breuk"] if year.breuk else []
    if year.noemer_jaar and str(year.noemer_jaar) != year.periode:
        remarks.append(f"inwoners van {year.noemer_jaar}")
    return join_words(remarks)


def _read(con: Connection, _codes: Sequence[str], _context: AreaContext) -> Breaks:
    return read_breaks(con, [REEKS])


SECTION = Section("misdrijven", "gebied_misdrijven.j2", _make, read=_read)
