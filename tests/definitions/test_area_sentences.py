"""Every area of the example: what its page says is grammatical, short, and what the mart holds."""

import csv
import math
import re
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb
import pytest

from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import Paths
from pipeline.site.area.pages import AreaPage, area_codes, area_pages, pages
from pipeline.site.area.sentences import lead
from pipeline.site.area.shared import read_columns
from pipeline.site.area.table import FigureTable, Row
from pipeline.site.figure.chart import COLUMNS
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.words.status import MINSTE_INWONERS, STATUS_KORT
from pipeline.words.trends import LEAST_YEARS
from tests.example_areas import CONTEXT, example_copy, example_pages, example_warehouse
from tests.readability import MAX_MEAN, MAX_WORDS, readability

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
# The shell takes 2.7 kB more. The maps of two pages weigh on this mean, and every
# buurt here has nuisance. Of the country most have only crime: with ten similar areas and "Waarom hier?" the mean
# of a body of Amsterdam is 10.3 kB. Kinds through the years and sentences on the trend are 160 bytes of
# it, what fits the circumstances 170, what stands at charts and the place among neighbours 350, approaches, of
# which a quarter of these pages have two, 100, why a count has no rate (a sentence, and keys in rows) 300. Three
# answers with their drawings are 600 here and 100 in the country, where an area lies and what is on its page 700, and
# ticks and links of the rows of nuisance 650: only 62 areas of the country have those. There a mean gained 800.
# The dot that shows a place among neighbours is 300. What a row of nuisance or crime draws is 28 bytes each.
BODY_BYTES = 15_900
RANKING = re.compile(
    r"\b(slechtste?|beste?|ergste?|gevaarlijkste?|onveiligste?|veiligste?|top|koploper)\b", re.I
)
ADDRESSED = re.compile(r"\b(jij|je|jouw|u|uw)\b", re.I)
VERDICT = re.compile(r"(niet duidelijk meer of minder|meer|minder) dan")
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


def _codes() -> list[str]:
    # From the publisher's file: nothing is built before a test runs.
    file = Paths().example / "cbs_kerncijfers" / "2024" / "breda.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        return sorted(row["WijkenEnBuurten"].strip() for row in csv.DictReader(rows))


@pytest.fixture(params=_codes())
def page(request: pytest.FixtureRequest) -> AreaPage:
    return {page.area.gebied.gebied_code: page for page in example_pages()}[request.param]


def _sentences(page: AreaPage) -> tuple[str, ...]:
    head = page.contents["kop"]
    told = (*head.answers.veel, *head.answers.verloop, *head.answers.zeker) if head.answers else ()
    verdicts = tuple(sentence for figure in head.key_figures for sentence in figure.verdict)
    return (*head.zinnen.alle, *told, *verdicts, *page.contents["misdrijven"].zinnen)


def _verdicts(page: AreaPage, indicator: str) -> tuple[str, ...]:
    """What the top of a page says beside other areas of what it begins with, or in a card of the other."""
    head = page.contents["kop"]
    if lead(page.area) == indicator:
        return head.answers.veel if head.answers else head.zinnen.vergelijking
    return next((one.verdict for one in head.key_figures if one.verdict), ())


def test_the_example_has_a_page_for_every_area() -> None:
    levels = [page.area.gebied.gebied_niveau for page in example_pages()]
    assert {level: levels.count(level) for level in levels} == {
        "land": 1,
        "gemeente": 1,
        "wijk": 11,
        "buurt": 56,
    }


def test_sentences_are_whole_short_and_neutral(page: AreaPage) -> None:
    for sentence in _sentences(page):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert len(sentence.split()) <= MAX_WORDS, sentence
        assert not re.search(r"None|\bnan\b|  |\.\.| ,", sentence), sentence
        assert not ADDRESSED.search(sentence), sentence
        assert not RANKING.search(sentence), sentence
    lengths = [len(sentence.split()) for sentence in _sentences(page)]
    assert sum(lengths) / len(lengths) <= MAX_MEAN


