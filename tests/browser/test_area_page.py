"""What an area page does for its reader: live charts, CSV, words without JavaScript, ink on paper."""

import csv
import io
import json
import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from pipeline.site.area.approaches import ROOM
from pipeline.site.area.pages import pages
from pipeline.site.figure.strip import step_rules
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.words.numbers import MAANDEN
from pipeline.words.reference import Reference
from tests.browser.gates import (
    LOOKS,
    NARROW,
    WIDE,
    Scheme,
    axe,
    background,
    load_axe,
    luminance,
    open_context,
    show_all,
    sideways,
)
from tests.example_areas import CONTEXT, example_copy

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("", *MAANDEN)
DAY = re.compile(rf"(\d+) ({'|'.join(MAANDEN)}) (\d{{4}})")
DARK_STEPS = ("rgb(33, 54, 74)", "rgb(43, 86, 125)", "rgb(60, 124, 179)", "rgb(124, 179, 223)")
PAPER = 695  # pixels between the margins of A4
ONE_OF_EACH_LEVEL = ("nl00", "gm0758", "wk075800", "bu07580006")
LINE = "figure.vb-figuur[data-grafiek^=lijn]"
SEARCH = "Zoek een gebied of uitleg"
SAVE_CSV = 'button[data-opslaan="csv"]'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_context(browser) as context:
        yield context.new_page()


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    with open_context(browser, width=NARROW, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.mark.parametrize("code", ONE_OF_EACH_LEVEL)
def test_chart_is_drawn_when_it_comes_into_view(page: Page, site_url: str, code: str) -> None:
    page.goto(f"{site_url}gebied/{code}/")
    chart = page.locator(LINE).first
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg.marks")).to_be_visible()
    years = chart.locator("svg.marks path[aria-roledescription], svg.marks .mark-symbol path")
    assert years.count() or chart.locator("svg.marks .mark-line path").count(), "axes without a line"


@pytest.mark.parametrize("code", ONE_OF_EACH_LEVEL)
def test_saved_csv_has_the_rows_of_the_table(page: Page, site_url: str, tmp_path: Path, code: str) -> None:
    page.goto(f"{site_url}gebied/{code}/")
    figures = page.locator(f"figure:has({SAVE_CSV})").all()
    assert figures
    for figure in figures:
        saved = _saved_csv(page, figure)
        assert [row["gebied_code"] for row in saved] == [code.upper()] * len(saved)
        assert [row["teller"] for row in saved] == [_digits(cells[1]) for cells in _table(figure)]
        for row, cells in zip(saved, _table(figure), strict=True):
            assert _same_number(row["waarde"], cells[2]), (row, cells)


def _saved_csv(page: Page, figure: Locator) -> list[dict[str, str]]:
    with page.expect_download() as download:
        figure.locator(SAVE_CSV).click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _table(figure: Locator) -> list[list[str]]:
    rows = figure.locator("table").first.locator("tbody tr")  # behind it stand the years, which are no rows
    cells = rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))")
    return [[str(cell) for cell in row] for row in cells]


def _digits(cell: str) -> str:
    """'16.589' is 16589; words ('niet gepubliceerd') say why there is no number."""
    return cell.replace(".", "") if cell[:1].isdigit() else ""


def _same_number(value: str, cell: str) -> bool:
    """Whether `cell` ('15,0') is `value` ('15.0437') at the cell's own precision; words go with no value."""
    if not cell[:1].isdigit():
        return value == ""
    decimals = len(cell.partition(",")[2])
    shown = float(cell.replace(".", "").replace(",", "."))
    return abs(float(value) - shown) <= 0.5001 * 0.1**decimals


@pytest.mark.parametrize("code", ONE_OF_EACH_LEVEL)
def test_words_and_figures_are_there_without_javascript(bare_page: Page, site_url: str, code: str) -> None:
    bare_page.goto(f"{site_url}gebied/{code}/")
    expect(bare_page.locator("main .vb-inleiding")).to_be_visible()
    closed = bare_page.locator("main details:not([open]):has(table) > summary")
    while closed.count():
        closed.first.click()
    tables = bare_page.locator("main table").all()
    assert len(tables) >= 2
    for table in tables:
        expect(table).to_be_visible()
    expect(bare_page.locator("main article button:visible")).to_have_count(
        0
    )  # a button that does nothing is a lie


def test_city_states_its_registrations_beside_those_of_breda(bare_page: Page, site_url: str) -> None:
    bare_page.goto(f"{site_url}gebied/bu07580006/")
    words = bare_page.locator("main")
    for stated in ("109", "675", "2022"):
        expect(words).to_contain_text(stated)


