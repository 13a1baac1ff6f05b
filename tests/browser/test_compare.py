"""/vergelijk/: areas side by side by finder and by address, with the figures of their own pages."""

import csv
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from pipeline.indicator import file_of
from pipeline.statistics.similar import pooled_interval
from pipeline.words.numbers import format_number
from tests.browser.gates import NARROW, WCAG, WIDE, axe, load_axe, open_context

pytestmark = pytest.mark.browser
TWO = "vergelijk/?gebied=bu07580006&gebied=gm0758"


def _tables(page: Page) -> list[str]:
    return page.locator(".vb-vergelijk__tabellen h2").all_text_contents()


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".vb-vergelijk__tabellen table").first).to_be_visible()


def _heads(page: Page) -> list[str]:
    return page.locator(".vb-vergelijk__tabellen table").first.locator("thead th").all_text_contents()


def test_address_puts_areas_side_by_side_in_its_order(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _open(page, site_url + TWO)
        assert _heads(page) == ["Cijfer", "City", "Breda"]
        assert page.title().startswith("City en Breda - ")
        _open(page, site_url + "vergelijk/?gebied=gm0758&gebied=bu07580006")
        assert _heads(page) == ["Cijfer", "Breda", "City"]


def test_measurements_of_another_kind_stand_in_tables_of_their_own(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _open(page, site_url + TWO)
        assert _tables(page) == [
            "Geregistreerde overlast",
            "Geregistreerde misdrijven",
            "Wat bewoners ervaren",
            "Omstandigheden",
            "Samenleven en welzijn",
        ]


def test_figures_are_those_of_the_areas_own_page(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + "gebied/bu07580006/")
        row = page.get_by_role("row", name="Alcohol en drugs").first
        count, rate, margin = row.locator("td").all_text_contents()[:3]
        _open(page, site_url + TWO)
        row = page.locator("table.vb-naast tr", has_text="Overlast door alcohol of drugs").first
        cell = row.locator("td").first
        assert cell.locator("b").text_content() == rate
        assert re.fullmatch(f"aantal {count}marge {margin}2022", cell.locator("span").text_content() or "")


def test_finder_adds_an_area_and_the_address_keeps_it(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + "vergelijk/")
        expect(page.locator(".vb-vergelijk__stand")).to_have_text("Er is nog geen gebied gekozen.")
        for name in ("Belcrum", "Bavel"):
            field = page.locator("main input[role=combobox]")
            field.fill(name)
            expect(page.locator("main [role=option]").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            expect(page.locator(".vb-vergelijk__keuze li", has_text=name)).to_be_visible()
            expect(field).to_have_value("")
        assert len(re.findall("gebied=", page.url)) == 2
        shared = page.url
        page.go_back()
        expect(page.locator(".vb-vergelijk__keuze li")).to_have_count(1)
        page.goto(shared)
        expect(page.locator(".vb-vergelijk__keuze li")).to_have_count(2)


def test_an_area_can_be_taken_away_by_keyboard(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _open(page, site_url + TWO)
        page.get_by_role("button", name="Haal City weg").press("Enter")
        expect(page.locator(".vb-vergelijk__keuze li")).to_have_count(1)
        expect(page.locator(".vb-vergelijk__stand")).to_contain_text("City is weggehaald.")
        expect(page.locator("main input[role=combobox]")).to_be_focused()
        assert "bu07580006" not in page.url


def test_fifth_area_is_refused_in_words(browser: Browser, site_url: str) -> None:
    four = "vergelijk/?gebied=bu07580006&gebied=gm0758&gebied=wk075800&gebied=nl00"
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _open(page, site_url + four)
        assert len(_heads(page)) == 5
        page.locator("main input[role=combobox]").fill("Bavel")
        page.locator("main [role=option]").first.click()
        expect(page.locator(".vb-vergelijk__stand")).to_contain_text("Er passen 4 gebieden naast elkaar.")


THREE = "vergelijk/?gebied=bu07580100&gebied=bu07580101&gebied=bu07580102&samen=1&naam=Mijn%20hoek"
COUNTED = "overlast_drugs_alcohol"


def test_areas_are_added_up_to_one_with_a_margin_and_a_name(
    browser: Browser, site_url: str, built_site: Path
) -> None:
    file = built_site / file_of(COUNTED, ".parquet")
    codes = ["BU07580100", "BU07580101", "BU07580102"]
    rows = pq.read_table(file, filters=[("gebied_code", "in", codes), ("periode", "=", "2022")]).to_pylist()
    count, base = (sum(row[name] for row in rows) for name in ("teller", "noemer"))
    assert len(rows) == 3
    with open_context(browser) as context:
        page = context.new_page()
        _open(page, site_url + THREE)
        assert _heads(page) == ["Cijfer", "Mijn hoek", "Breda", "Nederland"]
        assert page.title().startswith("Mijn hoek - ")
        expect(page.locator(".vb-vergelijk__stand")).to_contain_text("3 gebieden zijn opgeteld.")
        row = page.locator("table.vb-naast tr", has_text="Overlast door alcohol of drugs").first
        cell = row.locator("td").first
        assert cell.locator("b").text_content() == format_number(count * 1000 / base, decimals=1)
        assert f"aantal {format_number(count)}" in (cell.text_content() or "")
        assert "niet op te tellen" in (
            page.locator("section", has_text="Wat bewoners ervaren").text_content() or ""
        )

        with page.expect_download() as kept:
            page.get_by_role("button", name="Bewaar CSV").click()
        with Path(kept.value.path()).open(newline="", encoding="utf-8") as text:
            saved = {line["indicator"]: line for line in csv.DictReader(text)}
        line = saved[COUNTED]
        assert (int(line["teller"]), int(line["noemer"])) == (count, base)
        assert line["gebied_naam"] == "Mijn hoek" and line["gebied_codes"].split() == codes
        assert float(line["waarde"]) == pytest.approx(count * 1000 / base, abs=1e-4)
        assert float(line["onder"]) < float(line["waarde"]) < float(line["boven"])
        assert "47024NED" in line["bronvermelding"]


def test_the_name_and_the_choice_stay_in_the_address(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _open(page, site_url + "vergelijk/?gebied=bu07580100&gebied=bu07580101")
        page.get_by_label("Tel deze gebieden op tot één gebied").check()
        field = page.get_by_label("Naam van dit gebied")
        field.fill("<b>Hoek</b>")
        field.press("Enter")
        expect(page.locator(".vb-vergelijk__tabellen th").nth(1)).to_have_text("<b>Hoek</b>")
        page.reload()
        expect(page.locator(".vb-vergelijk__tabellen th").nth(1)).to_have_text("<b>Hoek</b>")
        load_axe(page)
        assert list(axe(page, WCAG)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("bu07580100", "wk075801"), "Belcrum ligt in Breda noord."),
        (("gm0758", "nl00"), "Breda ligt in Nederland."),
    ],
)
def test_areas_within_each_other_are_not_added_up(
    browser: Browser, site_url: str, codes: tuple[str, str], words: str
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + "vergelijk/?samen=1&" + "&".join(f"gebied={code}" for code in codes))
        expect(page.locator(".vb-vergelijk__samen")).to_contain_text(words)
        assert page.locator(".vb-vergelijk__tabellen table").count() == 0


def test_a_sum_with_a_part_missing_is_no_figure(browser: Browser, site_url: str, built_site: Path) -> None:
    folder = built_site / "assets" / "vergelijk"
    words = json.loads((folder / "indicatoren.json").read_text(encoding="utf-8"))
    areas = json.loads((folder / "gm0758.json").read_text(encoding="utf-8"))
    (letter,) = (one for one, said in words["status"].items() if said == "minder dan 5")
    areas["gebieden"]["bu07580003"][2][words["volgorde"].index(COUNTED)] = [letter, 2022]
    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/gm0758.json", lambda route: route.fulfill(json=areas))
        _open(page, site_url + "vergelijk/?gebied=bu07580100&gebied=bu07580003&samen=1")
        row = page.locator("table.vb-naast tr", has_text="Overlast door alcohol of drugs").first
        expect(row.locator("td").first).to_contain_text("geen som: niet elk deel")


def test_what_no_area_has_for_one_reason_is_a_sentence_and_no_row(
    browser: Browser, site_url: str, built_site: Path
) -> None:
    folder = built_site / "assets" / "vergelijk"
    words = json.loads((folder / "indicatoren.json").read_text(encoding="utf-8"))
    areas = json.loads((folder / "gm0758.json").read_text(encoding="utf-8"))
    letters = {said: letter for letter, said in words["status"].items()}
    title = words["indicatoren"][COUNTED]["titel"]
    pair = ("bu07580100", "bu07580003")
    address = f"{site_url}vergelijk/?gebied={pair[0]}&gebied={pair[1]}"
    for reasons, rows in ((("minder dan 5",) * 2, 0), (("minder dan 5", "te weinig inwoners"), 1)):
        for code, reason in zip(pair, reasons, strict=True):
            areas["gebieden"][code][2][words["volgorde"].index(COUNTED)] = [letters[reason], 2022]
        with open_context(browser) as context:
            page = context.new_page()
            page.route("**/gm0758.json", lambda route: route.fulfill(json=areas))
            _open(page, address)
            heading = page.locator("table.vb-naast th[scope=row] a", has_text=re.compile(f"^{title}$"))
            expect(heading).to_have_count(rows)
            said = page.get_by_text(f"Geen cijfer, minder dan 5: {title}")
            expect(said).to_have_count(1 - rows)


@pytest.mark.parametrize("count", [0, 1, 4, 10, 100, 5_000, 1_000_000])
def test_the_margin_of_a_sum_is_that_of_the_statistics(browser: Browser, site_url: str, count: int) -> None:
    swings = [[1.5, 0.25], [1.2, 0.1]]
    counts = [count, count // 2]
    low, high = pooled_interval(
        sum(counts),
        sum(one * one for one in counts),
        a=sum(one * a for one, (a, _) in zip(counts, swings, strict=True)) / max(1, sum(counts)),
        b=sum(one * one * b for one, (_, b) in zip(counts, swings, strict=True))
        / max(1, sum(one * one for one in counts)),
    )
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + "vergelijk/")
        found = page.evaluate(
            "async ([counts, swings]) => (await import('../assets/javascripts/som.js')).summed(counts, swings)",
            [counts, swings],
        )
    assert found["total"] == sum(counts)
    assert (found["low"], found["high"]) == pytest.approx((float(low), float(high)), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "query", ["gebied=gm9999", "gebied=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "gebied=../../x", ""]
)
def test_wrong_address_is_answered_in_words(browser: Browser, site_url: str, query: str) -> None:
    errors: list[str] = []
    with open_context(browser) as context:
        page = context.new_page()

        def note(message: ConsoleMessage) -> None:
            if message.type == "error" and "404" not in message.text:
                errors.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(error.message))
        page.goto(f"{site_url}vergelijk/?{query}")
        expect(page.locator(".vb-vergelijk__stand")).to_contain_text("Er is nog geen gebied gekozen.")
        assert page.locator(".vb-vergelijk img").count() == 0
        assert not errors


def test_unreachable_figures_are_told(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/assets/vergelijk/*.json", lambda route: route.abort())
        page.goto(site_url + TWO)
        expect(page.locator(".vb-vergelijk__stand")).to_contain_text("nu niet te lezen")


def test_without_javascript_it_says_where_the_figures_are(browser: Browser, site_url: str) -> None:
    with open_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + TWO)
        expect(page.locator(".vb-vergelijk__zonder")).to_contain_text("werkt alleen met JavaScript")
        page.locator(".vb-vergelijk__zonder").get_by_role("link", name="bestand van die gemeente").click()
        page.wait_for_url(re.compile("/data/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_tables_are_accessible(browser: Browser, site_url: str, width: int, scheme: str) -> None:
    problems: list[str] = []
    with open_context(browser, width=width, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        _open(page, site_url + TWO + "&gebied=wk075800&gebied=nl00")
        load_axe(page)
        assert list(axe(page, WCAG)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert not problems


def test_a_count_without_a_rate_says_that_it_may_change(browser: Browser, site_url: str) -> None:
    """One figure of the file is made provisional on its way: no period of the store is."""

    def answer(route: Route) -> None:
        data = route.fetch().json()
        figures = data["gebieden"]["bu07580006"][2]
        place = next(i for i, one in enumerate(figures) if one and len(one) > 2 and isinstance(one[0], int))
        figures[place] = ["gp", 2022, 17]
        route.fulfill(json=data)

    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/vergelijk/gm0758.json", answer)
        _open(page, site_url + "vergelijk/?gebied=bu07580006")
        (cell,) = page.locator("table.vb-naast td.vb-leeg", has_text="aantal 17").all()
        assert cell.locator("b").text_content() == "geen inwonertal"
        assert "aantal 17 (voorlopig)" in (cell.locator("span").text_content() or "")
