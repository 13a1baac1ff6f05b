"""/uitleg/toeval/: one drawn example without a script, and as many as wanted with it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.gates import NARROW, open_context, sideways

pytestmark = pytest.mark.browser
PAGE = "uitleg/toeval/"
DRAWN = """async ([mean, a, b, times]) => {
    const { draw } = await import('../../assets/javascripts/toeval.js');
    const counts = Array.from({ length: times }, () => draw(mean, a, b));
    const middle = counts.reduce((sum, one) => sum + one) / times;
    return [middle, counts.reduce((sum, one) => sum + (one - middle) ** 2, 0) / times];
}"""


def test_a_button_draws_again_and_says_what_came(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        figure = page.locator("#toeval")
        status, rows = figure.get_by_role("status"), figure.locator("tbody tr")
        before = (status.text_content(), rows.all_text_contents(), figure.locator("svg").inner_html())
        figure.get_by_role("button", name="Boots drie andere jaren na").press("Enter")
        expect(status).not_to_have_text(str(before[0]))
        after = (status.text_content(), rows.all_text_contents(), figure.locator("svg").inner_html())
        assert not [old for old, new in zip(before, after, strict=True) if old == new]
        assert figure.locator("svg .vb-uit").count() == 10
        assert "{" not in str(after[0])
        assert "NaN" not in " ".join(after[1])
        assert sideways(page, NARROW) == []


def test_without_a_script_an_example_stands_there(browser: Browser, site_url: str) -> None:
    with open_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        expect(page.locator("#toeval svg")).to_be_visible()
        assert "Er veranderde niets." in str(page.locator("#toeval").text_content())
        expect(page.locator("#toeval button")).to_be_hidden()


@pytest.mark.parametrize(
    ("mean", "a", "b"), [(8, 1.3, 0.0128), (140, 1.3, 0.0128), (1400, 1.3, 0.0128), (20, 1, 0)]
)
def test_it_draws_with_the_measured_variance(
    browser: Browser, site_url: str, mean: float, a: float, b: float
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        middle, variance = page.evaluate(DRAWN, [mean, a, b, 20_000])
        assert middle == pytest.approx(mean, rel=0.03)
        assert variance == pytest.approx(a * mean + b * mean**2, rel=0.1)
