"""What a clinician does on one day, with the keyboard, from a new patient to the export and the next start."""

import csv
import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.office_keys import finish, set_up, unlock
from tracker.clinic.codes import MissingReason, VisitTiming
from tracker.ui import app, navigation
from tracker.ui.patient_page import Tab

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TREATED = "2026-01-10"
VISITS = {"2026-01-05": 62, "2026-02-09": 40, "2026-04-11": 0, "2026-07-10": 21}


class Day:
    """Types into whatever has the focus."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot

    def focus(self):
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def type(self, text):
        for character in text:
            self.qtbot.keyClicks(self.focus(), character)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.focus(), key, modifier)

    def do(self, name):
        self.window._actions[name].trigger()

    def new_patient(self):
        self.do("new_patient")
        form = self.window.middle._pages[navigation.RECORD].panel.form
        self.qtbot.waitUntil(form.line("name").hasFocus)
        for text in ("Meier, Hans", "", "", "1957-03", "", "l", "", ""):
            self.type(text)
            self.press(KEY.Key_Return)
        for text in (TREATED, "PRP, leukocyte-poor", "", "5 mL", "", "A-77"):
            self.type(text)
            self.press(KEY.Key_Return)

    def new_visit(self, date):
        self.do("new_visit")
        form = self.window.middle.patient.visits.side.panel.form
        self.qtbot.waitUntil(form.line("date").hasFocus)
        self.type(date)
        self.press(KEY.Key_Return, CONTROL)

    def enter(self, date, row_title, text):
        page = self.window.middle.patient.visits
        model = page.model
        titles = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
        visit = next(one for one in self.window.workspace.visits.of(self.patient_id) if one.date.isoformat() == date)
        page.table.setCurrentIndex(model.index(titles.index(row_title), model.column_of(visit.id)))
        self.window.activateWindow()  # the offscreen platform leaves it to the list of suggestions that has closed
        self.qtbot.waitUntil(self.window.isActiveWindow)
        page.start()
        self.press(KEY.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.middle.page == navigation.SCORES)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not page.table)
        self.type(text)
        if row_title == "VAS pain":
            self.press(KEY.Key_Return)
        self.press(KEY.Key_Return, CONTROL)
        self.press(KEY.Key_Escape)
        self.qtbot.waitUntil(lambda: self.window.middle.page == navigation.PATIENT)

    @property
    def patient_id(self):
        return self.window.middle.patient.patient.id


@pytest.fixture
def day(start_window, qtbot):
    window = start_window(app.Start())
    window.middle.welcome.choices[1].click()
    with qtbot.waitSignal(window.ready, timeout=20000):
        finish(set_up(window), qtbot)
    return Day(window, qtbot)


def test_a_day_from_a_new_patient_to_the_export_and_the_next_start(day, start_window, qtbot, tmp_path):
    day.new_patient()
    qtbot.waitUntil(lambda: day.window.middle.page == navigation.PATIENT)
    workspace = day.window.workspace
    episode = day.window.middle.patient.episode
    (treatment,) = workspace.treatments.of(episode.id)
    assert (treatment.product, treatment.dose, treatment.lot) == ("PRP, leukocyte-poor", "5 mL", "A-77")

    for date, pain in VISITS.items():
        day.new_visit(date)
        day.enter(date, "VAS pain", str(pain))
        womac = "1" * 24 if date != "2026-04-11" else "md" + "1" * 23
        day.enter(date, "WOMAC LK3.1", womac)

    stored = {
        (view.visit.date.isoformat(), view.assessment.scale): view
        for visit in workspace.visits.of(day.patient_id)
        for view in workspace.assessments.of_visit(visit.id)
    }
    assert len(stored) == 8
    assert dict(stored["2026-04-11", "womac-lk31"].assessment.missing) == {"P1": MissingReason.DECLINED}
    assert stored["2026-04-11", "vas-pain"].assessment.responses["pain"] == 0

    treated = datetime.date.fromisoformat(TREATED)
    course = workspace.courses.of(episode.id)
    (pain,) = [panel for panel in course.panels if panel.series == "vas-pain.pain"]
    drawn = {point.date.isoformat(): (point.value, point.months) for point in pain.points}
    assert drawn == {
        date: (value, pytest.approx((datetime.date.fromisoformat(date) - treated).days / 30.4375))
        for date, value in VISITS.items()
    }
    assert pain.baseline.value == 62

    day.do("course")
    shown = day.window.middle.patient.course
    panel = next(one for one in shown.panels if one.drawn().series == "vas-pain.pain")
    assert [mark.value for mark in panel.drawn().marks] == list(VISITS.values())

    check_export(day, qtbot, tmp_path / "out")

    day.window.close()
    again = start_window(app.Start())
    unlock(again, qtbot)
    assert [again.side.model.line(0).name, again.side.model.rowCount()] == ["Meier, Hans", 1]
    again.open_patient(again.side.model.line(0).id)
    assert again.middle.patient.visits.model.columnCount() >= 4


def check_export(day, qtbot, folder):
    day.do("export")
    page = day.window.middle._pages[navigation.EXPORT]
    page.folder.setText(str(folder))
    page.start_export()
    qtbot.waitUntil(lambda: not page.running and "rows in" in page.report.text(), timeout=20000)
    with (folder / "responses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        scores = list(csv.DictReader(file))
    assert [row["value"] for row in scores if row["scale"] == "vas-pain"] == ["62", "40", "0", "21"]
    (missing,) = [row for row in rows if "declined" in row.values()]
    assert missing["value"] == ""


def at(scores):
    """Return the place of the form that is open."""
    return [press.isChecked() for press in scores.step_buttons].index(True)


def test_enter_scores_makes_todays_visit_and_goes_from_form_to_form(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    day = Day(window, qtbot)
    day.do("enter_scores")
    qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
    scores = window.middle._scores
    assert [press.text() for press in scores.step_buttons] == ["WOMAC LK3.1", "VAS pain", "NRS pain", "WHOQOL-BREF"]
    day.type("2" * 24)
    day.press(KEY.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: at(scores) == 1)
    assert scores.step_buttons[0].text().startswith("\N{CHECK MARK}")
    day.type("3,5")
    day.press(KEY.Key_Return)
    day.press(KEY.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: at(scores) == 2)
    day.press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)
    visit = window.workspace.visits.of("wang")[-1]
    values = {
        view.assessment.scale: dict(view.assessment.responses)
        for view in window.workspace.assessments.of_visit(visit.id)
        if view.assessment.responses
    }
    assert values["vas-pain"] == {"pain": 3.5}
    assert set(values) == {"womac-lk31", "vas-pain"}


def test_the_scores_of_another_day_are_entered_by_its_date(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.COURSE)
    before = [one.id for one in window.workspace.visits.of("wang")]
    day = Day(window, qtbot)
    for date in ("2026-03-02", "2026-03-02"):
        day.do("enter_other")
        panel = window.middle.patient.visits.side.panel
        assert panel.save_button.text() == "Enter scores"
        qtbot.waitUntil(panel.form.line("date").hasFocus)
        day.type(date)
        day.press(KEY.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
        day.type("2")
        day.press(KEY.Key_Escape)
        qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)
    made = [one for one in window.workspace.visits.of("wang") if one.id not in before]
    assert [one.date.isoformat() for one in made] == ["2026-03-02"], "a day that has its visit gets no second one"
    (view,) = window.workspace.assessments.of_visit(made[0].id)
    assert dict(view.assessment.responses) == {"P1": 2, "P2": 2}


def test_a_draft_is_kept_when_another_patient_is_opened_over_it(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    day = Day(window, qtbot)
    window.middle.open_form("month1", "nrs-pain", "left", "unspecified")
    qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
    window.middle.open_form("month1", "whoqol-bref", "left", "unspecified")
    day.type("34")
    window.open_patient("ana")
    assert window.middle.page == navigation.PATIENT
    found = [view for view in window.workspace.assessments.of_visit("month1") if view.assessment.scale == "whoqol-bref"]
    assert dict(found[0].assessment.responses) == {"Q1": 3, "Q2": 4}


def test_the_answer_to_the_treatment_day_makes_the_baseline(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    window.middle.patient.visits._answer(VisitTiming.AFTER)
    assert not window.middle.patient.visits.question.isVisible()
    assert window.workspace.visits.get("same").timing is VisitTiming.AFTER


def test_a_spinal_patient_gets_the_page_of_the_exam(window, qtbot):
    from tracker.ui.exam.exam_page import ExamPage

    window.middle.open_patient("ana", "spine", Tab.VISITS)
    Day(window, qtbot).do("enter_scores")
    qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
    assert isinstance(window.middle._scores._form, ExamPage)
    window.middle.back()
    assert window.middle.page == navigation.PATIENT


def test_a_new_visit_is_under_the_cursor_and_enter_opens_its_first_form(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    day = Day(window, qtbot)
    day.new_visit("2026-04-11")
    page = window.middle.patient.visits
    qtbot.waitUntil(page.table.hasFocus)
    day.press(KEY.Key_Return)
    assert window.middle.page == navigation.SCORES
    visit = window.workspace.visits.get(window.middle._scores.place[0])
    assert (visit.date.isoformat(), window.middle._scores.place[1]) == ("2026-04-11", "womac-lk31")


def test_a_panel_that_is_left_gives_the_focus_back_to_its_table(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.EVENTS)
    page = window.middle.patient.events
    day = Day(window, qtbot)
    for name, table in (("new_event", page.event_table), ("new_treatment", page.treatment_table)):
        day.do(name)
        qtbot.waitUntil(lambda: page.side.panel is not None)
        day.press(KEY.Key_Escape)
        qtbot.waitUntil(table.hasFocus)


def test_entering_scores_and_leaving_at_once_leaves_no_visit_behind(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    day = Day(window, qtbot)
    day.do("enter_scores")
    qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
    assert len(window.workspace.visits.of("wang")) == 4
    day.press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)
    assert len(window.workspace.visits.of("wang")) == 3


def test_digits_and_escape_reach_the_form_from_the_buttons_around_it(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    window.middle.open_form("month1", "nrs-pain", "left", "unspecified")
    scores = window.middle._scores
    scores.step_buttons[0].setFocus()
    qtbot.waitUntil(scores.step_buttons[0].hasFocus)
    qtbot.keyClick(scores.step_buttons[0], KEY.Key_4)
    assert scores._form.grid.sheet.state.responses == {"pain": 4}
    scores.step_buttons[0].setFocus()
    qtbot.keyClick(scores.step_buttons[0], KEY.Key_Escape)
    qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)


def test_the_list_counts_a_form_that_was_left_unfinished(window, qtbot):
    window.middle.open_patient("ana", "spine", Tab.VISITS)
    day = Day(window, qtbot)
    day.new_visit("2026-04-11")
    visit = window.workspace.visits.of("ana")[0]
    window.middle.open_form(visit.id, "nrs-pain", "spine", "unspecified")
    day.type("4")
    day.press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)
    model = window.side.model
    assert model.line(model.row_of("ana")).drafts == 1


def test_who_leaves_a_form_stands_on_its_visit(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    visits = window.middle.patient.visits
    for visit in window.workspace.visits.of("wang"):
        window.middle.open_form(visit.id, "nrs-pain", "left", "unspecified")
        Day(window, qtbot).press(KEY.Key_Escape)
        qtbot.waitUntil(lambda: window.middle.page == navigation.PATIENT)
        assert visits.model.visit(visits.table.currentIndex().column()).id == visit.id


def test_after_an_exam_its_totals_are_not_asked_for_again(window, qtbot):
    window.middle.open_patient("ana", "spine", Tab.VISITS)
    day = Day(window, qtbot)
    day.do("enter_scores")
    qtbot.waitUntil(lambda: window.middle.page == navigation.SCORES)
    day.type("a11")
    day.press(KEY.Key_Return, CONTROL)
    scores = window.middle._scores
    qtbot.waitUntil(lambda: at(scores) > 0)
    assert [press.text() for press in scores.step_buttons][at(scores)] == "SCIM-III"


def test_a_further_scale_is_opened_from_its_line_and_has_rows_from_then_on(window, qtbot):
    window.middle.open_patient("wang", "left", Tab.VISITS)
    page = window.middle.patient
    model = page.visits.model
    titles = [model.headerData(row, Qt.Orientation.Vertical).strip() for row in range(model.rowCount())]
    row = titles.index("Lysholm")
    page.visits.table.setCurrentIndex(model.index(row, model.column_of("month1")))
    qtbot.keyClick(page.visits.table, KEY.Key_Return)
    assert window.middle.page == navigation.SCORES
    day = Day(window, qtbot)
    for keys in ("3", "5", "10\n", "20\n", "15\n", "6", "6", "4"):
        for key in keys:
            if key == "\n":
                day.press(KEY.Key_Return)
            else:
                day.type(key)
    day.press(KEY.Key_Return, CONTROL)
    window.middle.open_patient("wang", "left", Tab.VISITS)
    titles = [model.headerData(row, Qt.Orientation.Vertical).strip() for row in range(model.rowCount())]
    at = model.index(titles.index("Lysholm"), model.column_of("month1"))
    assert at.data() == "69"
    assert titles.index("Lysholm") < titles.index("KOOS")
