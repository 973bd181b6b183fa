"""The steps that lead to each field."""

import random
import re

import pytest

from tests.scales.isncsci.exams import COLUMNS, KINDS, all_not_testable, normal, random_exam
from tests.scales.isncsci.test_classify import VECTORS, complete_at
from tests.scales.isncsci.test_compare import exam_of
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, NON_KEY_CELLS, parse_exam
from tracker.scales.isncsci.findings import FIELDS
from tracker.scales.isncsci.reasons import reasons
from tracker.scales.isncsci.words import cell_name


def said(exam, field, **options):
    return [str(step) for step in reasons(exam, **options)[field]]


@pytest.mark.parametrize("vector", VECTORS[::4], ids=lambda vector: vector["id"])
def test_every_field_of_a_published_exam_has_its_steps(vector):
    steps = reasons(parse_exam(vector["exam"]))
    assert tuple(steps) == tuple(FIELDS)
    for field, found in steps.items():
        assert found
        assert not any(re.search(r"[{}]", str(step)) for step in found)
        assert any(step.text.startswith("starred") for step in found) is vector["expected"][field]["star"]
        assert any(step.text.startswith("not determinable") for step in found) is (
            len(vector["expected"][field]["set"]) > 1
        )


def test_the_steps_of_a_determined_level_end_with_that_level():
    rng = random.Random("reasons")
    for at in range(300):
        exam = parse_exam(random_exam(rng, KINDS[at % 2]))
        findings, steps = classify(exam).findings, reasons(exam)
        for field in ("rightSensory", "leftSensory", "rightMotor", "leftMotor", "nli", "rightMotorZpp", "leftMotorZpp"):
            results = findings[field].possible
            if len(results) == 1 and results != ("NA",):
                assert re.search(rf"\b{results[0]}\b", str(steps[field][-1])), (field, exam)


def test_a_motor_level_is_followed_down_the_muscles():
    assert said(exam_of(complete_at("C6"), right__motor__C6="4"), "rightMotor") == [
        "C5: grade 5",
        "C6 is 4, all above normal: the level is C6",
    ]
    assert said(exam_of(complete_at("C7"), right__motor__C7="2"), "rightMotor") == [
        "C5-C6: grade 5",
        "C7 is 2, less than 3: the level is the one above, C6",
    ]
    assert said(exam_of(complete_at("C7"), right__motor__C7="NT"), "rightMotor")[1:] == [
        "C7 is NT: 0 to 2 makes the level C6, 3 or 4 makes it C7, with 5 go on",
        "C8 is 0, less than 3: the level is the one above, C7",
        "not determinable; possible: C6-C7",
        "it depends on right motor C7, which is not testable",
    ]
    assert said(exam_of(complete_at("C7"), right__motor__C7="1*"), "rightMotor")[1:] == [
        "C7: 1*, not due to the injury, is taken as not normal",
        "C7 is 1*: 0 to 2 makes the level C6, 3 or 4 makes it C7",
        "not determinable; possible: C6-C7",
        "starred: the examined grades alone give C6",
    ]
    assert said(exam_of(complete_at("C7"), right__motor__C7="1**"), "rightMotor")[:2] == [
        "C5-C6: grade 5",
        "C7: 1**, not due to the injury, is taken as normal",
    ]


def test_a_motor_level_follows_sensation_where_there_is_no_muscle():
    assert said(parse_exam(complete_at("C3")), "leftMotor") == [
        "with a sensory level above C4 (C3) the motor level is the sensory level"
    ]
    assert said(parse_exam(complete_at("T6")), "leftMotor")[-1] == (
        "all arm muscles 5, sensory level T2 to T12: the level is the sensory level, T6"
    )
    assert said(parse_exam(complete_at("S2")), "leftMotor")[-1] == (
        "all leg muscles 5: the level is the sensory level, S2"
    )
    assert said(exam_of(normal(), left__pinPrick__S1="1"), "leftMotor")[-1] == (
        "all leg muscles 5, sensory level above S2 (L5): the level is S1"
    )
    assert said(exam_of(normal(), left__pinPrick__C8="1"), "leftMotor")[-1] == (
        "all arm muscles 5, sensory level above T2 (C7): the level is T1"
    )
    assert said(exam_of(normal(), voluntaryAnalContraction="NT"), "leftMotor")[-4:] == [
        "all muscles 5, sensation intact, with voluntary anal contraction: the level is INT",
        "all muscles 5, sensation intact, without voluntary anal contraction: the level is S3",
        "not determinable; possible: S3, INT",
        "it depends on voluntary anal contraction, which is not testable",
    ]


