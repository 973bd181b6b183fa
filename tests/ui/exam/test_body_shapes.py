"""The drawing: every dermatome somewhere, symmetric, without overlaps, inside the outline."""

import itertools

import pytest
from PySide6.QtGui import QTransform

from tracker.scales.isncsci.levels import DERMATOMES, SIDES
from tracker.ui.exam.body_shapes import BACK, FRONT, HEIGHT, WIDTH, figure, outline

VIEWS = (FRONT, BACK)


def area(path):
    polygons = path.toFillPolygons()
    total = 0.0
    for polygon in polygons:
        points = [polygon.at(at) for at in range(polygon.count())]
        pairs = itertools.pairwise([*points, points[0]])
        total += abs(sum(one.x() * other.y() - other.x() * one.y() for one, other in pairs)) / 2
    return total


def test_every_dermatome_of_both_sides_is_drawn_in_one_of_the_views():
    drawn = {(side, level) for view in VIEWS for side, level, path in figure(view) if area(path) > 5}
    assert drawn == {(side, level) for side in SIDES for level in DERMATOMES}


@pytest.mark.parametrize("view", VIEWS)
def test_the_two_sides_mirror_each_other(view):
    turned = QTransform().translate(WIDTH, 0).scale(-1, 1)
    right = [(level, path) for side, level, path in figure(view) if side == "right"]
    left = [(level, path) for side, level, path in figure(view) if side == "left"]
    for (level, one), (other_level, other) in zip(right, left, strict=True):
        assert level == other_level
        assert turned.map(one).boundingRect().center().x() == pytest.approx(other.boundingRect().center().x())


def test_the_right_side_is_at_the_left_from_the_front_and_at_the_right_from_behind():
    for view, at_left in ((FRONT, True), (BACK, False)):
        centres = [path.boundingRect().center().x() for side, _level, path in figure(view) if side == "right"]
        assert all((centre < WIDTH / 2) is at_left for centre in centres)


@pytest.mark.parametrize("view", VIEWS)
def test_dermatomes_do_not_overlap_and_stay_inside_the_outline(view):
    regions = [path for side, _level, path in figure(view) if side == "right"]
    for one, other in itertools.combinations(regions, 2):
        assert area(one.intersected(other)) < 4
    assert area(outline(view)) >= sum(map(area, regions)) * 2 - 20
    edge = outline(view).boundingRect()
    assert edge.top() >= 0
    assert edge.bottom() <= HEIGHT
    assert edge.left() >= 0
    assert edge.right() <= WIDTH
