"""What README and the pages for builders name exists: paths, commands, options, tables, columns, names in code.

Every text between backticks is held against the code; a name that went or moved makes its page fail.
"""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.cli import _parser
from pipeline.model import SCHEMAS, load_models
from pipeline.paths import PROJECT, Paths

PAGES = [PROJECT / "README.md", PROJECT / "benchmarks" / "README.md"]
PAGES += sorted((PROJECT / "site" / "docs" / "bouwen").glob("*.md"))
CODE_FOLDERS = (
    "pipeline",
    "site/theme",
    "site/templates",
    "data/bronnen",
    "tests",
    "benchmarks",
    ".ci",
    ".github",
)
CODE_FILES = ("mkdocs.yml", "Makefile", "pyproject.toml")
CODE_KINDS = {".py", ".sql", ".toml", ".js", ".j2", ".html", ".yml", ".css", ""}
MADE = re.compile(r"build/|\.venv|veiligheidsbeeld\b|gm\d{4}\.\w+$|meldingen\.csv$")
"""What a build makes, or a reader brings."""
OF_OTHERS = {"analyse"}
"""Words of other programs, that we avoid."""
PATH = re.compile(
    r"\.?[\w.*{}-]+(?:/[\w.*{}-]+)+/?|[\w*-]+\.(?:sql|md|toml|csv|py|yml|css|j2|js|lock|svg)|[A-Z]\w+file"
)
TABLE = re.compile(rf"({'|'.join(SCHEMAS)})\.(\w+)(?:\.(\w+))?")
DOTTED = re.compile(r"(?:pipeline|tests|benchmarks)(?:\.\w+)+")
NAME = re.compile(r"[\w-]+")


def spans(page: Path) -> Iterator[str]:
    """Texts between single backticks, outside blocks of code."""
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    yield from (re.sub(r"\s+", " ", found) for found in re.findall(r"`([^`]+)`", prose))


def commands(page: Path) -> Iterator[str]:
    """Lines of blocks of code, and texts between backticks that are commands."""
    for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.S | re.M):
        yield from (line.partition("  #")[0].strip() for line in block.splitlines() if line.strip())
    yield from spans(page)


@cache
def code() -> str:
    """All code and settings, without the pages that name them and without this file."""
    files = [PROJECT / name for name in CODE_FILES]
    for folder in CODE_FOLDERS:
        files += [file for file in sorted((PROJECT / folder).rglob("*")) if file.suffix in CODE_KINDS]
    return "\n".join(
        file.read_text(encoding="utf-8")
        for file in files
        if file.is_file() and file != Path(__file__) and "__pycache__" not in file.parts
    )


@cache
def words() -> frozenset[str]:
    return frozenset(NAME.findall(code())) | frozenset(re.findall(r"\w+", code()))


@cache
def columns() -> dict[str, frozenset[str]]:
    """Every table of the models, with its columns."""
    return {model.table: frozenset(model.columns) for model in load_models(Paths().models)}


@cache
def targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.M))


def page_id(page: Path) -> str:
    return page.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_paths_exist(page: Path) -> None:
    missing = [
        text for text in spans(page) if PATH.fullmatch(text) and not MADE.match(text) and not _is_there(text)
    ]
    assert not missing


def _is_there(text: str) -> bool:
    pattern = text.rstrip("/")
    if any(PROJECT.glob(pattern)):
        return True
    if "/" in pattern:
        return False
    return any(
        any((PROJECT / folder).rglob(pattern))
        for folder in ("pipeline", "data", "site", "benchmarks", "tests")
    )


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_and_options_exist(page: Path) -> None:
    wrong = []
    for line in commands(page):
        parts = shlex.split(line, comments=True) if line.count("'") % 2 == 0 else line.split()
        while parts and re.fullmatch(r"[A-Z_]+=.*", parts[0]):
            parts = parts[1:]
        if parts[:1] == ["make"] and len(parts) > 1 and parts[1] not in targets():
            wrong.append(line)
        if parts and re.fullmatch(r"(.*/)?veiligheidsbeeld", parts[0]) and len(parts) > 1:
            wrong += [] if _is_understood(parts[1:]) else [line]
        if parts[1:2] == ["-m"] and not re.fullmatch(r"pytest|pip|venv", parts[2]):
            module = PROJECT / parts[2].replace(".", "/")
            if not module.with_suffix(".py").is_file() and not (module / "__main__.py").is_file():
                wrong.append(line)
    assert not wrong


