"""What each key does: grades, not testable, stars, filling, selecting, undo."""

import pytest

from tracker.scales.isncsci.record import blanks, exam_from_responses, responses_from_exam
from tracker.ui.exam import places
from tracker.ui.exam.asking import Phase
from tracker.ui.exam.sheet import ExamSheet

C5, C6, C7 = "right.motor.C5", "right.motor.C6", "right.motor.C7"


def test_a_digit_sets_the_grade_and_goes_down(sheet):
    sheet.digit("4")
    sheet.digit("0")
    assert (sheet.value(C5), sheet.value(C6), sheet.state.at) == (4, 0, C7)


def test_blank_zero_and_not_testable_are_three_things(sheet):
    sheet.digit("0")
    sheet.not_testable()
    assert dict(sheet.state.responses) == {C5: 0, C6: "NT"}
    assert C7 in sheet.blanks()
    assert C5 not in sheet.blanks()


@pytest.mark.parametrize(("cell", "digit"), [(C5, "6"), ("left.pinPrick.T4", "3"), ("deepAnalPressure", "2")])
def test_a_digit_the_cell_does_not_take_is_refused_in_place(sheet, cell, digit):
    sheet.go(cell)
    sheet.digit(digit)
    assert sheet.refused
    assert sheet.state.at == cell
    assert not sheet.state.responses


def test_the_anal_findings_take_one_zero_yes_and_not_testable(sheet):
    sheet.go("voluntaryAnalContraction")
    sheet.digit("1")
    sheet.digit("0")
    assert dict(sheet.state.responses) == {"voluntaryAnalContraction": "Yes", "deepAnalPressure": "No"}
    sheet.go("deepAnalPressure")
    sheet.yes()
    assert sheet.value("deepAnalPressure") == "Yes"
    sheet.go("deepAnalPressure")
    sheet.not_testable()
    assert sheet.value("deepAnalPressure") == "NT"


@pytest.mark.parametrize("press", ["digit", "yes", "not_testable"])
def test_one_key_too_many_after_the_last_cell_changes_nothing(sheet, press):
    sheet.go("voluntaryAnalContraction")
    sheet.digit("1")
    sheet.digit("1")
    written = dict(sheet.state.responses)
    sheet.digit("0") if press == "digit" else getattr(sheet, press)()
    assert sheet.refused
    assert dict(sheet.state.responses) == written, "neither the finding nor a muscle below it"
    sheet.accept()
    sheet.digit("0")
    assert sheet.value("deepAnalPressure") == "No", "after a key that moves it can be changed"


def test_a_non_key_muscle_takes_a_digit_for_its_level_and_never_not_testable(sheet):
    sheet.go(places.LEFT_NON_KEY)
    sheet.not_testable()
    assert sheet.refused
    sheet.digit("0")
    assert sheet.value(places.LEFT_NON_KEY) == "S1"
    sheet.go(places.LEFT_NON_KEY)
    sheet.digit("6")
    assert sheet.value(places.LEFT_NON_KEY) == "L2"


# Stars.


def test_a_star_on_a_grade_asks_how_it_counts_and_why(sheet):
    sheet.digit("4")
    sheet.go(C5)
    sheet.star()
    assert sheet.state.asking.phase is Phase.ASSUME
    sheet.digit("1")
    assert not sheet.starred(C5)
    sheet.digit("2")
    assert sheet.star_at(C5).assume == "normal"
    assert sheet.star_at(C5).reason == "peripheral_neuropathy"
    assert (sheet.value(C5), sheet.state.at) == (4, C6)


def test_a_star_on_a_blank_cell_asks_the_grade_first(sheet):
    sheet.star()
    sheet.not_testable()
    sheet.digit("2")
    sheet.digit("1")
    assert dict(sheet.state.responses) == {
        C5: "NT",
        f"{C5}.assume": "not_normal",
        f"{C5}.reason": "plexopathy",
    }


