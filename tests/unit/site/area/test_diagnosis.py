"""'Waarom hier?': what it says is what the mart holds, over every area, with and without similar areas."""

import re
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipeline.site.area.diagnosis import GROUPS, STRONG, YOUTH, Diagnosis
from pipeline.site.area.pages import AreaPage
from pipeline.site.area.pages import pages as written
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, alike_copy, alike_pages, example_pages, example_warehouse
from tests.readability import MAX_WORDS, sentences, word_count

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
CITY, MANY = "BU07580006", "BU07580309"
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
CAUSE = re.compile(r"\b(oorzaak van|veroorzaakt|leidt tot|komt door|doordat|dankzij|vanwege)\b", re.I)


def stores() -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[AreaPage, ...]]]:
    yield example_warehouse(), tuple(example_pages())
    yield alike_copy(), alike_pages()


def of(code: str, pages: tuple[AreaPage, ...]) -> Diagnosis:
    made = next(page for page in pages if page.area.code == code).contents["waarom"]
    assert isinstance(made, Diagnosis)
    return made


def test_every_area_but_the_country_is_asked_why() -> None:
    for _, pages in stores():
        assert {page.area.code for page in pages if "waarom" not in page.contents} == {"NL00"}


def test_every_answer_ends_with_what_is_known_to_work() -> None:
    made = dict(written(example_warehouse(), SHELL, codes=[CITY, "GM0758"], context=CONTEXT))
    for code, page in made.items():
        why = page.partition("id=waarom")[2].partition("</section>")[0]
        (target,) = re.findall(r'href="?([^">]*)"?>Wat is bekend over aanpakken\?', why)
        assert re.fullmatch(
            r"\.\./\.\./(thema/[a-z-]+/#wat-is-bekend-over-aanpakken|uitleg/wat-is-bekend/)", target
        ), code


def numbers(text: str) -> list[Decimal]:
    return [Decimal(one.replace(".", "").replace(",", ".")) for one in NUMBER.findall(text)]


def test_what_stands_out_is_all_that_lies_outside_its_margin_and_nothing_else() -> None:
    judged = """
        select v.gebied_code, i.kort, v.oordeel, v.periode, v.waarde, v.onder, v.boven, v.referentie_waarde, v.referentie
        from mart.vergelijking as v join contract.indicator as i using (indicator)
        where v.oordeel is not null and i.meetwijze = 'geregistreerd'
        qualify row_number() over (
            partition by v.gebied_code, v.indicator
            order by list_position(['vergelijkbaar', 'gemeente', 'land'], v.referentie)
        ) = 1
    """
    words = {"hoger": "meer", "lager": "minder"}
    for con, pages in stores():
        told = {page.area.code: page.contents["waarom"] for page in pages if "waarom" in page.contents}
        asked: dict[str, int] = dict.fromkeys(told, 0)
        expected: dict[str, set[str]] = {code: set() for code in told}
        for code, kort, oordeel, periode, *values, _ in con.execute(judged).fetchall():
            asked[code] += 1
            if oordeel == "ongeveer gelijk":
                continue
            (line,) = (one for one in told[code].out if one.startswith(f"{kort}: "))
            expected[code].add(line)
            assert line.startswith(f"{kort}: {words[oordeel]}, ")
            assert f" in {periode} (marge " in line
            low, value = numbers(line.partition("(marge ")[2])[0], numbers(line.partition(": ")[2])[0]
            assert float(value) == pytest.approx(values[0], abs=0.06)
            assert float(low) == pytest.approx(values[1], abs=0.06)
            assert float(numbers(line)[-1]) == pytest.approx(values[3], abs=0.06)
        assert {code: set(one.out) for code, one in told.items()} == expected
        assert {code: one.judged for code, one in told.items()} == asked


def test_nothing_is_said_to_stand_out_where_nothing_does() -> None:
    for _, pages in stores():
        for page in pages:
            if "waarom" in page.contents:
                made = page.contents["waarom"]
                said = {
                    "Niets": not made.out and made.judged > 0,
                    "Dit": bool(made.out),
                    "Per": made.judged == 0,
                }
                assert made.verdict.split()[0] == next(word for word, holds in said.items() if holds)


