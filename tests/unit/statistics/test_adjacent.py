"""Shapes that lie against each other: a row of squares, with a gap narrower and one wider than thirty metres."""

import numpy as np
import shapely

from pipeline.statistics.adjacent import NEAR, pairs


def test_neighbours_touch_or_lie_nearby_and_stand_both_ways_round() -> None:
    corner = shapely.box(1, 1, 2, 2)  # touches the first in a point
    gap = shapely.box(1 + NEAR / 2, 0, 2, 0.5)
    far = shapely.box(2 + 2 * NEAR, 0, 3, 1)
    assert pairs([shapely.box(0, 0, 1, 1), far, corner, gap]).tolist() == [[0, 0, 2, 3], [2, 3, 0, 0]]
    assert pairs([]).shape == (2, 0)


def test_boxes_that_overlap_are_no_neighbours_when_their_shapes_are_apart() -> None:
    lower, upper = shapely.from_wkt(["POLYGON ((0 0, 1 0, 0 1, 0 0))", "POLYGON ((1 1, 1 0.1, 0.1 1, 1 1))"])
    assert pairs([lower, upper]).size == 0
    assert np.array_equal(pairs([lower, lower]), [[0, 1], [1, 0]])
