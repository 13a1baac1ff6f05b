"""Columns between Arrow and numpy: what is not known is empty in the one and not a number in the other."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """A column as float, NaN where it is empty."""
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def known(values: NDArray[np.float64]) -> pa.Array:
    """Values as a column, empty where they are not finite: a ratio to nothing has no value."""
    return pa.array(values, mask=~np.isfinite(values))
