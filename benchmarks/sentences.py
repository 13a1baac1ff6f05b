"""Do words and intervals agree on every area page? Read from the site as it was built, beside the warehouse.

    python -m benchmarks.sentences [--build DIR]

Each verdict is worked out here from the margin of the area and the figure that it is held against, and looked
for in the sentence of that place and year; so are the bounds of a count that a page names. Of a sample, one page
in STEP, every sentence is read for its length, and none may stand there twice.
"""

import argparse
import html
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.site.area.batch import KOP, REEKS
from pipeline.statistics.dispersion import Dispersion, judged_interval
from pipeline.words.numbers import format_number
from tests.readability import MAX_WORDS, sentences, word_count

MOST_SHOWN = 20
STEP = 36
SHORT = 4
"""Words of what may be said twice: 'Geen cijfer voor 2025.'"""
WORDS = {"hoger": "meer", "lager": "minder", "ongeveer gelijk": "niet duidelijk meer of minder"}
BY_PRESENT = "Gedeeld door"  # beside the country by those present: another figure

_LEAD = re.compile(r"Is het veel\?</h2><p>([^<]*)")
_OPENING = re.compile(r'vb-inleiding"?>([^<]*)')
_KEY_FIGURE = re.compile(r'<li class="?vb-kern"?><p>([^<]*)(.*?)(?=<li class|</ul>)', re.DOTALL)
_TEXT = re.compile(r">([^<]+)")
_VERDICT = re.compile(r"(niet duidelijk meer of minder|meer|minder) dan in ", re.IGNORECASE)
_YEAR = re.compile(r"\bin (\d{4}) ", re.IGNORECASE)
_ARTICLE = re.compile(r"<article id=inhoud[^>]*>(.*?)</article>", re.DOTALL)
# A list of areas, also the rest of one after a name with a dot in it; where else there are figures.
_NAMES = re.compile(r"^[\w ]+: |(?:\(.*){3}|zijn er wel cijfers\.$")
_BOUNDS = re.compile(r"past bij een gemiddelde van ([\d.]+) tot ([\d.]+) per jaar")


@dataclass(frozen=True)
class Beside:
    """One comparison: with what ('Breda', 'Nederland' or 'vergelijkbare'), in which year, and the verdict."""

    place: str
    year: str
    verdict: str


@dataclass
class Figure:
    """The newest count of an area: its year and bounds, whether there is a rate, and what it is held against."""

    year: str
    known: bool
    rated: bool
    bounds: tuple[float, float] | None
    beside: list[Beside] = field(default_factory=list)


@dataclass
class Tally:
    """What was held against each other, and each disagreement in words."""

    verdicts: int = 0
    bounds: int = 0
    pages: int = 0
    read: int = 0
    wrong: list[str] = field(default_factory=list)


Figures = Mapping[tuple[str, str], Figure]


def read_figures(con: duckdb.DuckDBPyConnection) -> Figures:
    """(Area, indicator) → the newest figure, for the two counts that stand on top of a page."""
    newest = con.execute(
        """
        select p.gebied_code, p.indicator, p.periode, p.status not in ('ontbreekt', 'verborgen'),
            p.waarde is not null, p.teller, coalesce(s.a, 1), coalesce(s.b, 0)
        from mart.gebied_profiel as p
        join core.gebied as g on p.gebied_code = g.gebied_code
        left join statistiek.spreiding as s on p.indicator = s.indicator and g.gebied_niveau = s.gebied_niveau
        where list_contains($names, p.indicator)
        """,
        {"names": [KOP, REEKS]},
    ).fetchall()
    found = {}
    for (a, b), same in groupby(sorted(newest, key=itemgetter(6, 7)), key=itemgetter(6, 7)):
        rows = list(same)
        bounds = judged_interval([row[5] or 0 for row in rows], Dispersion(a, b))
        for (code, name, year, known, rated, count, *_), low, high in zip(rows, *bounds, strict=True):
            own = None if count is None else (float(low), float(high))
            found[code, name] = Figure(year, known, rated, own)
    compared = con.execute(
        """
        select v.gebied_code, v.indicator, coalesce(g.gebied_naam, 'vergelijkbare'), v.periode,
            case when v.referentie_waarde < v.onder then 'hoger' when v.referentie_waarde > v.boven then 'lager'
            else 'ongeveer gelijk' end
        from mart.vergelijking as v
        left join core.gebied as g on v.referentie_code = g.gebied_code
        where list_contains($names, v.indicator) and v.referentie_waarde is not null and v.onder is not null
            and v.boven is not null and v.oordeel is not null
        """,
        {"names": [KOP, REEKS]},
    ).fetchall()
    for code, name, place, year, verdict in compared:
        found[code, name].beside.append(Beside(place, year, verdict))
    return found


