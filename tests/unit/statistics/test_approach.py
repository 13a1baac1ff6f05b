"""Planted effects are found and named, nothing is found where nothing is planted, and the rest is not said."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.statistics.approach import (
    Cohort,
    Panel,
    base_of,
    effect_of,
    effects_of,
    judge,
    judge_ring,
    outcome_of,
    shared_swing,
)
from pipeline.statistics.evaluation import Contrasts
from pipeline.statistics.verdicts import BETTER, NO_DIFFERENCE, UNKNOWN

RING = np.arange(3, 9)
TREATED = np.arange(3)


def panel(*, treated: float = 1.0, ring: float = 0.0, years: int = 5, level: float = 200.0) -> Panel:
    """A thousand areas in fifty gemeenten around one level; the last two years changed in the first ones.

    Args:
        treated: by which the counts of the first three are multiplied.
        ring: which part of what went from those came in the six after them.
    """
    rng = np.random.default_rng(3)
    mean = np.repeat(rng.uniform(0.5, 1.5, 1000) * level, years).reshape(1000, years)
    counts = rng.negative_binomial(80, 80 / (80 + mean)).astype(float)
    counts[:9] = np.round(mean[:9])
    gone = counts[TREATED, -2:].sum(axis=0) * (1 - treated)
    counts[TREATED, -2:] = np.round(counts[TREATED, -2:] * treated)
    counts[RING, -2:] += np.round(gone * ring / len(RING))
    codes = tuple(f"BU{row:08d}" for row in range(1000))
    return Panel(codes, np.arange(1000) // 20, tuple(range(2021, 2021 + years)), counts)


def judged(found: Panel, before: tuple[int, ...] = (2021, 2022, 2023)):  # type: ignore[no-untyped-def]
    base = base_of(found, before, (2024, 2025), np.arange(1000) < 9)
    assert base is not None
    return base, judge(found, [Cohort(base, TREATED)], seed=1)


def test_a_planted_decline_is_found_and_stays_where_it_is() -> None:
    found = panel(treated=0.6)
    base, treated = judged(found)
    assert (treated.verdict, treated.reason) == (BETTER, "")
    assert treated.outcome.ratio[0] == pytest.approx(0.6, abs=0.08)
    assert treated.outcome.ratio[1] < 0.6 < treated.outcome.ratio[2] < 1
    assert treated.below == 0
    assert judge_ring(treated, outcome_of(found, [Cohort(base, RING)])) == NO_DIFFERENCE


def test_no_effect_is_no_difference_and_not_silence() -> None:
    _, treated = judged(panel())
    assert (treated.verdict, treated.reason) == (NO_DIFFERENCE, "")
    assert treated.outcome.smallest < 0.5


def test_what_moved_to_the_ring_is_displacement() -> None:
    found = panel(treated=0.5, ring=1.0)
    base, treated = judged(found)
    assert treated.verdict == BETTER
    assert judge_ring(treated, outcome_of(found, [Cohort(base, RING)])) == "verplaatsing"


def test_a_gain_around_is_diffusion_and_without_a_gain_inside_only_less() -> None:
    better, same = panel(treated=0.6), panel()
    better.counts[RING, -2:] *= 0.6
    same.counts[RING, -2:] *= 0.6
    for found, word in ((better, "uitstraling"), (same, "afname")):
        base, treated = judged(found)
        assert judge_ring(treated, outcome_of(found, [Cohort(base, RING)])) == word


def test_with_one_year_before_nothing_is_said_however_large_the_change() -> None:
    found = panel(treated=0.3)
    base, treated = judged(found, before=(2023,))
    assert (treated.verdict, treated.reason) == (UNKNOWN, "een_jaar_vooraf")
    assert treated.outcome.ratio[2] < 1
    assert judge_ring(treated, outcome_of(found, [Cohort(base, RING)])) == UNKNOWN


def test_areas_that_moved_before_the_start_get_no_verdict() -> None:
    found = panel(treated=0.6)
    found.counts[TREATED, 2] *= 0.4
    _, treated = judged(found)
    assert (treated.verdict, treated.reason) == (UNKNOWN, "andere_aanloop")


def test_few_counts_are_not_taken_for_no_difference() -> None:
    _, treated = judged(panel(level=2.0))
    assert (treated.verdict, treated.reason) == (UNKNOWN, "te_weinig")


def test_named_areas_are_compared_with_instead() -> None:
    found = panel()
    found.counts[500:503, -2:] *= 2
    base = base_of(found, (2021, 2022, 2023), (2024, 2025), np.arange(1000) < 9)
    assert base is not None
    outcome = judge(found, [Cohort(base, TREATED, np.array([500, 501, 502]))], seed=1).outcome
    assert outcome.controls == tuple(found.codes[row] for row in (500, 501, 502))
    assert outcome.ratio[0] == pytest.approx(0.5, abs=0.08)


def test_a_line_before_the_start_lies_where_the_counts_lie() -> None:
    found = panel()
    _, treated = judged(found)
    own = found.counts[TREATED].sum(axis=0)
    assert treated.outcome.run[:3].sum() == pytest.approx(own[:3].sum(), rel=0.001)
    assert treated.outcome.run[3:].mean() == pytest.approx(treated.outcome.expected, rel=0.001)


def test_too_few_areas_to_compare_with_give_no_base() -> None:
    assert base_of(panel(), (2021, 2022), (2024,), np.arange(1000) >= 99) is None


def test_areas_without_a_year_fall_out() -> None:
    found = panel()
    found.counts[700:, 0] = np.nan
    base = base_of(found, (2021, 2022), (2024,), np.zeros(1000, dtype=bool))
    assert base is not None
    assert base.rows.tolist() == list(range(700))


def test_the_same_seed_draws_the_same_sets() -> None:
    found = panel()
    base, treated = judged(found)
    assert judge(found, [Cohort(base, TREATED)], seed=1).below == treated.below


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        # Two groups of two, each of 100 expected: together they deviate by a tenth, up and down.
        ([10.0, 10.0, -10.0, -10.0], 0.01),
        ([10.0, -10.0, 10.0, -10.0], 0.0),
    ],
)
def test_shared_swing_is_what_areas_of_one_group_do_together(off: list[float], expected: float) -> None:
    found = Contrasts(np.array(off), np.ones(4), np.full(4, 100.0), np.zeros((4, 1), dtype=np.int64))
    assert shared_swing(found, np.full(4, True), np.array([0, 0, 1, 1])) == pytest.approx(expected)


def test_areas_of_one_gemeente_have_a_wider_margin_than_as_many_all_over() -> None:
    found = panel()
    base = replace(base_of(found, (2021, 2022, 2023), (2024, 2025), np.arange(1000) < 9), shared=0.01)  # type: ignore[type-var]
    together, apart = (
        effect_of([Cohort(base, np.array([20, 21, 22]))]),
        effect_of([Cohort(base, np.array([20, 40, 60]))]),
    )
    size = base.found.expected[[20, 21, 22]]
    plain = effect_of([Cohort(replace(base, shared=0.0), np.array([20, 21, 22]))])
    assert together.error**2 - plain.error**2 == pytest.approx(0.01 * (size.sum() ** 2 - (size**2).sum()))
    assert apart.error == effect_of([Cohort(replace(base, shared=0.0), np.array([20, 40, 60]))]).error


def test_areas_of_one_gemeente_share_their_swing_whenever_they_began() -> None:
    found = panel()
    bases = [base_of(found, years, (2025,), np.arange(1000) < 9) for years in ((2021, 2022), (2022, 2023))]
    first, second = (replace(base, shared=0.01) for base in bases if base is not None)
    two = [Cohort(first, np.array([20])), Cohort(second, np.array([21]))]
    apart = [Cohort(first, np.array([20])), Cohort(second, np.array([41]))]
    sizes = first.found.expected[20], second.found.expected[21]
    alone = [effect_of([one]).error ** 2 for one in two]
    assert effect_of(two).error ** 2 == pytest.approx(sum(alone) + 2 * 0.01 * sizes[0] * sizes[1])
    assert effect_of(apart).error ** 2 == pytest.approx(sum(effect_of([one]).error ** 2 for one in apart))
    assert effect_of(two).estimate == sum(effect_of([one]).estimate for one in two)


def test_many_sets_at_once_are_each_as_they_are_alone() -> None:
    base = replace(base_of(panel(), (2021, 2022, 2023), (2024, 2025), np.arange(1000) < 9), shared=0.01)  # type: ignore[type-var]
    sets = [np.array([20, 21, 400]), np.array([21]), np.array([20, 22])]
    estimates, errors = effects_of([Cohort(base, np.concatenate(sets))], np.repeat(np.arange(3), [3, 1, 2]))
    alone = [effect_of([Cohort(base, areas)]) for areas in sets]
    assert estimates.tolist() == pytest.approx([one.estimate for one in alone])
    assert errors.tolist() == pytest.approx([one.error for one in alone])
