"""The finder on the home page: a name, a postcode or a code leads to the page of the area."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gates import NARROW, WCAG, axe, load_axe, open_context

pytestmark = pytest.mark.browser
CITY = re.compile(r"/gebied/bu07580006/$")


def _search(page: Page, site_url: str, text: str) -> None:
    page.goto(site_url)
    field = page.locator("main input[role=combobox]")
    field.fill(text)
    expect(page.locator("main [role=option]").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("text", ["City", "city", "bu07580006"])
def test_name_or_code_leads_to_the_area_by_keyboard(browser: Browser, site_url: str, text: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, text)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(CITY)


def test_option_leads_to_the_area_by_pointer(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _search(page, site_url, "City")
        page.locator("main [role=option]").first.click()
        page.wait_for_url(CITY)


def test_postcode_lists_areas_that_have_it(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, "4811")
        for option in page.locator("main [role=option]").all():
            expect(option).to_contain_text("4811")


def test_nonsense_is_answered_in_words(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url)
        page.locator("main input[role=combobox]").fill("qqqq")
        expect(page.locator("main").get_by_role("status")).to_have_text("Geen gebied gevonden.")


def test_open_list_is_accessible(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _search(page, site_url, "br")
        page.keyboard.press("ArrowDown")
        load_axe(page)
        assert list(axe(page, WCAG)) == []


def test_list_of_areas_is_there_without_javascript(browser: Browser, site_url: str) -> None:
    with open_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url)
        page.locator("main").get_by_role("link", name=re.compile("alle gebieden|lijst", re.I)).first.click()
        page.get_by_role("link", name="City", exact=True).first.click()
        page.wait_for_url(CITY)