def test_breda_states_its_crimes_over_the_years(bare_page: Page, site_url: str) -> None:
    bare_page.goto(f"{site_url}gebied/gm0758/")
    table = bare_page.locator(LINE).first.locator("table")
    for year, count in (("2012", "16.589"), ("2025", "11.295")):
        expect(table.locator("tr", has_text=year).filter(has_text=count)).to_have_count(1)


def test_download_link_leads_to_the_file_of_the_gemeente(bare_page: Page, site_url: str) -> None:
    bare_page.goto(f"{site_url}gebied/bu07580006/")
    with bare_page.expect_download() as download:
        bare_page.get_by_role("link", name="Cijfers van Breda, alle jaren (ZIP)").click()
    with ZipFile(download.value.path()) as archive:
        rows = list(
            csv.DictReader(
                io.TextIOWrapper(archive.open("gm0758-alle-jaren.csv"), encoding="utf-8", newline="")
            )
        )
    # The file has the years that the page shows, not only the newest.
    assert {"2012", "2025"} <= {row["periode"] for row in rows if row["indicator"] == "misdrijven"}


SHEETS = ("nl00", "gm0758", "wk075800", "bu07580006", "bu07580205")
"""One of each level, and a buurt where too few live for most figures."""


@pytest.mark.parametrize("code", SHEETS)
def test_a_print_is_one_sheet_with_nothing_cut(page: Page, site_url: str, code: str) -> None:
    page.goto(f"{site_url}gebied/{code}/")
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    words = " ".join(sheet.extract_text().split())
    assert page.locator("h1").inner_text() in words
    parts = ["Inwoners"]  # the last of three figures
    if code != "nl00":
        parts += [
            "Waarom hier?",
            "Wat valt op?",
            "Welke omstandigheden",
            "Wie zit aan tafel?",
            f"gebied/{code}/",
        ]
    assert [part for part in parts if part not in words] == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    assert sideways(page, PAPER) == []
    assert page.locator(".vb-gebied table:visible").count() == 0


def test_a_sheet_with_what_the_gemeente_saw_is_still_one(page: Page, site_url: str) -> None:
    seen = ("Zo zag de wijkagent het. " * 20)[:ROOM].strip()
    copy = example_copy()
    copy.execute("update contract.aanpak set waarnemingen = [?]", [seen])
    shell = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
    ((_, html),) = pages(copy, shell, codes=["WK075801"], context=CONTEXT)
    page.goto(f"{site_url}gebied/wk075801/")
    page.locator("#aanpak + ul").evaluate(
        """(old, html) => old.replaceWith(new DOMParser().parseFromString(html, "text/html").querySelector("#aanpak + ul"))""",
        html,
    )
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    words = " ".join(sheet.extract_text().split())
    assert words.count(f"“{seen}”") == 2  # both approaches are of this wijk
    assert "gebied/wk075801/" in words


@pytest.mark.parametrize("code", ONE_OF_EACH_LEVEL)
def test_prints_on_white_from_a_dark_device(page: Page, site_url: str, code: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site_url}gebied/{code}/")
    page.emulate_media(color_scheme="dark", media="print")
    assert luminance(background(page)) > 0.9
    assert luminance(str(page.locator("h1").evaluate("e => getComputedStyle(e).color"))) < 0.4


@pytest.mark.parametrize(("code", "among"), [("bu07580006", "buurten"), ("wk075800", "wijken")])
def test_circumstances_are_drawn_among_those_of_the_gemeente(
    page: Page, site_url: str, code: str, among: str
) -> None:
    page.goto(f"{site_url}gebied/{code}/")
    page.locator("#omstandigheden").scroll_into_view_if_needed()
    figure = page.locator("figure[data-grafiek=spine]")
    expect(figure.locator(".vb-doek > svg, .vb-doek svg.marks").first).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text(f"tussen de {among} van Breda")
    expect(figure.locator("table")).to_contain_text("Koopwoningen")


def test_circumstances_have_no_box_without_their_chart(page: Page, site_url: str) -> None:
    nobody = json.dumps({"naam": "Breda", "spec": "", "soorten": {}, "verdelingen": [], "gebieden": {}})
    page.route("**/omstandigheden/gm0758.json", lambda route: route.fulfill(body=nobody))
    with page.expect_response("**/omstandigheden/gm0758.json"):
        page.goto(f"{site_url}gebied/bu07580006/#omstandigheden")
    figure = page.locator("figure[data-grafiek=spine]")
    expect(figure.locator("table")).to_contain_text("Koopwoningen")
    expect(figure.locator("figcaption, button:visible")).not_to_be_visible()
    assert figure.evaluate("figure => getComputedStyle(figure).borderTopWidth") == "0px"