def test_another_reason_is_written_in_words(sheet):
    for act in (sheet.star, lambda: sheet.digit("3"), lambda: sheet.digit("2"), lambda: sheet.digit("4")):
        act()
    assert sheet.state.asking.phase is Phase.TEXT
    sheet.reason_text("   ")
    assert sheet.state.asking is not None
    sheet.reason_text(" old fracture ")
    assert sheet.star_at(C5).reason_text == "old fracture"


def test_a_normal_grade_carries_no_star(sheet):
    sheet.digit("5")
    sheet.go(C5)
    sheet.star()
    assert sheet.refused
    sheet.go(C6)
    sheet.star()
    sheet.digit("5")
    assert sheet.refused
    assert sheet.value(C6) is None


def test_a_star_can_be_taken_away_and_goes_with_a_new_grade(sheet):
    for digit in ("4", "2", "1"):
        sheet.star() if digit == "4" else None
        sheet.digit(digit)
    assert sheet.starred(C5)
    sheet.go(C5)
    sheet.star()
    sheet.digit("0")
    assert (sheet.starred(C5), sheet.value(C5)) == (False, 4)
    sheet.undo()
    assert sheet.starred(C5)
    sheet.go(C5)
    sheet.digit("3")
    assert not sheet.starred(C5)


def test_enter_and_a_wrong_digit_leave_the_question_about_a_star_open(sheet):
    sheet.star()
    sheet.digit("3")
    asked = sheet.state.asking
    for press in (sheet.accept, lambda: sheet.digit("9")):
        press()
        assert sheet.refused
        assert sheet.state.asking == asked
    sheet.cancel()
    sheet.accept()
    assert sheet.state.at == C6


def test_escape_and_backspace_step_out_of_the_question(sheet):
    sheet.star()
    sheet.digit("4")
    sheet.digit("1")
    sheet.erase()
    assert sheet.state.asking.phase is Phase.ASSUME
    sheet.erase()
    assert sheet.state.asking.phase is Phase.GRADE
    assert sheet.cancel()
    assert sheet.state.asking is None
    assert not sheet.state.responses
    assert not sheet.cancel()


def test_several_selected_cells_get_one_star(sheet):
    for digit in "4450":
        sheet.digit(digit)
    sheet.go(C5)
    sheet.go("right.motor.C8", select=True)
    sheet.star()
    sheet.digit("1")
    sheet.digit("1")
    assert [sheet.starred(cell) for cell in (C5, C6, C7, "right.motor.C8")] == [True, True, False, True]


# Filling.


def test_fill_down_gives_blank_cells_below_the_last_grade_and_leaves_the_others(sheet):
    sheet.go("left.pinPrick.T4")
    sheet.digit("1")
    sheet.go("left.pinPrick.S3")
    sheet.digit("0")
    sheet.go("left.pinPrick.T5")
    sheet.fill_down()
    column = places.CELLS_OF["left.pinPrick"]
    values = [sheet.value(cell) for cell in column]
    assert values == [None] * 10 + [1] * 16 + [0, 1]
    assert column.index("left.pinPrick.T4") == 10


def test_fill_down_from_a_filled_cell_uses_its_own_grade(sheet):
    sheet.digit("4")
    sheet.go(C5)
    sheet.fill_down()
    assert {sheet.value(cell) for cell in places.CELLS_OF["right.motor"]} == {4}
    assert sheet.state.at == "right.lightTouch.C2"


def test_fill_down_carries_the_star_with_it(sheet):
    for act in (sheet.star, lambda: sheet.digit("0"), lambda: sheet.digit("1"), lambda: sheet.digit("1")):
        act()
    sheet.go(C5)
    sheet.fill_down()
    assert all(sheet.starred(cell) for cell in places.CELLS_OF["right.motor"])


def test_fill_down_over_a_selection_overwrites_it_column_by_column(sheet):
    sheet.all_normal()
    sheet.go("right.lightTouch.T4")
    sheet.digit("1")
    sheet.go("right.pinPrick.T4")
    sheet.digit("0")
    sheet.go("right.lightTouch.T4")
    sheet.go("right.pinPrick.T6", select=True)
    sheet.fill_down()
    rows = ("T4", "T5", "T6", "T7")
    assert [sheet.value(f"right.lightTouch.{row}") for row in rows] == [1, 1, 1, 2]
    assert [sheet.value(f"right.pinPrick.{row}") for row in rows] == [0, 0, 0, 2]


