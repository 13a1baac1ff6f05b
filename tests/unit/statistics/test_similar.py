"""Similar areas: by hand on a line, and what is left out."""

import numpy as np
import pytest

from pipeline.statistics.dispersion import Dispersion, judged_interval
from pipeline.statistics.similar import Cells, neighbours, pooled, pooled_interval, pooled_rate


def test_the_nearest_come_first_and_an_area_is_never_its_own_neighbour() -> None:
    line = np.arange(60.0)[:, None]
    found = neighbours(line, np.full(60, 3), k=4)
    assert found.area.tolist() == list(range(60))
    assert found.nearest[0].tolist() == [1, 2, 3, 4]
    assert set(found.nearest[30].tolist()) == {28, 29, 31, 32}
    assert (found.nearest != found.area[:, None]).all()
    step = 1 / line.std()
    assert found.distance[0] == pytest.approx([step, 2 * step, 3 * step, 4 * step])


def test_equal_areas_do_not_crowd_out_each_other() -> None:
    found = neighbours(np.zeros((60, 2)), np.full(60, 3), k=4)
    assert found.nearest.shape == (60, 4)
    assert (found.nearest != found.area[:, None]).all()


def test_only_the_same_urbanity_or_one_off_is_compared() -> None:
    classes = np.repeat([1.0, 2.0, 5.0], 60)
    found = neighbours(np.random.default_rng(1).normal(size=(180, 3)), classes, k=5)
    assert set(classes[found.nearest[classes[found.area] == 1]].ravel()) == {1.0, 2.0}
    assert set(classes[found.nearest[classes[found.area] == 5]].ravel()) == {5.0}


def test_too_little_filled_or_too_few_areas_give_no_neighbours() -> None:
    table = np.random.default_rng(2).normal(size=(60, 4))
    table[0, :2] = np.nan
    classes = np.full(60, 3.0)
    classes[1] = np.nan
    found = neighbours(table, classes, k=3)
    assert not {0, 1} & set(found.area.tolist())
    assert not {0, 1} & set(found.nearest.ravel().tolist())
    assert neighbours(table[:40], classes[:40]).area.size == 0
    assert neighbours(np.zeros((0, 4)), []).area.size == 0
    assert neighbours(np.full((60, 4), np.nan), classes).area.size == 0


def test_a_circumstance_that_few_areas_have_is_not_used() -> None:
    line = np.arange(60.0)
    rare = np.where(line < 5, line * 1000, np.nan)
    with_rare = neighbours(np.stack([line, rare], axis=1), np.full(60, 3), k=2)
    assert with_rare.nearest.tolist() == neighbours(line[:, None], np.full(60, 3), k=2).nearest.tolist()


def test_the_pooled_rate_weighs_by_base_and_leaves_out_what_is_missing() -> None:
    found = neighbours(np.arange(60.0)[:, None], np.full(60, 3), k=2)
    count, base = np.full(60, 6.0), np.full(60, 100.0)
    count[1], base[1] = 30, 500
    count[57] = np.nan
    rates = pooled_rate(count, base, found)
    assert rates[0] == pytest.approx(36 / 600)
    assert rates[59] == pytest.approx(6 / 100)
    assert np.isnan(pooled_rate(count, np.zeros(60), found)[0])


def test_cells_together_leave_out_what_is_missing_each_in_its_own_sum() -> None:
    nothing = float("nan")
    cells = Cells(
        np.array([4, 6, 10, nothing]),
        np.array([100, 200, 0, 400]),
        np.array([40, 30, nothing, nothing]),
        np.array([False, False, False, True]),
    )
    found = pooled(
        cells, np.array([[0, 1, 2, -1], [0, 3, -1, -1], [-1, -1, -1, -1]]), np.array([35, nothing, 1])
    )
    assert found.counted.tolist() == [2, 1, 0]
    assert found.total.tolist() == [10, 4, 0]
    assert found.squares.tolist() == [52, 16, 0]
    assert found.base.tolist() == [300, 100, 0]
    assert found.measured.tolist() == [2, 1, 0]
    assert np.array_equal(found.middle, [35, 40, nothing], equal_nan=True)
    assert found.hidden.tolist() == [False, True, False]
    assert (found.lower.tolist(), found.higher.tolist()) == ([1, 0, 0], [1, 0, 0])
    none = Cells(*(np.zeros(0) for _ in range(3)), np.zeros(0, dtype=bool))
    assert pooled(none, np.full((1, 10), -1), np.array([1.0])).counted.tolist() == [0]


def test_a_sum_of_one_area_has_the_margin_of_that_area_and_one_of_many_a_smaller_one() -> None:
    swing = Dispersion(1.2, 0.05)
    for count in (0, 3, 250):
        low, high = pooled_interval([count], [count**2], a=swing.a, b=swing.b)
        own = judged_interval([count], swing)
        assert (low[0], high[0]) == (pytest.approx(own[0][0]), pytest.approx(own[1][0]))
    ((alone,), (ten,)) = (
        pooled_interval([1000], [squares], a=1.2, b=0.05)[1] for squares in (1000**2, 10 * 100**2)
    )
    assert ten - 1000 == pytest.approx((alone - 1000) * ((1.2 + 5) / (1.2 + 50)) ** 0.5)