def test_sentences_name_the_area_with_its_article(page: AreaPage) -> None:
    name, level = page.area.gebied.gebied_naam, page.area.gebied.gebied_niveau
    place = f" in de {level} {name} " if level in ("wijk", "buurt") else f" in {name} "
    assert place in page.contents["kop"].zinnen.aantal[0]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _of_the_trend(code: str) -> set[Decimal]:
    """The years of the trend, its percentage by year and that of the smallest decline that a year shows."""
    rows = (
        example_warehouse()
        .execute(
            "select van, tot, verandering, zichtbaar from mart.trend"
            " where gebied_code = ? and indicator in ('misdrijven', 'overlast_drugs_alcohol')"
            " and verandering is not null",
            [code],
        )
        .fetchall()
    )
    return {
        Decimal(str(number))
        for first, last, change, seen in rows
        for number in (
            *(int(first), int(last)),
            round(100 * abs((1 + change) ** (1 / (int(last) - int(first))) - 1)) if change > -1 else 0,
            math.ceil(100 * seen) if seen is not None else 0,
        )
    }


def _of_crime(page: AreaPage) -> tuple[str, ...]:
    """Where a page begins with crime, its course is one of the answers."""
    answers = page.contents["kop"].answers
    on_top = (*answers.verloop, *answers.zeker) if answers and lead(page.area) == "misdrijven" else ()
    return (*on_top, *page.contents["misdrijven"].zinnen)


def test_the_trend_is_told_as_the_mart_has_it(page: AreaPage) -> None:
    rows = (
        example_warehouse()
        .execute(
            "select oordeel, van, tot, zichtbaar from mart.trend"
            " where gebied_code = ? and indicator = 'misdrijven' and jaren >= 3",
            [page.area.gebied.gebied_code],
        )
        .fetchall()
    )
    lines = _of_crime(page)
    said = [line for line in lines if line.startswith("Van 20")]
    assert len(said) == len(rows)
    for (verdict, first, last, seen), line in zip(rows, said, strict=True):
        assert line.startswith(f"Van {first} tot en met {last} ")
        words = {"neemt toe": " toe,", "neemt af": " af,"}.get(verdict, verdict)
        assert words in line
        assert int(first) > 2021
        assert (seen is not None) == any("één jaar" in one for one in lines)


def test_kinds_through_the_years_are_those_of_the_mart(page: AreaPage) -> None:
    known = dict(
        example_warehouse()
        .execute(
            "select i.kort, t.oordeel from mart.trend as t join contract.indicator as i using (indicator)"
            " where t.gebied_code = ? and t.jaren >= 3",
            [page.area.gebied.gebied_code],
        )
        .fetchall()
    )
    for name in ("overlast", "soorten"):
        *lines, explained = page.contents[name].verloop or ("",)
        assert bool(lines) == (explained == "Tussen haakjes: aantal, gewogen over drie jaar.")
        told: list[str] = []
        for line in lines:
            words, kinds = line.removesuffix(".").split(": ", maxsplit=1)
            verdict = re.fullmatch(r"(.+) \(20\d\d–20\d\d\)", words)
            assert verdict or words == "Te weinig jaren voor een verloop"
            for kind, level in (
                re.fullmatch(r"(.+) \(([^()]+)\)", one).groups() for one in kinds.split("; ")
            ):
                assert level[0].isdigit() or level == "geen drie jaren"
                course = known.get("overlast" if kind == "Alle overlast samen" else kind)
                assert verdict[1].lower().startswith(course) if verdict else course is None, (line, kind)
                told.append(kind)
        assert len(told) == len(set(told))
        courses = [line.split()[0] for line in lines]
        assert courses == sorted(courses, key=("Neemt", "Geen", "Niet", "Te").index)


def test_numbers_in_the_sentences_are_those_of_the_mart(page: AreaPage) -> None:
    code = page.area.gebied.gebied_code
    allowed = (
        {
            Decimal(value)
            for row in example_warehouse()
            .execute(
                "select c.teller, left(c.periode, 4)::bigint, floor(marge_onder(c.teller, m.onder, s.a, s.b))::bigint, "
                "ceil(marge_boven(c.teller, m.boven, s.a, s.b))::bigint "
                "from mart.cijfer as c left join statistiek.marge as m on m.teller = c.teller "
                "left join statistiek.spreiding as s using (indicator, gebied_niveau) "
                "where c.indicator in ('overlast_drugs_alcohol', 'misdrijven') "
                "and c.gebied_code in ($code, 'GM' || substr($code, 3, 4))",
                {"code": code},
            )
            .fetchall()
            for value in row
            if value is not None
        }
        | _of_the_trend(code)
        | {Decimal(1000), Decimal(MINSTE_INWONERS), Decimal(5), Decimal(LEAST_YEARS)}
    )  # 'per 1.000', 'minder dan 200', 'minder dan 5', 'minder dan 3 jaren'
    for sentence in _sentences(page):
        stated = {_number(text) for text in NUMBER.findall(sentence)}
        assert stated <= allowed, (sentence, stated - allowed)