def test_a_sensory_level_is_followed_down_the_dermatomes():
    exam = exam_of(complete_at("T4"), right__pinPrick__C8="NT", right__lightTouch__T2="0**")
    assert said(exam, "rightSensory") == [
        "C2-C7: light touch and pin prick are normal",
        "C8: light touch 2, pin prick NT: if not normal, the level is C7",
        "T1: light touch and pin prick are normal",
        "light touch T2: 0**, not due to the injury, is taken as normal",
        "T3-T4: light touch and pin prick are normal",
        "T5: light touch 0, pin prick 0: not normal, the level is above, T4",
        "not determinable; possible: C7, T4",
        "starred: the examined grades alone give C7, T1",
        "it depends on right pin prick C8, which is not testable",
    ]
    assert said(parse_exam(normal()), "leftSensory") == [
        "C2-S4-5: light touch and pin prick are normal",
        "nothing else is impaired down to S4-5: the level is INT",
    ]


def test_a_neurological_level_names_the_four_levels():
    assert said(exam_of(normal(), voluntaryAnalContraction="No"), "nli") == [
        "sensory level right INT, left INT",
        "motor level right S3, left S3",
        "a motor level S3 for want of voluntary anal contraction alone counts as intact here",
        "the neurological level is the most rostral of them: INT",
    ]
    assert len(said(parse_exam(normal()), "nli")) == 3


def test_completeness_names_what_is_found_at_s4_5():
    exam = parse_exam(complete_at("T4"))
    assert said(exam, "complete") == [
        "voluntary anal contraction: no",
        "deep anal pressure: no",
        "S4-5 right: light touch 0, pin prick 0",
        "S4-5 left: light touch 0, pin prick 0",
        "nothing is left at S4-5: complete",
    ]
    assert said(exam.with_grade("left.pinPrick.S4_5", "1"), "complete")[-1] == "something is left at S4-5: incomplete"
    assert "whether anything is left at S4-5 cannot be told" in said(
        exam.with_grade("left.pinPrick.S4_5", "NT"), "complete"
    )


def test_a_grade_gives_its_facts_and_the_condition_that_is_met():
    exam = exam_of(complete_at("T4"), deepAnalPressure="Yes", left__motor__L3="3")
    assert said(exam, "ais") == [
        "neurological level T4",
        "something is left at S4-5: incomplete",
        "voluntary anal contraction: no",
        "right: motor level T4, lowest key muscle with function T1",
        "right: no function more than three segments below T4",
        "left: motor level T4, lowest key muscle with function L3",
        "left: function more than three segments below T4",
        "1 of the 10 key muscles below T4 have grade 3 or more",
        "C: motor incomplete, fewer than half of the key muscles below the neurological level have grade 3 or more",
    ]
    steps = said(
        exam_of(complete_at("C4"), deepAnalPressure="Yes", left__lowestNonKeyMuscleWithMotorFunction="C6"), "ais"
    )
    assert "left: motor level C4, no key muscle with function" in steps
    assert "left: lowest non-key muscle with function C6" in steps
    assert said(parse_exam(normal()), "ais")[-1].startswith("E: ")
    assert said(parse_exam(normal()), "ais", documented_injury=False)[-1].startswith("no grade: ")
    assert "no key muscle lies below S1" in said(exam_of(normal(), left__pinPrick__S2="1"), "ais")


