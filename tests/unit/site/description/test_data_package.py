import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import frictionless
import pytest

from benchmarks.validators import of_package, tables_of
from pipeline.indicator import file_of
from pipeline.site.description.published import Published


def unpacked(site: Path, archive: str, folder: Path) -> Path:
    with ZipFile(site / archive) as opened:
        opened.extractall(folder)
    return folder / "datapackage.json"


def test_the_package_of_the_site_holds_for_every_csv(site: Path) -> None:
    package = json.loads((site / "datapackage.json").read_text())
    assert package["licenses"] and package["sources"] and package["citation"]
    missing = [one["path"] for one in package["resources"] if not (site / one["path"]).is_file()]
    assert missing == []
    assert frictionless.Package.validate_descriptor(package).valid
    assert of_package(tables_only(site)) == []


def tables_only(site: Path) -> Path:
    """The package of a site with its CSV alone: the validator would open a zip, and never close it."""
    package = json.loads((site / "datapackage.json").read_text())
    package["resources"] = tables_of(package)
    assert package["resources"]
    path = site / "tabellen.json"
    path.write_text(json.dumps(package))
    return path


@pytest.mark.parametrize(
    "archive", ["data/bestanden/gemeente/gm0758.zip", "indicator/overlast-jeugd/overlast-jeugd.zip"]
)
def test_a_zip_has_a_package_that_holds(site: Path, tmp_path: Path, archive: str) -> None:
    package = unpacked(site, archive, tmp_path)
    assert of_package(package) == []
    told = json.loads(package.read_text())
    assert told["resources"][0]["rows"] > 0
    assert told["status"]["ontbreekt"].endswith("Dat is iets anders dan nul.")


def test_an_indicator_has_a_package_of_its_own_beside_its_files(
    site: Path, published: Published, tmp_path: Path
) -> None:
    for name in published.extents:
        path = site / file_of(name, ".metadata.json")
        told = json.loads(path.read_text())
        assert told["title"] == published.indicator(name).title and told["citation"]
        named = {one["path"] for one in told["resources"]}
        assert named == {file.name for file in path.parent.iterdir() if not file.name.endswith(".json")}
    told["resources"] = tables_of(told)
    alone = tmp_path / "tabel.json"
    alone.write_text(json.dumps(told))
    shutil.copy(path.parent / told["resources"][0]["path"], tmp_path)
    assert of_package(alone) == []


def _wrong_type(package: dict[str, Any]) -> None:
    fields = package["resources"][0]["schema"]["fields"]
    next(one for one in fields if one["name"] == "gebied_code")["type"] = "integer"


def _one_row_more(package: dict[str, Any]) -> None:
    package["resources"][0]["rows"] += 1


def _a_column_less(package: dict[str, Any]) -> None:
    package["resources"][0]["schema"]["fields"].pop()


def _licence_without_name(package: dict[str, Any]) -> None:
    package["licenses"] = [{"title": "niet vermeld"}]


def _an_unknown_status(package: dict[str, Any]) -> None:
    fields = package["resources"][0]["schema"]["fields"]
    next(one for one in fields if one["name"] == "status")["constraints"]["enum"].remove("ok")


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (_wrong_type, "type-error"),
        (_one_row_more, "row-count"),
        (_a_column_less, "extra-label"),
        (_an_unknown_status, "constraint-error"),
        (_licence_without_name, "package-error"),
    ],
)
def test_a_planted_error_is_found(
    site: Path, tmp_path: Path, plant: Callable[[dict[str, Any]], None], named: str
) -> None:
    path = unpacked(site, "indicator/geweld/geweld.zip", tmp_path)
    package = json.loads(path.read_text())
    plant(package)
    path.write_text(json.dumps(package))
    assert any(error.startswith(named) for error in of_package(path)), of_package(path)


def test_a_changed_csv_is_found(site: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    path = folder / "data" / "bestanden" / "gemeente" / "gm0758.csv"
    path.write_bytes(path.read_bytes().replace(b",ok,", b",oke,", 1))
    assert any("oke" in error for error in of_package(tables_only(folder)))


def test_without_dates_or_address_nothing_is_made_up(published: Published, site: Path) -> None:
    package = json.loads((site / "datapackage.json").read_text())
    politie = {"name": "notspecified", "title": "Politie en RIVM en GGD: niet vermeld"}
    assert politie in package["licenses"]
    assert package["contributors"] == [
        {"title": "Veiligheidsbeeld", "roles": ["publisher"], "email": published.contact}
    ]
