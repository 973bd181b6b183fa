"""Where the cells stand: every cell once, neighbours, rectangles."""

from tracker.scales.isncsci.exam import CELLS, NON_KEY_CELLS
from tracker.ui.exam import places


def test_every_cell_is_typed_once():
    assert sorted(places.ORDER) == sorted((*CELLS, *NON_KEY_CELLS))


def test_a_column_goes_down_and_then_to_the_bottom_row():
    assert places.vertical("right.motor.T1", 1) == "right.motor.L2"
    assert places.vertical("right.motor.S1", 1) == places.RIGHT_NON_KEY
    assert places.vertical("left.lightTouch.S4_5", 1) == "deepAnalPressure"
    assert places.vertical("voluntaryAnalContraction", -1) == "right.pinPrick.S4_5"
    assert places.vertical("right.lightTouch.C2", -1) == "right.lightTouch.C2"
    assert places.vertical("voluntaryAnalContraction", 1) == "voluntaryAnalContraction"


def test_sideways_keeps_the_row_or_the_nearest_one_there_is():
    assert places.horizontal("right.pinPrick.T4", 1) == "left.lightTouch.T4"
    assert places.horizontal("left.pinPrick.T2", 1) == "left.motor.T1"
    assert places.horizontal("right.lightTouch.S4_5", -1) == "right.motor.S1"
    assert places.horizontal("right.motor.C5", -1) == "right.motor.C5"
    assert places.horizontal(places.RIGHT_NON_KEY, 1) == "voluntaryAnalContraction"


def test_a_rectangle_holds_the_cells_between_its_corners():
    assert places.between("right.lightTouch.C5", "right.motor.C6") == (
        "right.motor.C5",
        "right.motor.C6",
        "right.lightTouch.C5",
        "right.lightTouch.C6",
    )
    assert places.between("right.motor.C5", "deepAnalPressure") == ()