def test_similar_areas_are_preferred_and_named_beside_the_figure() -> None:
    assert any("; in vergelijkbare buurten " in line for line in of(CITY, alike_pages()).out)
    assert all("; in Breda " in line for line in of(CITY, tuple(example_pages())).out)


def test_a_circumstance_differs_where_it_lies_outside_all_similar_areas() -> None:
    rows = alike_copy().execute(
        """
        select v.gebied_code, i.titel, v.indicator, v.lager = v.gebieden, p.waarde, v.waarde
        from mart.vergelijkbaar_cijfer as v
        join mart.gebied_profiel as p using (gebied_code, indicator)
        join contract.indicator as i using (indicator)
        where v.lager = v.gebieden or v.hoger = v.gebieden
        """
    )
    asked = {name for names in GROUPS.values() for name in names}
    expected: dict[str, set[str]] = {}
    for code, title, name, above, value, middle in rows.fetchall():
        if name in asked and abs(value - middle) > 0.1 * middle:
            expected.setdefault(code, set()).add(f"{title}: {'hoger' if above else 'lager'}")
    found: dict[str, set[str]] = {}
    for page in alike_pages():
        for _, line in page.contents["waarom"].circumstances if "waarom" in page.contents else ():
            for part in line:
                title, _, rest = part.partition(": ")
                found.setdefault(page.area.code, set()).add(f"{title}: {rest.rpartition(', ')[2]}")
    assert found == expected
    assert len(found) > 5


def test_circumstances_that_hang_together_stand_together() -> None:
    together = [groups for page in alike_pages() if (groups := dict(_circumstances(page)))]
    assert all(list(groups) == [name for name in GROUPS if name in groups] for groups in together)
    assert any(len(lines) > 1 for groups in together for lines in groups.values())


def _circumstances(page: AreaPage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return page.contents["waarom"].circumstances if "waarom" in page.contents else ()


def test_without_similar_areas_no_circumstance_is_said_to_differ() -> None:
    made = of(CITY, tuple(example_pages()))
    assert made.circumstances == ()
    assert made.considered.startswith("Dat is niet te zeggen")


def test_what_residents_experience_is_never_said_of_a_part_of_a_gemeente() -> None:
    for page in example_pages():
        if page.area.is_deel:
            made = page.contents["waarom"]
            assert made.experienced == ()
            assert [link.name for link in made.elsewhere] == ["Breda", "Nederland"]
    assert of("GM0758", tuple(example_pages())).experienced


def test_what_is_strong_and_what_the_figures_can_say_of_youth_is_published() -> None:
    for page in example_pages():
        if "waarom" not in page.contents:
            continue
        for names, lines in (
            (STRONG, page.contents["waarom"].strong),
            (YOUTH, page.contents["waarom"].youth),
        ):
            known = [
                name for name in names if (one := page.area.profiel.get(name)) and one.waarde is not None
            ]
            assert len(lines) == len(known)
            for name, line in zip(known, lines, strict=True):
                assert line.startswith(page.area.shared.indicatoren[name].titel)
                assert page.area.woorden[name].cijfer in line


def test_words_say_together_and_never_because() -> None:
    for _, pages in stores():
        for page in pages:
            if "waarom" in page.contents:
                made = page.contents["waarom"]
                said = " ".join([made.verdict, made.considered, *made.out])
                assert not CAUSE.search(said), said
                assert all(
                    word_count(one) <= MAX_WORDS for one in sentences(f"{made.verdict} {made.considered}")
                )


def test_the_table_is_that_of_what_there_is_more_of() -> None:
    made = of(CITY, tuple(example_pages()))
    assert made.talk.title == "Drugsoverlast"
    assert "Verslavingszorg" in made.talk.parties
    assert len(made.talk.residents) == len(made.talk.professionals) == 3


def test_an_area_where_inhabitants_are_the_wrong_measure_says_so() -> None:
    said = {
        page.area.code: page.contents["waarom"].verdict
        for page in example_pages()
        if "waarom" in page.contents
    }
    visited = {page.area.code for page in example_pages() if page.area.has_many_visitors} & set(said)
    outside = {code for code in said if said[code].startswith("Dit")}
    assert {code for code, verdict in said.items() if "bezoekers" in verdict} == visited & outside
