import datetime
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tracker.services.change_reasons import Asking
from tracker.ui.history.history_page import HistoryPage


@pytest.fixture
def page(office, qtbot, themed):
    (view,) = [one for one in office.assessments.of_visit("before") if one.assessment.scale == "vas-pain"]
    office.change_reasons.choose(Asking.OFFERED)
    office.assessments.complete(view.assessment.id, {"pain": 26}, {}, reason="typed 62 for 26")
    made = HistoryPage(office, office.patients.get("wang"))
    qtbot.addWidget(made)
    made.resize(1076, 640)
    made.show()
    return made


def whats(page):
    model = page.view.model
    return [model.index(row, 2).data() for row in range(model.rowCount())]


def test_the_newest_change_is_told_in_full_with_its_reason(page):
    assert page.view.title.text() == "VAS pain of 2026-01-05 changed"
    assert page.view.told.toPlainText().splitlines() == ["pain Pain (mm): 62 → 26", "score Pain (VAS): 62 → 26"]
    assert page.view.reason.text() == "Reason: typed 62 for 26"
    assert whats(page)[0].startswith("VAS pain of 2026-01-05 changed: score Pain (VAS): 62 → 26")


def test_the_arrows_go_through_the_changes(page, qtbot):
    page.start()
    qtbot.keyClick(page.view.table, Qt.Key.Key_Down)
    assert page.view.title.text() != "VAS pain of 2026-01-05 changed"
    assert page.view.reason.isHidden()


def test_it_can_be_narrowed_to_a_scale_of_a_visit(page):
    page.choose("before", "vas-pain")
    assert [what.partition(":")[0] for what in whats(page)] == [
        "VAS pain of 2026-01-05 changed",
        "VAS pain of 2026-01-05 completed",
    ]
    assert page.count.text() == "2 entries"
    page.choose("before", "nobody's scale")
    assert len(whats(page)) > 2


def test_the_patient_as_they_were_is_shown_read_only_and_marked(page, qtbot):
    page.day.setText(datetime.date.today().isoformat())  # noqa: DTZ011 - the same day the page counts by
    qtbot.keyClick(page.day, Qt.Key.Key_Return)
    past = page.past
    assert page.stack.currentWidget() is past
    assert past.banner.sentence.startswith("Past state")
    assert "王磊" in past.facts.text()
    texts = {
        past.model.index(row, column).data()
        for row in range(past.model.rowCount())
        for column in range(past.model.columnCount())
    }
    assert "26" in texts
    assert past.others.text().startswith("Treatments: 2026-01-10 PRP")
    past.episodes.setCurrentIndex(1)
    assert past.others.text().startswith("Treatments: none")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not past


def test_a_day_before_the_patient_and_a_text_that_is_no_day_are_said(page):
    page.day.setText("2001-01-01")
    page.show_past()
    assert "was not in the file yet" in page.trouble.text()
    page.day.setText("soon")
    page.show_past()
    assert "soon" in page.trouble.text()
    assert page.stack.currentIndex() == 0


def test_a_patient_without_an_episode_has_a_past_too(office, qtbot, themed):
    page = HistoryPage(office, office.patients.get("chidi"))
    qtbot.addWidget(page)
    page.show_past()
    assert page.past.others.text() == "This patient had no episode of care then."


def test_escape_leaves(page, qtbot):
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_the_menu_opens_the_history_of_the_patient_and_of_the_score_under_the_cursor(window, qtbot):
    window.middle.open_patient("wang", "left")
    window.commands.records.visits()
    visits = window.middle.patient.visits
    column = visits.model.column_of("month1")
    row = next(row for row in range(visits.model.rowCount()) if visits.model.line(row).scale.id == "vas-pain")
    visits.table.setCurrentIndex(visits.model.index(row, column))
    window._actions["score_history"].trigger()
    page = window.middle.currentWidget()
    assert isinstance(page, HistoryPage)
    assert {what.partition(":")[0] for what in whats(page)} == {"VAS pain of 2026-02-10 completed"}
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.middle.page == "patient"
    window._actions["history"].trigger()
    assert len(whats(window.middle.currentWidget())) > 5
    assert QApplication.focusWidget() is window.middle.currentWidget().view.table


def test_without_a_patient_there_is_no_history(window):
    assert not window._actions["history"].isEnabled()
    assert window.commands.looking_back.history() is None
    window.commands.looking_back.score_history()
    assert window.middle.page == "hint"


def test_a_renamed_patient_is_told_under_the_old_name_in_the_past(office, qtbot, themed, monkeypatch):
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    with monkeypatch.context() as patched:
        patched.setattr("tracker.store.work.now_utc", lambda: later)
        office.patients.change(replace(office.patients.get("wang"), name="王雷"))
    page = HistoryPage(office, office.patients.get("wang"))
    qtbot.addWidget(page)
    page.show_past()
    assert page.past.facts.text().startswith("王磊")