@pytest.mark.parametrize("indicator", ["overlast_drugs_alcohol", "misdrijven"])
def test_a_comparison_says_what_the_interval_supports(page: AreaPage, indicator: str) -> None:
    lines = _verdicts(page, indicator)
    words = {"hoger": "meer", "lager": "minder", "ongeveer gelijk": "niet duidelijk meer of minder"}
    found = (
        example_warehouse()
        .execute(
            "select v.periode, v.onder, v.boven, v.referentie_waarde, "
            "g.gebied_naam from mart.vergelijking as v "
            "join core.gebied as g on g.gebied_code = v.referentie_code "
            "where v.gebied_code = $code and v.indicator = $indicator and v.oordeel is not null",
            {"code": page.area.gebied.gebied_code, "indicator": indicator},
        )
        .fetchall()
    )
    newest = page.area.profiel[indicator].periode
    for periode, low, high, reference, name in found:
        verdict = "hoger" if reference < low else "lager" if reference > high else "ongeveer gelijk"
        said = [
            line
            for line in lines
            if (year := re.search(r"\bin (\d{4}) ", line, re.I), year[1] if year else newest)[1] == periode
            and f" in {name}" in line
        ]
        assert len(said) == 1, (lines, periode, name)
        # The verdict that stands last before the name of the reference is the one about it.
        before = said[0][: said[0].index(f" in {name}")]
        assert VERDICT.findall(before)[-1] == words[verdict], (said[0], verdict)


def test_the_drawing_says_what_the_answer_says(page: AreaPage) -> None:
    """A dot of the gemeente or the country lies on the margin where the words see no clear difference."""
    answers = page.contents["kop"].answers
    if not answers or not answers.strip:
        return
    drawn = re.findall(r"<dt>([^<]+)<dd>(.*?)(?=<dt>|</dl>)", answers.strip)
    spot = {name: re.search(r"<circle cx=(\d+)%", svg) for name, svg in drawn}
    margins = re.findall(r"<rect x=(\d+)% width=(\d+)%", answers.strip)
    places = {place.naam: level for level, place in page.area.referenties.items()}
    assert len(set(margins)) <= 1
    for name, level in places.items():
        pair = page.area.vergeleken[lead(page.area), level]
        same = pair.periode == page.area.profiel[lead(page.area)].periode
        assert (spot.get(name) is not None) == (same and pair.referentie_waarde is not None), (name, drawn)
        if (at := spot.get(name)) and pair.oordeel:
            low = int(margins[0][0])
            high = low + int(margins[0][1])
            side = {"hoger": int(at[1]) <= low, "lager": int(at[1]) >= high}
            assert side.get(pair.oordeel, low <= int(at[1]) <= high), (name, drawn, pair)


def test_no_comparison_is_claimed_that_the_mart_does_not_have(page: AreaPage) -> None:
    pairs = example_warehouse().execute(
        "select count(*) from mart.vergelijking where gebied_code = ? and indicator = 'overlast_drugs_alcohol' "
        "and oordeel is not null",
        [page.area.gebied.gebied_code],
    )
    compared = pairs.fetchall()[0][0] > 0
    verdicts = _verdicts(page, "overlast_drugs_alcohol")
    assert compared == any(line.startswith("Per 1.000") for line in verdicts)


def _tables(page: AreaPage) -> tuple[FigureTable, ...]:
    return (
        page.contents["overlast"],
        page.contents["misdrijven"].table,
        page.contents["soorten"],
        page.contents["ervaren"].table,
        page.contents["omstandigheden"].table,
        page.contents["welzijn"].table,
    )


def test_an_empty_cell_says_why_and_is_never_zero(page: AreaPage) -> None:
    for table in _tables(page):
        for row in table.rows:
            assert len(row.cells) == len(table.headings) - 1, row
            for cell in row.cells[: 3 if len(table.headings) > 4 else 1]:
                assert cell.text, (row, cell)
                if cell.empty:
                    assert not cell.text[0].isdigit(), (row, cell)


