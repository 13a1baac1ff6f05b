"""Years without change: they swing as measured, and the largest rise falls back."""

import numpy as np
import pytest

from pipeline.statistics.dispersion import CHANCE, Dispersion
from pipeline.statistics.replay import draw, rises

SWING = Dispersion(1.3, 0.0128)


@pytest.mark.parametrize("swing", [SWING, CHANCE])
@pytest.mark.parametrize("level", [8.0, 140.0])
def test_years_lie_around_the_level_with_the_measured_variance(level: float, swing: Dispersion) -> None:
    years = draw(np.full(40_000, level), swing, seed=1, top=5).years
    assert years.mean() == pytest.approx(level, rel=0.01)
    assert years.var(axis=0) == pytest.approx([float(swing.variance(level))] * 3, rel=0.03)


def test_the_same_seed_gives_the_same_years() -> None:
    first, again = (draw([5, 50, 500], SWING, seed=7, top=1).years.tolist() for _ in range(2))
    assert first == again


def test_the_largest_rise_falls_back_though_nothing_changed() -> None:
    levels = np.exp(np.random.default_rng(2).normal(3.6, 1.0, 56))
    fell = 0
    for seed in range(100):
        made = draw(levels, SWING, seed=seed, top=5)
        risen, later = rises(made.years), rises(made.years, after=1)
        assert risen[made.top[0]] == risen.max()
        assert (np.diff(risen[made.top]) <= 0).all()
        fell += bool(later[made.top[0]] < 1)
    assert fell >= 70
