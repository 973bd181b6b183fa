"""Single cells that would change the class, and two exams side by side."""

import random

from tests.scales.isncsci.exams import KINDS, normal, random_exam
from tests.scales.isncsci.slow import DERMATOMES, classify_slowly
from tests.scales.isncsci.test_classify import complete_at
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.compare import Change, compare_exams, single_cell_effects
from tracker.scales.isncsci.exam import CELLS, cells_of, exam_as_json, parse_exam
from tracker.scales.isncsci.findings import Finding


def exam_of(form, **cells):
    exam = parse_exam(form)
    for cell, code in cells.items():
        exam = exam.with_grade(cell.replace("__", "."), code)
    return exam


def effects_of(exam, cell):
    return {effect.other: effect.fields for effect in single_cell_effects(exam) if effect.cell == cell}


def test_a_cell_is_tried_one_grade_up_and_one_down():
    exam = exam_of(complete_at("C6"), right__motor__C6="3")
    assert {field: str(finding) for field, finding in effects_of(exam, "right.motor.C6")["2"].items()} == {
        "rightMotor": "C5",
        "nli": "C5",
    }
    assert set(effects_of(exam, "right.motor.C6")) == {"2"}  # 4 changes nothing


def test_every_change_listed_is_real_and_none_is_left_out():
    rng = random.Random("effects")
    for at in range(6):
        exam = parse_exam(random_exam(rng, KINDS[at % len(KINDS)]))
        now = classify(exam).findings
        listed = {(effect.cell, effect.other) for effect in single_cell_effects(exam)}
        for cell in CELLS:
            code = exam.grade(cell)
            if not code.isdigit():
                continue
            for other in (str(int(code) - 1), str(int(code) + 1)):
                if "0" <= other <= ("5" if ".motor." in cell else "2"):
                    slow = classify_slowly(exam_as_json(exam.with_grade(cell, other)))
                    same = all(slow[f] == {"set": list(now[f].possible), "star": now[f].star} for f in slow)
                    assert ((cell, other) in listed) is not same, (cell, other, exam)


def test_an_answer_is_tried_the_other_way_and_one_not_testable_both_ways():
    exam = exam_of(normal(), deepAnalPressure="NT")
    assert effects_of(exam, "voluntaryAnalContraction")["No"]["ais"] == Finding(("B",))
    assert effects_of(exam, "deepAnalPressure") == {}
    open_exam = exam_of(complete_at("T4"), deepAnalPressure="NT")
    assert set(effects_of(open_exam, "deepAnalPressure")) == {"Yes", "No"}


def test_a_cell_not_testable_is_tried_with_every_grade():
    exam = exam_of(complete_at("T4"), right__pinPrick__C6="NT")
    assert set(effects_of(exam, "right.pinPrick.C6")) == {"0", "1", "2"}


def test_a_starred_cell_is_tried_without_star_and_with_the_other_handling():
    exam = exam_of(complete_at("T4"), right__motor__C6="3**")
    effects = effects_of(exam, "right.motor.C6")
    assert set(effects) == {"3", "3*"}  # 2** and 4** are taken as normal too
    assert str(effects["3"]["rightMotor"]) == "C6"
    assert str(effects["3*"]["rightMotor"]) == "C6"
    assert set(effects_of(exam.with_grade("right.motor.C6", "2*"), "right.motor.C6")) == {"3*", "2", "2**"}


def test_a_non_key_muscle_is_tried_without_it():
    exam = exam_of(complete_at("T4"), deepAnalPressure="Yes", left__lowestNonKeyMuscleWithMotorFunction="L3")
    (effect,) = [e for e in single_cell_effects(exam) if e.cell == "left.lowestNonKeyMuscleWithMotorFunction"]
    assert (effect.code, effect.other, str(effect.fields["ais"])) == ("L3", None, "B")


def test_a_highest_or_lowest_grade_has_one_neighbour_and_a_starred_one_stays_below_normal():
    exam = exam_of(normal(), right__motor__C5="4*", left__lightTouch__C2="1**")
    tried = {(e.cell, e.other) for e in single_cell_effects(exam, ["right.motor.C5", "left.lightTouch.C2"])}
    assert not {other for _cell, other in tried} & {"5*", "5**", "2**", "-1"}


def test_two_equal_exams_differ_in_nothing():
    exam = parse_exam(normal())
    comparison = compare_exams(exam, exam)
    assert (comparison.cells, comparison.fields) == ((), ())
    assert {change.difference for change in comparison.totals} == {0}