@cache
def _values_of(code: str) -> dict[tuple[str, str], float | None]:
    """What the mart has of an area, by indicator and period."""
    rows = (
        example_warehouse()
        .execute("select indicator, periode, waarde from mart.cijfer where gebied_code = ?", [code])
        .fetchall()
    )
    return {(name, periode): value for name, periode, value in rows}


def test_a_reference_stands_beside_a_cell_without_a_figure(page: AreaPage) -> None:
    niveaus = [
        level for level in ("gemeente", "land") if page.area.gebied.gebied_niveau not in ("land", level)
    ]
    if page.area.gebied.gebied_niveau == "land":
        return
    for table, place in (
        (page.contents["overlast"], 3),
        (page.contents["omstandigheden"].table, 1),
        (page.contents["welzijn"].table, 1),
    ):
        for name, row in zip(table.indicators, table.rows, strict=True):
            for offset, level in enumerate(niveaus):
                cell = row.cells[place + offset]
                code = "NL00" if level == "land" else page.area.gebied.gemeente_code
                year = row.cells[-1].text if place == 1 else table.periode
                assert cell.empty or cell.text[0].isdigit()
                assert cell.text != "geen"
                if _values_of(code).get((name, year)) is not None and row.cells[0].empty:
                    assert not cell.empty, (name, year, cell)


def test_denominators_are_named_by_what_they_are() -> None:
    (page,) = (page for page in example_pages() if page.area.gebied.gebied_code == "GM0758")
    assert "woninginbraak" in page.contents["soorten"].indicators
    assert page.contents["soorten"].source.endswith(" Huishoudens: CBS, 2024. Inwoners: CBS, 2024.")
    assert page.contents["overlast"].source.endswith(", stand 15 april 2024. Inwoners: CBS, 2024.")


def test_every_table_with_figures_names_source_and_date(page: AreaPage) -> None:
    for table in _tables(page):
        if table.rows:
            assert re.search(r"^Bron: .*(, stand \d{1,2} [a-z]+ \d{4}|datum niet vermeld)", table.source), (
                table.source
            )


def test_surveys_stand_only_where_they_hold(page: AreaPage) -> None:
    assert bool(page.contents["ervaren"].table.rows) == (
        page.area.gebied.gebied_niveau in ("land", "gemeente")
    )


def test_registered_experienced_and_circumstances_never_share_a_table(page: AreaPage) -> None:
    measures = dict(
        example_warehouse().execute("select indicator, meetwijze from contract.indicator").fetchall()
    )
    for table in _tables(page):
        assert len({measures[name] for name in table.indicators}) <= 1, table.indicators


PROVISIONAL = " (voorlopig)"  # behind a count without a rate


def test_counts_in_the_tables_are_those_of_the_mart(page: AreaPage) -> None:
    published = {
        (indicator, periode): teller
        for indicator, periode, teller in example_warehouse()
        .execute(
            "select indicator, periode, teller from mart.cijfer where gebied_code = ?",
            [page.area.gebied.gebied_code],
        )
        .fetchall()
    }
    rows: list[tuple[str, str, Row]] = [
        ("misdrijven", row.name, row) for row in page.contents["misdrijven"].table.rows
    ]
    for table in (page.contents["overlast"], page.contents["soorten"]):
        rows += [
            (name, found[1] if (found := re.search(r"\((\d{4})\)", row.name)) else table.periode, row)
            for name, row in zip(table.indicators, table.rows, strict=True)
        ]
    assert rows
    for indicator, periode, row in rows:
        count = published[indicator, periode]
        if count is None:
            assert row.cells[0].empty
        else:
            assert _number(row.cells[0].text.removesuffix(PROVISIONAL)) == count


def test_rows_for_the_browser_follow_the_tables(page: AreaPage) -> None:
    known = page.contents["data"]["reeksen"]
    for table in (page.contents["overlast"], page.contents["misdrijven"].table):
        of_file = page.area.is_deel and table is page.contents["overlast"]
        # What the file of the gemeente has is not on the page too; that has no row without a figure.
        visible = [row for row in table.rows if not of_file or row.cells[0].empty]
        rows = [
            dict(zip(COLUMNS, row, strict=False))
            for name in table.indicators
            if not of_file or name in known
            for row in known[name]
        ]
        for row, shown in zip(rows, visible, strict=True):
            count = row.get("aantal")
            assert (count is None) == shown.cells[0].empty
            if count is not None:
                assert _number(shown.cells[0].text.removesuffix(PROVISIONAL)) == count


