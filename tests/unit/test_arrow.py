"""Empty is never zero, whichever way a column goes."""

import numpy as np
import pyarrow as pa

from pipeline import arrow


def test_an_empty_cell_is_no_number() -> None:
    found = arrow.numbers(pa.chunked_array([[1, None], [0]]))
    assert found.tolist()[0::2] == [1.0, 0.0]
    assert np.isnan(found[1])


def test_what_is_not_finite_is_empty() -> None:
    assert arrow.known(np.array([0.0, np.nan, np.inf, -1.5])).to_pylist() == [0.0, None, None, -1.5]
