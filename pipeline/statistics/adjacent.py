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
    tree = shapely.STRtree(shapes)
    west, south, east, north = shapely.bounds(tree.geometries).T
    first, second = tree.query(shapely.box(west - NEAR, south - NEAR, east + NEAR, north + NEAR))
    # Measuring the distance takes most of the time: each pair once.
    first, second = first[first < second], second[first < second]
    near = shapely.dwithin(tree.geometries[first], tree.geometries[second], NEAR)
    found = np.stack([first[near], second[near]])
    found = np.hstack([found, found[::-1]])
    return np.asarray(found[:, np.lexsort((found[1], found[0]))], dtype=np.int64)
