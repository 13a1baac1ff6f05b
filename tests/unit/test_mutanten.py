"""The runner of planted faults: a list that has rotted is refused, a fault is seen or lives, the copy stays whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.mutanten import FAILED, PASSED, ListError, Mutant, plant, read_list

CODE = "def twice(number: int) -> int:\n    return 2 * number\n"
TEST = "from som import twice\n\n\ndef test_twice() -> None:\n    assert twice(3) == 6\n"
FAULT = Mutant("keer drie", "som.py", "2 * number", "3 * number", ("test_som.py",))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "som.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "test_som.py").write_text(TEST, encoding="utf-8")
    return tmp_path


def listed(project: Path, *mutants: Mutant) -> Path:
    file = project / "mutanten.toml"
    file.write_text(
        "".join(
            f"[[mutant]]\nnaam = {one.naam!r}\nbestand = {one.bestand!r}\nvoor = {one.voor!r}\nna = {one.na!r}\n"
            f"tests = {list(one.tests)!r}\n"
            for one in mutants
        ),
        encoding="utf-8",
    )
    return file


def test_a_list_that_fits_is_read(project: Path) -> None:
    assert read_list(listed(project, FAULT), root=project) == (FAULT,)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"voor": "4 * number"}, "keer drie: de tekst staat 0 keer in som.py"),
        ({"voor": "number"}, "keer drie: de tekst staat 2 keer in som.py"),
        ({"bestand": "weg.py"}, "keer drie: weg.py bestaat niet"),
        ({"na": "2 * number"}, "keer drie: de tekst verandert niet"),
        ({"tests": ("weg.py",)}, "keer drie: weg.py bestaat niet"),
        ({"tests": ()}, "keer drie: zonder tests"),
    ],
)
def test_a_list_that_has_rotted_names_the_mutant(project: Path, fault: dict[str, str], says: str) -> None:
    with pytest.raises(ListError, match=says):
        read_list(listed(project, replace(FAULT, **fault)), root=project)  # type: ignore[arg-type]


def test_the_list_goes_along_with_the_code() -> None:
    assert len(read_list()) > 100


def test_a_name_stands_once(project: Path) -> None:
    with pytest.raises(ListError, match="keer drie: staat twee keer"):
        read_list(listed(project, FAULT, FAULT), root=project)


def test_a_fault_is_seen_or_lives_and_the_copy_stays_whole(project: Path) -> None:
    assert plant(project, FAULT).code == FAILED
    harmless = replace(FAULT, voor="def twice", na="def  twice")
    assert plant(project, harmless).code == PASSED
    assert (project / "som.py").read_text(encoding="utf-8") == CODE
