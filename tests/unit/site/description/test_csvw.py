import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import csvw
import pytest

from benchmarks.validators import of_csv
from pipeline.indicator import slug_of
from pipeline.site.description.published import Published


def read(metadata: Path) -> list[dict[str, Any]]:
    return list(csvw.Table.from_file(metadata).iterdicts(strict=True))


def plain_files(published: Published) -> list[tuple[str, str]]:
    """Path and delimiter of every CSV that is not zipped."""
    described = [*published.datasets(), *published.parts()]
    return [(file.path, file.dialect.delimiter) for one in described for file in one.files if file.dialect]


def test_every_plain_csv_is_read_by_its_metadata(published: Published, site: Path) -> None:
    files = plain_files(published)
    names = {Path(path).stem for path, _ in files}
    assert names >= {"gm0758", "gm0758-excel", "evaluatie", *map(slug_of, published.extents)}
    assert {path for path, _ in files} == {file.relative_to(site).as_posix() for file in site.rglob("*.csv")}
    for path, delimiter in files:
        rows = read(site / f"{path}-metadata.json")
        with (site / path).open(encoding="utf-8-sig", newline="") as opened:
            plain = list(csv.DictReader(opened, delimiter=delimiter))
        assert len(rows) == len(plain)
        assert rows or "wijzigingen" in path  # no table of this store has two editions
        assert not rows or list(rows[0]) == list(plain[0])
        assert of_csv(site / f"{path}-metadata.json") == []


def test_codes_stay_text_numbers_are_numbers_and_empty_is_unknown(site: Path) -> None:
    folder = site / "data" / "bestanden" / "gemeente"
    english, dutch = (read(folder / f"gm0758{end}.csv-metadata.json") for end in ("", "-excel"))
    breda = next(
        row for row in english if row["gebied_code"] == "GM0758" and row["indicator"] == "misdrijven"
    )
    assert (breda["periode"], breda["teller"], breda["status"]) == ("2025", 11295, "voorlopig")
    assert breda["waarde"] == pytest.approx(60.05, abs=0.01)
    assert any(row["waarde"] is None for row in english)
    for one, other in zip(english, dutch, strict=True):
        assert (one["waarde"] is None) == (other["waarde"] is None)
        assert one["waarde"] is None or one["waarde"] == float(other["waarde"])


def test_the_licence_is_that_of_the_sources(site: Path) -> None:
    told = json.loads((site / "data/bestanden/gemeente/gm0758.csv-metadata.json").read_text())
    assert told["dc:rights"] == ["Politie en RIVM en GGD: niet vermeld", "CBS: CC BY 4.0"]
    assert "dc:license" not in told  # that of the CBS is not that of the whole file
    assert told["dc:extent"] == "1913 rijen"


def _wrong_delimiter(told: dict[str, Any]) -> None:
    told["dialect"]["delimiter"] = ";"


def _number_for_a_code(told: dict[str, Any]) -> None:
    told["tableSchema"]["columns"][0]["datatype"] = "integer"


def _an_unknown_status(told: dict[str, Any]) -> None:
    column = next(one for one in told["tableSchema"]["columns"] if one["name"] == "status")
    column["datatype"]["format"] = "te_klein"


@pytest.mark.parametrize("plant", [_wrong_delimiter, _number_for_a_code, _an_unknown_status])
def test_a_planted_error_is_found(
    site: Path, tmp_path: Path, plant: Callable[[dict[str, Any]], None]
) -> None:
    for name in ("gm0758.csv", "gm0758.csv-metadata.json"):
        shutil.copy(site / "data" / "bestanden" / "gemeente" / name, tmp_path)
    metadata = tmp_path / "gm0758.csv-metadata.json"
    told = json.loads(metadata.read_text())
    plant(told)
    metadata.write_text(json.dumps(told))
    assert of_csv(metadata) != []
