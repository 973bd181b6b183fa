"""The painted grid: four things look different without colour too; the mouse; the body picture follows."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from tracker.scales.isncsci.levels import DERMATOMES, SIDES
from tracker.ui import theme
from tracker.ui.exam.body_paint import worse
from tracker.ui.exam.exam_grid import ExamGrid
from tracker.ui.exam.looks import Shade, shade_of
from tracker.ui.exam.sheet import ExamSheet

STAR = {"right.motor.C8.assume": "normal", "right.motor.C8.reason": "plexopathy"}
FOUR = {"right.motor.C6": 0, "right.motor.C7": "NT", "right.motor.C8": 0} | STAR


@pytest.fixture
def grid(qtbot):
    made = ExamGrid(theme.load(theme.LIGHT))
    qtbot.addWidget(made)
    made.resize(780, 560)
    made.show()
    return made


def picture(grid, cell):
    box = grid.parts().cells[cell].toAlignedRect().adjusted(-1, -1, 1, 1)
    return grid.grab(box).toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def differing(one, other):
    """How many pixels of two grey pictures are well apart."""
    wide, tall = min(one.width(), other.width()), min(one.height(), other.height())
    pairs = itertools.product(range(wide), range(tall))
    return sum(abs((one.pixel(x, y) & 0xFF) - (other.pixel(x, y) & 0xFF)) > 24 for x, y in pairs)


@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
def test_blank_zero_not_testable_and_starred_differ_in_state_and_without_colour(grid, name):
    grid.set_theme(theme.load(name))
    grid.show_sheet(ExamSheet(FOUR))
    cells = ("right.motor.T1", "right.motor.C6", "right.motor.C7", "right.motor.C8")
    looks = [(grid.look(cell).shade, bool(grid.look(cell).star)) for cell in cells]
    assert looks == [(Shade.BLANK, False), (Shade.ABSENT, False), (Shade.UNTESTED, False), (Shade.ABSENT, True)]
    pictures = [picture(grid, cell) for cell in cells]
    for one, other in itertools.combinations(pictures, 2):
        assert differing(one, other) > 30


def test_the_two_ways_a_star_counts_have_two_stars(grid):
    grid.show_sheet(ExamSheet(FOUR))
    taken_normal = grid.look("right.motor.C8").star
    grid.show_sheet(ExamSheet(FOUR | {"right.motor.C8.assume": "not_normal"}))
    assert grid.look("right.motor.C8").star not in ("", taken_normal)


def test_a_click_makes_a_cell_current_and_a_drag_selects(grid, qtbot):
    boxes = grid.parts().cells
    start, end = (boxes[cell].center().toPoint() for cell in ("left.lightTouch.T4", "left.pinPrick.T6"))
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=start)
    assert grid.sheet.state.at == "left.lightTouch.T4"
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, end)
    assert len(grid.sheet.selected) == 6


@pytest.mark.parametrize(
    ("place", "cell"),
    [((0.44, 0.40), "right.lightTouch.T9"), ((0.56, 0.60), "left.lightTouch.L2"), ((0.5, 0.99), None)],
)
def test_a_click_on_the_body_goes_to_the_cell_of_the_dermatome(grid, qtbot, place, cell):
    box = grid.parts().figures["front"]
    point = QPoint(round(box.left() + box.width() * place[0]), round(box.top() + box.height() * place[1]))
    before = grid.sheet.state.at
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=point)
    assert grid.sheet.state.at == (cell or before)


def test_a_click_on_the_body_keeps_to_pin_prick(grid, qtbot):
    grid.go_to("right.pinPrick.C2")
    box = grid.parts().figures["back"]
    point = QPoint(round(box.center().x() + box.width() * 0.06), round(box.top() + box.height() * 0.36))
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=point)
    assert grid.sheet.state.at.startswith("right.pinPrick.T")


def test_the_body_shows_the_worse_of_light_touch_and_pin_prick():
    touch, pin = "left.lightTouch.T4", "left.pinPrick.T4"
    for one, other, shade in (
        (2, 0, Shade.ABSENT),
        (1, 2, Shade.WEAK),
        ("NT", 2, Shade.UNTESTED),
        ("NT", 0, Shade.ABSENT),
        (2, 2, Shade.NORMAL),
    ):
        assert worse({touch: one, pin: other}, "left", "T4") is shade
        assert worse({touch: other, pin: one}, "left", "T4") is shade
    assert worse({touch: 0}, "left", "T4") is Shade.ABSENT
    assert worse({}, "left", "T4") is Shade.BLANK


def test_the_body_colours_as_it_is_typed(grid, qtbot):
    before = grid.grab(grid.parts().figures["front"].toAlignedRect()).toImage()
    grid.go_to("right.lightTouch.T4")
    qtbot.keyClicks(grid, "0D")
    assert grid.grab(grid.parts().figures["front"].toAlignedRect()).toImage() != before


def test_every_grade_has_its_shade():
    assert [shade_of("right.motor.C5", grade) for grade in range(6)] == [
        Shade.ABSENT,
        Shade.POOR,
        Shade.POOR,
        Shade.WEAK,
        Shade.WEAK,
        Shade.NORMAL,
    ]
    assert [shade_of("right.pinPrick.C5", grade) for grade in range(3)] == [Shade.ABSENT, Shade.WEAK, Shade.NORMAL]


def test_the_screen_reader_hears_cell_state_and_star(grid):
    grid.show_sheet(ExamSheet(FOUR))
    names = {}
    for cell in ("right.motor.T1", "right.motor.C6", "right.motor.C7", "right.motor.C8"):
        grid.go_to(cell)
        names[cell] = grid.accessibleName()
    assert names["right.motor.T1"].startswith("right motor T1, little finger abductors, blank")
    assert names["right.motor.C6"].endswith(", 0")
    assert names["right.motor.C7"].endswith("not testable")
    assert names["right.motor.C8"].endswith("starred: taken as normal, plexopathy")


@pytest.mark.parametrize("width", [690, 780, 1040, 1600])
def test_no_two_cells_overlap_at_any_width(grid, width):
    grid.resize(width, 560)
    parts = grid.parts()
    boxes = [*parts.cells.values(), *parts.levels.values(), *parts.figures.values()]
    shrunk = [box.adjusted(0.5, 0.5, -0.5, -0.5) for box in boxes]
    assert not any(one.intersects(other) for one, other in itertools.combinations(shrunk, 2))
    assert set(parts.levels) == {(side, level) for side in SIDES for level in DERMATOMES}
