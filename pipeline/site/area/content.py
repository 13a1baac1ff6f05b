"""What an area page says: the rows of one area turned into words, cells and lists.

Knows nothing of HTML. Every cell is Dutch text; a cell without a figure says why it is empty.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from typing import Any, NamedTuple

from pipeline.gebied import slug_of
from pipeline.indicator import Indicator
from pipeline.site.area.rows import (
    KOP,
    REEKS,
    Batch,
    Gebied,
    Hulplijn,
    Jaarcijfer,
    Naslag,
    Profiel,
)
from pipeline.words.numbers import (
    UIT_PUBLICATIE,
    figure_decimals,
    format_date,
    format_figure,
    format_number,
    join_words,
)
from pipeline.words.sentences import (
    Onderwerp,
    Plaats,
    Telling,
    Vergelijking,
    Zinnen,
    area_phrase,
    area_sentences,
    count_phrase,
    in_area,
    nothing_known,
    provisional,
)
from pipeline.words.status import MET_AANTAL, NIETS_BEKEND, STATUS_KORT

HULP = ("112", "0900-8844", "0800-7000")
PER_INWONER = "per 1.000 inwoners"
OMGEVING = {
    "omstandigheid": {"wat": "omstandigheden", "anker": "omstandigheden"},
    "sterkte": {"wat": "samenleven en welzijn", "anker": "welzijn"},
}
TOTAAL = "overlast"  # the publisher's own total: below its kinds, and no bar that dwarfs theirs
KOLOMMEN = (
    *("periode", "aantal", "noemer", "noemer_jaar", "aantal_onder", "aantal_boven"),
    *("status", "breuk", "bron", "vintage"),
)
# The columns that rows of a page may share, with their place.
GEDEELD = {name: KOLOMMEN.index(name) for name in ("status", "bron", "vintage")}


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address of its page; a wijk in a list carries its buurten."""

    naam: str
    adres: str
    onder: tuple["Link", ...] = ()


class Cel(NamedTuple):
    """A cell of a table: a figure in Dutch, or the reason why there is none (`leeg`)."""

    tekst: str
    leeg: bool = False


LEGE_CELLEN = {status: Cel(reason, leeg=True) for status, reason in STATUS_KORT.items()}
GEEN_MARGE = Cel("geen", leeg=True)


class Staaf(NamedTuple):
    """A bar and its interval in hundredths of the longest of the table."""

    lengte: int
    onder: int
    boven: int


class Rij(NamedTuple):
    """A row of a table: what it is about, then its cells in the order of the headings."""

    naam: str
    cellen: tuple[Cel, ...]
    staaf: Staaf | None = None


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table; `reeksen` names its indicators, `bron` says where its figures are from and of when.

    Where the area has no figure at all there are no rows: `waarom` says why, `elders` leads to figures of
    the areas around it.
    """

    koppen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    reeksen: tuple[str, ...]
    periode: str
    bron: str
    waarom: tuple[str, ...] = ()
    elders: tuple[Link, ...] = ()

    @property
    def heeft_staven(self) -> bool:
        return any(row.staaf for row in self.rijen)


GEEN_TABEL = Tabel(koppen=(), rijen=(), reeksen=(), periode="", bron="")


@dataclass(frozen=True, slots=True)
class Kern:
    """A key figure with the words that belong to it."""

    naam: str
    waarde: str
    duiding: str


@dataclass(frozen=True)
class AreaPage:
    """All that one area page shows; the template only places it."""

    gebied: Gebied
    naam: str
    hier: str
    in_hier: str
    gemeente: str
    kruimels: tuple[Link, ...]
    kinderen: tuple[Link, ...]
    zinnen: Zinnen
    kernen: tuple[Kern, ...]
    overlast: Tabel
    reeks: Tabel
    reeks_zinnen: tuple[str, ...]
    reeks_als_lijn: bool
    soorten: Tabel
    ervaren: Tabel
    ervaren_heeft_marges: bool
    ervaren_afgerond: bool
    omstandigheden: Tabel
    sterk: Tabel
    voorbehouden: tuple[str, ...]
    hulplijnen: tuple[Hulplijn, ...]
    volgende: str
    nieuwste_bron: str
    voorbeeld: bool
    download: Link
    data: Mapping[str, Any]


def make_page(code: str, batch: Batch, naslag: Naslag, *, volgende: str | None) -> AreaPage:
    """Make the contents of one area's page; `volgende` is the ISO date of the next figures, if known."""
    return _Maker(code, batch, naslag).page(volgende=volgende)


