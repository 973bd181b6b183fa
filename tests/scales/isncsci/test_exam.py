"""What is an exam and what is refused, with the name of the cell."""

import random

import pytest

from tests.scales.isncsci.exams import KINDS, normal, random_exam
from tracker.scales.isncsci.exam import (
    CELLS,
    NON_KEY_CELLS,
    InvalidExamError,
    cells_of,
    exam_as_json,
    exam_from_cells,
    parse_exam,
)
from tracker.scales.isncsci.grades import MOTOR_ASSUMED, SENSORY_ASSUMED

REMOVED = object()


def put(exam, cell, value):
    *groups, name = cell.split(".")
    for group in groups:
        exam = exam[group]
    if value is REMOVED:
        del exam[name]
    else:
        exam[name] = value


def refused(data):
    with pytest.raises(InvalidExamError) as caught:
        parse_exam(data)
    assert str(caught.value).startswith(caught.value.item)
    return caught.value


def test_an_exam_has_132_graded_cells_and_two_answers():
    assert len(CELLS) == len(set(CELLS)) == 134


@pytest.mark.parametrize("value", [REMOVED, None, ""], ids=["absent", "null", "empty"])
def test_a_blank_cell_is_refused_by_name_wherever_it_is(value):
    for cell in CELLS:
        exam = normal()
        put(exam, cell, value)
        error = refused(exam)
        assert error.item == cell
        assert "blank" in str(error)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("right.pinPrick.T4", "3"),
        ("left.lightTouch.S4_5", "2*"),
        ("left.lightTouch.S4_5", "2**"),
        ("right.motor.C5", "5*"),
        ("right.motor.C5", "5**"),
        ("right.motor.S1", "6"),
        ("right.motor.S1", "-1"),
        ("right.motor.S1", "3***"),
        ("right.motor.S1", "*"),
        ("right.motor.S1", "UNK"),
        ("right.motor.S1", "nt"),
        ("right.motor.S1", " 3"),
        ("right.motor.S1", 3),
        ("right.motor.S1", 3.0),
        ("right.motor.S1", True),
        ("right.motor.S1", ["3"]),
        ("right.motor.S1", {}),
        ("voluntaryAnalContraction", "yes"),
        ("voluntaryAnalContraction", True),
        ("deepAnalPressure", "NT*"),
        ("deepAnalPressure", ["No"]),
        ("right.lowestNonKeyMuscleWithMotorFunction", "T5"),
        ("left.lowestNonKeyMuscleWithMotorFunction", ""),
        ("left.lowestNonKeyMuscleWithMotorFunction", ["L2"]),
        ("right", None),
        ("left", []),
        ("right.motor", "5555555555"),
        ("left.pinPrick", REMOVED),
        ("right.motor.T2", "5"),
        ("right.motor.c5", "5"),
        ("left.lightTouch.S4-5", "2"),
        ("left.lightTouch.C1", "2"),
        ("left.touch", {}),
        ("comments", "none"),
    ],
)
def test_what_does_not_belong_in_a_cell_is_refused_by_name(cell, value):
    exam = normal()
    put(exam, cell, value)
    assert refused(exam).item == cell


def test_a_misspelt_level_is_named_rather_than_the_one_it_replaces():
    exam = normal()
    exam["right"]["motor"]["c5"] = exam["right"]["motor"].pop("C5")
    assert refused(exam).item == "right.motor.c5"


@pytest.mark.parametrize("data", [None, [], "exam", 3])
def test_what_is_no_object_is_no_exam(data):
    assert refused(data).item == "exam"


def test_the_message_says_what_may_be_written():
    exam = normal()
    exam["right"]["pinPrick"]["T4"] = "3"
    assert str(refused(exam)) == (
        "right.pinPrick.T4: “3” is not a grade here: write 0, 1, 2 or NT; "
        "0, 1 and NT may carry * (taken as not normal) or ** (taken as normal)"
    )
    exam["right"]["pinPrick"]["T4"] = 1
    assert str(refused(exam)) == "right.pinPrick.T4: 1 is not text: write the grade in quotes"


def test_every_code_of_the_standard_is_accepted_in_its_column():
    assert len(MOTOR_ASSUMED) == 6 + 2 * 5 + 3
    assert len(SENSORY_ASSUMED) == 3 + 2 * 2 + 3
    exam = parse_exam(normal())
    for code in MOTOR_ASSUMED:
        assert exam.with_grade("right.motor.C5", code).grade("right.motor.C5") == code
    for code in SENSORY_ASSUMED:
        assert exam.with_grade("left.pinPrick.S4_5", code).grade("left.pinPrick.S4_5") == code


def test_an_exam_reads_back_from_its_json_form_and_from_its_cells():
    rng = random.Random("read back")
    for at in range(200):
        form = random_exam(rng, KINDS[at % len(KINDS)])
        exam = parse_exam(form)
        assert exam_as_json(exam) == form
        assert exam_from_cells(cells_of(exam)) == exam
        assert tuple(cells_of(exam)) == (*CELLS, *NON_KEY_CELLS)


def test_a_cell_is_changed_in_a_copy():
    exam = parse_exam(normal())
    changed = exam.with_grade("left.motor.L2", "3*").with_grade("deepAnalPressure", "NT")
    assert changed.left.motor == ("5", "5", "5", "5", "5", "3*", "5", "5", "5", "5")
    assert changed.pressure == "NT"
    assert exam == parse_exam(normal())


@pytest.mark.parametrize("cell", ["right.arm.C5", "middle.motor.C5", "right.motor.C5.x", "right.motor.T4", "pulse"])
def test_a_cell_that_is_not_on_the_form_is_refused(cell):
    with pytest.raises(InvalidExamError) as caught:
        exam_from_cells({**cells_of(parse_exam(normal())), cell: "5"})
    assert caught.value.item == cell
