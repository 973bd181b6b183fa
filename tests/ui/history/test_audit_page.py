from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from tracker.store.connect import connect
from tracker.ui.history import audit_page
from tracker.ui.history.audit_page import AuditPage
from tracker.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.wait()


@pytest.fixture
def page(office, qtbot, themed, jobs):
    made = AuditPage(office, jobs)
    qtbot.addWidget(made)
    made.resize(1076, 640)
    made.show()
    return made


def test_the_newest_entries_stand_first_with_number_and_patient(page):
    model = page.view.model
    assert int(model.index(0, 0).data()) > int(model.index(1, 0).data())
    assert {model.index(row, 3).data() for row in range(model.rowCount())} >= {"K-0007", "S-0002", "M-0001"}


def test_searching_narrows_and_nothing_found_is_empty(page):
    page.search.setText("complete")
    assert {page.view.model.record(row).action for row in range(page.view.model.rowCount())} == {"complete"}
    page.search.setText("nobody at all")
    assert page.view.model.rowCount() == 0
    assert page.view.title.isHidden()


def test_older_entries_are_read_when_they_are_wanted(page, monkeypatch):
    monkeypatch.setattr(audit_page, "AT_ONCE", 4)
    page.reload()
    assert (page.view.model.rowCount(), page.older.isHidden()) == (4, False)
    while not page.older.isHidden():
        page.older.click()
    assert page.view.model.record(page.view.model.rowCount() - 1).sequence == 1


def test_verifying_says_plainly_that_the_file_holds_and_is_an_entry_itself(page, qtbot):
    with qtbot.waitSignal(page.verify.done, timeout=20000):
        page.verify.start_button.click()
        assert page.verify.running
        page.verify.start_check()
    assert page.verify.result.text() == "The file holds: nothing was changed past the program."
    assert "End of the audit" in page.verify.about.text()
    assert page.verify.findings.isHidden()
    assert page.view.model.record(0).action == "verify"


def test_what_was_changed_past_the_program_is_named(page, office, qtbot):
    with closing(connect(office.path)) as connection:
        connection.execute("UPDATE visit SET date = '2020-01-01' WHERE id = 'before'")
    with qtbot.waitSignal(page.verify.done, timeout=20000):
        page.verify.start_check()
    assert page.verify.result.text() == "1 problem was found"
    assert page.verify.findings.toPlainText().startswith("visit before: column “date” is not as audit entry")


def test_escape_stops_a_check_and_then_leaves(page, qtbot):
    page.verify.start_check()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.verify.running, timeout=20000)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_progress_is_shown(page):
    page.verify.show_progress((3, 10))
    assert (page.verify.progress.value(), page.verify.progress.maximum()) == (3, 10)


def test_a_file_that_is_gone_is_said(page, office, qtbot):
    office.close()
    office.path.rename(office.path.with_name("moved.sqlite"))
    page.verify.start_check()
    qtbot.waitUntil(lambda: not page.verify.running, timeout=20000)
    assert "no file" in page.verify.result.text()


def test_the_menu_verifies_the_open_file(window, qtbot):
    window._actions["verify"].trigger()
    page = window.middle.currentWidget()
    assert isinstance(page, AuditPage)
    qtbot.waitUntil(lambda: not page.verify.running, timeout=20000)
    assert page.verify.result.text().startswith("The file holds")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    window._actions["audit"].trigger()
    window.commands.stop_export()
