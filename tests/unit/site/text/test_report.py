"""Where an error is reported: a letter that is begun, a form that is filled in, or the publishers."""

import dataclasses
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.paths import Paths
from pipeline.site.text.pages import PageContext
from pipeline.site.text.report import QUESTIONS, SUBJECT, prefilled


@pytest.fixture(scope="module")
def context(example_paths: Paths) -> Iterator[PageContext]:
    with PageContext.open(example_paths) as opened:
        yield opened


def _page(context: PageContext, paths: Paths, address: str) -> str:
    facts = dataclasses.replace(context.facts, report_address=address)
    return PageContext(facts, paths.templates).render("{{ melden() }}", "verantwoording/fout-melden.md")


def test_a_mail_address_gives_a_letter_with_the_questions() -> None:
    parts = urlsplit(prefilled("fout@example.org"))
    fields = parse_qs(parts.query, keep_blank_values=True)
    assert (parts.scheme, parts.path) == ("mailto", "fout@example.org")
    assert fields == {"subject": [SUBJECT], "body": ["\n".join(QUESTIONS)]}
    assert "+" not in parts.query, "a mail program shows a plus as a plus"


@pytest.mark.parametrize(
    ("address", "form", "title", "body"),
    [
        ("https://github.com/wie/wat", "https://github.com/wie/wat/issues/new", "title", "body"),
        ("https://github.com/wie/wat/issues", "https://github.com/wie/wat/issues/new", "title", "body"),
        (
            *("https://gitlab.com/wie/wat/-/issues", "https://gitlab.com/wie/wat/issues/new"),
            *("issue[title]", "issue[description]"),
        ),
    ],
)
def test_the_issues_of_a_project_give_a_form(address: str, form: str, title: str, body: str) -> None:
    path, _, query = prefilled(address).partition("?")
    assert path == form
    assert parse_qs(query) == {title: [SUBJECT], body: ["\n".join(QUESTIONS)]}


@pytest.mark.parametrize("address", ["https://example.org/melden", "https://github.com/wie"])
def test_any_other_address_is_itself(address: str) -> None:
    assert prefilled(address) == address


def test_the_address_comes_from_the_settings(context: PageContext, example_paths: Paths) -> None:
    assert 'href="mailto:fout@example.org?' in _page(context, example_paths, "fout@example.org")
    assert 'href="https://example.org/melden"' in _page(context, example_paths, "https://example.org/melden")


def test_an_address_that_runs_code_is_refused(context: PageContext, example_paths: Paths) -> None:
    with pytest.raises(ValueError, match="javascript"):
        _page(context, example_paths, "javascript:alert(1)")


def test_without_an_address_the_publishers_of_the_figures_are_named(
    context: PageContext, example_paths: Paths
) -> None:
    page = _page(context, example_paths, "")
    assert "nog geen adres" in page
    assert '<strong>Politie</strong>: <a href="https://data.politie.nl' in page
    assert "Veiligheidsbeeld</strong>" not in page
