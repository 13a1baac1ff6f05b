"""What the pages of three areas say, word for word.

A changed sentence is changed here too: VB_GOLDEN=1 writes the files anew, the diff is for a reader.
"""

import os
from pathlib import Path

import pytest

from pipeline.site.area.pages import AreaPage
from tests.example_areas import example_pages

FOLDER = Path(__file__).parent / "gebied"


def _in_words(page: AreaPage) -> str:
    head = page.contents["kop"]
    cards = [
        " ".join((f"{card.name}: {card.value}, {card.meaning}.", *card.verdict)) for card in head.key_figures
    ]
    answers = (head.answers.veel, head.answers.verloop, head.answers.zeker)
    parts = [
        [page.area.naam],
        *(list(part) for part in (head.zinnen.aantal, *answers, cards, page.contents["misdrijven"].zinnen)),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


@pytest.mark.parametrize("code", ["BU07580006", "GM0758", "NL00"])
def test_the_page_says_what_a_reader_agreed_to(code: str) -> None:
    (page,) = (page for page in example_pages() if page.area.gebied.gebied_code == code)
    file = FOLDER / f"{code.lower()}.txt"
    if os.environ.get("VB_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(_in_words(page), encoding="utf-8")
    assert _in_words(page) == file.read_text(encoding="utf-8")


def test_city_states_its_share_of_breda() -> None:
    (page,) = (page for page in example_pages() if page.area.gebied.gebied_code == "BU07580006")
    assert page.contents["kop"].zinnen.aantal == (
        "In 2022 registreerde de politie in de buurt City 109 keer overlast door alcohol of drugs.",
        "In heel Breda waren het er 675.",
    )


def test_breda_states_its_crimes_of_all_years() -> None:
    (page,) = (page for page in example_pages() if page.area.gebied.gebied_code == "GM0758")
    counts = {row.name: row.cells[0].text for row in page.contents["misdrijven"].table.rows}
    assert list(counts) == [str(year) for year in range(2012, 2026)]
    assert (counts["2012"], counts["2025"]) == ("16.589", "11.295")
