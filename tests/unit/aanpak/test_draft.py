"""A new file holds what was answered, says what each key is for, and is read back as an approach."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.aanpak.definition import read_approach
from pipeline.aanpak.draft import ask_missing, missing, name_of, write_text

TODAY = date(2026, 11, 29)
ANSWERS = {
    "titel": ["Licht in het park"],
    "thema": ["veiligheid_algemeen"],
    "gebied": ["BU07580003", "BU07580100"],
    "start": ["2027-01"],
    "indicator": ["misdrijven"],
    "mechanisme": ['Licht geeft "zicht".'],
    "bewoners": ["Zij wijzen plekken aan."],
    "partij": ["Gemeente: plaatst lampen: twintig", "Politie"],
}


def read(folder: Path, **changes: list[str]):  # type: ignore[no-untyped-def]
    path = folder / "licht.toml"
    path.write_text(write_text(ANSWERS | changes, today=TODAY), encoding="utf-8")
    return read_approach(path)


def test_what_was_answered_is_read_back(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.titel, found.gebieden) == ("Licht in het park", ("BU07580003", "BU07580100"))
    assert (found.start, found.start_tekst, found.eind) == (date(2027, 1, 1), "2027-01", None)
    assert (found.vastgelegd_op, found.doel, found.vergelijking) == (TODAY, None, ())
    assert found.mechanisme == 'Licht geeft "zicht".'
    assert [(one.naam, one.brengt) for one in found.partijen] == [
        ("Gemeente", "plaatst lampen: twintig"),
        ("Politie", ""),
    ]


def test_a_goal_an_end_and_a_plan_are_kept(tmp_path: Path) -> None:
    found = read(
        tmp_path, doel=["woninginbraak omlaag 20 2028-12-31"], eind=["2028-12-31"], evaluatie=["2028-03-01"]
    )
    assert found.doel is not None
    assert (found.doel.indicator, found.doel.richting, found.doel.procent) == ("woninginbraak", "omlaag", 20)
    assert (found.eind, found.volgende_evaluatie) == (date(2028, 12, 31), date(2028, 3, 1))


def test_without_a_start_the_file_is_still_an_approach(tmp_path: Path) -> None:
    assert read(tmp_path, start=["nog niet bekend"]).start is None


def test_only_what_was_not_given_is_asked_and_what_is_needed_again() -> None:
    said: list[str] = []
    answers: Iterator[str] = iter(
        ["", "Meer licht.", "Zij kijken.", "Politie", "Gemeente: lampen", "", "", "", "", ""]
    )

    def ask(text: str) -> str:
        said.append(text)
        return next(answers)

    given = {key: ANSWERS[key] for key in ("titel", "thema", "gebied", "start", "indicator")}
    found = ask_missing(given | {"eind": ["loopt"], "doel": ["geen doel in cijfers"]}, ask)
    assert found["mechanisme"] == ["Meer licht."]
    assert found["partij"] == ["Politie", "Gemeente: lampen"]
    assert said[1].startswith("Dit is nodig.")
    assert not any("heet de aanpak" in text for text in said)


def test_what_needs_an_answer_is_named() -> None:
    assert missing(ANSWERS) == []
    assert missing({"titel": ["x"], "thema": [""]}) == [
        *("thema", "gebied", "indicator", "mechanisme", "bewoners", "partij")
    ]


@pytest.mark.parametrize(
    ("title", "name"), [("Licht in het park", "licht-in-het-park"), ("Café's & co.", "cafe-s-co")]
)
def test_the_name_of_the_file_is_the_title(title: str, name: str) -> None:
    assert name_of(title) == name