def test_what_the_browser_completes_is_what_the_mart_published(page: AreaPage) -> None:
    con = example_warehouse()
    shared, known = read_columns(con), page.contents["data"]
    published = {
        (row[0], row[1]): row[2:]
        for row in con.execute(
            "select indicator, periode, teller, noemer, waarde, onder, boven, eenheid, status, breuk, bron, "
            "vintage, voorbehoud from mart.cijfer where gebied_code = ?",
            [page.area.gebied.gebied_code],
        ).fetchall()
    }
    for name, rows in known["reeksen"].items():
        for row in rows:
            own = {"status": "ok", **shared[name], **known["gebied"], **known.get("bron", {}).get(name, {})}
            own |= {column: value for column, value in zip(COLUMNS, row, strict=False) if value is not None}
            for made, told in zip(_completed(own), published[name, own["periode"]], strict=True):
                number = isinstance(told, float)
                assert made == (pytest.approx(told, rel=1e-4, abs=1e-4) if number else told), (name, own)


def _completed(row: dict[str, Any]) -> tuple[Any, ...]:
    """The columns as the script of the page makes them (complete in bewaren.js)."""
    status, *caveats = row["status"].split(";")
    rated = row.get("noemer") and status in ("ok", "voorlopig")
    rates = [
        row[count] * row["per"] / row["noemer"] if rated and count in row else None
        for count in ("aantal", "aantal_onder", "aantal_boven")
    ]
    vintage = row["vintage"]
    if row.get("noemer_jaar"):
        vintage += f"; {row['noemer_soort']} {row['noemer_jaar']}"
    return (
        *(row.get("aantal"), row.get("noemer"), *rates, row["eenheid"], status),
        *(row.get("breuk"), row["bron"], vintage, ";".join((row["voorbehoud"], *caveats))),
    )


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    con = example_warehouse()
    return dict(pages(con, SHELL, codes=area_codes(con), context=CONTEXT))


def test_pages_read_well_and_weigh_little(written: dict[str, str]) -> None:
    assert len(written) == len(example_pages())
    for path, html in written.items():
        found = readability(html)
        assert not found.too_long, (path, found.too_long)
        assert found.mean <= MAX_MEAN, (path, found.mean)
        assert not re.search(r"\bNone\b|\bnan\b|\{\{|\{%| style=", html), path
    mean = sum(len(html.encode()) for html in written.values()) / len(written)
    assert mean <= BODY_BYTES


def test_pages_are_at_their_address_for_ever(written: dict[str, str]) -> None:
    assert "gebied/bu07580006/index.html" in written
    assert all(re.fullmatch(r"gebied/(nl00|gm\d{4}|wk\w{6}|bu\w{8})/index\.html", path) for path in written)


def test_names_that_look_like_code_are_harmless() -> None:
    con = example_copy()
    script, formula = "<script>alert('{{ 7 * 7 }}')</script>", '=HYPERLINK("http://example.org";"klik")'
    con.execute("update core.gebied set gebied_naam = ? where gebied_code = 'BU07580006'", [script])
    con.execute("update core.gebied set gebied_naam = ? where gebied_code = 'BU07580005'", [formula])
    made = dict(pages(con, SHELL, codes=["BU07580006", "BU07580005", "WK075800", "GM0758"], context=CONTEXT))
    assert len(made) == 4
    for html in made.values():
        assert "<script>alert" not in html
        assert '<a href="http://example.org' not in html
        # The rows of the page, and on a page with a map the script of that.
        own = r"<script type=(?:application/json id=vb-data|module src=[./a-z]+)>"
        assert html.count("<script") == len(re.findall(own, html))
    assert "&lt;script&gt;alert('&#123;{ 7 * 7 }}" in made["gebied/bu07580006/index.html"]
    assert "=HYPERLINK(&#34;" in made["gebied/bu07580005/index.html"]


def test_every_page_leads_to_a_comparison_that_begins_with_it() -> None:
    made = dict(pages(example_warehouse(), SHELL, codes=["NL00", "BU07580006"], context=CONTEXT))
    for slug in ("nl00", "bu07580006"):
        link = f'href="../../vergelijk/?gebied={slug}">Vergelijk met een ander gebied</a>'
        assert made[f"gebied/{slug}/index.html"].count(link) == 1