def test_the_count_of_muscles_may_be_open_and_is_left_out_for_many_levels():
    exam = exam_of(complete_at("T4"), voluntaryAnalContraction="Yes", left__motor__L3="NT", right__motor__L2="NT")
    assert "0 to 2 of the 10 key muscles below T4 have grade 3 or more" in said(exam, "ais")
    form = complete_at("T10") | {"voluntaryAnalContraction": "Yes"}
    for level in ("C2", "C3", "C4", "C5", "C6"):
        form["left"]["pinPrick"][level] = "NT"
    assert not any(re.match(r"\d+ (to|of) ", step) for step in said(parse_exam(form), "ais"))


def test_a_sensory_zone_ends_at_the_last_dermatome_felt():
    exam = exam_of(complete_at("T4"), right__pinPrick__T8="1", left__pinPrick__T8="NT")
    assert said(exam, "rightSensoryZpp") == ["T8: light touch 0, pin prick 1: the last one felt"]
    assert said(exam, "leftSensoryZpp")[:2] == [
        "T4: light touch 2, pin prick 2: the last one felt",
        "T8: light touch 0, pin prick NT: the last one felt, if it is felt",
    ]
    form = complete_at("C2")
    for column in ("lightTouch", "pinPrick"):
        form["right"][column]["C2"] = "0"
    assert said(parse_exam(form), "rightSensoryZpp") == ["no dermatome is felt: the zone is C1"]


def test_a_sensory_zone_needs_nothing_felt_at_s4_5_of_its_side():
    exam = exam_of(complete_at("T4"), right__pinPrick__S4_5="1", left__pinPrick__S4_5="NT", deepAnalPressure="NT")
    assert said(exam, "rightSensoryZpp") == ["S4-5: light touch 0, pin prick 1: felt on this side, so no sensory zone"]
    assert said(exam, "leftSensoryZpp")[:3] == [
        "deep anal pressure is not testable: if it is felt there is no sensory zone",
        "S4-5: light touch 0, pin prick NT: if felt there is no sensory zone",
        "T4: light touch 2, pin prick 2: the last one felt",
    ]
    assert said(parse_exam(normal()), "leftSensoryZpp") == ["with deep anal pressure there is no sensory zone"]


def test_a_motor_zone_ends_at_the_lowest_muscle_with_function():
    exam = exam_of(complete_at("T4"), right__motor__L4="1")
    assert said(exam, "rightMotorZpp")[-1] == "the zone ends at the lowest key muscle with function, L4"
    assert said(exam, "leftMotorZpp")[-1] == "no key muscle below the motor level has function: the zone ends there, T4"
    assert said(parse_exam(normal()), "leftMotorZpp") == ["with voluntary anal contraction there is no motor zone"]
    steps = said(exam_of(complete_at("T4"), left__motor__L4="NT", voluntaryAnalContraction="NT"), "leftMotorZpp")
    assert steps[:3] == [
        "voluntary anal contraction is not testable: with it there is no motor zone",
        "left: motor level T4, lowest key muscle with function T1, L4",
        "the zone ends at the lowest key muscle with function, or the motor level: T4, L4",
    ]


def test_a_motor_zone_that_reaches_a_non_key_muscle_says_so():
    exam = exam_of(complete_at("T4"), deepAnalPressure="Yes", left__lowestNonKeyMuscleWithMotorFunction="L3")
    assert said(exam, "leftMotorZpp")[-2:] == [
        "no key muscle below the motor level has function: the zone ends there, T4",
        "in AIS C, a non-key muscle more than three segments further down: L3",
    ]


def test_many_cells_not_testable_are_counted_instead_of_tried():
    steps = reasons(parse_exam(all_not_testable()))
    assert all(str(found[-1]) == "134 cells are not testable" for found in steps.values())


def test_every_cell_has_a_name_of_its_own():
    names = {str(cell_name(cell)) for cell in (*CELLS, *NON_KEY_CELLS)}
    assert len(names) == len(CELLS) + len(NON_KEY_CELLS)
    assert {"right motor C5", "left pin prick S4-5", "right light touch T1", "deep anal pressure"} <= names
    assert "left lowest non-key muscle" in names
    assert set(COLUMNS) == {"motor", "lightTouch", "pinPrick"}
