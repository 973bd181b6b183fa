"""An exam as an assessment keeps it: there and back, blanks and half stars named, wrong values refused."""

import random

import pytest

from tests.scales.isncsci.exams import KINDS, normal, random_exam
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, InvalidExamError, parse_exam
from tracker.scales.isncsci.record import (
    StarReason,
    blanks,
    check_partial,
    code_of,
    exam_from_responses,
    responses_from_exam,
    star_of,
)


def whole(**changes):
    """The responses of a normal exam, changed (a dot is written as two underscores); None removes."""
    responses = responses_from_exam(parse_exam(normal()))
    for name, value in changes.items():
        responses[name.replace("__", ".")] = value
    return {name: value for name, value in responses.items() if value is not None}


@pytest.mark.parametrize("kind", KINDS)
def test_every_exam_comes_back_as_it_was(kind):
    rng = random.Random(4)
    for _ in range(60):
        exam = parse_exam(random_exam(rng, kind))
        responses = responses_from_exam(exam, reason=StarReason.PLEXOPATHY)
        assert exam_from_responses(responses) == exam
        assert blanks(responses) == ()
        assert classify(exam_from_responses(responses)) == classify(exam)


def test_grades_are_kept_as_numbers_and_nt_as_text():
    responses = whole(right__motor__C5="NT", left__pinPrick__S4_5=0)
    assert responses["right.motor.C6"] == 5
    assert code_of(responses, "right.motor.C5") == "NT"
    assert code_of(responses, "left.pinPrick.S4_5") == "0"
    assert code_of(responses, "nothing") is None


def test_a_number_read_back_as_a_float_is_the_same_grade():
    assert code_of(whole(right__motor__C5=4.0), "right.motor.C5") == "4"
    exam_from_responses(whole(right__motor__C5=4.0))


def test_the_reason_of_a_star_is_said_in_words_where_the_exam_does_not_give_it():
    exam = parse_exam(normal()).with_grade("right.motor.C6", "4**")
    responses = responses_from_exam(exam)
    assert star_of(responses, "right.motor.C6") == {
        "assume": "normal",
        "reason": "other",
        "reason_text": "not stated",
    }


def test_blank_cells_are_listed_in_order_and_none_is_not_a_grade():
    assert blanks({}) == CELLS
    assert blanks({"right.motor.C5": 0, "voluntaryAnalContraction": "NT"}) == tuple(
        cell for cell in CELLS if cell not in {"right.motor.C5", "voluntaryAnalContraction"}
    )
    assert blanks(whole(left__lightTouch__T4="")) == ("left.lightTouch.T4",)


def test_a_blank_cell_is_refused_by_name():
    with pytest.raises(InvalidExamError) as refused:
        exam_from_responses(whole(left__lightTouch__T4=None))
    assert refused.value.item == "left.lightTouch.T4"


STAR = "right__motor__C6"


@pytest.mark.parametrize(
    ("star", "words"),
    [
        ({"reason": "plexopathy"}, "taken as normal or not"),
        ({"assume": "normal"}, "reason"),
        ({"assume": "normal", "reason": "other"}, "write which"),
        ({"assume": "normal", "reason": "plexopathy", "reason_text": "old"}, "leave it out"),
    ],
)
def test_half_a_star_is_refused_when_the_exam_is_made_but_may_stand_in_a_draft(star, words):
    responses = whole(**{STAR: 4}, **{f"{STAR}__{part}": value for part, value in star.items()})
    check_partial(responses)
    with pytest.raises(InvalidExamError, match=words) as refused:
        exam_from_responses(responses)
    assert refused.value.item == "right.motor.C6"


@pytest.mark.parametrize(
    ("changes", "item"),
    [
        ({"right__motor__C5": 6}, "right.motor.C5"),
        ({"right__motor__C5": True}, "right.motor.C5"),
        ({"right__motor__C5": "4*"}, "right.motor.C5"),
        ({"right__pinPrick__C5": 3}, "right.pinPrick.C5"),
        ({"right__pinPrick__C5": 0.5}, "right.pinPrick.C5"),
        ({"deepAnalPressure": "yes"}, "deepAnalPressure"),
        ({"voluntaryAnalContraction": 1}, "voluntaryAnalContraction"),
        ({"right__lowestNonKeyMuscleWithMotorFunction": "T5"}, "right.lowestNonKeyMuscleWithMotorFunction"),
        ({"right__motor__C4": 5}, "right.motor.C4"),
        ({"middle__motor__C5": 5}, "middle.motor.C5"),
        ({"comment": 5}, "comment"),
        ({"right__motor__C5__assume": "normal"}, "right.motor.C5"),
        ({"right__motor__C5": 4, "right__motor__C5__assume": "maybe"}, "right.motor.C5"),
        ({"right__motor__C5": 4, "right__motor__C5__reason": "cold"}, "right.motor.C5"),
        ({"right__motor__C5": 4, "right__motor__C5__reason_text": 3}, "right.motor.C5"),
        ({"right__motor__C5": None, "right__motor__C5__assume": "normal"}, "right.motor.C5"),
        ({"deepAnalPressure__assume": "normal"}, "deepAnalPressure.assume"),
    ],
)
def test_what_cannot_stand_is_refused_by_the_name_of_its_cell(changes, item):
    responses = whole(**changes)
    for check in (check_partial, exam_from_responses):
        with pytest.raises(InvalidExamError) as refused:
            check(responses)
        assert refused.value.item == item
        assert item in str(refused.value.message)


def test_a_comment_a_non_key_muscle_and_a_whole_star_belong_to_an_exam():
    responses = whole(
        comment="shoulder pain",
        left__lowestNonKeyMuscleWithMotorFunction="L2",
        right__motor__C6="NT",
        right__motor__C6__assume="not_normal",
        right__motor__C6__reason="other",
        right__motor__C6__reason_text="old fracture",
    )
    exam = exam_from_responses(responses)
    assert (exam.grade("right.motor.C6"), exam.left.non_key) == ("NT*", "L2")
