"""The page driven with keys only: three keyboards, key counts, live classification, drafts, comparison."""

import datetime
import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.scales.isncsci.exams import random_exam
from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Patient, Visit
from tracker.core.messages import say, use_language
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, NON_KEY_CELLS, parse_exam
from tracker.scales.isncsci.findings import FIELDS
from tracker.scales.isncsci.reasons import reasons
from tracker.scales.isncsci.record import exam_from_responses, responses_from_exam
from tracker.ui import theme
from tracker.ui.exam.exam_page import ExamPage
from tracker.ui.exam.places import BOTTOM, CELLS_OF, TABLE
from tracker.ui.exam.reading import finding_words
from tracker.ui.exam.sheet import ExamSheet

LAYOUTS = ("qwerty", "azerty", "qwertz", "pad")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(page):
    """What the panel shows, field by field."""
    return {field: value.text() for field, value in page.findings.values.items()}


def expected(exam, **how):
    found = classify(exam, **how).findings
    return {field: finding_words(field, finding) for field, finding in found.items()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_whole_exam_is_typed_on_any_keyboard_with_at_most_135_keys(form, exam, layout):
    form.layout = layout
    wanted = exam((13, 15), legs="3", answers=("NT", "No"))
    form.open().fill(wanted)
    assert exam_from_responses(form.responses) == wanted
    assert form.keys <= 135
    assert shown(form.page) == expected(wanted)


@pytest.mark.parametrize("layout", ["qwerty", "azerty", "qwertz"])
def test_a_full_normal_exam_takes_at_most_20_keys(form, exam, layout):
    form.layout = layout
    form.open().type("A11")
    form.press(Qt.Key.Key_Return, modifiers=CONTROL)
    assert form.keys <= 20
    assert form.stored().assessment.status is AssessmentStatus.COMPLETE
    assert exam_from_responses(form.stored().assessment.responses) == exam((28, 28), answers=("Yes", "Yes"))


def test_a_full_normal_exam_column_by_column_takes_at_most_20_keys_too(form, exam):
    form.open().type("R" * 6 + "11")
    assert form.keys <= 20
    assert exam_from_responses(form.responses) == exam((28, 28), answers=("Yes", "Yes"))


def test_the_bottom_row_is_in_sight_in_the_room_a_small_laptop_leaves(form):
    form.page.resize(1366, 555)  # a screen of 768 less title bar, task bar, menu, bars, the row of forms, state
    form.open()
    grid = form.page.grid
    form.qtbot.waitUntil(lambda: grid.height() == grid.parentWidget().height())
    assert max(grid.parts().cells[cell].bottom() for cell in BOTTOM) <= grid.height()


def test_the_current_cell_is_kept_in_sight_where_the_window_is_lower_still(form):
    form.page.resize(1366, 400)
    form.open().type("A")
    assert form.at == "voluntaryAnalContraction"
    box = form.page.grid.parts().cells[form.at].toAlignedRect()
    form.qtbot.waitUntil(lambda: form.page.grid.visibleRegion().boundingRect().contains(box))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_star_takes_at_most_four_keys_more(form, layout):
    form.layout = layout
    form.open().type("55").type("S4" + "11")
    assert form.keys - 3 <= 4
    assert form.sheet.star_at("right.motor.C7").reason == "plexopathy"
    assert form.at == "right.motor.C8"
    form.type("4")
    before = form.keys
    form.press(Qt.Key.Key_Up).type("S22")
    assert form.keys - before <= 4
    star = form.sheet.star_at("right.motor.C8")
    assert (star.assume, star.reason) == ("not_normal", "peripheral_neuropathy")
    assert form.at == "right.motor.T1"


def test_a_star_for_another_reason_is_written_in_the_strip(form, qtbot):
    form.open().type("S424")
    assert form.page.focusWidget() is form.page.strip.reason
    qtbot.keyClicks(form.page.strip.reason, "old fracture N 5")
    qtbot.keyClick(form.page.strip.reason, Qt.Key.Key_Return)
    assert form.sheet.star_at("right.motor.C5").reason_text == "old fracture N 5"
    assert form.page.focusWidget() is form.page.grid
    assert form.at == "right.motor.C6"


def test_escape_leaves_the_reason_in_words_and_returns_to_the_grid(form, qtbot):
    form.open().type("S424")
    qtbot.keyClick(form.page.strip.reason, Qt.Key.Key_Escape)
    assert form.page.focusWidget() is form.page.grid
    assert form.sheet.state.asking is None
    assert form.page.strip.reason.isHidden()


def test_arrows_tab_and_the_ends_of_a_column_move(form):
    form.open().press(Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert form.at == "right.lightTouch.C6"
    form.press(Qt.Key.Key_End)
    assert form.at == "right.lightTouch.S4_5"
    form.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert form.at == "right.motor.C5"
    form.press(Qt.Key.Key_Tab)
    assert form.at == "right.lightTouch.C2"
    form.press(Qt.Key.Key_Backtab, modifiers=SHIFT)
    assert form.at == "right.motor.C5"


def test_shift_and_arrows_select_and_a_key_fills_the_selection(form):
    form.open().press(Qt.Key.Key_Right)
    form.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, modifiers=SHIFT).type("1")
    assert len(form.responses) == 6
    assert set(form.responses.values()) == {1}


def test_undo_and_redo_have_their_keys(form):
    form.open().type("4A")
    form.press(Qt.Key.Key_Z, modifiers=CONTROL)
    assert form.responses == {"right.motor.C5": 4}
    form.press(Qt.Key.Key_Y, modifiers=CONTROL)
    assert len(form.responses) == 132


def test_nothing_is_classified_while_a_cell_is_blank_and_the_next_one_is_named(form, exam):
    form.open()
    assert form.page.findings.to_go.text() == "134 cells to go"
    form.fill(exam())
    form.page.grid.go_to("right.pinPrick.T4")
    form.press(Qt.Key.Key_Backspace)
    panel = form.page.findings
    assert panel.reading is None
    assert panel.to_go.text() == "1 cell to go"
    assert panel.next.text() == "next: right pin prick T4"
    assert not any(value.isVisible() for value in panel.values.values())
    form.page.grid.go_to("right.motor.C5")
    panel.next.click()
    assert form.at == "right.pinPrick.T4"
    form.type("2")
    assert shown(form.page) == expected(exam())


@pytest.mark.parametrize("kind", ["determinate", "not_testable", "starred", "mixed"])
def test_the_live_classification_is_that_of_the_rules(form, qtbot, kind):
    rng = random.Random(kind)
    for _ in range(6):
        wanted = parse_exam(random_exam(rng, kind))
        form.open()
        sheet = ExamSheet(responses_from_exam(wanted))
        form.page.grid.show_sheet(sheet)
        form.page._session.sheet = sheet
        form.page.live.show(form.page._session)
        qtbot.waitUntil(lambda: form.page.findings.reading is not None)
        assert shown(form.page) == expected(wanted)
        form.page.put_away()


def test_with_many_cells_not_testable_it_is_made_beside_the_window(form, qtbot, exam):
    form.open().fill(exam())
    form.page.grid.go_to("right.lightTouch.C2")
    form.press(Qt.Key.Key_End, modifiers=SHIFT).type("N")
    assert form.page.findings.reading is None
    form.press(Qt.Key.Key_Z, modifiers=CONTROL)
    form.press(Qt.Key.Key_Y, modifiers=CONTROL)
    qtbot.waitUntil(lambda: form.page.findings.reading is not None)
    assert shown(form.page) == expected(exam_from_responses(form.responses))
    assert shown(form.page)["rightSensory"].startswith("ND")


def test_without_a_documented_injury_a_normal_exam_has_no_grade(form, exam):
    workspace = form.workspace
    workspace.patients.add(Patient(id="ana", patient_number="X-1", name="Ana"))
    workspace.visits.add(Visit(id="other", patient_id="ana", date=datetime.date(2026, 1, 1)))
    form.open("other").type("A11")
    assert shown(form.page)["ais"] == "no grade"
    form.open("second").type("A11")
    assert shown(form.page)["ais"] == "E"


def test_steps_are_shown_for_one_field_or_for_all(form, exam):
    form.open().fill(exam((13, 15)))
    steps = form.page.findings.steps
    assert steps.isHidden()
    form.page.findings.values["leftMotor"].setFocus()
    form.press(Qt.Key.Key_Space)
    why = reasons(exam((13, 15)))
    assert say(why["leftMotor"][-1]) in steps.text()
    assert say(FIELDS["ais"]) not in steps.text()
    form.page.grid.setFocus()
    form.press(Qt.Key.Key_E, modifiers=CONTROL)
    assert steps.isHidden()
    form.press(Qt.Key.Key_E, modifiers=CONTROL)
    for field, words in why.items():
        assert say(FIELDS[field]) in steps.text()
        assert all(say(step) in steps.text() for step in words)


def left_the_file(form):
    """What the newest entry says that left the file."""
    newest = form.workspace.histories.of_file(limit=1)[0]
    assert newest.action == "export"
    return newest.about["what"]


def test_the_classification_is_copied_as_text_with_its_steps(form, exam):
    form.open().fill(exam())
    form.press(Qt.Key.Key_C, modifiers=CONTROL | SHIFT)
    text = QGuiApplication.clipboard().text()
    assert left_the_file(form) == "classification, copied"
    assert "SCI-0042" in text
    assert "AIS grade: A" in text
    assert "to be verified by a clinician" in text
    assert all(say(step) in text for step in reasons(exam())["nli"])


def test_printing_is_previewed_and_entered_in_the_audit(form, exam, monkeypatch):
    shown = []
    monkeypatch.setattr("tracker.ui.exam.printing.preview", lambda _page, text, _title: shown.append(text))
    form.open().press(Qt.Key.Key_P, modifiers=CONTROL)
    assert shown == []
    form.fill(exam())
    form.press(Qt.Key.Key_P, modifiers=CONTROL)
    assert "AIS grade: A" in shown[0]
    assert left_the_file(form) == "classification, print preview"


def test_the_draft_is_saved_as_it_is_typed_and_survives(form, workspace, qtbot):
    form.open().type("4S31100NA")
    form.wait_saved()
    typed = form.responses
    assert dict(form.stored().assessment.responses) == typed
    page = ExamPage(workspace, theme.load(theme.LIGHT))
    qtbot.addWidget(page)
    page.open("second")
    assert dict(page.grid.sheet.state.responses) == typed
    assert page.grid.sheet.starred("right.motor.C6")


def test_an_exam_left_without_a_grade_leaves_no_draft(form):
    form.open()
    form.press(Qt.Key.Key_Escape)
    assert form.workspace.assessments.of_visit("second") == ()


def test_completing_refuses_blank_cells_and_names_the_next(form):
    form.open().type("A")
    form.press(Qt.Key.Key_Return, modifiers=CONTROL)
    assert "2 cells are blank, next: voluntary anal contraction" in form.page.unfinished.sentence
    assert form.stored().assessment.status is AssessmentStatus.DRAFT
    form.page.unfinished.buttons[0].click()
    assert form.at == "voluntaryAnalContraction"
    form.type("10")
    with form.qtbot.waitSignal(form.page.saved) as saved:
        form.page.complete()
    assert saved.args == ["lei"]
    scores = {score.code: score.value for score in form.stored().scores}
    assert (scores["motor"], scores["light_touch"], scores["pin_prick"]) == (100, 112, 112)


def test_a_complete_exam_is_amended_or_returned_to_what_is_stored(form, exam):
    form.completed(exam(), "second")
    form.open()
    assert form.page.header.status.text() == "complete"
    form.type("3")
    form.wait_saved()
    assert form.page.header.status.text() == "changed"
    assert form.stored().assessment.responses["right.motor.C5"] == 5
    form.page.discard()
    assert form.responses["right.motor.C5"] == 5
    form.page.grid.go_to("right.motor.C5")
    form.type("3")
    form.press(Qt.Key.Key_Return, modifiers=CONTROL)
    assert form.stored().assessment.responses["right.motor.C5"] == 3
    assert form.page.header.status.text() == "complete"


def test_the_comment_is_kept_with_the_exam(form, qtbot):
    form.open().type("A11")
    qtbot.keyClicks(form.page.how.comment, "shoulder pain")
    form.page.complete()
    assert form.stored().assessment.responses["comment"] == "shoulder pain"
    assert form.page.how.comment.text() == "shoulder pain"


def test_totals_are_live_and_a_part_is_never_shown_as_a_total(form, exam):
    form.completed(exam((17, 17)))
    form.open().type("5555")

    def totals():
        return [[widget.text() for widget in row] for row in form.page.findings._totals[1:]]

    assert totals()[0][:4] == ["Arms", "–", "–", "–"]
    form.type("5")
    assert totals()[0][:4] == ["Arms", "25", "–", "–"]
    assert form.page.grid.column_totals["right.motor"] == ""
    form.type("40000").type("A")
    assert totals()[2] == ["Motor", "29", "50", "79", "+29"]
    assert form.page.grid.column_totals["right.motor"] == "29"
    form.page.grid.go_to("right.motor.C5")
    form.type("N")
    assert totals()[2] == ["Motor", "ND", "50", "ND", ""]


# Comparison.


def test_two_exams_are_overlaid_with_both_values_and_what_the_change_rests_on(form, qtbot, exam):
    form.completed(exam((17, 17)))
    now = exam((17, 17)).with_grade("right.pinPrick.S4_5", "1").with_grade("left.motor.C6", "4")
    form.open().fill(now)
    form.press(Qt.Key.Key_M, modifiers=CONTROL)
    comparing = form.page.comparing
    qtbot.waitUntil(lambda: comparing.found is not None)
    gained, lost = form.page.grid.look("right.pinPrick.S4_5"), form.page.grid.look("left.motor.C6")
    assert (gained.text, gained.change.value) == ("0→1", "gained")
    assert (lost.text, lost.change.value) == ("5→4", "lost")
    assert form.page.grid.look("right.motor.C5").change is None
    text = form.page.compare.text.toPlainText()
    assert "AIS grade: A → B (+1 grade)" in text
    assert "rests on one cell: right pin prick S4-5 0→1" in text
    assert "neurological level of injury: T10 → C6 (−12 levels)" in text
    assert "1 cell gained" in text
    assert "What one grade would change now" in text


def test_while_comparing_nothing_is_typed_and_the_key_ends_it(form, qtbot, exam):
    form.completed(exam())
    form.open().fill(exam((18, 18)))
    before = form.responses
    form.press(Qt.Key.Key_M, modifiers=CONTROL)
    form.page.grid.go_to("right.motor.C5")
    form.type("0N").press(Qt.Key.Key_Backspace, Qt.Key.Key_Z)
    assert form.responses == before
    assert form.sheet.refused
    form.press(Qt.Key.Key_M, modifiers=CONTROL)
    assert form.page.grid.overlay is None
    form.page.grid.go_to("right.motor.C5")
    form.type("0")
    assert form.responses["right.motor.C5"] == 0


def test_the_exam_to_compare_with_is_chosen_among_all_others(form, qtbot, exam):
    form.workspace.visits.add(Visit(id="between", patient_id="lei", date=datetime.date(2025, 6, 1)))
    form.completed(exam((10, 10)), "first")
    form.completed(exam((12, 12)), "between")
    form.open().fill(exam((12, 12)))
    form.page.toggle_comparison()
    qtbot.waitUntil(lambda: form.page.comparing.found is not None)
    exams = form.page.compare.exams
    assert [exams.itemText(at) for at in range(exams.count())] == ["2025-06-01", "2025-01-20"]
    assert "every cell is the same" in form.page.compare.text.toPlainText()
    exams.setCurrentIndex(1)
    exams.activated.emit(1)
    qtbot.waitUntil(lambda: form.page.comparing.found is not None)
    assert "neurological level of injury: T3 → T5 (+2 levels)" in form.page.compare.text.toPlainText()


def test_an_unfinished_exam_is_compared_cell_by_cell_only(form, qtbot, exam):
    form.completed(exam())
    form.open().type("4")
    form.page.toggle_comparison()
    qtbot.waitUntil(lambda: form.page.comparing.found is not None)
    assert form.page.grid.look("right.motor.C5").text == "5→4"
    assert "once no cell of this exam is blank" in form.page.compare.text.toPlainText()


def test_without_another_exam_there_is_nothing_to_compare(form):
    form.open()
    form.press(Qt.Key.Key_M, modifiers=CONTROL)
    assert not form.page.header.compare.isEnabled()
    assert form.page.panels.currentWidget() is form.page.findings


# Help, languages, themes.


def test_help_says_what_is_decided_and_escape_returns_to_the_exam(form):
    form.open().press(Qt.Key.Key_F1)
    text = form.page.help.toPlainText()
    assert form.page.panels.currentWidget() is form.page.help
    assert "to be verified by a clinician" in text
    assert "the exam is classified twice" in text
    form.press(Qt.Key.Key_Escape)
    assert form.page.panels.currentWidget() is form.page.findings
    with form.qtbot.waitSignal(form.page.closed):
        form.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("size", [(1076, 620), (1366, 700), (1920, 1000)])
def test_the_page_is_painted_in_both_languages_and_themes_at_each_size(form, exam, language, name, size):
    use_language(language)
    form.page.set_theme(theme.load(name))
    form.completed(exam())
    form.open().fill(exam((19, 16)).with_grade("left.lightTouch.T4", "NT"))
    form.page.retranslate()
    form.page.resize(*size)
    picture = form.page.grab().toImage()
    assert (picture.width(), picture.height()) == size
    parts = form.page.grid.parts()
    boxes = [*parts.cells.values(), *parts.totals.values(), *parts.figures.values(), *parts.levels.values()]
    inside = form.page.grid.rect().toRectF()
    assert all(inside.contains(box) for box in boxes)
    at_bottom = max(box.bottom() for box in boxes)
    assert at_bottom > inside.height() * 0.9
    for button in form.page.strip.buttons:
        assert button.geometry().right() <= form.page.strip.width()


def test_every_cell_can_be_reached_and_named_with_the_keyboard_alone(form):
    form.open()
    names = {}

    def note():
        names[form.at] = form.page.grid.accessibleName()

    for column in TABLE:
        note()
        for _ in CELLS_OF[column][1:]:
            form.press(Qt.Key.Key_Down)
            note()
        form.press(Qt.Key.Key_Tab)
    form.press(Qt.Key.Key_Home)
    for _ in range(4):
        note()
        form.press(Qt.Key.Key_Right)
    assert set(names) == {*CELLS, *NON_KEY_CELLS}
    assert len(set(names.values())) == len(names)
