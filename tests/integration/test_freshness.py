"""Every page says how old its newest figures are and when the next come, and agrees with /bronnen/."""

import re
from pathlib import Path

import pytest

from tests.reading import as_read

AGE = re.compile(r"Nieuwste cijfers: (?P<periode>[\w ]+), (?P<stand>stand \d+ \w+ \d{4}|datum niet vermeld)")
NEXT = re.compile(r"Volgende (?:van deze bron|cijfers): (?P<next>[^.]+)\.")


def text_of(page: Path) -> str:
    return as_read(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources(built_site: Path) -> list[tuple[set[str], str]]:
    """What /bronnen/ says of each source with figures: the days of its tables, and when the next come."""
    html = (built_site / "bronnen" / "index.html").read_text(encoding="utf-8")
    found = []
    for section in re.split(r"<h2\b", html)[1:]:
        if told := re.search(r"Volgende cijfers : (.+?) (?:Let op|Uitleg) :", as_read(section)):
            table = section[section.index("<table") :]
            days = {f"stand {day}" for day in re.findall(r"\d+ \w+ \d{4}", re.sub(r"<[^>]*>", "|", table))}
            found.append((days or {"datum niet vermeld"}, told[1].strip()))
    return found


def test_bronnen_tells_it_of_every_source_with_figures(sources: list[tuple[set[str], str]]) -> None:
    assert len(sources) == 7
    assert ({"stand 15 januari 2026"}, "rond 15 januari 2027") in sources
    assert "te laat" not in str(sources), "the example is meant to be old"


def test_every_page_agrees_with_bronnen(built_site: Path, sources: list[tuple[set[str], str]]) -> None:
    pages = [
        page for page in built_site.rglob("index.html") if "bestaat niet meer" not in page.read_text("utf-8")
    ]
    assert len(pages) > 130
    assert sum("Hier zijn nog geen cijfers." in text_of(page) for page in pages) < 10
    wrong = []
    for page in pages:
        text = text_of(page)
        if "Hier zijn nog geen cijfers." in text:
            continue  # of an indicator that was not fetched
        age, following = AGE.search(text), NEXT.search(text)
        if age is None or following is None:
            wrong.append(f"{page.relative_to(built_site)}: zegt niet van wanneer de cijfers zijn")
        elif not any(age["stand"] in days and following["next"] == told for days, told in sources):
            wrong.append(f"{page.relative_to(built_site)}: {age[0]}; {following[0]}")
    assert not wrong, "\n".join(wrong[:20])