def test_nothing_to_fill_down_is_said(sheet):
    sheet.fill_down()
    assert sheet.refused
    sheet.go("deepAnalPressure")
    sheet.fill_down()
    assert sheet.refused


def test_the_rest_of_a_column_is_normal_but_for_what_was_typed(sheet):
    sheet.go("right.lightTouch.T1")
    sheet.digit("0")
    sheet.go("right.lightTouch.C8")
    sheet.rest_normal()
    assert [sheet.value(f"right.lightTouch.{level}") for level in ("C7", "C8", "T1", "S4_5")] == [None, 2, 0, 2]


def test_all_normal_leaves_the_anal_findings_to_be_answered(sheet):
    sheet.digit("3")
    sheet.all_normal()
    assert blanks(sheet.state.responses) == ("voluntaryAnalContraction", "deepAnalPressure")
    assert sheet.value(C5) == 3
    assert sheet.state.at == "voluntaryAnalContraction"
    sheet.all_normal()
    assert sheet.refused


def test_a_key_writes_over_the_whole_selection(sheet):
    sheet.go("right.lightTouch.T4")
    sheet.go("right.pinPrick.T5", select=True)
    sheet.digit("1")
    assert len(sheet.state.responses) == 4
    assert not sheet.selected
    sheet.go("right.lightTouch.T4")
    sheet.go("right.lightTouch.T5", select=True)
    sheet.not_testable()
    assert sheet.value("right.lightTouch.T5") == "NT"
    sheet.go("right.lightTouch.T4")
    sheet.go("right.pinPrick.T5", select=True)
    sheet.erase()
    assert not sheet.state.responses


def test_a_selection_over_muscles_and_skin_takes_what_both_take(sheet):
    sheet.go("right.motor.C5")
    sheet.go("right.lightTouch.C5", select=True)
    sheet.digit("4")
    assert sheet.refused
    assert not sheet.state.responses


# Undo, the comment, read-only.


def test_undo_and_redo_go_change_by_change(sheet):
    sheet.digit("4")
    sheet.all_normal()
    sheet.undo()
    assert dict(sheet.state.responses) == {C5: 4}
    sheet.undo()
    assert not sheet.state.responses
    assert sheet.state.at == C5
    sheet.redo()
    sheet.redo()
    assert len(sheet.state.responses) == 132
    sheet.undo()
    sheet.digit("1")
    sheet.redo()
    assert len(sheet.state.responses) == 2


def test_the_comment_stays_when_a_grade_is_taken_back(sheet):
    sheet.digit("4")
    sheet.comment("shoulder pain")
    sheet.undo()
    assert dict(sheet.state.responses) == {"comment": "shoulder pain"}


def test_a_locked_exam_takes_nothing(exam):
    sheet = ExamSheet(responses_from_exam(exam()), locked=True)
    before = dict(sheet.state.responses)
    for act in (lambda: sheet.digit("1"), sheet.star, sheet.erase, sheet.not_testable, lambda: sheet.comment("x")):
        sheet.go(C5)
        act()
    assert dict(sheet.state.responses) == before


def test_tab_goes_to_the_first_blank_of_the_next_column_and_ends_after_the_last(sheet):
    sheet.go("right.lightTouch.C2")
    sheet.digit("2")
    sheet.go("right.motor.C8")
    assert sheet.tab(1)
    assert sheet.state.at == "right.lightTouch.C3"
    for _ in range(5):
        assert sheet.tab(1)
    assert sheet.state.at == "voluntaryAnalContraction"
    assert not sheet.tab(1)
    sheet.go("right.motor.C8")
    assert not sheet.tab(-1)


def test_an_exam_opens_at_its_first_blank_cell(exam):
    responses = responses_from_exam(exam())
    del responses["left.motor.L2"]
    opened = ExamSheet(responses)
    assert opened.state.at == "left.motor.L2"
    opened.digit("0")
    assert exam_from_responses(opened.state.responses) == exam()
