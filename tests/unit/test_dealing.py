"""How tests are dealt over workers: a file or a part of one together, what takes longest first."""

from tests import dealing
from tests.conftest import ROOT


def test_a_file_stays_together_and_a_part_of_one_apart() -> None:
    one, other = "tests/unit/test_a.py::test_b[GM0758-deel1]", "tests/unit/test_a.py::test_c"
    assert dealing.part_of(one) == dealing.part_of(other) == "tests/unit/test_a.py"
    of_parts = [f"tests/browser/test_a.py::test_b[deel{number}-axe]" for number in (1, 1, 12)]
    first, same, another = map(dealing.part_of, of_parts)
    assert first == same != another
    assert first.startswith("tests/browser/test_a.py ")


def test_the_longest_are_named_once_and_are_there() -> None:
    named = dealing.LONGEST_FIRST
    assert len(set(named)) == len(named)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_what_is_named_comes_before_its_folder_and_the_rest_last() -> None:
    order = [
        "tests/browser/test_every_page.py::a",
        "tests/browser/test_gates_catch.py::a",
        "tests/unit/test_arrow.py::a",
    ]
    assert sorted(reversed(order), key=dealing.place_of) == order
