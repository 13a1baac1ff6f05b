"""A file that is right becomes an approach; of one that is wrong every fault is told, on its line."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.aanpak.check import is_late
from pipeline.aanpak.definition import ApproachError, load_approaches, read_approach
from pipeline.paths import PROJECT
from tests.unit.aanpak.example import TEXT, with_goal, write


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    found = read_approach(with_goal(tmp_path))
    assert (found.id, found.niveau, found.start, found.eind) == ("fietsen", "buurt", date(2024, 1, 1), None)
    assert found.doel is not None
    assert (found.doel.richting, found.doel.procent, found.doel.voor) == ("omlaag", 20, date(2026, 12, 31))
    assert found.indicatoren == ("fietsdiefstal", "misdrijven")  # the goal is always evaluated
    assert found.partijen[0].naam == "Gemeente"


def test_a_month_starts_on_its_first_day_and_is_shown_as_it_was_written(tmp_path: Path) -> None:
    found = read_approach(write(tmp_path, ("start = 2024-01-01", 'start = "2024-07"')))
    assert (found.start, found.start_tekst) == (date(2024, 7, 1), "2024-07")


FAULTS = {
    "code": (('"BU07580006"', '"BU758"'), 3, "'BU758'", "BU07580006"),
    "levels": (('"BU07580003"', '"WK075801"'), 3, "'WK075801'", "kies één niveau"),
    "twice": (('"BU07580003"', '"BU07580006"'), 3, "'BU07580006'", "één keer"),
    "country": (('"BU07580006", "BU07580003"', '"NL00"'), 3, "'NL00'", "land"),
    "end": (('"loopt"', "2023-12-31"), 5, "2023-12-31", "een dag erna"),
    "no day": (('"loopt"', '"morgen"'), 5, "'morgen'", "2027-01-31"),
    "day that is not": (("2023-11-01", '"2023-02-30"'), 10, "'2023-02-30'", "2027-01-31"),
    "treated compared": (
        ('"automatisch"', '["BU07580001", "BU07580002", "BU07580003"]'),
        11,
        "'BU07580003'",
        "waar niets gebeurt",
    ),
    "wijk around": (
        ('"automatisch"', '["WK075800", "WK075801", "WK075802"]'),
        11,
        "'WK075800'",
        "waar niets",
    ),
    "few compared": (('"automatisch"', '["BU07580101"]'), 11, "1", "minstens 3"),
    "unknown key": (("bewoners =", "bewonersdeel ="), 9, "bewonersdeel", "bewoners"),
    "goal": (('"geen doel in cijfers"', '"minder"'), 7, "'minder'", "geen doel in cijfers"),
    "party": (('brengt = "Een stalling."', "brengt = 3"), 16, "3", "een tekst"),
    "list": (('["misdrijven"]', '"misdrijven"'), 6, "'misdrijven'", "lijst"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_line_value_and_what_would_be_right(tmp_path: Path, fault: str) -> None:
    change, line, value, right = FAULTS[fault]
    path = write(tmp_path, change)
    with pytest.raises(ApproachError) as refused:
        read_approach(path)
    (told,) = [one for one in str(refused.value).splitlines() if one.startswith(f"{path}:{line}: ")][:1]
    assert value in told
    assert right in told


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (('richting = "omlaag"\n', ""), "richting ontbreekt; verwacht omlaag of omhoog"),
        (('"omlaag"', '"minder"'), "richting is 'minder'; verwacht omlaag of omhoog"),
        (("procent = 20", "procent = 0"), "procent is 0; verwacht een heel getal"),
        (("2026-12-31", "2023-12-31"), "doel.voor is 2023-12-31, maar de start is 2024-01-01"),
    ],
)
def test_a_goal_says_which_way_how_much_and_by_when(
    tmp_path: Path, change: tuple[str, str], value: str
) -> None:
    with pytest.raises(ApproachError, match=value):
        read_approach(with_goal(tmp_path, change))


def staggered(folder: Path, *lines: str) -> Path:
    """The file with areas that begin later, below the party."""
    path = write(folder)
    path.write_text("\n".join([TEXT, "[latere_start]", *lines]) + "\n", encoding="utf-8")
    return path


def test_an_area_may_begin_later_than_the_first(tmp_path: Path) -> None:
    found = read_approach(staggered(tmp_path, 'BU07580003 = "2025-07"'))
    assert found.start == date(2024, 1, 1)
    assert found.starts == {"BU07580006": date(2024, 1, 1), "BU07580003": date(2025, 7, 1)}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("BU07580100 = 2025-01-01",), "19: latere_start.BU07580100 staat niet in gebieden"),
        (("BU07580003 = 2024-01-01",), "19: latere_start.BU07580003 is 2024-01-01, maar de start is 2024-01-01"),
        (("BU07580003 = 2025",), "19: latere_start.BU07580003 is 2025; verwacht een dag als 2027-01-31"),
        (
            ("BU07580003 = 2025-01-01", "BU07580006 = 2025-01-01"),
            "4: start is 2024-01-01, maar elk gebied begint later",
        ),
    ],
)  # fmt: skip
def test_a_later_start_that_cannot_be_is_refused_on_its_line(
    tmp_path: Path, lines: tuple[str, ...], told: str
) -> None:
    path = staggered(tmp_path, *lines)
    with pytest.raises(ApproachError) as refused:
        read_approach(path)
    assert str(refused.value).startswith(f"{path}:{told}")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("start = 2024-01-01", 'start = "nog niet bekend"'), "maar start is niet bekend"),
        (('eind = "loopt"', "eind = 2024-12-31"), "na het einde (2024-12-31)"),
        (('vergelijking = "automatisch"', 'latere_start = "2025-01-01"'), "schrijf [latere_start] met"),
    ],
)
def test_a_later_start_needs_a_first_one_and_lies_before_the_end(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    path = write(tmp_path, change)
    if "latere_start" not in change[1]:
        path.write_text(path.read_text() + "\n[latere_start]\nBU07580003 = 2025-01-01\n", encoding="utf-8")
    with pytest.raises(ApproachError) as refused:
        read_approach(path)
    assert told in str(refused.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, ('"BU07580006"', '"X"'), ("2024-01-01", '"gisteren"'), ('naam = "Gemeente"\n', ""))
    with pytest.raises(ApproachError) as refused:
        read_approach(path)
    assert [one.split(":")[1] for one in str(refused.value).splitlines()] == ["3", "4", "14"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Fietsen", TEXT, "kleine letters"),
        ("fietsen", "titel = \n", ":1: geen geldige TOML"),
        ("fietsen", "", "titel ontbreekt"),
    ],
)
def test_what_is_no_approach_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ApproachError, match=told):
        read_approach(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ApproachError, match=r"weg\.toml: dit bestand bestaat niet"):
        read_approach(tmp_path / "weg.toml")


@pytest.mark.parametrize(
    ("start", "written", "late"),
    [
        ("2024-01-01", "2024-12-31", False),
        ("2024-01-01", "2025-01-01", True),
        ("2024-02-01", "2025-06-01", False),
    ],
)
def test_late_is_after_the_first_whole_year(tmp_path: Path, start: str, written: str, late: bool) -> None:
    path = write(tmp_path, ("start = 2024-01-01", f"start = {start}"), ("2023-11-01", written))
    assert is_late(read_approach(path)) is late


def test_what_ships_was_written_down_afterwards_and_has_no_goal_in_figures() -> None:
    shipped = load_approaches(PROJECT / "data" / "aanpak")
    assert [one.id for one in shipped] == ["nplv-breda-noord", "nplv-vertaalde-wijken"]
    assert all(is_late(one) and one.doel is None and one.bronnen for one in shipped)
