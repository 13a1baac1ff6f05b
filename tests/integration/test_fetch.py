"""Fetching from a local stand-in: what is new comes in, what deviates stays out, and says why."""

import fcntl
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline import snapshot
from pipeline.alone import LOCK, BusyError
from pipeline.fetch import runner
from pipeline.fetch.http import FetchError, Patience
from pipeline.paths import PROJECT, Paths
from tests.upstream_server import UpstreamServer, serving

QUICK = Patience(connect=2, read=1.5, total=5, tries=3, shortest=0, longest=0)
OVERLAST, REGIO, MISDRIJVEN = "politie_overlast", "politie_overlast_regio", "politie_misdrijven"
GEZONDHEID = "rivm_gezondheid"
TABLES = {OVERLAST: "47024NED", REGIO: "47021NED", MISDRIJVEN: "47018NED", GEZONDHEID: "50150NED"}
SOURCES = (OVERLAST, GEZONDHEID)
NEW = "2031-01-15T02:00:00"
PAGE = 25


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A project of its own: the staging files, politie_overlast complete, and no row counts yet."""
    models = tmp_path / "models" / "staging"
    models.mkdir(parents=True)
    for file in sorted((PROJECT / "pipeline" / "models" / "staging").glob("*.sql")):
        text = file.read_text(encoding="utf-8").replace("volledig = true", "volledig = false")
        if file.stem == OVERLAST:
            text = text.replace("volledig = false", "volledig = true")
        (models / file.name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    return Paths(root=tmp_path, build=tmp_path / "build", store="live", models=models.parent)


@pytest.fixture
def server() -> Iterator[UpstreamServer]:
    with serving(page=PAGE) as running:
        running.state.stall_seconds = 2.0
        yield running


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def fetch(paths: Paths, server: UpstreamServer, lines: list[str]) -> Callable[..., int]:
    def run(*sources: str, **options: Any) -> int:
        lines.clear()
        server.state.requests.clear()
        chosen = sources or SOURCES
        given = {"upstream": server.url, "say": lines.append, "patience": QUICK, **options}
        return runner.fetch(paths, sources=chosen, **given)

    return run


def content(store: Path) -> dict[str, bytes]:
    """Every file of a store; of the lock all but the moment of fetching."""
    found = {}
    for file in sorted(path for path in store.rglob("*") if path.is_file()):
        name = file.relative_to(store).as_posix()
        if not name.startswith(("." + "bezig", ".werk")):
            found[name] = file.read_bytes()
    lock = json.loads(found[snapshot.LOCK_NAME])
    for source in lock["sources"].values():
        for table in source["tables"].values():
            table["fetched_at"] = ""
    return found | {snapshot.LOCK_NAME: json.dumps(lock).encode()}


def rows_of(paths: Paths, source_id: str) -> pa.Table:
    source = snapshot.read_lock(paths.live).sources[source_id]
    return pa.concat_tables([pq.read_table(paths.live / part.path) for part in source.parts])


def release(server: UpstreamServer, source_id: str, stamp: str = NEW) -> None:
    server.state.modified[TABLES[source_id].lower()] = stamp


def test_snapshot_is_verbatim_and_complete(paths: Paths, fetch: Callable[..., int], lines: list[str]) -> None:
    assert fetch() == 0
    rows = rows_of(paths, OVERLAST)
    assert rows.schema.names == ["Overlast", "WijkenEnBuurten", "Perioden", "GeregistreerdeOverlast_1"]
    assert rows.num_rows == 612
    gemeente = rows.filter(pc.equal(rows["WijkenEnBuurten"], "GM0758    "))
    totals = dict(
        zip(gemeente["Overlast"].to_pylist(), gemeente["GeregistreerdeOverlast_1"].to_pylist(), strict=True)
    )
    assert totals["0.0.0 "] == sum(count for kind, count in totals.items() if kind != "0.0.0 ") == 5672
    lock = snapshot.read_lock(paths.live)
    for source_id, source in lock.sources.items():
        snapshot.verify(paths.live, source_id, source)
    table = lock.sources[OVERLAST].tables["47024NED"]
    assert table.url == "https://dataderden.cbs.nl/ODataFeed/odata/47024NED"
    assert "plaatsvervanger" in table.reconstructed
    assert lines[0].startswith("politie_overlast: 47024NED van 2024-04-15, 612 rijen, 2022")


def test_second_fetch_asks_only_for_table_infos(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    fetch()
    before = content(paths.live)
    assert fetch() == 0
    asked = [path for path in server.state.requests if "ODataCatalog" not in path]
    assert len(asked) == len(SOURCES)
    assert all("/TableInfos" in path for path in asked)
    assert lines == [f"{name}: niets nieuws ({TABLES[name]})" for name in SOURCES]
    assert content(paths.live) == before


def test_force_downloads_again_and_gives_the_same_bytes(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer
) -> None:
    fetch()
    before = content(paths.live)
    assert fetch(force=True) == 0
    assert any("/TypedDataSet" in path for path in server.state.requests)
    assert content(paths.live) == before


LASTING = {
    "reset": "na 3 pogingen: ConnectionError",
    "cut": "na 3 pogingen: ",
    "503": "na 3 pogingen: 503 Service Unavailable",
    "html": "na 3 pogingen: geen JSON maar text/html",
    "empty": r"volgende bladzijde wijst terug of voegt niets toe",
    "stalled": "na 3 pogingen: .*[Tt]ime",
    "repeated-next": "volgende bladzijde wijst terug",
    "foreign-next": r"volgende bladzijde op een andere server: elders\.example",
    "modified": "verandert tijdens het ophalen",
    "outside-filter": "rijen buiten het filter Overlast = '0.0.0 '",
    "duplicate": "dubbele rijen",
    "other-year": r"6 codes staan niet in de codelijst WijkenEnBuurten: BU0758",
    "short": "65 cellen, verwacht 68; zonder ",
}


@pytest.mark.parametrize("fault", LASTING)
def test_fault_keeps_the_last_good_snapshot_and_lets_others_go_on(
    fault: str,
    paths: Paths,
    fetch: Callable[..., int],
    server: UpstreamServer,
    lines: list[str],
) -> None:
    fetch()
    site = paths.build / "versies" / "1"
    site.mkdir(parents=True)
    (site / "index.html").write_text("gisteren")
    paths.site.symlink_to(site)
    before = content(paths.live)
    release(server, OVERLAST)
    release(server, GEZONDHEID)
    server.state.fault = server.state.fault.parse(f"{fault}@47024NED")
    assert fetch() == 1
    (refusal,) = [line for line in lines if line.startswith(f"{OVERLAST}: ")]
    assert re.search(LASTING[fault], refusal), refusal
    assert refusal.endswith("; de vorige opname blijft staan")
    after = content(paths.live)
    kept = [name for name in before if name.startswith(f"{OVERLAST}/")]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    lock = snapshot.read_lock(paths.live)
    assert lock.sources[GEZONDHEID].tables["50150NED"].modified == NEW
    snapshot.verify(paths.live, OVERLAST, lock.sources[OVERLAST])
    assert (paths.site / "index.html").read_text() == "gisteren"
    server.state.fault = server.state.fault.parse("")
    assert fetch() == 0
    assert snapshot.read_lock(paths.live).sources[OVERLAST].tables["47024NED"].modified == NEW


@pytest.mark.parametrize("fault", ["reset:2", "cut:2", "503:2", "html:2", "stalled:1", "blank-names"])
def test_passing_fault_leaves_no_trace(
    fault: str, paths: Paths, fetch: Callable[..., int], server: UpstreamServer
) -> None:
    server.state.fault = server.state.fault.parse(fault)
    assert fetch(OVERLAST) == 0
    spoiled = content(paths.live)
    shutil.rmtree(paths.live)
    server.state.fault = server.state.fault.parse("")
    assert fetch(OVERLAST) == 0
    assert content(paths.live) == spoiled


def test_changed_suffix_is_found_by_stem(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer
) -> None:
    fetch(OVERLAST)
    before = rows_of(paths, OVERLAST)
    release(server, OVERLAST)
    server.state.fault = server.state.fault.parse("suffix")
    assert fetch(OVERLAST) == 0
    after = rows_of(paths, OVERLAST)
    assert after.schema.names[-1] == "GeregistreerdeOverlast_8"
    assert after.rename_columns(before.schema.names).equals(before)
    assert restated(paths) == []


def test_release_during_download_is_fetched_whole(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer
) -> None:
    served = []

    def switch(table: str, rows: pa.Table) -> pa.Table:
        served.append(table)
        if len(served) == 5:
            release(server, OVERLAST)
        return added(1)(table, rows) if len(served) > 5 else rows

    server.state.transform = switch
    assert fetch(OVERLAST) == 0
    found = rows_of(paths, OVERLAST)["GeregistreerdeOverlast_1"]
    server.state.transform = None
    shutil.rmtree(paths.live)
    fetch(OVERLAST)
    assert found.equals(pc.add(rows_of(paths, OVERLAST)["GeregistreerdeOverlast_1"], 1))


def added(amount: int, *, code: str = "") -> Callable[[str, pa.Table], pa.Table]:
    """A release in which every count (or those of one area) is higher."""

    def change(_: str, rows: pa.Table) -> pa.Table:
        for place, name in enumerate(rows.column_names):
            if name.startswith("Geregistreerde"):
                region = rows["RegioS" if "RegioS" in rows.column_names else "WijkenEnBuurten"]
                chosen = pc.equal(pc.utf8_trim_whitespace(region), code)
                more = pc.if_else(chosen, amount, 0) if code else amount
                rows = rows.set_column(place, name, pc.add(rows[name], more))
        return rows

    return change


def restated(paths: Paths) -> list[dict[str, Any]]:
    lock = snapshot.read_lock(paths.live)
    if "herzien" not in lock.sources:
        return []
    found = [
        row
        for part in lock.sources["herzien"].parts
        for row in pq.read_table(paths.live / part.path).to_pylist()
    ]
    return sorted(found, key=lambda row: (row["vintage_nieuw"], row["gebied"], row["soort"]))


def test_restated_cells_are_kept_with_both_values_until_the_source_hides_them(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer
) -> None:
    fetch(OVERLAST)
    release(server, OVERLAST, "2031-01-15T02:00:00")
    server.state.transform = added(2, code="WK075801")
    assert fetch(OVERLAST) == 0
    first = restated(paths)
    assert len(first) == 9
    assert {row["nieuw"] - row["oud"] for row in first} == {2.0}
    assert {(row["gebied"], row["periode"], row["kolom"]) for row in first} == {
        ("WK075801", "2022", "GeregistreerdeOverlast")
    }
    assert first[0]["vintage_oud"] == "2024-04-15T02:00:00"
    release(server, OVERLAST, "2031-02-15T02:00:00")
    server.state.transform = added(3, code="WK075801")
    fetch(OVERLAST)
    assert len(restated(paths)) == 18
    release(server, OVERLAST, "2031-03-15T02:00:00")

    def hidden(table: str, rows: pa.Table) -> pa.Table:
        rows = added(3, code="WK075801")(table, rows)
        gone = pc.and_(pc.equal(rows["WijkenEnBuurten"], "WK075801  "), pc.equal(rows["Overlast"], "E33   "))
        place = rows.column_names.index("GeregistreerdeOverlast_1")
        return rows.set_column(place, "GeregistreerdeOverlast_1", pc.if_else(gone, None, rows.column(place)))

    server.state.transform = hidden
    assert fetch(OVERLAST) == 0
    assert {row["soort"] for row in restated(paths) if row["soort"] == "E33"} == set()
    assert len(restated(paths)) == 16


def few_periods(server: UpstreamServer) -> list[dict[str, Any]]:
    """Cut the list of periods of the regional table to a year and its first months; it may be changed."""
    periods = server.state.upstream.tables["47021ned"].sets["Perioden"]
    kept = {"2012JJ00", *(f"2012MM{month:02d}" for month in range(1, 6))}
    periods[:] = [row for row in periods if row["Key"] in kept]
    return periods


def test_national_total_that_jumps_is_refused(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    few_periods(server)
    fetch(REGIO)
    release(server, REGIO)
    server.state.transform = added(1000)
    assert fetch(REGIO) == 1
    assert "landelijke totalen wijken meer dan 5% af" in lines[0]
    assert re.search(r"was \d+, nu \d+ \(\+\d+\.\d%\)", lines[0])


def test_buurten_above_their_gemeente_are_refused(
    fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    server.state.transform = added(-2000, code="GM0758")
    assert fetch(OVERLAST) == 1
    assert "van GM0758 tellen op tot 5669, de gemeente heeft 3672" in lines[0]


def test_vanished_period_needs_a_committed_row_count(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    periods = few_periods(server)
    fetch(REGIO)
    folders = {part.periode for part in snapshot.read_lock(paths.live).sources[REGIO].parts}
    assert folders == {"2012", *(f"2012-{month:02d}" for month in range(1, 6))}
    release(server, REGIO)
    periods[:] = [row for row in periods if row["Key"] != "2012MM05"]
    assert fetch(REGIO) == 1
    assert "47021NED 2012-05: 0 rijen, verwacht 9" in lines[0]
    counts = paths.data / "row_counts.csv"
    counts.write_text("bron,tabel,periode,rijen\npolitie_overlast_regio,47021NED,2012-05,0\n")
    assert fetch(REGIO) == 0
    assert "2012-05" not in {part.periode for part in snapshot.read_lock(paths.live).sources[REGIO].parts}


def test_drift_in_rows_needs_a_committed_row_count(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    kinds = server.state.upstream.tables["47018ned"].sets["SoortMisdrijf"]
    kinds[:] = [row for row in kinds if row["Key"] == "0.0.0 "]
    fetch(MISDRIJVEN)
    release(server, MISDRIJVEN)

    def fewer(_: str, rows: pa.Table) -> pa.Table:
        keep = pc.invert(pc.match_substring_regex(rows["WijkenEnBuurten"], "^BU.*[02468]$"))
        return rows.filter(pc.or_(keep, pc.not_equal(rows["Perioden"], "2020JJ00")))

    server.state.transform = fewer
    assert fetch(MISDRIJVEN) == 1
    assert "47018NED 2020: " in lines[0]
    assert "rijen, verwacht 68" in lines[0]
    rows = int(lines[0].partition("47018NED 2020: ")[2].split()[0])
    counts = paths.data / "row_counts.csv"
    counts.write_text(f"bron,tabel,periode,rijen\npolitie_misdrijven,47018NED,2020,{rows}\n")
    assert fetch(MISDRIJVEN) == 0
    assert f"politie_misdrijven,47018NED,2020,{rows}\n" in (paths.live / "row_counts.csv").read_text()


def test_gemeente_and_years_limit_what_is_asked(paths: Paths, fetch: Callable[..., int]) -> None:
    assert fetch(MISDRIJVEN, gemeenten=["GM0758"], since=2023) == 0
    rows = rows_of(paths, MISDRIJVEN)
    assert set(rows["Perioden"].to_pylist()) == {"2023JJ00", "2024JJ00", "2025JJ00"}
    assert fetch("pdok_gebieden", gemeenten=["GM0758"]) == 0
    assert rows_of(paths, "pdok_gebieden").num_rows == 56


def test_gemeente_that_does_not_exist_is_refused(fetch: Callable[..., int], lines: list[str]) -> None:
    assert fetch(OVERLAST, gemeenten=["GM9998"]) == 1
    assert "gemeente GM9998 staat niet in de codelijst WijkenEnBuurten" in lines[0]


def test_boundaries_come_through_every_page(
    paths: Paths, fetch: Callable[..., int], lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.fetch.pdok.LIMIT", 20)
    assert fetch("pdok_gebieden") == 0
    rows = rows_of(paths, "pdok_gebieden")
    assert rows.schema.names == ["buurtcode", "buurtnaam", "water", "jaar", "geometry"]
    assert rows.num_rows == 56
    assert json.loads(rows["geometry"][0].as_py())["type"] in ("Polygon", "MultiPolygon")
    assert fetch("pdok_gebieden") == 0
    assert "pdok_gebieden: niets nieuws (wijken-en-buurten-2024)" in lines


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("duplicate", "komt twee keer voor"),
        ("outside-filter", "jaar is 1995, verwacht 2024"),
        ("empty", "geen enkele buurt"),
        ("foreign-next", "volgende bladzijde wijst"),
        ("repeated-next", "komt twee keer voor"),
        ("503", "503 Service Unavailable"),
    ],
)
def test_faulty_boundaries_are_refused(
    fault: str,
    message: str,
    fetch: Callable[..., int],
    server: UpstreamServer,
    lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.fetch.pdok.LIMIT", 60 if fault == "empty" else 20)
    server.state.fault = server.state.fault.parse(fault)
    assert fetch("pdok_gebieden") == 1
    assert message in lines[0]


def test_interrupted_download_goes_on_where_it_was(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    server.state.transform = _stop_after(server, pages=8)
    assert fetch(OVERLAST) == 1
    server.state.transform = None
    server.state.fault = server.state.fault.parse("")
    assert fetch(OVERLAST) == 0
    assert lines[0] == "47024NED: ga verder, 2 van 9 delen zijn er al"
    asked = [path for path in server.state.requests if "/TypedDataSet" in path]
    assert len(asked) == 7 * 3


def _stop_after(server: UpstreamServer, *, pages: int) -> Callable[[str, pa.Table], pa.Table]:
    served: list[str] = []

    def count(table: str, rows: pa.Table) -> pa.Table:
        served.append(table)
        if len(served) == pages:
            server.state.fault = server.state.fault.parse("503")
        return rows

    return count


def test_full_cube_is_complete_and_a_missing_cell_is_named(paths: Paths, lines: list[str]) -> None:
    models = paths.models / "staging" / f"{MISDRIJVEN}.sql"
    models.write_text(models.read_text(encoding="utf-8").replace("volledig = false", "volledig = true"))
    size = {"regions": 300, "types": 4, "years": range(2012, 2015)}
    with serving(cube=True, cube_size=size) as server:
        options: dict[str, Any] = {"upstream": server.url, "say": lines.append, "patience": QUICK}
        assert runner.fetch(paths, sources=[MISDRIJVEN], **options) == 0
        assert rows_of(paths, MISDRIJVEN).num_rows == 300 * 4 * 3
        release(server, MISDRIJVEN)
        server.state.fault = server.state.fault.parse("short")
        assert runner.fetch(paths, sources=[MISDRIJVEN], **options) == 1
    assert "299 cellen, verwacht 300; zonder BU" in lines[-1]


def test_publisher_that_lacks_a_table_is_an_error_but_a_stand_in_is_passed_over(
    paths: Paths, fetch: Callable[..., int], server: UpstreamServer, lines: list[str]
) -> None:
    server.state.without.add("47024ned")
    assert fetch() == 0
    assert f"{OVERLAST}: niet bij deze plaatsvervanger (47024NED)" in lines


def test_one_fetch_at_a_time(paths: Paths, fetch: Callable[..., int]) -> None:
    paths.build.mkdir()
    with (paths.build / LOCK).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match=f"{paths.build}: hier loopt al een opdracht"):
            fetch()


def test_unknown_source_is_refused_with_the_known_ones(fetch: Callable[..., int]) -> None:
    with pytest.raises(FetchError, match=r"bron politie_kamelen bestaat niet; bekend: .*politie_overlast"):
        fetch("politie_kamelen")


def test_first_time_answers_eleven_questions_and_stores_nothing(
    paths: Paths, fetch: Callable[..., int], lines: list[str]
) -> None:
    assert fetch(first_time=True) == 0
    assert [line.partition(".")[0] for line in lines] == [str(number) for number in range(1, 12)]
    assert "Content-Encoding gzip" in lines[0]
    assert "404" in lines[1]
    assert "GeregistreerdeOverlast_1 (Long, Zero)" in lines[2]
    assert lines[4].startswith("5. nieuwste jaar en indeling van 47018NED: 2025JJ00")
    assert not paths.live.exists()


@pytest.mark.upstream
def test_check_sums_of_the_publishers_come_out_of_the_store(
    paths: Paths, upstream: Path, lines: list[str]
) -> None:
    """Real figures, all sources, every table that the stand-in has; then nothing the second time."""
    with serving(upstream) as server:
        options: dict[str, Any] = {"upstream": server.url, "say": lines.append, "patience": QUICK}
        models = paths.models / "staging" / f"{OVERLAST}.sql"
        models.write_text(models.read_text(encoding="utf-8").replace("volledig = true", "volledig = false"))
        assert runner.fetch(paths, **options) == 0
        server.state.requests.clear()
        assert runner.fetch(paths, **options) == 0
        assert not [path for path in server.state.requests if "DataSet" in path or "items" in path]

    def total(source_id: str, **where: str) -> int:
        rows = rows_of(paths, source_id)
        for name, value in where.items():
            rows = rows.filter(pc.equal(pc.utf8_trim_whitespace(rows[name]), value))
        return int(pc.sum(rows.column(rows.num_columns - 1)).as_py())

    assert total(REGIO, Perioden="2023JJ00", Overlast="E33") == 141_724
    assert total(REGIO, Perioden="2023JJ00", Overlast="E38") == 59_430
    assert total("politie_misdrijven_regio", Perioden="2023JJ00", SoortMisdrijf="0.0.0") == 802_043
    for year, crimes in {"2012": 16_589, "2020": 10_895, "2022": 10_752, "2025": 11_295}.items():
        assert (
            total(MISDRIJVEN, Perioden=f"{year}JJ00", SoortMisdrijf="0.0.0", WijkenEnBuurten="GM0758")
            == crimes
        )
    assert total(OVERLAST, WijkenEnBuurten="GM0758", Overlast="0.0.0") == 5672
    lock = snapshot.read_lock(paths.live)
    (part,) = [part for part in lock.sources["cbs_kerncijfers"].parts if part.periode == "2024"]
    people = pq.read_table(paths.live / part.path)
    buurten = people.filter(pc.starts_with(people["WijkenEnBuurten"], "BU"))
    assert pc.sum(buurten["AantalInwoners_5"]).as_py() == 17_942_915
