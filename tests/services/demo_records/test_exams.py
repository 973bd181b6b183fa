"""Invented exams are valid ones: exactly the totals asked for, and the injury they are meant to be."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.scales.catalogue import scale
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import exam_as_json, parse_exam
from tracker.scales.isncsci.record import exam_from_responses
from tracker.scales.scoring import check_responses
from tracker.services.answers import check_complete
from tracker.services.demo_records.exams import (
    COMPLETE_MOST,
    THORACIC_LEAST,
    Totals,
    as_entered,
    complete_exam,
    incomplete_exam,
    level_and_grade,
    totals_of,
)

FEW = settings(max_examples=300, deadline=None)


def holds(found, exam):
    assert parse_exam(exam_as_json(exam)) == exam
    assert totals_of(exam) == {
        "motor": found.motor,
        "light_touch": found.light_touch,
        "pin_prick": found.pin_prick,
        "uems": found.upper,
        "lems": found.lower,
    }
    assert level_and_grade(exam)[1] == "A"
    return level_and_grade(exam)[0]


@FEW
@given(st.integers(0, 50), st.integers(0, COMPLETE_MOST), st.integers(0, COMPLETE_MOST), st.integers())
def test_any_totals_of_a_neck_injury_have_an_exam(upper, touch, prick, seed):
    found = Totals(upper, 0, touch, prick, 40)
    level = holds(found, complete_exam(found, random.Random(seed), cervical=True))
    assert level.startswith("C")


@FEW
@given(
    st.integers(0, 50),
    st.integers(THORACIC_LEAST, COMPLETE_MOST),
    st.integers(THORACIC_LEAST, COMPLETE_MOST),
    st.integers(),
)
def test_any_totals_of_an_injury_below_the_neck_have_an_exam(lower, touch, prick, seed):
    found = Totals(50, lower, touch, prick, 40)
    level = holds(found, complete_exam(found, random.Random(seed), cervical=False))
    assert level[0] in "TL"
    assert level != "T1"


def test_no_muscle_is_stronger_than_the_one_above_it():
    for seed in range(200):
        rng = random.Random(seed)
        found = Totals(rng.randint(0, 49), 0, 40, 40, 40)
        exam = complete_exam(found, rng, cervical=True)
        for side in (exam.right, exam.left):
            assert list(side.motor) == sorted(side.motor, reverse=True)


@pytest.mark.parametrize("level", ["C4", "C5", "C8", "T4", "T12", "L1", "L2"])
@pytest.mark.parametrize(("share", "grades"), [(0.1, "B"), (0.2, "B"), (0.5, "CD"), (0.95, "D")])
def test_what_is_left_below_the_level_makes_the_grade(level, share, grades):
    for seed in range(20):
        exam = incomplete_exam(level, share, random.Random(seed))
        assert parse_exam(exam_as_json(exam)) == exam
        found, grade = level_and_grade(exam)
        assert found == level
        assert grade in grades


def test_the_same_person_with_more_function_loses_no_cell():
    for seed in range(30):
        less, more = (incomplete_exam("C6", share, random.Random(seed)) for share in (0.3, 0.6))
        for one, other in ((less.right, more.right), (less.left, more.left)):
            assert all(a <= b for a, b in zip(one.motor, other.motor, strict=True))
            assert all(a <= b for a, b in zip(one.light_touch, other.light_touch, strict=True))


def test_what_is_entered_is_complete_and_holds_what_practice_holds():
    kinds = set()
    for seed in range(300):
        exam = incomplete_exam("C6", 0.5, random.Random(seed))
        cells = as_entered(exam, random.Random(seed))
        check_responses(scale("isncsci"), cells)
        check_complete(scale("isncsci"), cells, {})
        stars = [item for item in cells if item.endswith(".assume")]
        kinds.add(("NT" in cells.values(), len(stars)))
        if (("NT" in cells.values()), len(stars)) == (False, 0):
            assert exam_from_responses(cells) == exam
        assert classify(exam_from_responses(cells)).findings["nli"].possible
    assert kinds == {(False, 0), (True, 0), (False, 1)}


def test_an_exam_without_a_full_muscle_has_nothing_to_star():
    found = Totals(0, 0, 0, 0, 10)
    for seed in range(100):
        cells = as_entered(complete_exam(found, random.Random(seed), cervical=True), random.Random(seed))
        assert not [item for item in cells if item.endswith(".assume")]