def test_an_area_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="BU07589999"):
        list(pages(example_warehouse(), SHELL, codes=["NL00", "BU07589999"], context=CONTEXT))
    with pytest.raises(VeiligheidsbeeldError, match="GM0344"):
        area_codes(example_warehouse(), gemeenten=["GM0344"])


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("ontbreekt", "is geen cijfer gepubliceerd."),
        ("verborgen", "staat hier geen cijfer."),
        ("minder_dan_5", "minder dan 5 keer overlast"),
    ],
)
def test_statuses_that_the_example_lacks_are_said(status: str, said: str) -> None:
    con = example_copy()  # synthetic: City's figures are made empty
    con.execute(
        "update mart.gebied_profiel set teller = null, waarde = null, onder = null, boven = null, status = ? "
        "where gebied_code = 'BU07580006' and indicator in ('overlast_drugs_alcohol', 'misdrijven')",
        [status],
    )
    con.execute("delete from mart.vergelijking where gebied_code = 'BU07580006'")
    ((_, html),) = pages(con, SHELL, codes=["BU07580006"], context=CONTEXT)
    assert said in html
    # Of what is not known nothing is asked; of a small count it is known that it is small.
    small = status == "minder_dan_5"
    assert ("Is het veel?</h2><p>Zonder precies cijfer is een vergelijking niet mogelijk." in html) == small
    assert ("Geen cijfer is iets anders dan nul." in html) != small


def test_a_page_begins_with_what_is_known() -> None:
    con = example_copy()  # synthetic: City has no figure on nuisance, as most of the country in the example
    con.execute(
        "update mart.gebied_profiel set teller = null, waarde = null, onder = null, boven = null, "
        "status = 'ontbreekt' where gebied_code = 'BU07580006' and indicator = 'overlast_drugs_alcohol'"
    )
    ((_, html),) = pages(con, SHELL, codes=["BU07580006"], context=CONTEXT)
    # On top and, with the place in front, as description: not once more above the series.
    assert html.count("In 2025 registreerde de politie in de buurt City 1.237 misdrijven.") == 1
    assert html.count("City, buurt in Breda. In 2025 registreerde de politie hier 1.237 misdrijven.") == 1
    assert "Over overlast door alcohol of drugs in de buurt City is geen cijfer" not in html


def test_an_area_without_any_figure_still_has_a_page() -> None:
    con = example_copy()  # synthetic: a buurt that no publisher knows yet
    for table in ("mart.gebied_profiel", "mart.vergelijking", "mart.cijfer"):
        con.execute(f"delete from {table} where gebied_code = 'BU07580006'")
    ((_, html),) = pages(con, SHELL, codes=["BU07580006"], context=CONTEXT)
    assert "Dit voorbeeld heeft geen cijfer over overlast door alcohol of drugs in de buurt City." in html
    assert "Volgende cijfers: nog niet bekend" in html
    assert "Nieuwste cijfers" not in html
    assert not re.search(r"\bNone\b|\bnan\b", html)


def _without_figures(con: duckdb.DuckDBPyConnection, code: str, indicators: str, status: str) -> None:
    """Synthetic: the newest figures of an area are emptied; `indicators` is a condition."""
    con.execute(
        "update mart.gebied_profiel set teller = null, waarde = null, onder = null, boven = null, status = ? "
        f"where gebied_code = ? and indicator in (select indicator from contract.indicator where {indicators})",
        [status, code],
    )


NUISANCE = "meetwijze = 'geregistreerd' and indicator != 'misdrijven'"


def _made(con: duckdb.DuckDBPyConnection, code: str) -> tuple[AreaPage, str]:
    (page,) = area_pages(con, codes=[code], context=CONTEXT)
    ((_, html),) = pages(con, SHELL, codes=[code], context=CONTEXT)
    assert not readability(html).too_long
    return page, html


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("ontbreekt", ("Over overlast in de buurt City zijn geen cijfers gepubliceerd.",)),
        (
            "verborgen",
            (
                "Over overlast in de buurt City staan hier geen cijfers.",
                "Dat is om mensen te beschermen.",
            ),
        ),
    ],
)
def test_a_table_without_any_figure_is_a_sentence_that_leads_to_figures(
    status: str, said: tuple[str, ...]
) -> None:
    con = example_copy()
    _without_figures(con, "BU07580006", NUISANCE, status)
    page, html = _made(con, "BU07580006")
    assert page.contents["overlast"].rows == ()
    assert page.contents["overlast"].why == said
    assert [link.address for link in page.contents["overlast"].elsewhere] == [
        "../gm0758/#overlast",
        "../nl00/#overlast",
    ]
    assert f"{' '.join(said)} Voor <a href=../gm0758/#overlast>Breda</a> en <a" in html
    assert "Overlast per soort" not in html
    assert "De stip is" not in html
    assert html.count("Cijfers van Breda, alle jaren (ZIP)") == 1
    assert "overlast" not in page.contents["data"]["reeksen"]


