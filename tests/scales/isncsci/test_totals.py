"""Totals of an exam."""

from tests.scales.isncsci.exams import normal
from tracker.scales.isncsci.exam import parse_exam
from tracker.scales.isncsci.totals import MAXIMA, TOTALS, motor_score, starred_totals, totals


def test_a_normal_exam_has_the_highest_totals():
    found = totals(parse_exam(normal()))
    assert tuple(found) == TOTALS
    assert {total: found[f"right{total}"] for total in MAXIMA} == dict(MAXIMA)
    assert [found[total] for total in ("uems", "lems", "lightTouch", "pinPrick")] == [50, 50, 112, 112]
    assert motor_score(parse_exam(normal())) == 100


def test_one_cell_not_testable_takes_only_the_totals_over_it():
    exam = parse_exam(normal()).with_grade("left.motor.L2", "NT**")
    unknown = {total for total, points in totals(exam).items() if points is None}
    assert unknown == {"leftLems", "leftMotorTotal", "lems"}
    assert motor_score(exam) is None


def test_stars_count_as_examined_and_mark_their_totals():
    exam = parse_exam(normal()).with_grade("left.motor.L2", "3**").with_grade("right.pinPrick.T1", "0*")
    found = totals(exam)
    assert (found["leftLems"], found["lems"], found["rightPinPrick"]) == (23, 48, 54)
    assert starred_totals(exam) == {"leftLems", "leftMotorTotal", "lems", "rightPinPrick", "pinPrick"}
    assert starred_totals(parse_exam(normal())) == frozenset()
