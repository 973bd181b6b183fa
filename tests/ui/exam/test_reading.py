"""What the panels say: totals, findings in words, the printable text."""

import pytest

from tracker.core.messages import msg
from tracker.scales.isncsci.findings import Finding
from tracker.scales.isncsci.record import responses_from_exam
from tracker.scales.isncsci.totals import totals
from tracker.ui.exam.reading import (
    column_totals,
    finding_words,
    open_cells,
    read_exam,
    report,
    step_words,
    total_lines,
)


@pytest.mark.parametrize(
    ("field", "finding", "words"),
    [
        ("nli", Finding(("T4",)), "T4"),
        ("nli", Finding(("T4",), star=True), "T4*"),
        ("nli", Finding(("C4", "C5", "C6", "INT")), "ND: C4-C6, INT"),
        ("ais", Finding(("B", "C"), star=True), "ND*: B, C"),
        ("ais", Finding(("NA",)), "no grade"),
        ("leftMotorZpp", Finding(("NA",)), "none"),
        ("leftMotorZpp", Finding(("NA", "L2")), "ND: none, L2"),
        ("complete", Finding(("C",)), "complete injury"),
    ],
)
def test_a_finding_in_words(field, finding, words):
    assert finding_words(field, finding) == words


def test_totals_agree_with_the_rules(exam):
    whole = exam((12, 9), legs="2")
    found = totals(whole)
    arms, legs, motor, touch, pin = total_lines(responses_from_exam(whole), None)
    assert (arms.right, arms.left, arms.both) == (str(found["rightUems"]), str(found["leftUems"]), str(found["uems"]))
    assert legs.both == str(found["lems"])
    assert motor.both == str(found["uems"] + found["lems"])
    assert (touch.both, pin.left) == (str(found["lightTouch"]), str(found["leftPinPrick"]))
    assert motor.change == ""


def test_a_total_over_a_blank_or_not_testable_cell_is_none(exam):
    responses = responses_from_exam(exam().with_grade("left.pinPrick.T4", "NT"))
    del responses["right.motor.C5"]
    arms, legs, motor, touch, pin = total_lines(responses, responses_from_exam(exam()))
    assert (arms.right, arms.both, motor.both) == ("–", "–", "–")
    assert (pin.right, pin.left, pin.both, pin.change) == ("36", "ND", "ND", "")
    assert touch.change == "0"
    assert legs.both == "0"
    assert column_totals(responses)["right.motor"] == ""
    assert column_totals(responses)["left.pinPrick"] == "ND"


def test_stars_of_grades_in_steps_look_as_on_the_page_and_levels_keep_theirs():
    step = msg("C6: 4**, NT*, starred T4*: light touch 0*, pin prick 1**")
    assert step_words(step) == "C6: 4☆, NT★, starred T4*: light touch 0★, pin prick 1☆"


def test_a_half_starred_exam_is_not_classified_but_named(exam):
    responses = responses_from_exam(exam()) | {"right.motor.L2.assume": "normal"}
    assert read_exam(responses, documented=True).item == "right.motor.L2"


def test_the_report_holds_every_field_step_and_total(exam):
    starred = exam().with_grade("left.motor.C6", "4**")
    reading = read_exam(responses_from_exam(starred), documented=True)
    text = report(reading, "Wang Lei", total_lines(responses_from_exam(starred), None))
    assert text.startswith("Wang Lei\n")
    assert "motor level left: T10*" in text
    assert "4☆, not due to the injury, is taken as normal" in text
    assert "Light touch: right 36, left 36, both 72 of 112" in text


def test_open_cells_are_those_not_testable_or_starred(exam):
    changed = exam(answers=("NT", "No")).with_grade("left.motor.C6", "4**").with_grade("left.motor.C7", "NT*")
    assert open_cells(responses_from_exam(changed)) == 3