def test_a_place_without_figures_is_not_named_as_one_that_has_them() -> None:
    con = example_copy()
    for code in ("BU07580006", "GM0758"):
        _without_figures(con, code, NUISANCE, "ontbreekt")
    page, _ = _made(con, "BU07580006")
    assert [link.name for link in page.contents["overlast"].elsewhere] == ["Nederland"]
    con.execute("delete from mart.gebied_profiel where gebied_code = 'NL00'")
    page, html = _made(con, "BU07580006")
    assert page.contents["overlast"].elsewhere == ()
    assert "zijn er wel cijfers" not in html


@pytest.mark.parametrize("status", ["minder_dan_5", "te_klein"])
def test_a_reason_that_tells_something_keeps_its_table(status: str) -> None:
    con = example_copy()
    _without_figures(con, "BU07580006", NUISANCE, "ontbreekt")
    con.execute(
        "update mart.gebied_profiel set status = ?, teller = if(? = 'te_klein', 3, null) "
        "where gebied_code = 'BU07580006' and indicator = 'overlast_jeugd'",
        [status, status],
    )
    page, html = _made(con, "BU07580006")
    assert len(page.contents["overlast"].rows) == len(page.contents["overlast"].indicators) > 1
    assert STATUS_KORT[status] in html
    assert STATUS_KORT["ontbreekt"] in html
    assert "De stip is" not in html


def test_a_survey_without_figures_says_nothing_of_margins() -> None:
    con = example_copy()
    _without_figures(con, "GM0758", "meetwijze = 'ervaren'", "ontbreekt")
    page, html = _made(con, "GM0758")
    assert page.contents["ervaren"].table.why == (
        "Over wat bewoners ervaren in Breda zijn geen cijfers gepubliceerd.",
    )
    assert [link.address for link in page.contents["ervaren"].table.elsewhere] == ["../nl00/#ervaren"]
    assert "geen marge" not in html


def test_what_an_anchor_leads_to_is_on_every_page(written: dict[str, str]) -> None:
    for html in written.values():
        for name in ("overlast", "misdrijven", "ervaren", "omstandigheden", "welzijn"):
            assert html.count(f"id={name}>") == 1


def _years_without(con: duckdb.DuckDBPyConnection, code: str, years: str, status: str) -> None:
    """Synthetic: some years of the series are emptied; `years` is a condition."""
    con.execute(
        "update mart.cijfer set teller = null, noemer = null, waarde = null, onder = null, boven = null, "
        f"noemer_jaar = null, status = ?, oorzaak = null where gebied_code = ? and indicator = 'misdrijven' and {years}",
        [status, code],
    )


def test_a_series_begins_at_its_first_figure() -> None:
    con = example_copy()
    _years_without(con, "BU07580006", "periode < '2021'", "ontbreekt")
    page, html = _made(con, "BU07580006")
    assert [row.name for row in page.contents["misdrijven"].table.rows] == [
        str(year) for year in range(2021, 2026)
    ]
    assert page.contents["misdrijven"].table.periode == "2021 tot en met 2025"
    assert page.contents["misdrijven"].zinnen[-1] == "De bron geeft hier geen cijfers van vóór 2021."
    assert not any("628" in sentence for sentence in page.contents["misdrijven"].zinnen)  # of 2021
    rows = page.contents["data"]["reeksen"]["misdrijven"]
    assert [row[0] for row in rows] == [row.name for row in page.contents["misdrijven"].table.rows]
    assert "data-grafiek=lijn-aantal" in html