def test_circumstances_lose_their_box_when_the_chart_does_not_come(page: Page, site_url: str) -> None:
    page.route("**/assets/grafieken/spine*", lambda route: route.abort())
    page.goto(f"{site_url}gebied/bu07580006/#omstandigheden")
    figure = page.locator("figure[data-grafiek=spine]")
    with page.expect_console_message(lambda message: "niet getekend" in message.text):
        figure.scroll_into_view_if_needed()
    expect(figure.locator("table")).to_be_visible()
    expect(figure).not_to_have_class("vb-figuur")
    expect(figure.locator("figcaption")).not_to_be_visible()


def test_a_drawing_begins_below_the_word_above_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}gebied/gm0758/")
    table = page.locator("table.vb-getallen:has(td[class^=d])").first
    assert table.locator("thead th").last.evaluate("head => getComputedStyle(head).textAlign") == "left"
    # The place of a drawing is known by its padding alone: the style sheet draws it.
    left = table.locator("td[class^=d]").first.evaluate(
        "cell => parseFloat(getComputedStyle(cell).paddingLeft)"
    )
    assert left < 20
    drawn = table.locator("td[class^=d]").first.evaluate(
        "cell => [getComputedStyle(cell, '::before').backgroundImage, getComputedStyle(cell).getPropertyValue('--b')]"
    )
    assert drawn[0].count("gradient(") == 4 and float(drawn[1]) > 0
    page.emulate_media(media="print")
    on_paper = table.locator("td[class^=d]").first.evaluate(
        "cell => getComputedStyle(cell, '::before').getPropertyValue('print-color-adjust')"
    )
    assert on_paper == "exact", "a browser leaves backgrounds out of print"


@pytest.mark.parametrize("code", ONE_OF_EACH_LEVEL)
def test_on_a_phone_a_table_of_figures_needs_no_scrolling(bare_page: Page, site_url: str, code: str) -> None:
    bare_page.goto(f"{site_url}gebied/{code}/")
    bare_page.locator("details:has(.vb-getallen) > summary").first.click()
    beside = bare_page.locator(".vb-tabel:has(> .vb-getallen)").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"
    )
    assert beside == []
    cells = bare_page.locator(".vb-getallen :is(th, td)").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert cells == []


@pytest.mark.parametrize("path", ["indicator/woninginbraak/", "thema/drugsoverlast/", "bronnen/", "data/"])
def test_on_a_phone_a_table_of_a_written_page_needs_no_scrolling(
    browser: Browser, site_url: str, path: str
) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site_url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        tables = page.locator(".vb-tabel:has(> .vb-cijfers)")
        assert tables.count() > 0
        beside = tables.locator(":scope, :is(th, td)").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        )
        assert beside == []


def test_the_drawing_marks_the_area_that_its_address_names(bare_page: Page, site_url: str) -> None:
    seen = []
    for code in ("bu07580003", "wk075801"):
        bare_page.goto(f"{site_url}gebied/{code}/")
        picture = bare_page.locator(".vb-zij img")
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        seen.append(picture.screenshot())
    assert seen[0] != seen[1]
    bare_page.goto(f"{site_url}assets/ligging/gm0758.svg#bu07580003")
    marked = bare_page.locator(":target")
    assert marked.get_attribute("id") == "bu07580003"
    assert marked.evaluate("area => getComputedStyle(area).fillOpacity") == "1"
    assert bare_page.locator("#bu07580006").evaluate("area => getComputedStyle(area).fillOpacity") != "1"


def test_the_gemeente_has_no_place_among_its_own(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}gebied/gm0758/")
    page.locator("#omstandigheden").scroll_into_view_if_needed()
    expect(page.locator("figure[data-grafiek=spine]")).to_have_count(0)


