import datetime

import pytest
from PySide6.QtCore import Qt

from tests.ui.office import TREATED, on
from tracker.clinic.codes import VisitTiming
from tracker.ui.visits_page import VisitsPage
from tracker.ui.widgets import today


@pytest.fixture
def page(office, qtbot, themed):
    made = VisitsPage(office)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.changed.connect(lambda: made.show_sheet(office.flowsheets.of("left", today=on(400))))
    made.show_sheet(office.flowsheets.of("left", today=on(400)))
    made.show()
    qtbot.waitExposed(made)
    made.start()
    return made


def go_to(page, visit, row=0):
    page.table.setCurrentIndex(page.model.index(row, page.model.column_of(visit)))


def test_enter_asks_for_the_form_of_the_cell(page, qtbot):
    go_to(page, "month1")
    with qtbot.waitSignal(page.entry_wanted) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["month1", "womac-lk31", "left", "unspecified"]


def test_enter_on_a_missed_visit_says_what_to_do(page, qtbot):
    page.table.setCurrentIndex(page.model.index(0, page.model.columnCount() - 1))
    with qtbot.waitSignal(page.warned):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_the_cursor_is_told_in_words_under_the_table(page):
    go_to(page, "month1")
    assert "WOMAC LK3.1" in page.cell_words.text()


def test_n_makes_a_visit_on_a_typed_date(page, qtbot, office):
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    line = page.side.panel.form.line("date")
    assert line.text() == today().isoformat()
    qtbot.keyClicks(line, "2026/04/12")
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert datetime.date(2026, 4, 12) in [visit.date for visit in office.visits.of("wang")]
    assert page.side.isHidden()


def test_a_date_that_is_none_is_refused_in_words_and_nothing_is_stored(page, qtbot, office):
    before = office.visits.of("wang")
    page.new_visit()
    line = page.side.panel.form.line("date")
    line.clear()
    qtbot.keyClicks(line, "soon")
    page.side.panel.save()
    assert "soon" in page.side.panel.form.complaints()["date"]
    assert office.visits.of("wang") == before


def test_delete_removes_one_form_and_undo_brings_it_back(page, qtbot, office):
    go_to(page, "month1")
    with qtbot.waitSignal(page.removed, check_params_cb=lambda text: "WOMAC" in text):
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert [view.assessment.scale for view in office.assessments.of_visit("month1")] == ["vas-pain"]
    office.undo.undo()
    assert len(office.assessments.of_visit("month1")) == 2


def test_delete_on_a_blank_cell_removes_nothing(page, qtbot, office):
    rows = [page.model.headerData(row, Qt.Orientation.Vertical).strip() for row in range(page.model.rowCount())]
    go_to(page, "same", rows.index("VAS pain"))
    with qtbot.waitSignal(page.warned):
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(office.visits.of("wang")) == 3


def test_v_edits_the_visit_and_its_panel_removes_it(page, qtbot, office):
    go_to(page, "month1")
    qtbot.keyClick(page.table, Qt.Key.Key_V)
    assert page.side.panel.form.line("date").text() == on(31).isoformat()
    with qtbot.waitSignal(page.removed):
        page.side.panel._removed()
    assert "month1" not in [visit.id for visit in office.visits.of("wang")]


def test_a_visit_on_the_treatment_day_is_asked_about_until_it_is_answered(page, qtbot, office):
    assert page.question.isVisible()
    assert str(TREATED) in page._asked.text()
    page._answer(VisitTiming.BEFORE)
    assert office.visits.get("same").timing is VisitTiming.BEFORE
    assert not page.question.isVisible()


def test_a_key_with_control_is_the_windows(page, qtbot, office):
    go_to(page, "month1")
    for key in (Qt.Key.Key_N, Qt.Key.Key_V, Qt.Key.Key_Delete):
        qtbot.keyClick(page.table, key, Qt.KeyboardModifier.ControlModifier)
    assert page.side.panel is None
    assert len(office.assessments.of_visit("month1")) == 2


def test_a_file_that_can_only_be_read_opens_forms_that_are_there_and_no_others(office, qtbot, themed, monkeypatch):
    monkeypatch.setattr(office.store, "read_only", True)
    page = VisitsPage(office)
    qtbot.addWidget(page)
    page.show_sheet(office.flowsheets.of("left", today=on(400)))
    assert not page.new_button.isEnabled()
    go_to(page, "month1")
    with qtbot.waitSignal(page.entry_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    rows = [page.model.headerData(row, Qt.Orientation.Vertical).strip() for row in range(page.model.rowCount())]
    go_to(page, "month1", rows.index("WHOQOL-BREF"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_V, Qt.Key.Key_Delete):
        with qtbot.waitSignal(page.warned), qtbot.assertNotEmitted(page.entry_wanted):
            qtbot.keyClick(page.table, key)
    assert page.side.panel is None


def test_the_cursor_is_in_view_when_the_table_is_shown_again(page, qtbot, office):
    page.resize(500, 600)
    page.hide()
    page.show_sheet(office.flowsheets.of("left", today=on(400)))
    go_to(page, "before")
    page.table.horizontalScrollBar().setValue(page.table.horizontalScrollBar().maximum())
    page.table.setCurrentIndex(page.model.index(0, page.model.columnCount() - 1))
    page.table.horizontalScrollBar().setValue(0)
    page.show()
    page.start()
    box = page.table.visualRect(page.table.currentIndex())
    qtbot.waitUntil(lambda: page.table.viewport().rect().contains(box.center()))
