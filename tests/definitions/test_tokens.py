"""Colours and sizes of letters stand in one sheet; whoever draws outside a sheet uses the same ones."""

import re
from pathlib import Path

import pytest

from pipeline.charts import theme
from pipeline.charts.tokens import colour
from pipeline.paths import PROJECT

ASSETS = PROJECT / "site/theme/assets"
SHEETS = ASSETS / "stylesheets"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab|color)a?\(")
NAMED = re.compile(
    r"(?:color|background|fill|stroke|border\S*|outline)\s*:[^;}]*\b(?:white|black|gr[ae]y|red|blue)\b"
)
FACES = 45_000  # bytes that a reader fetches once


def _css(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (SHEETS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def _tokens() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", _css("tokens.css")):
        found.setdefault(name, set()).add(value.strip())
    return found


# A figure in somebody else's page has the letter and the colours of its reader's device, and no tokens.
ELSEWHERE = "figuur.css"
SHEETS_WITHOUT = sorted(
    file.name for file in SHEETS.glob("*.css") if file.name not in ("tokens.css", ELSEWHERE)
)


def test_the_sheet_of_a_figure_elsewhere_has_no_colour_of_its_own() -> None:
    css = _css(ELSEWHERE)
    assert not COLOUR.findall(css)
    assert not NAMED.findall(css)


@pytest.mark.parametrize("name", SHEETS_WITHOUT)
def test_no_sheet_has_a_colour_or_a_size_of_letters_of_its_own(name: str) -> None:
    css = _css(name)
    assert not COLOUR.findall(css)
    assert not NAMED.findall(css)
    sizes = {size.strip() for size in re.findall(r"font-size:\s*([^;}]+)", css)}
    assert not {size for size in sizes if not size.startswith("var(--") and size not in ("inherit", "0")}
    assert not re.findall(r"(?<![\w-])font:(?!\s*inherit)[^;}]*", css)


def test_every_token_that_is_asked_for_is_there_and_every_one_there_is_asked_for() -> None:
    sheets = "".join(map(_css, ("tokens.css", *SHEETS_WITHOUT)))
    asked = set(re.findall(r"var\((--(?:basis|vb)-[\w-]+)", sheets))
    own = set(re.findall(r"(--vb-[\w-]+):", "".join(map(_css, SHEETS_WITHOUT))))  # a place on a line
    drawn = {"--vb-grafiek", "--vb-grafiek-tegen", "--vb-ligging", "--vb-ligging-hier"}
    assert asked - own == set(_tokens()) - drawn


def test_what_python_draws_has_its_colours_from_the_sheet() -> None:
    own = {
        file.name: found
        for file in sorted((PROJECT / "pipeline").rglob("*.py"))
        if (found := re.findall(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")))
        and file.name != "tokens.py"
    }
    assert own == {}
    assert colour("--basis-color-default-bg-document") == "#ffffff"  # that on a screen that is not dark
    with pytest.raises(KeyError):
        colour("--vb-schaduw")


@pytest.mark.parametrize("script", sorted((ASSETS / "javascripts").glob("*.js")), ids=lambda file: file.name)
def test_what_a_script_draws_has_the_colour_of_a_token(script: Path) -> None:
    known = {value for values in _tokens().values() for value in values}
    assert set(re.findall(r"#[0-9a-f]{6}\b", script.read_text(encoding="utf-8"))) <= known


def test_charts_are_written_in_the_letter_of_the_page() -> None:
    (stack,) = _tokens()["--basis-text-font-family-default"]
    families = [family.strip(" \"'") for family in stack.split(",")]
    drawn = [family.strip(" \"'") for family in theme.FONT.split(",")]
    assert drawn == [family for family in families if family in drawn]
    assert drawn[0] in _css("tokens.css")


def test_the_faces_are_light_open_and_all_that_the_sheet_names() -> None:
    named = set(re.findall(r'url\("\.\./fonts/([\w.-]+)"\)', _css("tokens.css")))
    faces = {file.name: file for file in (ASSETS / "fonts").glob("*.woff2")}
    assert named == set(faces)
    assert sum(file.stat().st_size for file in faces.values()) < FACES
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts/OFL.txt").read_text(encoding="utf-8")
