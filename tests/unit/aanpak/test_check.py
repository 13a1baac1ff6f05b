"""What only a warehouse can tell of an approach, and which buurten lie around it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.aanpak.check import Known, faults_of, read_known, refuse_unknown, ring_of, warnings_of
from pipeline.aanpak.definition import ApproachError, read_approach
from tests.unit.aanpak.example import with_goal, write


@pytest.fixture(scope="module")
def known(con: duckdb.DuckDBPyConnection) -> Known:
    return read_known(con)


def told(known: Known, path: Path) -> list[str]:
    return [f"{fault.line}: {fault.text}" for fault in faults_of(known, read_approach(path))]


def test_what_the_warehouse_knows_is_no_fault(known: Known, tmp_path: Path) -> None:
    assert told(known, write(tmp_path)) == []
    assert told(known, with_goal(tmp_path)) == []


def test_an_unknown_area_is_named_with_those_that_look_like_it(known: Known, tmp_path: Path) -> None:
    (fault,) = told(known, write(tmp_path, ('"BU07580003"', '"BU07580099"')))
    assert fault.startswith(
        "3: gebieden heeft 'BU07580099', dat in de nieuwste indeling niet bestaat; bedoelt u"
    )
    assert "(" in fault


def test_an_area_of_a_gemeente_outside_the_store_is_a_warning(known: Known, tmp_path: Path) -> None:
    path = write(tmp_path, ('"BU07580003"', '"BU03630001"'))
    assert told(known, path) == []
    assert "niet in deze opslag: BU03630001" in warnings_of(known, read_approach(path))


@pytest.mark.parametrize(
    ("change", "line", "value", "right"),
    [
        (('"diefstal"', '"diefstallen"'), 2, "'diefstallen'", "toegestaan: drugsoverlast"),
        (('["misdrijven"]', '["misdrijf"]'), 6, "'misdrijf'", "bedoelt u misdrijven"),
        (('["misdrijven"]', '["inwoners"]'), 6, "'inwoners'", "geen aantal dat de politie vastlegt"),
        (('["misdrijven"]', '["vm_onveilig"]'), 6, "'vm_onveilig'", "niet te evalueren"),
    ],
)
def test_unknown_names_are_told_with_what_there_is(
    known: Known, tmp_path: Path, change: tuple[str, str], line: int, value: str, right: str
) -> None:
    (fault,) = told(known, write(tmp_path, change))
    assert fault.startswith(f"{line}: ")
    assert value in fault
    assert right in fault


def test_the_indicator_of_a_goal_has_its_own_line(known: Known, tmp_path: Path) -> None:
    (fault,) = told(known, with_goal(tmp_path, ('"fietsdiefstal"', '"fietsdief"')))
    assert fault.startswith("14: doel.indicator is 'fietsdief', dat niet bestaat; bedoelt u fietsdiefstal")


def test_a_comparison_area_next_to_the_approach_is_refused(known: Known, tmp_path: Path) -> None:
    ring = ring_of(known, ["BU07580006", "BU07580003"])
    next_to = min(ring)
    far = sorted(code for code in known.gebieden if code.startswith("BU") and code not in ring)[-2:]
    named = ", ".join(f'"{code}"' for code in [*far, next_to])
    path = write(tmp_path, ('"automatisch"', f"[{named}]"))
    (fault,) = told(known, path)
    assert fault == f"11: vergelijking heeft {next_to!r}, dat aan de aanpak grenst; noem gebieden verder weg"
    with pytest.raises(ApproachError, match=f"{path.name}:11: "):
        refuse_unknown(known, [read_approach(path)])


def test_the_ring_touches_the_areas_and_is_none_of_them(known: Known) -> None:
    wijk = ring_of(known, ["WK075801"])
    assert wijk
    assert not {code for code in wijk if code.startswith("BU075801")}
    assert all(any(one.startswith("BU075801") for one in known.buren[code]) for code in wijk)
    assert ring_of(known, ["GM0758"]) == frozenset()


def test_warnings_name_what_makes_a_verdict_weaker(known: Known, tmp_path: Path) -> None:
    approach = replace(
        read_approach(write(tmp_path)), vastgelegd_op=date(2026, 1, 1), volgende_evaluatie=None
    )
    said = " ".join(warnings_of(known, approach))
    assert "achteraf vastgelegd: op 2026-01-01, na het eerste jaar (2024)" in said
    assert "geen volgende evaluatie gepland" in said
    assert "geen bron genoemd" in said
    assert "nog geen startdatum" in " ".join(warnings_of(known, replace(approach, start=None)))
