"""The theme's search of the written pages: there when somebody turns to it, and no weight before."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

INDEX = "search/search_index.json"


@pytest.mark.parametrize("page_url", ["", "uitleg/kleine-aantallen/"])
def test_the_index_is_fetched_when_somebody_turns_to_the_search(
    browser: Browser, site_url: str, page_url: str
) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site_url}{page_url}", wait_until="networkidle")
        assert not [url for url in asked if url.endswith(INDEX)]
        page.get_by_placeholder("Zoek in de uitleg").fill("marge")
        page.locator(".md-search-result__item a").first.wait_for()
        assert len([url for url in asked if url.endswith(INDEX)]) == 1


def test_an_area_page_fetches_the_index_once_and_only_for_a_search(browser: Browser, site_url: str) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site_url}gebied/bu07580006/", wait_until="networkidle")
        page.get_by_role("button", name="Zoek").click()
        assert not [url for url in asked if url.endswith(INDEX)]
        page.get_by_role("combobox").press_sequentially("marge")
        page.get_by_role("option").first.wait_for()
        assert len([url for url in asked if url.endswith(INDEX)]) == 1


def test_areas_are_found_when_the_texts_do_not_come(browser: Browser, site_url: str) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.route(f"**/{INDEX}", lambda route: route.abort())
        page.goto(f"{site_url}gebied/gm0758/")
        page.get_by_role("button", name="Zoek").click()
        page.get_by_role("combobox").press_sequentially("City")
        page.get_by_role("option").first.wait_for()


def test_a_link_with_a_question_is_answered(browser: Browser, site_url: str) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.goto(f"{site_url}?q=marge")
        page.locator(".md-search-result__item a").first.wait_for(state="attached")