class _Maker:
    """Holds the rows of one area while its page is made."""

    def __init__(self, code: str, batch: Batch, naslag: Naslag) -> None:
        self.code, self.batch, self.naslag = code, batch, naslag
        self.gebied = batch.gebieden[code]
        self.profiel = batch.profielen.get(code, {})
        self.vergeleken = batch.vergelijkingen.get(code, {})
        years = batch.reeksen.get(code, ())
        self.jaren = tuple(dropwhile(lambda year: year.status == "ontbreekt", years))
        self.begint_later = 0 < len(self.jaren) < len(years)
        self.ouders = self._parents()
        levels = {parent.gebied_niveau: parent for parent in self.ouders}
        self.referenties = {level: levels[level] for level in ("gemeente", "land") if level in levels}

    def page(self, *, volgende: str | None) -> AreaPage:
        nuisance = self._nuisance()
        return AreaPage(
            gebied=self.gebied,
            naam=_name(self.gebied),
            hier=area_phrase(_plaats(self.gebied)),
            in_hier=in_area(_plaats(self.gebied)),
            gemeente=_name(self.batch.gebieden.get(self.gebied.gemeente_code or "", self.gebied)),
            kruimels=tuple(_link(parent) for parent in reversed(self.ouders)),
            kinderen=self._children(),
            zinnen=self._sentences(KOP),
            kernen=(self._count_card(KOP), self._count_card(REEKS), self._inhabitants_card()),
            overlast=nuisance,
            reeks=self._series(),
            reeks_zinnen=self._series_sentences(),
            reeks_als_lijn=sum(year.teller is not None for year in self.jaren) > 1,
            soorten=self._crimes(),
            ervaren=(surveyed := self._surveyed()),
            ervaren_heeft_marges=any(self.profiel[name].onder is not None for name in surveyed.reeksen),
            ervaren_afgerond=self._are_rounded(surveyed.reeksen),
            omstandigheden=self._around("omstandigheid"),
            sterk=self._around("sterkte"),
            voorbehouden=self._caveats(),
            hulplijnen=tuple(
                line for number in HULP for line in self.naslag.hulplijnen if line.nummer == number
            ),
            volgende=format_date(volgende) if volgende else "nog niet bekend",
            nieuwste_bron=self._newest_table(),
            voorbeeld=self.naslag.voorbeeld,
            download=self._download(),
            data=self._data(nuisance.reeksen),
        )

    # ---- where it lies ------------------------------------------------------------------------

    def _parents(self) -> list[Gebied]:
        """From the area it lies in to the country."""
        parents: list[Gebied] = []
        code = self.gebied.ouder_code
        while code is not None:
            parents.append(self.batch.gebieden[code])
            code = parents[-1].ouder_code
        return parents

    def _children(self) -> tuple[Link, ...]:
        deeper = self.gebied.gebied_niveau == "gemeente"
        return tuple(
            replace(
                _link(child),
                onder=tuple(_link(area) for area in self._below(child.gebied_code)) if deeper else (),
            )
            for child in self._below(self.code)
        )

    def _below(self, code: str) -> list[Gebied]:
        return sorted(self.batch.kinderen.get(code, ()), key=_alphabetical)

    def _download(self) -> Link:
        code = self.gebied.gemeente_code
        if code is None:
            return Link("Alle bestanden", "../../data/")
        name = _name(self.batch.gebieden[code])
        return Link(
            f"Cijfers van {name}, alle jaren (ZIP)", f"../../data/bestanden/gemeente/{slug_of(code)}.zip"
        )

    # ---- words --------------------------------------------------------------------------------

    def _sentences(self, indicator: str) -> Zinnen:
        found = self.profiel.get(indicator)
        whole = self.batch.profielen.get(self.gebied.gemeente_code or "", {}).get(indicator)
        if found is None or whole is None or whole.periode != found.periode:
            whole = None
        return area_sentences(
            _plaats(self.gebied),
            self._count(indicator),
            geheel=whole.teller if whole else None,
            gemeente=_name(self.referenties.get("gemeente", self.gebied)),
            vergelijkingen=[
                Vergelijking(_plaats(place), pair.periode, pair.oordeel)
                for level, place in self.referenties.items()
                if (pair := self.vergeleken.get((indicator, level))) is not None
            ],
        )

    def _count(self, indicator: str) -> Telling:
        definition, found = self.naslag.indicatoren[indicator], self.profiel.get(indicator)
        subject = Onderwerp.parse(definition.onderwerp)
        if found is None:
            return Telling(subject, "", "ontbreekt")
        return Telling(
            subject,
            found.periode,
            found.status,
            found.teller,
            found.aantal_onder,
            found.aantal_boven,
            per=_capital(definition.eenheid),
        )

    def _series_sentences(self) -> tuple[str, ...]:
        words, telling = self._sentences(REEKS), self._count(REEKS)
        counted = [year for year in self.jaren if year.teller is not None]
        sentences = [*words.aantal, *provisional(telling, counts=len(words.aantal))]
        if self.referenties:
            sentences += words.vergelijking
        # Years on both sides of a break are never named side by side.
        breaks = [year.periode for year in self.jaren if year.breuk]
        since = [year for year in counted if not breaks or year.periode > breaks[-1]]
        if len(since) > 1:
            count = count_phrase(since[0].teller or 0, telling.onderwerp)
            begins = "Na de laatste breuk begint de reeks" if breaks else "De reeks begint"
            sentences.append(f"{begins} in {since[0].periode} met {count}.")
        if self.begint_later:
            sentences.append(f"De bron geeft hier geen cijfers van vóór {self.jaren[0].periode}.")
        return tuple(sentences)

    def _count_card(self, indicator: str) -> Kern:
        definition, found = self.naslag.indicatoren[indicator], self.profiel.get(indicator)
        if found is None or found.status not in MET_AANTAL:
            reason = STATUS_KORT["ontbreekt" if found is None else found.status]
            return Kern(definition.titel, "–", f"{reason}{f' in {found.periode}' if found else ''}")
        context = f"in {found.periode}{' (voorlopig)' if found.status == 'voorlopig' else ''}"
        if found.waarde is None:
            per = STATUS_KORT[found.status]
        else:
            per = f"{format_figure(definition, found.waarde)} {definition.eenheid}"
        return Kern(definition.titel, format_number(found.teller or 0), f"{context}: {per}")

    def _inhabitants_card(self) -> Kern:
        found = self.profiel.get("inwoners")
        if found is None or found.waarde is None:
            return Kern("Inwoners", "–", STATUS_KORT["ontbreekt"])
        return Kern("Inwoners", format_number(found.waarde), f"op 1 januari {found.periode}")

    # ---- tables -------------------------------------------------------------------------------

    def _nuisance(self) -> Tabel:
        kinds = [one for one in self._all_of("geregistreerd") if one.indicator in self.naslag.overlast]
        return self._registered(
            sorted(kinds, key=lambda one: one.indicator == TOTAAL), wat="overlast", anker="overlast"
        )

    def _crimes(self) -> Tabel:
        return self._registered(
            [
                one
                for one in self._all_of("geregistreerd")
                if one.indicator not in {*self.naslag.overlast, REEKS}
            ],
            wat="soorten misdrijven",
            anker="misdrijven",
        )

    def _all_of(self, meetwijze: str) -> Sequence[Indicator]:
        return self.naslag.gemeten.get(meetwijze, ())

    def _known(self, indicators: Sequence[Indicator]) -> list[Indicator]:
        """Those that are published for areas of this level; none if this area has no figure of any."""
        known = [one for one in indicators if one.indicator in self.profiel]
        nothing = all(self.profiel[one.indicator].status in NIETS_BEKEND for one in known)
        return [] if nothing else known

    def _without(self, indicators: Sequence[Indicator], *, wat: str, anker: str) -> Tabel:
        """The words that stand for a table in which the area would have no figure at all."""
        names = [one.indicator for one in indicators]
        statuses = {self.profiel[name].status for name in names if name in self.profiel} or {"ontbreekt"}
        return replace(
            GEEN_TABEL,
            waarom=nothing_known(_plaats(self.gebied), wat, statuses),
            elders=self._elsewhere(names, anker),
        )

    def _elsewhere(self, indicators: Sequence[str], anker: str) -> tuple[Link, ...]:
        """The pages of the references that have a figure of one of these."""
        return tuple(
            Link(_name(place), f"{_link(place).adres}#{anker}")
            for place in self.referenties.values()
            if (profile := self.batch.profielen.get(place.gebied_code))
            and any(name in profile and profile[name].status not in NIETS_BEKEND for name in indicators)
        )

    def _registered(self, indicators: Sequence[Indicator], *, wat: str, anker: str) -> Tabel:
        """Newest counts of some kinds, each with its rate, its interval and the references.

        Bars have one scale, so only kinds of one unit have them: most kinds are per 1.000 inhabitants.
        """
        if not (known := self._known(indicators)):
            return self._without(indicators, wat=wat, anker=anker)
        figures = [self.profiel[one.indicator] for one in known]
        periode = max(figure.periode for figure in figures if figure.status not in NIETS_BEKEND)
        with_bar = {one.indicator for one in known if one.indicator != TOTAAL and one.eenheid == PER_INWONER}
        longest = max((figure.boven or 0 for figure in figures if figure.indicator in with_bar), default=0)
        rows = []
        for one, figure in zip(known, figures, strict=True):
            year = "" if figure.periode == periode else f" ({figure.periode})"
            per = "" if one.eenheid == PER_INWONER else f" ({one.eenheid})"
            rows.append(
                Rij(
                    naam=f"{'Alle overlast samen' if one.indicator == TOTAAL else one.kort}{year}{per}",
                    cellen=(
                        _count_cell(figure),
                        _figure_cell(figure),
                        _margin_cell(figure.cijfer_onder, figure.cijfer_boven),
                        *self._beside(figure),
                    ),
                    staaf=_bar(figure, longest) if one.indicator in with_bar else None,
                )
            )
        names = [_name(place) for place in self.referenties.values()]
        return Tabel(
            koppen=("Soort", "Aantal", "Per 1.000 inwoners", "Marge", *names),
            rijen=tuple(rows),
            reeksen=tuple(one.indicator for one in known),
            periode=periode,
            bron=self._source(figures),
        )

    def _beside(self, figure: Profiel) -> list[Cel]:
        """The references: what mart.gebied_woorden says of them, or why there is nothing."""
        cells = []
        for level in self.referenties:
            text, why = figure.naast(level)
            cells.append(Cel(text) if text else LEGE_CELLEN[why or "ontbreekt"])
        return cells

    def _series(self) -> Tabel:
        """The years of all crimes, from the first that the source gives."""
        definition = self.naslag.indicatoren[REEKS]
        if all(year.status in NIETS_BEKEND for year in self.jaren):
            return replace(GEEN_TABEL, elders=self._elsewhere([REEKS], "misdrijven"))
        rows = [
            Rij(
                naam=year.periode,
                cellen=(
                    _count_cell(year),
                    *_rate_cells(definition, year),
                    Cel(_remark(year, before)),
                ),
            )
            for before, year in pairwise((None, *self.jaren))
            if year is not None
        ]
        return Tabel(
            koppen=("Jaar", "Aantal", "Per 1.000 inwoners", "Marge", "Let op"),
            rijen=tuple(rows),
            reeksen=(REEKS,),
            periode=" tot en met ".join(sorted({row.naam for row in (rows[:1] + rows[-1:])})),
            bron=self._source(self.jaren),
        )

    def _surveyed(self) -> Tabel:
        return self._measured(self._all_of("ervaren"), wat="wat bewoners ervaren", anker="ervaren")

    def _around(self, soort: str) -> Tabel:
        themes = {theme.thema for theme in self.naslag.themas.values() if theme.soort == soort}
        return self._measured(
            [one for one in self._all_of("omstandigheid") if one.thema in themes],
            **OMGEVING[soort],
        )

    def _measured(self, indicators: Sequence[Indicator], *, wat: str, anker: str) -> Tabel:
        """Newest measurements, each with its unit and year, beside the references."""
        if not (known := self._known(indicators)):
            return self._without(indicators, wat=wat, anker=anker)
        figures = [self.profiel[one.indicator] for one in known]
        rows = [
            Rij(
                naam=f"{one.titel} ({_unit(one)})",
                cellen=(
                    _figure_cell(figure),
                    *self._beside(figure),
                    Cel(figure.periode),
                ),
            )
            for one, figure in zip(known, figures, strict=True)
        ]
        names = [_name(place) for place in self.referenties.values()]
        return Tabel(
            koppen=("Wat", "Hier", *names, "Jaar"),
            rijen=tuple(rows),
            reeksen=tuple(one.indicator for one in known),
            periode="",
            bron=self._source(figures),
        )

    # ---- where it comes from ------------------------------------------------------------------

    def _source(self, figures: Sequence[Profiel | Jaarcijfer]) -> str:
        """'Politie 47024NED van 15 april 2024 (datum herleid); inwoners van 2024'."""
        # A few different ones among the many figures of a table.
        stated = dict.fromkeys((one.tabel, one.vintage or "", one.teller is not None) for one in figures)
        tables = {table: _stand(vintage) for table, vintage, _ in stated if table}
        text = join_words([self._table(table, stand) for table, stand in tables.items()])
        divided: dict[str, set[str]] = {}
        for _, vintage, counted in stated:
            kind, _, year = vintage.partition("; ")[2].rpartition(" ")
            if kind and counted:
                divided.setdefault(kind, set()).add(year)
        by = join_words([f"{kind} van {join_words(sorted(divided[kind]))}" for kind in sorted(divided)])
        return f"{text}; {by}" if by else text

    def _table(self, tabel: str, stand: str) -> str:
        known = self.naslag.tabellen.get(tabel)
        own_name = known is None or tabel.startswith(known.publisher)
        name = tabel if known is None or own_name else f"{known.publisher} {tabel}"
        date = _date(stand)
        return f"{name} van {_date_in_words(stand)}" if date else f"{name} (datum niet vermeld)"

    def _newest_table(self) -> str:
        """The date of the newest table of the page; empty where no table of it has a date."""
        figures: list[Profiel | Jaarcijfer] = [*self.profiel.values(), *self.jaren]
        vintages = {one.vintage or "" for one in figures}
        newest = max(map(_stand, sorted(vintages)), key=_date, default="")
        return _date_in_words(newest) if _date(newest) else ""

    def _are_rounded(self, indicators: Sequence[str]) -> bool:
        """Whether some of these come from publications, which round."""
        return any(
            UIT_PUBLICATIE in self.naslag.indicatoren[name].voorbehoud.split(";") for name in indicators
        )

    def _caveats(self) -> tuple[str, ...]:
        """What holds for nuisance and for crime alike; the page of an indicator has all of its own."""
        first, second = (self.naslag.indicatoren[name].voorbehoud.split(";") for name in (KOP, REEKS))
        keys = [key for key in first if key in second]
        unknown = sorted(set(keys) - set(self.naslag.voorbehouden))
        if unknown:
            raise ValueError(f"caveats {', '.join(unknown)} have no text in reference.voorbehouden")
        return tuple(self.naslag.voorbehouden[key] for key in keys)

    # ---- rows for the browser -----------------------------------------------------------------

    def _data(self, nuisance: Sequence[str]) -> dict[str, Any]:
        """The rows of the page: what its chart draws and what its CSV holds.

        {kolommen: names, reeksen: {indicator: [[value per column]]}, bron: {indicator: columns}, gebied:
        columns of the area}. A page may weigh little: what an indicator's rows share stands in `bron`, what
        most indicators share in `gebied`; the rate, its interval and the year of the denominator in the
        vintage follow from the row, and what is the same for every area stands in a file of its own.
        """
        rows = {name: [self._row(self.profiel[name])] for name in nuisance}
        if any(year.status not in NIETS_BEKEND for year in self.jaren):
            rows[REEKS] = [self._row(year) for year in self.jaren]
        common = {name: _most_common(series) for name, series in rows.items()}
        shared = _most_common([_full(columns) for columns in common.values()])
        compact = {
            name: [_compact(row, known=common[name]) for row in series] for name, series in rows.items()
        }
        used = max((len(row) for series in compact.values() for row in series), default=0)
        return {
            "gebied": {
                "gebied_code": self.code,
                "gebied_naam": _name(self.gebied),
                "gebied_niveau": self.gebied.gebied_niveau,
                "indeling_jaar": self.gebied.indeling_jaar,
                **shared,
            },
            "bron": {name: own for name, one in common.items() if (own := _unlike(one, shared))},
            "kolommen": KOLOMMEN[:used],
            "reeksen": compact,
        }

    def _row(self, figure: Profiel | Jaarcijfer) -> list[Any]:
        """A figure in the order of KOLOMMEN."""
        known = self.naslag.tabellen.get(figure.tabel or "")
        return [
            figure.periode,
            figure.teller,
            figure.noemer,
            figure.noemer_jaar,
            _rounded(figure.aantal_onder),
            _rounded(figure.aantal_boven),
            figure.status,
            figure.breuk if isinstance(figure, Jaarcijfer) else None,
            f"{known.publisher} {figure.tabel}" if known else figure.tabel,
            _stand(figure.vintage or ""),
        ]


