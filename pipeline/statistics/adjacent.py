"""Which shapes lie against each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

NEAR = 3e-4  # degrees: about thirty metres, by which published boundaries are rounded


def pairs(shapes: Sequence[Any]) -> NDArray[np.int64]:
    """Row numbers of shapes that touch or lie thirty metres apart at most: 2 x n, each pair both ways."""
    if not len(shapes):
        return np.zeros((2, 0), dtype=np.int64)
    found = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEAR)
    found = found[:, found[0] != found[1]]
    return np.asarray(found[:, np.lexsort((found[1], found[0]))], dtype=np.int64)