def test_the_menu_opens_by_keyboard_and_leads_on(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site_url}gebied/bu07580006/")
        button, menu = page.get_by_role("button", name="Menu"), page.locator("#menu")
        expect(menu).not_to_be_visible()
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(menu.get_by_role("link", name="Home")).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).not_to_be_visible()
        expect(button).to_be_focused()
        button.press("Enter")
        menu.get_by_role("link", name="Uitleg").click()
        page.wait_for_url("**/uitleg/")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_menu_is_a_list_of_links_without_javascript(browser: Browser, site_url: str, width: int) -> None:
    with open_context(browser, width=width, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_url}gebied/bu07580006/")
        if width == NARROW:
            expect(page.locator("#menu")).not_to_be_visible()
            page.get_by_role("link", name="Menu").click()
        expect(page.locator("header").get_by_role("button")).to_have_count(0)
        page.locator("#menu").get_by_role("link", name="Uitleg").click()
        page.wait_for_url("**/uitleg/")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_search_of_an_area_page_finds_a_written_text(browser: Browser, site_url: str, width: int) -> None:
    with open_context(browser, width=width) as context:
        page = context.new_page()
        page.goto(f"{site_url}gebied/gm0758/")
        page.get_by_role("button", name=SEARCH).click()
        page.get_by_role("combobox", name=SEARCH).press_sequentially("ranglijst")
        found = page.get_by_role("option", name="Waarom geen ranglijst?").first
        expect(found).to_contain_text("tekst")
        expect(page.get_by_role("search").get_by_role("status")).to_contain_text("teksten gevonden")
        found.click()
        page.wait_for_url("**/uitleg/geen-ranglijst/**")


def test_the_search_of_an_area_page_finds_an_area_and_closes_by_keyboard(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}gebied/gm0758/")
    button = page.get_by_role("button", name=SEARCH)
    button.press("Enter")
    field = page.get_by_role("combobox", name=SEARCH)
    field.fill("City")
    expect(page.get_by_role("option", name="City").first).to_be_visible()
    for _ in ("the list", "the words", "the box"):
        page.keyboard.press("Escape")
    expect(field).not_to_be_visible()
    expect(button).to_be_focused()
    button.press("Enter")
    field.fill("bu07580006")
    expect(page.get_by_role("option").first).to_contain_text("City")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/gebied/bu07580006/")


def test_the_choice_of_colours_goes_along_to_a_written_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}gebied/gm0758/")
    for name in ("Kies lichte kleuren", "Kies donkere kleuren"):
        page.get_by_role("button", name=name).click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    dark = background(page)
    assert luminance(dark) < 0.1
    page.goto(f"{site_url}uitleg/")
    assert background(page) == dark
    page.locator('label[title^="Donkere kleuren"]').click()
    page.locator('label[title$="Kies lichte kleuren"]').click()
    page.goto(f"{site_url}gebied/gm0758/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(page.get_by_role("button", name="Kies donkere kleuren")).to_be_visible()


def test_an_area_leads_to_a_comparison_that_begins_with_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}gebied/bu07580006/")
    page.get_by_role("link", name="Vergelijk met een ander gebied").click()
    page.wait_for_url("**/vergelijk/?gebied=bu07580006")
    expect(page.locator(".vb-vergelijk__keuze")).to_contain_text("City")