def _is_understood(arguments: list[str]) -> bool:
    try:
        _parser().parse_args(arguments)
    except SystemExit as end:
        return end.code == 0
    return True


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_tables_and_columns_exist(page: Path) -> None:
    wrong = []
    for text in spans(page):
        if (found := TABLE.fullmatch(text)) is None or found[1] in ("raw", "reference"):
            continue
        table, column = f"{found[1]}.{found[2]}", found[3]
        if table not in columns() or (column and column not in columns()[table]):
            wrong.append(text)
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_names_in_python_exist(page: Path) -> None:
    assert not [text for text in spans(page) if DOTTED.fullmatch(text) and not _found(text)]


def _found(dotted: str) -> bool:
    module, rest = dotted, []
    while module:
        try:
            value = import_module(module)
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
            continue
        for name in rest:
            if not hasattr(value, name):
                return False
            value = getattr(value, name)
        return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_other_names_stand_in_the_code(page: Path) -> None:
    """A setting, a key, an option, a column, a value: each is written somewhere in the code as it is here."""
    missing = []
    for text in spans(page):
        if PATH.fullmatch(text) or TABLE.fullmatch(text) or DOTTED.fullmatch(text) or MADE.match(text):
            continue
        bare = text.lstrip("-")
        if NAME.fullmatch(bare) and bare not in words() | OF_OTHERS and not (PROJECT / bare).exists():
            missing.append(text)
    assert not missing


def tree() -> list[str]:
    """The folders of the tree in README, as paths."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## The tree")[2].partition("```")[2].partition("```")[0]
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for line in block.strip("\n").splitlines():
        name, depth = line.split()[0], len(line) - len(line.lstrip())
        above = [one for one in above if one[0] < depth]
        found.append("".join([*(one for _, one in above), name]))
        above.append((depth, name))
    return found


def test_the_tree_in_readme_is_the_tree() -> None:
    assert tree()
    assert not [folder for folder in tree() if not (PROJECT / folder).is_dir()]
    rooms = {
        f"{file.parent.relative_to(PROJECT).as_posix()}/" for file in PROJECT.glob("pipeline/**/__init__.py")
    }
    assert rooms <= set(tree()), rooms - set(tree())


def test_every_command_is_explained() -> None:
    """The table on the page for builders has each verb, and README each target that is not for machines."""
    (chosen,) = (one for one in _parser()._actions if isinstance(one.choices, dict))
    verbs = set(chosen.choices)
    page = (PROJECT / "site" / "docs" / "bouwen" / "index.md").read_text(encoding="utf-8")
    explained = {
        text.split()[0] for text in re.findall(r"`([^`]+)`", page.partition("## Alle opdrachten")[2])
    }
    assert verbs <= explained, verbs - explained
    assert {"site", "test"} <= targets()


def test_these_tests_see_what_is_wrong(tmp_path: Path) -> None:
    """A page with one fault of each kind: each test names its own."""
    page = tmp_path / "fout.md"
    page.write_text(
        "`pipeline/weg.py` `make weg` `mart.cijfer.weg` `pipeline.paths.weg` `bestaat_nergens_zo`\n"
        "```bash\n.venv/bin/veiligheidsbeeld fetch --weg\n```\n",
        encoding="utf-8",
    )
    for test, said in (
        (test_paths_exist, "pipeline/weg.py"),
        (test_commands_and_options_exist, "make weg"),
        (test_commands_and_options_exist, "fetch --weg"),
        (test_tables_and_columns_exist, "mart.cijfer.weg"),
        (test_names_in_python_exist, "pipeline.paths.weg"),
        (test_other_names_stand_in_the_code, "bestaat_nergens_" + "zo"),
    ):
        with pytest.raises(AssertionError, match=re.escape(said)):
            test(page)