def _rounded(value: float | None) -> float | int | None:
    """Five figures or whole: more than the interval deserves, and a large count still right to one."""
    if value is None:
        return None
    short = float(f"{value:.5g}" if abs(value) < 10_000 else round(value))
    return int(short) if short.is_integer() else short


def _most_common(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The value that most rows have, for each of the columns that rows may share."""
    if len(rows) == 1:
        return {name: rows[0][place] for name, place in GEDEELD.items()}
    return {
        name: Counter(row[place] for row in rows).most_common(1)[0][0]
        for name, place in GEDEELD.items()
        if rows
    }


def _full(columns: Mapping[str, Any]) -> list[Any]:
    """What rows share as a row without the rest."""
    return [columns.get(name) for name in KOLOMMEN]


def _unlike(columns: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if value != shared[name]}


def _compact(row: Sequence[Any], *, known: Mapping[str, Any]) -> list[Any]:
    """A row without what `known` already says, and without the empty columns at its end."""
    values = list(row)
    for name, place in GEDEELD.items():
        if values[place] == known[name]:
            values[place] = None
    while values and values[-1] is None:
        values.pop()
    return values


def _count_cell(figure: Profiel | Jaarcijfer) -> Cel:
    if figure.teller is None:
        return LEGE_CELLEN[figure.status]
    return Cel(format_number(figure.teller))


def _figure_cell(figure: Profiel) -> Cel:
    """The figure as it is written, or why it is empty."""
    if figure.waarde is None:
        return LEGE_CELLEN[figure.status]
    if figure.cijfer is None:
        raise ValueError(
            f"{figure.indicator} of {figure.gebied_code}: {figure.waarde} is not in mart.gebied_woorden"
        )
    return Cel(figure.cijfer)


def _margin_cell(low: str | None, high: str | None) -> Cel:
    return Cel(f"{low}–{high}") if low and high else GEEN_MARGE


def _rate_cells(definition: Indicator, figure: Jaarcijfer) -> tuple[Cel, Cel]:
    """The rate of a year and its margin, with as many decimals as both need."""
    if figure.waarde is None:
        return LEGE_CELLEN[figure.status], GEEN_MARGE
    decimals = figure_decimals(definition, figure.waarde, figure.onder, figure.boven)
    low, high = (
        None if one is None else format_number(one, decimals=decimals) for one in (figure.onder, figure.boven)
    )
    return Cel(format_number(figure.waarde, decimals=decimals)), _margin_cell(low, high)


def _stand(vintage: str) -> str:
    """Of when the publisher's table is, as the mart says it: '2024-04-15 (herleid)'."""
    return vintage.partition("; ")[0]


def _date(stand: str) -> str:
    """Its ISO date, or nothing where the publisher names none."""
    return stand[:10] if stand[:1].isdigit() else ""


def _date_in_words(stand: str) -> str:
    return format_date(_date(stand)) + (" (datum herleid)" if "(herleid)" in stand else "")


def _bar(figure: Profiel | Jaarcijfer, longest: float) -> Staaf | None:
    if figure.waarde is None or figure.onder is None or figure.boven is None:
        return None
    low, middle, high = (round(100 * one / longest) for one in (figure.onder, figure.waarde, figure.boven))
    return Staaf(lengte=middle, onder=low, boven=high)


def _remark(year: Jaarcijfer, before: Jaarcijfer | None) -> str:
    """What to mind in a year; from which year on it is divided by other inhabitants."""
    remarks = ["voorlopig"] if year.status == "voorlopig" else []
    remarks += ["breuk"] if year.breuk else []
    if year.noemer_jaar and year.noemer_jaar != (before.noemer_jaar if before else None):
        remarks.append(f"inwoners van {year.noemer_jaar}")
    return join_words(remarks)


def _unit(definition: Indicator) -> str:
    """The unit as it stands between brackets."""
    return definition.eenheid.replace("(", "").replace(")", "")


def _plaats(gebied: Gebied) -> Plaats:
    return Plaats(gebied.gebied_naam, gebied.gebied_niveau)


def _name(gebied: Gebied) -> str:
    return " ".join(gebied.gebied_naam.split())


def _link(gebied: Gebied) -> Link:
    return Link(_name(gebied), f"../{slug_of(gebied.gebied_code)}/")


def _alphabetical(gebied: Gebied) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", _name(gebied).casefold()).lstrip("'’`-= ")
    return "".join(char for char in plain if not unicodedata.combining(char)), gebied.gebied_code


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
