"""The sample of pages has every kind, each page once, and none that is not there."""

from pathlib import Path

import duckdb

from benchmarks.accessible import GONE, KINDS, choose


def test_every_kind_gets_its_part_and_no_page_twice(tmp_path: Path) -> None:
    # synthetic: forty buurten, ten with few people, ten with none
    con = duckdb.connect()
    con.execute("create schema core; create schema mart")
    con.execute(
        "create table core.gebied as select printf('BU%08d', i) as gebied_code, 'buurt' as gebied_niveau "
        "from range(40) as t(i) union all select 'GM0001', 'gemeente' union all select 'WK000101', 'wijk'"
    )
    con.execute(
        "create table mart.gebied_profiel as select gebied_code, 'inwoners' as indicator, "
        "case when rowid < 10 then 0 when rowid < 20 then 50 else 1000 end as waarde from core.gebied"
    )
    con.execute("create table core.andere_grens as select gebied_code, '2020' as periode from core.gebied")
    for (code,) in [*con.execute("select gebied_code from core.gebied").fetchall(), ("BU99999999",)]:
        (tmp_path / "gebied" / code.lower()).mkdir(parents=True)
        (tmp_path / "gebied" / code.lower() / "index.html").touch()

    chosen = choose(con, tmp_path, pages=14)

    assert set(chosen) == {*KINDS, GONE}
    assert {kind: len(pages) for kind, pages in chosen.items()} == {
        **dict.fromkeys(KINDS, 2), "gemeente": 1, "wijk": 1, GONE: 1
    }  # fmt: skip
    pages = [page for some in chosen.values() for page in some]
    assert len(pages) == len(set(pages))
    assert chosen[GONE] == ["gebied/bu99999999/index.html"]
