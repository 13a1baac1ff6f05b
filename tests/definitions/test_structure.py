"""How the code may grow: small files and functions, arrows that point one way, rooms that say what they are for."""

import ast
import re
from pathlib import Path

import pytest

from pipeline import architecture
from pipeline.paths import PACKAGE, PROJECT

MOST_LINES_FILE, MOST_LINES_FUNCTION, MOST_BY_PLACE = 400, 60, 4
FILES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(file.parent for file in PACKAGE.rglob("__init__.py"))
FLOORS = (  # each may use those after it, never those before it
    ("cli", "gemeente.verbs", "aanpak.verbs"),
    ("site",),
    ("machine",),
    tuple(
        f"site.{room}"
        for room in (
            *(
                "generator",
                "area",
                "text",
                "feed",
                "map",
                "download",
                "description",
                "frame",
                "figure",
                "html",
            ),
            *("standing", "municipal", "approaches", "freshness"),
        )
    ),
    ("warehouse", "charts", "words", "fetch"),
    ("gemeente", "aanpak"),
    ("statistics", architecture.CORE),
)
SAYS = {
    "what comes in": r"\bin:|\bcomes? in\b|^in come",
    "what goes out": r"\bout:|\b(comes?|go(es)?) out\b|\bout comes?\b",
    "what it never does": r"\bnever\b|\bnothing\b|\bno \w+",
}


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_files_and_functions_are_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES_FILE
    long = {
        node.name: length
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_FUNCTION
    }
    assert not long


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_of_five_values_some_go_in_by_name(file: Path) -> None:
    long = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            by_place = [name for name in names if name not in ("self", "cls")]
            if len(by_place) > MOST_BY_PLACE:
                long.append((node.name, by_place))
    assert long == []


def test_modules_use_each_other_in_no_circle() -> None:
    assert architecture.circles(architecture.imports()) == []


def test_rooms_use_each_other_in_no_circle() -> None:
    assert architecture.circles(architecture.rooms()) == []


def test_arrows_point_down() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    upward = [
        (room, one)
        for room, used in architecture.rooms().items()
        for one in sorted(used)
        if floor[one] < floor[room]
    ]
    assert upward == []


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_a_room_says_what_it_is_for(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    missing = [what for what, how in SAYS.items() if not re.search(how, said, re.I | re.M)]
    assert not missing, f"{name_of(room)}/__init__.py says not {', '.join(missing)}: {said!r}"
