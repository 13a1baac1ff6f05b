import json
from pathlib import Path

from pipeline.site.search import finder_entries, write_finder_index
from tests.unit.site_warehouse import INJECTION, make_warehouse


def test_an_entry_has_code_name_gemeente_postcode_and_level(tmp_path: Path) -> None:
    path = write_finder_index(make_warehouse(), tmp_path)
    assert path == tmp_path / "assets" / "zoeker.json"
    entries = {entry["c"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))}
    assert entries["BU07580006"] == {"c": "BU07580006", "n": "City", "g": "Breda", "p": "4811", "l": "buurt"}
    assert entries["GM0758"] == {"c": "GM0758", "n": "Breda", "l": "gemeente"}
    assert entries["BU07589991"]["n"] == INJECTION  # the browser shows it as text


def test_neighbours_together_and_limited_to_areas_with_a_page() -> None:
    con = make_warehouse()
    # the publisher's codes for "plaats onbekend" are counted, but have no page
    con.execute(
        "insert into core.gebied (gebied_code, gebied_naam, gebied_niveau, gemeente_code) values"
        " ('BU07589997', 'Onbekend', 'buurt', 'GM0758'), ('GM0999', 'Onbekend', 'gemeente', 'GM0999')"
    )
    codes = [entry["c"] for entry in finder_entries(con, gemeenten=["GM0758"])]
    assert codes == ["NL00", "GM0758", "WK075800", "BU07580006", "BU07589991", "BU07589992"]
    assert "GM9901" in [entry["c"] for entry in finder_entries(con)]
    assert "GM0999" not in [entry["c"] for entry in finder_entries(con)]