def check_page(page: str, code: str, figures: Figures, titles: Mapping[str, str], tally: Tally) -> None:
    """Hold the sentences on top of one page against its figures.

    Args:
        titles: indicator → what a page calls it.
    """
    opening = _OPENING.search(page)
    lead = KOP if opening and "overlast" in html.unescape(opening[1]) else REEKS
    said = _LEAD.search(page)
    figure = figures.get((code, lead))
    tally.pages += 1
    if figure and figure.known:
        tally.wrong += [f"{code}: {one}" for one in _disagreements(said[1] if said else "", figure, tally)]
        tally.wrong += [f"{code}: {one}" for one in _other_bounds(page, figure, tally)]
    for name, rest in _KEY_FIGURE.findall(page):
        other = next((one for one in titles if titles[one] == html.unescape(name)), None)
        own = figures.get((code, other)) if other else None
        if own and own.rated:
            text = " ".join(part for part in _TEXT.findall(rest) if " dan in " in part)
            tally.wrong += [f"{code}: {one}" for one in _disagreements(text, own, tally)]


def _disagreements(text: str, figure: Figure, tally: Tally) -> Iterator[str]:
    sentences = [one for one in re.split(r"(?<=\.) ", html.unescape(text)) if not one.startswith(BY_PRESENT)]
    if not figure.beside and any(_VERDICT.search(one) for one in sentences):
        yield f"een vergelijking zonder cijfers: {text}"
    for one in figure.beside:
        tally.verdicts += 1
        of_year = [line for line in sentences if _year(line, figure.year) == one.year]
        named = [line for line in of_year if re.search(rf" in {re.escape(one.place)}(?!\w)", line)]
        before = [line[: re.search(rf" in {re.escape(one.place)}(?!\w)", line).end()] for line in named]  # type: ignore[union-attr]
        words = [[word.lower() for word in _VERDICT.findall(part)[-1:]] for part in before]
        if words != [[WORDS[one.verdict]]]:
            yield f"{one.place}, {one.year}: uit de marge volgt {one.verdict}, de pagina zegt: {text}"


def _year(line: str, newest: str) -> str:
    found = _YEAR.search(line)
    return found[1] if found else newest


def _other_bounds(page: str, figure: Figure, tally: Tally) -> Iterator[str]:
    """The bounds that the page names, if they are not those of the count."""
    found = _BOUNDS.search(page)
    if found is None or figure.bounds is None:
        return
    tally.bounds += 1
    low, high = figure.bounds
    expected = format_number(math.floor(low)), format_number(math.ceil(high))
    if found.groups() != expected:
        yield f"de marge is {' tot '.join(expected)}, de pagina zegt {' tot '.join(found.groups())}"


def read_page(page: str, tally: Tally) -> Iterator[str]:
    """Sentences of a page that are too long, or stand there twice; lists of names are no sentences."""
    body = _ARTICLE.search(page)
    told = [one for one in sentences(body[1] if body else "") if not _NAMES.search(one)]
    tally.read += len(told)
    yield from (f"{word_count(one)} woorden: {one}" for one in told if word_count(one) > MAX_WORDS)
    yield from (
        f"{times} keer: {one}"
        for one, times in Counter(told).items()
        if times > 1 and word_count(one) > SHORT
    )


def check_site(site: Path, con: duckdb.DuckDBPyConnection) -> Tally:
    """Every area of the warehouse that has a page."""
    figures, tally = read_figures(con), Tally()
    titles = dict(
        con.execute(
            "select indicator, titel from contract.indicator where list_contains($names, indicator)",
            {"names": [KOP, REEKS]},
        ).fetchall()
    )
    for number, code in enumerate(sorted({code for code, _ in figures})):
        file = site / "gebied" / slug_of(code) / "index.html"
        if file.is_file():
            page = file.read_text(encoding="utf-8")
            check_page(page, code, figures, titles, tally)
            if number % STEP == 0:
                tally.wrong += [f"{code}: {one}" for one in read_page(page, tally)]
    return tally


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sentences", description="Zeggen de zinnen wat de marges zeggen?"
    )
    parser.add_argument("--build", type=Path, default=Paths().build, help="de map met magazijn en site")
    paths = Paths(build=parser.parse_args(arguments).build)
    with duckdb.connect(str(paths.warehouse), read_only=True) as con:
        tally = check_site(paths.build / "site", con)
    print(
        f"{tally.pages} pagina's, {tally.verdicts} vergelijkingen en {tally.bounds} marges nagekeken; "
        f"{tally.read} zinnen gelezen"
    )
    for one in tally.wrong[:MOST_SHOWN]:
        print(f"  {one}")
    print(f"{len(tally.wrong)} zeggen iets anders")
    return 0 if tally.verdicts and tally.bounds and not tally.wrong else 1


if __name__ == "__main__":
    raise SystemExit(main())