def test_scripts_that_few_readers_need_come_when_they_are_asked_for(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto(f"{site_url}gebied/bu07580006/", wait_until="networkidle")
    assert {"kader.js", "beeld.js", "dom.js", "grafieken.js"} <= set(asked)
    later = {"zoeker.js", "teksten.js", "bewaren.js", "citeer.js", "tekening.js", "kaart.js", "vergelijk.js"}
    assert not later & set(asked)
    assert not [name for name in asked if name.startswith(("bundle.", "main."))]  # of the theme
    with page.expect_download():
        page.locator(SAVE_CSV).first.click()
    assert "bewaren.js" in asked


BESIDE_ITS_SHEET = """async ([sheets, steps]) => {
    // Where the marks of a drawing lie, only the sheet of area pages says.
    const places = new CSSStyleSheet();
    places.replaceSync(steps);
    document.adoptedStyleSheets = [places];
    const own = document.querySelector('link[rel=stylesheet]');
    window.vbOwn = own.sheet;
    window.vbWhole = [];
    for (const address of sheets) {
        const whole = Object.assign(own.cloneNode(), {href: address});
        const loaded = new Promise(resolve => whole.addEventListener('load', resolve));
        own.before(whole);
        await loaded;
        window.vbWhole.push(whole.sheet);
    }
}"""
OF_EVERY_ELEMENT = """async () => {
    // A rule shows in a property that it declares; what no sheet declares is the same whichever of them counts.
    const declared = new Set();
    const gather = rules => {
        for (const rule of rules) {
            for (const name of rule.style ?? []) declared.add(name);
            if (rule.cssRules) gather(rule.cssRules);
        }
    };
    for (const sheet of [window.vbOwn, ...window.vbWhole]) gather(sheet.cssRules);
    const names = [...declared].filter(name => !name.startsWith('--'));
    // Links to sheets may stand in the body, and their number is not the same in both.
    const read = () => [...document.querySelectorAll('body, body :not(link)')].flatMap(each =>
        [null, '::before', '::after'].map(part => {
            const style = getComputedStyle(each, part);
            const drawn = part === null || style.content !== 'none';
            const told = drawn ? names.map(name => `${name}:${style.getPropertyValue(name)}`) : [];
            return `${each.tagName}.${each.getAttribute('class')}${part ?? ''} ${told.join(';')}`;
        }));
    const dressed = async whole => {
        window.vbOwn.disabled = whole;
        window.vbWhole.forEach(sheet => { sheet.disabled = !whole; });
        // The theme's script moves the head and the columns a moment after the medium changes.
        for (let before, now; before !== (now = document.documentElement.outerHTML); before = now) {
            await new Promise(resolve => setTimeout(resolve, 300));
        }
        return read();
    };
    const ours = await dressed(false), wholes = await dressed(true);
    return ours.filter((one, index) => one !== wholes[index]).length + Math.abs(ours.length - wholes.length);
}"""


FOLLOWED = """() => document.body.getAttribute('data-md-color-scheme') ===
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'slate' : 'default')"""

Look = tuple[Scheme, Literal["screen", "print"]]
EVERY_LOOK: tuple[Look, ...] = (
    ("light", "screen"),
    ("light", "print"),
    ("dark", "screen"),
    ("dark", "print"),
)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("code", ["nl00", "gm0758", "bu07580006"])
def test_the_sheet_of_area_pages_misses_no_rule_of_the_whole(
    browser: Browser, built_site: Path, site_url: str, code: str, width: int
) -> None:
    misses_no_rule(browser, built_site, f"{site_url}gebied/{code}/", width, EVERY_LOOK)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize(
    ("path", "looks"),
    [
        ("", [("light", "screen"), ("light", "print")]),
        ("thema/drugsoverlast/", [("dark", "screen"), ("light", "print")]),
        ("indicator/misdrijven/", [("light", "screen")]),
        ("vergelijk/?gebied=bu07580006&gebied=gm0758", [("dark", "screen")]),
        ("data/", [("light", "screen")]),
        ("uitleg/toeval/", [("light", "screen")]),
    ],
)
def test_the_sheet_of_written_pages_misses_no_rule_of_the_whole(
    browser: Browser, built_site: Path, site_url: str, path: str, looks: Sequence[Look], width: int
) -> None:
    misses_no_rule(browser, built_site, site_url + path, width, looks)


def misses_no_rule(
    browser: Browser, built_site: Path, address: str, width: int, looks: Sequence[Look]
) -> None:
    """Every element looks as it would with the theme's sheets and ours entire."""
    site_url = address[: address.index("/", len("http://")) + 1]
    folder = built_site / "assets/stylesheets"
    names = ("main.*.min.css", "palette.*.min.css", "tokens.css", "beeld.css")
    sheets = [
        f"{site_url}assets/stylesheets/{found.name}" for name in names for found in sorted(folder.glob(name))
    ]
    assert len(sheets) == 4
    with open_context(browser, width=width, color_scheme=looks[0][0]) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        page.evaluate(BESIDE_ITS_SHEET, [sheets, step_rules()])
        for scheme, media in looks:
            page.emulate_media(media=media, color_scheme=scheme)
            page.wait_for_function(FOLLOWED)
            assert page.evaluate(OF_EVERY_ELEMENT) == 0, (scheme, media)


@pytest.mark.parametrize(("name", "width"), [("Menu", NARROW), (SEARCH, NARROW), (SEARCH, WIDE)])
def test_what_a_button_of_the_header_opens_is_accessible(
    browser: Browser, site_url: str, name: str, width: int
) -> None:
    for scheme, rules in LOOKS:
        with open_context(browser, width=width, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(f"{site_url}gebied/bu07580006/")
            page.get_by_role("button", name=name).click()
            if name == SEARCH:
                page.get_by_role("combobox").fill("marge")
                expect(page.get_by_role("option").first).to_be_visible()
            load_axe(page)
            assert list(axe(page, rules)) == []
            assert sideways(page, width) == []


def figures_of(page: Page) -> list[Locator]:
    """Each figure of an area page that is drawn; those of the chart library once they are."""
    found = page.locator("figure:is(.vb-figuur:has(svg, td[class^=d]), [data-grafiek])").all()
    for figure in found:
        figure.scroll_into_view_if_needed()
        expect(figure.locator("details.vb-citeer > summary")).to_be_visible()
    return found


@pytest.mark.parametrize(("code", "count"), [("gm0758", 4), ("bu07580006", 3)])
def test_each_figure_is_cited_as_on_a_written_page(page: Page, site_url: str, code: str, count: int) -> None:
    page.goto(f"{site_url}gebied/{code}/")
    figures = figures_of(page)
    assert len(figures) == count
    for figure in figures:
        figure.locator("details.vb-citeer > summary").click()
        expect(figure.locator("details.vb-citeer pre")).to_be_visible()
        apa, address = figure.locator("details.vb-citeer > p").all_inner_texts()
        key = address.partition("#")[2]
        source = " ".join((figure.locator(".vb-bron").text_content() or "").split())
        days = [f"{year}-{MONTHS.index(month):02}-{int(day):02}" for day, month, year in DAY.findall(source)]
        told = Reference(
            key=key,
            title=" ".join((figure.locator(".vb-figuur__titel").text_content() or "").split()),
            source=source,
            modified=max(days),
            page=f"{site_url}gebied/{code}/",
            kind="Kaart" if figure.get_attribute("data-kaart") else "Grafiek",
        )
        assert page.locator(f"[id='{key}']").count() == 1
        assert (apa, address) == (told.apa, told.address)
        entry = figure.locator("details.vb-citeer pre").text_content() or ""
        assert entry.replace(f"-{code}-{key},", f"-{key},") == told.bibtex


@pytest.mark.parametrize(("code", "count"), [("gm0758", 4), ("bu07580006", 3)])
def test_each_figure_is_saved_as_a_picture_with_all_that_belongs_to_it(
    browser: Browser, site_url: str, tmp_path: Path, code: str, count: int
) -> None:
    with open_context(browser, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{site_url}gebied/{code}/")
        figures = figures_of(page)
        assert len(figures) == count
        for number, figure in enumerate(figures):
            made = {}
            for kind in ("svg", "png"):
                with page.expect_download() as download:
                    figure.locator(f'button[data-opslaan="{kind}"]').click()
                made[kind] = tmp_path / f"{number}.{kind}"
                download.value.save_as(made[kind])
            picture = ElementTree.parse(made["svg"]).getroot()
            said = " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
            for part in (".vb-figuur__titel", ".vb-bron", ".vb-kaart__uitleg p", ".vb-legenda li"):
                for words in figure.locator(part).all_text_contents():
                    assert set(words.split()) <= set(said.split()), part
            before = [one for one in picture.iter(f"{SVG}text") if one.get("text-anchor") == "end"]
            loose = [one.text for one in before if one.text and not one.get("textLength")]
            assert loose == [], "a label runs off the picture to the left"
            width, height = struct.unpack(">II", made["png"].read_bytes()[16:24])
            assert (width, height) == tuple(2 * int(picture.attrib[name]) for name in ("width", "height"))
            colours = {one.get("fill") for one in picture.iter()} & set(DARK_STEPS)
            assert not colours, "a picture of a dark page is as light as any"
            drawn = [one for name in ("path", "circle", "line") for one in picture.iter(f"{SVG}{name}")]
            assert drawn and not [one for one in picture.iter() if one.get("class") == "vb-kaart"]


OFF_SCREEN = """() => [...document.querySelectorAll('article > :is(figure, .vb-tabel, .vb-lijst)')]
    .filter(one => !one.firstElementChild.checkVisibility({contentVisibilityAuto: true})).length"""


def test_what_is_far_below_a_phone_is_laid_out_when_somebody_comes_there(
    browser: Browser, site_url: str
) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site_url}gebied/gm0758/", wait_until="networkidle")
        assert page.evaluate(OFF_SCREEN) > 2
        for place in ("overlast", "omstandigheden", "gebieden"):
            page.locator(f".vb-naar a[href='#{place}']").click()
            page.wait_for_timeout(200)
            box = page.locator(f"#{place}").bounding_box()
            assert box is not None and 48 < box["y"] < 200, place
        last = page.locator(".vb-lijst a").last
        last.focus()
        expect(last).to_be_in_viewport()
        show_all(page)
        assert page.evaluate(OFF_SCREEN) == 0