def test_cells_are_gained_lost_reread_or_not_comparable():
    before = exam_of(
        normal(),
        right__motor__C5="3",
        right__motor__C6="4",
        right__motor__C7="3",
        left__pinPrick__T1="NT",
        voluntaryAnalContraction="No",
        left__lowestNonKeyMuscleWithMotorFunction="L2",
    )
    after = exam_of(
        normal(),
        right__motor__C5="4*",
        right__motor__C6="2",
        right__motor__C7="3**",
        left__lowestNonKeyMuscleWithMotorFunction="L4",
        right__lowestNonKeyMuscleWithMotorFunction="C5",
    )
    changes = {change.cell: change.change for change in compare_exams(before, after).cells}
    assert changes == {
        "right.motor.C5": Change.GAINED,
        "right.motor.C6": Change.LOST,
        "right.motor.C7": Change.REREAD,
        "left.pinPrick.T1": Change.NOT_COMPARABLE,
        "voluntaryAnalContraction": Change.GAINED,
        "right.lowestNonKeyMuscleWithMotorFunction": Change.GAINED,
        "left.lowestNonKeyMuscleWithMotorFunction": Change.GAINED,
    }


def test_totals_are_compared_only_where_both_are_known():
    before = exam_of(normal(), right__motor__C5="3", left__pinPrick__T1="NT")
    changes = {change.total: change for change in compare_exams(before, parse_exam(normal())).totals}
    assert (changes["rightUems"].before, changes["rightUems"].after, changes["rightUems"].difference) == (23, 25, 2)
    assert (changes["leftPinPrick"].before, changes["leftPinPrick"].difference) == (None, None)


def test_a_change_of_level_counts_levels_and_names_the_one_cell_it_rests_on():
    before = parse_exam(complete_at("C6"))
    after = exam_of(complete_at("C6"), right__lightTouch__C7="1", right__motor__C7="1", deepAnalPressure="Yes")
    fields = {change.field: change for change in compare_exams(before, after).fields}
    assert fields["ais"].steps == 1
    assert fields["ais"].single_cells == ("deepAnalPressure",)
    assert fields["rightMotorZpp"].single_cells == ("right.motor.C7",)
    assert fields["rightMotorZpp"].steps is None
    assert "nli" not in fields
    worse = {change.field: change for change in compare_exams(before, parse_exam(complete_at("C4"))).fields}
    assert (worse["nli"].steps, worse["nli"].single_cells) == (-2, ())


def test_a_change_that_rests_on_an_untested_or_starred_cell_says_so():
    before = exam_of(complete_at("T4"), right__lightTouch__T3="NT")
    after = exam_of(complete_at("T4"), left__pinPrick__T2="1**")
    fields = {change.field: change for change in compare_exams(before, after).fields}
    assert fields["rightSensory"].not_testable == ("right.lightTouch.T3",)
    assert fields["rightSensory"].starred == ()
    assert fields["rightSensory"].steps is None
    assert fields["leftSensory"].starred == ("left.pinPrick.T2",)
    assert (str(fields["leftSensory"].before), str(fields["leftSensory"].after)) == ("T4", "T4*")
    assert fields["nli"].not_testable == ("right.lightTouch.T3",)
    assert fields["nli"].starred == ("left.pinPrick.T2",)


def test_a_starred_cell_counts_as_the_reading_and_not_as_the_grade_a_change_rests_on():
    before = exam_of(complete_at("T4"), right__motor__C6="3*")
    after = exam_of(complete_at("T4"), right__motor__C6="3*", right__motor__C5="3")
    fields = {change.field: change for change in compare_exams(before, after).fields}
    assert fields["rightMotor"].single_cells == ("right.motor.C5",)
    assert fields["rightMotor"].starred == ("right.motor.C6",)
    same_reading = exam_of(complete_at("T4"), right__motor__C8="2*", right__motor__C5="3")
    assert compare_exams(parse_exam(complete_at("T4")), same_reading).fields[0].starred == ()


def test_without_a_documented_injury_no_grade_is_counted_in_steps():
    before = exam_of(normal(), voluntaryAnalContraction="No")
    fields = {c.field: c for c in compare_exams(before, parse_exam(normal()), documented_injury=False).fields}
    assert (str(fields["ais"].after), fields["ais"].steps) == ("NA", None)


def test_the_effects_of_a_whole_exam_take_every_cell_into_account():
    exam = parse_exam(complete_at("T4"))
    cells = {effect.cell for effect in single_cell_effects(exam)}
    assert {f"{side}.lightTouch.{level}" for side in ("right", "left") for level in DERMATOMES[:11]} <= cells
    assert cells <= set(cells_of(exam))
