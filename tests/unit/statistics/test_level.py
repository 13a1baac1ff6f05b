"""The weighted mean of three years, by hand."""

import numpy as np
import pytest

from pipeline.statistics.level import weighted_level


def test_the_last_year_weighs_most_and_missing_years_leave_their_weight_to_others() -> None:
    years = [[10, 20, 30], [np.nan, 20, 30], [10, np.nan, 30], [10, 20, np.nan], [np.nan, np.nan, 30]]
    found = weighted_level(years)
    assert found[:3] == pytest.approx([2 + 6 + 15, (6 + 15) / 0.8, (2 + 15) / 0.7])
    assert np.isnan(found[3])  # without the last year there is no level of now
    assert found[4] == pytest.approx(30)


def test_another_number_of_years_is_refused() -> None:
    with pytest.raises(ValueError, match="3 jaren"):
        weighted_level([[1, 2]])
