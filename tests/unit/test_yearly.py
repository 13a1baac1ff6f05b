"""Yearly counts as tables of areas and years: what is left out, and what stands where."""

import duckdb
import numpy as np

from pipeline.yearly import parted, read_levels

STORE = """
create schema core;
create schema contract;
create schema statistiek;
create table contract.indicator as
    from (values ('b', 'verhouding', 'geregistreerd'), ('a', 'verhouding', 'gemeente'),
        ('c', 'meting', 'enquete')) as t (indicator, kind, meetwijze);
create table core.gebied as
    from (values ('NL00', 'land'), ('BU2', 'buurt'), ('BU1', 'buurt'), ('GM1', 'gemeente'))
    as t (gebied_code, gebied_niveau);
create table statistiek.waarde (indicator varchar, gebied_code varchar, periode varchar, teller bigint);
"""
ROWS = """
insert into statistiek.waarde values
    ('b', 'BU2', '2021', 0), ('b', 'BU2', '2023', 7), ('b', 'BU1', '2020-01', 5), ('b', 'GM1', '2019', 3),
    ('a', 'BU1', '2018', 4), ('a', 'BU2', '2019', null), ('c', 'BU1', '2018', null), ('b', 'BU9', '2021', 1)
"""


def test_each_level_has_its_own_years_and_what_is_not_known_is_no_zero() -> None:
    con = duckdb.connect()
    con.execute(STORE)
    assert list(read_levels(con)) == []
    con.execute(ROWS)
    one, two, three = read_levels(con)
    assert [(own.indicator, own.level, own.first) for own in (one, two, three)] == [
        ("a", "buurt", 2018),
        ("b", "buurt", 2021),
        ("b", "gemeente", 2019),
    ]
    assert two.codes.to_pylist() == ["BU1", "BU2"]
    nothing = float("nan")
    assert np.array_equal(two.counts, [[nothing] * 3, [0, nothing, 7]], equal_nan=True)
    assert three.counts.tolist() == [[3]]
    assert [own.indicator for own in read_levels(con, only="and meetwijze = 'geregistreerd'")] == ["b", "b"]


def test_a_break_in_a_year_parts_it_from_both_its_neighbours() -> None:
    in_march = [(2019, 2021)]
    assert [parted(year, year + 1, in_march) for year in (2018, 2019, 2020, 2021)] == [
        False,
        True,
        True,
        False,
    ]
    assert [parted(year, year + 1, [(2019, 2020)]) for year in (2018, 2019, 2020)] == [False, True, False]
    assert not parted(2018, 2022, [])
