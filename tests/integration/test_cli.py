"""The command line as its users meet it."""

from pathlib import Path

import pytest

from tests.integration.example import Example, copy_example

VERBS = ("fetch", "build", "check", "site", "serve", "verschil", "query", "list")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    copied = copy_example(tmp_path_factory.mktemp("cli"))
    copied.build()
    return copied


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(example: Example, verb: str) -> None:
    done = example.run(verb, "--help")
    assert done.returncode == 0
    assert "--root" in done.stdout and "--data" in done.stdout


def test_all_verbs_are_listed(example: Example) -> None:
    done = example.run("--help")
    assert all(verb in done.stdout for verb in VERBS)


@pytest.mark.parametrize(
    "arguments", [(), ("maak",), ("query",), ("list", "buurten"), ("build", "--data", "oud")]
)
def test_wrong_use_ends_with_two(example: Example, arguments: tuple[str, ...]) -> None:
    assert example.run(*arguments).returncode == 2


def test_check_passes_and_says_how_much(example: Example) -> None:
    done = example.run("check")
    assert done.returncode == 0
    assert "tabellen in orde" in done.stderr


def test_query_answers_in_csv_and_cannot_write(example: Example) -> None:
    done = example.run(
        "query", "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente'"
    )
    assert done.stdout == "gebied_code,gebied_naam\nGM0758,Breda\n"
    refused = example.run("query", "drop table core.gebied")
    assert refused.returncode == 1
    assert "read-only" in refused.stderr


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("sources", "politie_overlast: Politie, 47024NED"),
        ("indicators", "overlast_drugs_alcohol: "),
        ("areas", "BU07580006,City,buurt"),
    ],
)
def test_list(example: Example, what: str, line: str) -> None:
    assert line in example.run("list", what).stdout


@pytest.mark.parametrize("verb", ["check", "site", "serve"])
def test_without_a_warehouse_the_first_step_is_named(tmp_path: Path, example: Example, verb: str) -> None:
    done = example.run(verb, "--build", str(tmp_path))
    assert done.returncode == 1
    assert "bestaat nog niet; eerst: veiligheidsbeeld" in done.stderr


def test_adding_an_indicator_is_one_file(tmp_path: Path) -> None:
    added = copy_example(tmp_path)
    model = added.root / "pipeline" / "models" / "indicator"
    text = (model / "overlast_jeugd.sql").read_text(encoding="utf-8")
    assert "'E35'" in text
    (model / "proef.sql").write_text(text.replace("'E35'", "'E38'"), encoding="utf-8")
    assert added.run("build", "-q").returncode == 0
    done = added.run(
        "query",
        "select teller from mart.cijfer where indicator = 'proef' and gebied_code = 'BU07580006' and periode = '2022'",
    )
    assert done.stdout == "teller\n109\n"
    assert "proef: " in added.run("list", "indicators").stdout
