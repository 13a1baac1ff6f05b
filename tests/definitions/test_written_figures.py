"""Figures are written by one rule in two languages: words.py for single ones, SQL for whole columns."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pytest

from pipeline.warehouse import MACROS
from pipeline.words.numbers import UIT_PUBLICATIE, figure_decimals, format_number
from tests.example_areas import example_warehouse


@dataclass(frozen=True)
class Maat:
    kind: str
    decimalen: int
    voorbehoud: str


def _written(maat: Maat, figures: Sequence[float | None]) -> tuple[int | None, ...]:
    value, low, high = figures
    if value is None:
        return (None, None, None, None)
    decimals = figure_decimals(maat, value, low, high)
    texts = (None if one is None else format_number(one, decimals=decimals) for one in figures)
    return (decimals, *texts)  # type: ignore[arg-type]


def test_every_newest_figure_of_the_example_is_written_alike() -> None:
    rows = (
        example_warehouse()
        .execute(
            "select i.kind, i.decimalen, i.voorbehoud, p.waarde, p.onder, p.boven,"
            " w.decimalen, w.cijfer, w.onder, w.boven"
            " from mart.gebied_profiel as p join contract.indicator as i using (indicator)"
            " full join mart.gebied_woorden as w using (gebied_code, indicator)"
        )
        .fetchall()
    )
    assert len(rows) > 1_000
    for kind, decimals, caveats, *figures in rows:
        assert tuple(figures[3:]) == _written(Maat(kind, decimals, caveats), figures[:3]), figures


def test_every_reference_of_the_example_is_written_alike() -> None:
    rows = (
        example_warehouse()
        .execute(
            "select i.kind, i.decimalen, i.voorbehoud, v.referentie_waarde, v.referentie_status,"
            " if(v.periode = p.periode, '', ' (' || v.periode || ')'),"
            " case v.referentie when 'gemeente' then w.gemeente when 'land' then w.land else w.vergelijkbaar end,"
            " if(v.referentie = 'gemeente', w.gemeente_leeg, w.land_leeg)"
            " from mart.vergelijking as v join contract.indicator as i using (indicator)"
            " join mart.gebied_profiel as p using (gebied_code, indicator)"
            " join mart.gebied_woorden as w using (gebied_code, indicator)"
        )
        .fetchall()
    )
    assert len(rows) > 1_000
    for kind, decimals, caveats, value, status, year, text, why in rows:
        shown = _written(Maat(kind, decimals, caveats), (value, None, None))[1]
        assert (text, why) == ((f"{shown}{year}", None) if shown else (None, status))


@pytest.mark.parametrize("kind", ["verhouding", "meting"])
def test_figures_that_the_example_lacks_are_written_alike(kind: str) -> None:
    """Synthetic: small, large, halves, negative, bounds that meet or are missing; four decimals as in the mart."""
    chance = random.Random(20261122)
    edges = (0.0, 0.0004, 0.0005, 0.005, 0.05, 0.5, 0.9995, 1.0, 2.5, 3.25, 998.95, 999.0, 999.96, 1234.5)
    sizes = (0.001, 0.1, 1.0, 20.0, 2_000.0, 5_000_000.0)

    def some() -> float:
        if chance.random() < 0.3:
            return chance.choice(edges)
        return round(chance.random() * chance.choice(sizes), 4)

    rows = []
    for _ in range(20_000):
        low, value, high = sorted((some(), some(), some()))
        figures = chance.choice(
            (
                (value, low, high),
                (value, None, None),
                (value, low, None),
                (value, None, high),
                (value, value, high),
                (0.0, 0.0, round(chance.random() / 100, 4)),  # nothing counted among many
            )
        )
        if kind == "meting" and chance.random() < 0.1:
            figures = (-value, None, None)
        rows.append(
            (kind, chance.randrange(4), chance.choice(("enquete", f"enquete;{UIT_PUBLICATIE}")), *figures)
        )
    con = duckdb.connect()
    con.execute(MACROS)
    con.execute(
        "create table cijfers"
        " (kind varchar, decimalen integer, voorbehoud varchar, x double, onder double, boven double)"
    )
    names = ("kind", "decimalen", "voorbehoud", "x", "onder", "boven")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    con.register("verzonnen", pa.table(columns))
    con.execute("insert into cijfers by name select * from verzonnen")
    found = con.execute(
        "select d, cijfertekst(x, d), cijfertekst(onder, d), cijfertekst(boven, d) from"
        " (select *, cijferdecimalen(kind, decimalen, voorbehoud, x, onder, boven) as d from cijfers)"
    ).fetchall()
    for row, texts in zip(rows, found, strict=True):
        assert texts == _written(Maat(*row[:3]), row[3:]), row
