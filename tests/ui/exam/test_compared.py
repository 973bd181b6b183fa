"""What the comparison says: which change rests on one cell, on NT, on a star; links lead to the cells."""

import datetime

import pytest

from tracker.scales.isncsci.compare import Change
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.record import responses_from_exam
from tracker.ui.exam.compared import as_html, compare_with
from tracker.ui.exam.session import Dated


def compared(before, after):
    dated = Dated("old", datetime.date(2025, 1, 20), responses_from_exam(before))
    return compare_with(dated, responses_from_exam(after), documented=True)


def test_a_change_that_rests_on_a_cell_not_testable_says_so(exam):
    html = as_html(compared(exam((17, 17)), exam((17, 17)).with_grade("left.pinPrick.T4", "NT")))
    assert "neurological level of injury: <b>T10 → ND: T3, T10</b>" in html
    assert "rests on not testable: <a href='left.pinPrick.T4'>left pin prick T4</a> 2→NT" in html


def test_a_change_that_rests_on_a_star_says_so(exam):
    html = as_html(compared(exam((17, 17)), exam((17, 17)).with_grade("left.motor.C6", "4**")))
    assert "T10 → T10*" in html
    assert "rests on a star: <a href='left.motor.C6'>left motor C6</a> 5→4☆" in html


def test_cells_are_counted_by_how_they_changed(exam):
    after = (
        exam((17, 17))
        .with_grade("left.motor.C5", "4")
        .with_grade("left.motor.C6", "NT")
        .with_grade("right.pinPrick.S3", "1")
    )
    found = compared(exam((17, 17)).with_grade("left.motor.L2", "0**"), after)
    assert {cell: change.change for cell, change in found.cells.items()} == {
        "left.motor.C5": Change.LOST,
        "left.motor.C6": Change.NOT_COMPARABLE,
        "right.pinPrick.S3": Change.GAINED,
        "left.motor.L2": Change.REREAD,
    }
    html = as_html(found)
    for words in ("1 cell gained", "1 cell lost", "1 cell with another star", "1 cell not testable in one exam"):
        assert words in html


def test_two_exams_alike_say_so_and_still_tell_what_one_grade_would_change(exam):
    html = as_html(compared(exam((17, 17)), exam((17, 17))))
    assert "every cell is the same" in html
    assert "all the same" in html
    assert "<a href='deepAnalPressure'>deep anal pressure</a> no→yes<br>AIS grade: B" in html


def test_an_exam_that_is_wrong_in_itself_is_not_compared(exam):
    dated = Dated("old", datetime.date(2025, 1, 20), responses_from_exam(exam()))
    with pytest.raises(InvalidExamError) as refused:
        compare_with(dated, {"right.motor.C5": 4, "right.motor.C5.assume": "normal"}, documented=True)
    assert refused.value.item == "right.motor.C5"