def test_a_year_that_is_kept_from_the_public_stays_in_the_series() -> None:
    con = example_copy()
    _years_without(con, "BU07580006", "periode < '2014'", "verborgen")
    page, _ = _made(con, "BU07580006")
    assert page.contents["misdrijven"].table.rows[0].name == "2012"
    assert page.contents["misdrijven"].table.rows[0].cells[0].text == STATUS_KORT["verborgen"]
    assert not any("van vóór" in sentence for sentence in page.contents["misdrijven"].zinnen)


def test_one_year_makes_no_chart() -> None:
    con = example_copy()
    _years_without(con, "BU07580006", "periode != '2025'", "ontbreekt")
    page, html = _made(con, "BU07580006")
    assert [row.name for row in page.contents["misdrijven"].table.rows] == ["2025"]
    assert page.contents["misdrijven"].table.periode == "2025"
    assert "data-grafiek" not in html
    assert "<details open>" in html


@pytest.mark.parametrize("status", ["ontbreekt", "verborgen"])
def test_a_series_without_a_figure_is_a_sentence(status: str) -> None:
    con = example_copy()
    _years_without(con, "BU07580006", "true", status)
    _without_figures(con, "BU07580006", "indicator = 'misdrijven'", status)
    page, html = _made(con, "BU07580006")
    assert page.contents["misdrijven"].table.rows == ()
    assert "misdrijven" not in page.contents["data"]["reeksen"]
    assert "data-grafiek" not in html
    assert [link.address for link in page.contents["misdrijven"].table.elsewhere] == [
        "../gm0758/#misdrijven",
        "../nl00/#misdrijven",
    ]


def test_figures_of_one_unit_are_drawn_on_one_axis(page: AreaPage) -> None:
    units = dict(example_warehouse().execute("select indicator, eenheid from contract.indicator").fetchall())
    for table in (page.contents["overlast"], page.contents["soorten"]):
        drawn = {name: row.strip for name, row in zip(table.indicators, table.rows, strict=True) if row.strip}
        assert {units[name] for name in drawn} <= {"per 1.000 inwoners"}
        ends = [max(one.high, one.gemeente or 0, one.land or 0) for one in drawn.values()]
        # The axis ends where the farthest mark is; the publisher's total and other units are not drawn.
        assert not ends or max(ends) == 100


@pytest.mark.parametrize("section", ["overlast", "soorten"])
def test_ticks_lie_beside_the_margin_where_the_mart_sees_a_difference(page: AreaPage, section: str) -> None:
    table = page.contents[section]
    verdicts = {
        (name, level): (verdict, periode)
        for name, level, verdict, periode in example_warehouse()
        .execute(
            "select indicator, referentie, oordeel, periode from mart.vergelijking where gebied_code = ?",
            [page.area.code],
        )
        .fetchall()
    }
    for name, row in zip(table.indicators, table.rows, strict=True):
        for level in ("gemeente", "land") if row.strip else ():
            verdict, periode = verdicts.get((name, level), (None, ""))
            tick = getattr(row.strip, level)
            same = verdict is not None and periode == page.area.profiel[name].periode
            assert (tick is not None) == same, (name, level)
            if tick is not None:
                side = {"hoger": tick <= row.strip.low, "lager": tick >= row.strip.high}
                assert side.get(verdict, row.strip.low <= tick <= row.strip.high), (name, level, row.strip)


def test_a_page_tells_how_to_read_what_it_draws(written: dict[str, str]) -> None:
    for page in example_pages():
        html = written[f"gebied/{page.area.gebied.gebied_code.lower()}/index.html"]
        drawn = [table for table in (page.contents["overlast"], page.contents["soorten"]) if table.is_drawn]
        assert html.count("De stip is het aantal per 1.000 inwoners") == len(drawn)
        assert html.count("<th>In beeld") == len(drawn)
        for table in drawn:
            for word, level in (("Lang streepje", "gemeente"), ("Kort streepje", "land")):
                shown = any(row.strip and getattr(row.strip, level) is not None for row in table.rows)
                assert (f"{word}: " in table.aid) == shown


def test_a_long_name_may_break_after_its_slash_and_stays_text() -> None:
    con = example_copy()
    con.execute(
        "update core.gebied set gebied_naam = 'Noord/<b>Zuid' where gebied_code in ('BU07580006', 'WK075800')"
    )
    for code in ("BU07580006", "WK075800", "GM0758"):
        _, html = _made(con, code)
        assert "Noord/<wbr>&lt;b&gt;Zuid</" in html
        assert "<b>Zuid" not in html
