import json
from pathlib import Path

import duckdb

from pipeline.site.download.finder import finder_index, write_finder_index
from tests.unit.site.warehouse import INJECTION, make_warehouse


def _add(con: duckdb.DuckDBPyConnection, *areas: tuple[str, str, str, str, str | None]) -> None:
    """Synthetic areas: code, name, level, gemeente, postcode."""
    con.executemany(
        "insert into core.gebied (gebied_code, gebied_naam, gebied_niveau, gemeente_code, postcode)"
        " values (?, ?, ?, ?, ?)",
        areas,
    )


def test_codes_follow_from_the_place_in_the_tree() -> None:
    index, postcodes = finder_index(make_warehouse(), gemeenten=["GM0758"])

    assert index["land"] == "Nederland"
    centre, last = index["gemeenten"][0][2:]
    assert index["gemeenten"][0][:2] == ["0758", "Breda"]
    assert centre == ["00", "Breda Centrum", ["06", "City"]]
    assert last[:3] == ["99", None, ["91", INJECTION]]  # the browser shows it as text
    assert len(last) == 4 and isinstance(last[3], str)  # BU07589992 follows on BU07589991
    assert postcodes == ["4811", "", ""]


def test_a_buurt_whose_number_follows_on_needs_its_name_only() -> None:
    con = make_warehouse()
    _add(
        con,
        ("GM0363", "Amsterdam", "gemeente", "GM0363", None),
        ("WK0363AD", "Wijk AD", "wijk", "GM0363", None),
        ("BU0363AD00", "Nul", "buurt", "GM0363", "1011"),
        ("BU0363AD01", "Een", "buurt", "GM0363", None),
        ("BU0363AD03", "Drie", "buurt", "GM0363", "1012"),
        ("BU0363AD04", "Vier", "buurt", "GM0363", "1012"),
        ("BU0363AE0A", "Met letter", "buurt", "GM0363", None),  # and without a wijk of its own
    )

    index, postcodes = finder_index(con, gemeenten=["GM0363"])

    assert index["gemeenten"] == [
        [
            "0363",
            "Amsterdam",
            ["AD", "Wijk AD", "Nul", "Een", ["03", "Drie"], "Vier"],
            ["AE", None, ["0A", "Met letter"]],
        ]
    ]
    assert postcodes == ["1011", "", "1012", "1012", ""]


def test_what_everybody_calls_a_gemeente_can_be_found() -> None:
    con = make_warehouse()
    _add(con, ("GM0518", "'s-Gravenhage", "gemeente", "GM0518", None))
    con.execute(
        "insert into reference.bijnamen values ('Den Haag', 'GM0518'), ('Hart', 'WK075800'), ('Hart', 'BU07580006')"
    )

    index, _ = finder_index(con, gemeenten=["GM0518"])

    assert index["gemeenten"] == [["0518", "'s-Gravenhage (Den Haag)"]]
    assert index["bijnamen"] == [["Hart", "BU07580006"], ["Hart", "WK075800"]]


def test_a_site_of_some_gemeenten_knows_the_names_of_the_others() -> None:
    con = make_warehouse()

    assert finder_index(con, gemeenten=["GM0758"])[0]["elders"] == ["Elders"]
    assert finder_index(con)[0]["elders"] == []


def test_a_gemeente_without_pages_is_known_by_what_people_call_it() -> None:
    con = make_warehouse()
    _add(con, ("GM0518", "'s-Gravenhage", "gemeente", "GM0518", None))
    con.execute("insert into reference.bijnamen values ('Den Haag', 'GM0518')")

    index, _ = finder_index(con, gemeenten=["GM0758"])

    assert "'s-Gravenhage (Den Haag)" in index["elders"]
    assert index["bijnamen"] == []


def test_limited_to_areas_with_a_page() -> None:
    con = make_warehouse()

    assert [gemeente[0] for gemeente in finder_index(con, gemeenten=["GM0758"])[0]["gemeenten"]] == ["0758"]
    assert '"9901"' in json.dumps(finder_index(con)[0])


def test_the_index_names_the_version_of_its_postcodes(tmp_path: Path) -> None:
    con = make_warehouse()

    path = write_finder_index(con, tmp_path)

    assert path == tmp_path / "assets" / "zoeker.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    shard, _, version = index["postcodes"].partition("?v=")
    assert json.loads((path.parent / shard).read_text(encoding="utf-8")) == finder_index(con)[1]
    con.execute("update core.gebied set postcode = '4899' where gebied_code = 'BU07580006'")
    write_finder_index(con, tmp_path)
    assert json.loads(path.read_text(encoding="utf-8"))["postcodes"] != f"{shard}?v={version}"
