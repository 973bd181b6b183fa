"""The window over an encrypted file: unlocking, locking, coming back; nothing of a patient is left to be seen."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit

from tests.store.keys import RECOVERY
from tests.ui.office import fill
from tests.ui.office_keys import PASSPHRASE, unlock
from tracker.core.messages import msg
from tracker.services import remembered, security
from tracker.store.errors import StoreError
from tracker.store.file_state import FileState, state_of
from tracker.store.unlocked import key_of
from tracker.ui import app, navigation, settings
from tracker.ui.deeds import WHILE_LOCKED
from tracker.ui.patient_page import Tab

NAMES = ("Wang Lei", "王磊", "Ana García", "Chidi Okafor", "K-0007", "S-0002", "PRP")


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "clinic.db"
    security.create(path, PASSPHRASE, RECOVERY)
    fill(path)
    security.lock(path)
    yield path
    security.lock(path)


@pytest.fixture
def locked(start_window, secret_file):
    shown = start_window(app.Start(db=secret_file))
    yield shown
    shown.jobs.wait()


@pytest.fixture
def opened(locked, qtbot):
    unlock(locked, qtbot)
    return locked


def texts(window):
    """Every text of the window that can be seen or will be seen when something is shown again."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = [window.windowTitle(), window.notice.text, window.notice.accessibleName()]
    found += [action.text() for action in window._actions.values()]
    for kind in (QLabel, QAbstractButton, QLineEdit):
        found += [widget.text() for widget in window.findChildren(kind)]
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            found += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    found += [widget.toolTip() + widget.accessibleName() for widget in window.findChildren(QLabel)]
    return "\n".join(found)


def patients_named(window):
    found = texts(window)
    return [name for name in NAMES if name in found]


def enabled(window):
    return {name for name, action in window._actions.items() if action.isEnabled()}


def test_an_encrypted_file_shows_the_page_that_asks_and_nothing_else(locked, qtbot, secret_file):
    assert locked.shell.currentWidget() is locked.locks.page
    assert not locked.bar.isVisible()
    assert not locked.side.isVisible()
    assert enabled(locked) <= WHILE_LOCKED
    assert "clinic.db is locked" in texts(locked)
    assert app._usable(locked, app.Start(db=secret_file))
    qtbot.waitUntil(locked.locks.page.secret.line.hasFocus)


def test_the_passphrase_opens_it(opened, secret_file):
    assert opened.workspace.path == secret_file
    assert opened.shell.currentIndex() == 0
    assert opened.side.model.rowCount() == 3
    assert not opened.locks.covering
    assert settings.load().last_file == str(secret_file)


def test_the_recovery_key_opens_it(locked, qtbot):
    unlock(locked, qtbot, RECOVERY.lower())
    assert locked.side.model.rowCount() == 3


def test_a_wrong_passphrase_is_said_and_the_next_try_waits(locked, qtbot):
    page = locked.locks.page
    for _ in range(3):
        page.secret.line.setText("wrong")
        page.submit()
        qtbot.waitUntil(lambda: "does not open" in page.trouble.text() and page.secret.isEnabled())
        page.trouble.setText("")
    assert not page.press.isEnabled()
    assert "1 second" in page._busy.text()
    page.submit()
    assert page.trouble.text() == ""
    assert locked.workspace is None
    qtbot.waitUntil(page.press.isEnabled)
    unlock(locked, qtbot)


def test_what_is_typed_is_hidden_and_can_be_shown(locked):
    secret = locked.locks.page.secret
    secret.line.setText("abc")
    assert secret.line.displayText() != "abc"
    secret.eye.click()
    assert secret.line.displayText() == "abc"
    secret.eye.click()
    assert secret.line.displayText() != "abc"


def test_locking_leaves_nothing_of_a_patient_in_the_window(opened, qtbot, secret_file):
    opened.open_patient("wang")
    opened.bar.search.setText("wang")
    opened.notice.warn("Wang Lei is removed")
    assert len(patients_named(opened)) >= 3
    opened._actions["lock"].trigger()
    assert patients_named(opened) == []
    assert opened.windowTitle() == "Outcome tracker"
    assert opened.workspace is None
    assert enabled(opened) <= WHILE_LOCKED
    qtbot.waitUntil(lambda: security.is_locked(secret_file))
    qtbot.waitUntil(opened.locks.page.secret.line.hasFocus)


def test_unlocking_comes_back_to_the_page_the_patient_and_the_search(opened, qtbot):
    opened.middle.open_patient("wang", "right", Tab.EVENTS)
    opened.bar.search.setText("knee")
    opened.locks.lock()
    unlock(opened, qtbot)
    page = opened.middle.patient
    assert opened.middle.page == navigation.PATIENT
    assert (page.patient.id, page.episode.id, page.tab) == ("wang", "right", Tab.EVENTS)
    assert opened.bar.search.text() == "knee"


def test_a_draft_is_kept_and_its_form_is_there_again(opened, qtbot):
    opened.middle.open_patient("wang", "left", Tab.VISITS)
    opened.middle.open_form("month1", "whoqol-bref", "left", "unspecified")
    form = opened.middle._scores._entry
    qtbot.keyClicks(form, "345")
    opened.locks.lock()
    unlock(opened, qtbot)
    assert opened.middle.page == navigation.SCORES
    assert opened.middle._scores.place == ("month1", "whoqol-bref", "left", "unspecified")
    draft = next(
        view.assessment
        for view in opened.workspace.assessments.of_visit("month1")
        if view.assessment.scale == "whoqol-bref"
    )
    assert dict(draft.responses) == {"Q1": 3, "Q2": 4, "Q3": 5}


def test_a_record_that_is_being_typed_is_kept(opened, qtbot):
    opened.middle.new_patient()
    opened.middle._record.panel.form.line("name").setText("Zoe Half-Typed")
    opened.locks.lock()
    assert "Zoe" not in texts(opened)
    unlock(opened, qtbot)
    assert opened.middle._record.panel.form.raw("name") == "Zoe Half-Typed"


def test_an_empty_visit_is_not_kept_and_its_patient_is_shown(opened, qtbot):
    opened.middle.open_patient("wang", "left", Tab.VISITS)
    before = len(opened.workspace.visits.of("wang"))
    opened.middle.enter_scores()
    opened.locks.lock()
    unlock(opened, qtbot)
    assert opened.middle.page == navigation.PATIENT
    assert opened.middle.patient.patient.id == "wang"
    assert len(opened.workspace.visits.of("wang")) == before


def test_a_draft_that_cannot_be_saved_is_covered_and_kept(opened, qtbot, monkeypatch):
    def full(*_):
        raise StoreError(msg("the disk is full: make room"))

    opened.middle.open_patient("wang", "left", Tab.VISITS)
    opened.middle.open_form("month1", "whoqol-bref", "left", "unspecified")
    form = opened.middle._scores._entry
    monkeypatch.setattr(opened.workspace.assessments, "save_draft", full)
    qtbot.keyClicks(form, "345")
    qtbot.waitUntil(lambda: form.keeper.words.text() == "Draft not saved")
    opened.locks.lock()
    assert opened.locks.covering
    assert not opened.middle.isVisible()
    assert enabled(opened) <= WHILE_LOCKED
    page = opened.locks.page
    page.secret.line.setText("wrong")
    page.submit()
    qtbot.waitUntil(lambda: "does not open" in page.trouble.text())
    page.secret.line.setText(PASSPHRASE)
    page.submit()
    qtbot.waitUntil(lambda: not opened.locks.covering)
    assert opened.middle._scores._entry is form
    assert form.grid.sheet.state.responses == {"Q1": 3, "Q2": 4, "Q3": 5}
    monkeypatch.undo()
    assert form.put_away()


def test_the_same_file_cannot_be_opened_around_the_lock(opened, qtbot, secret_file, monkeypatch):
    from tracker.ui import commands

    monkeypatch.setattr(type(opened.jobs), "busy", True)  # an export that still needs the key
    opened.locks.lock()
    assert not security.is_locked(secret_file)
    monkeypatch.setattr(commands, "ask_file_to_open", lambda _parent, _folder: str(secret_file))
    opened._actions["open_file"].trigger()
    assert opened.locks.covering
    assert opened.first is None
    monkeypatch.undo()
    qtbot.waitUntil(lambda: security.is_locked(secret_file))


def test_another_file_is_opened_instead_and_the_key_is_forgotten(opened, qtbot, secret_file, office_file, monkeypatch):
    from tracker.ui import commands

    monkeypatch.setattr(commands, "ask_file_to_open", lambda _parent, _folder: str(office_file))
    with qtbot.waitSignal(opened.ready, timeout=20000):
        opened._actions["open_file"].trigger()
    assert opened.workspace.path == office_file
    assert security.is_locked(secret_file)
    assert "lock" not in enabled(opened)
    opened.locks.lock()
    assert not opened.locks.covering


def test_the_language_and_the_theme_change_under_the_lock(locked, qtbot):
    locked._actions["language"].trigger()
    assert "clinic.db 已锁定" in texts(locked)
    locked._actions["theme"].trigger()
    assert locked.shell.currentWidget() is locked.locks.page
    unlock(locked, qtbot)


def test_idle_time_warns_and_locks_and_a_key_keeps_it_open(opened, qtbot):
    assert opened.locks.idle.timer.isActive()
    opened.locks.idle.warned.emit(20)
    assert opened.notice.text == "This file locks in 20 seconds; any key keeps it open."
    opened.locks.idle.warned.emit(19)
    assert "19 seconds" in opened.notice.text
    opened.locks.idle.came_back.emit()
    assert opened.notice.text == ""
    opened.locks.idle.away.emit()
    assert opened.locks.covering
    assert not opened.locks.idle.timer.isActive()
    unlock(opened, qtbot)
    assert opened.locks.idle.timer.isActive()


def test_keys_and_mouse_of_the_window_reach_the_watch(opened, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(opened.locks.idle, "seen", lambda: seen.append(1))
    qtbot.keyClick(opened.windowHandle(), Qt.Key.Key_Shift)
    qtbot.mouseMove(opened.windowHandle())
    assert seen


def test_never_is_a_choice(opened):
    opened.locks.lock_after("0")
    assert not opened.locks.idle.timer.isActive()
    assert settings.load().lock_after == "0"
    opened.locks.lock_after("5")
    assert opened.locks.idle.timer.isActive()


def test_closing_the_window_forgets_the_key(opened, secret_file):
    opened.close()
    assert security.is_locked(secret_file)


def test_this_computer_remembers_the_file_if_asked_and_forgets_it_again(
    opened, start_window, qtbot, secret_file, keyring_in_memory
):
    opened.locks.lock()
    opened.locks.go_on()
    page = opened.locks.page
    qtbot.waitUntil(page.remember.isVisible)
    page.remember.setChecked(True)
    unlock(opened, qtbot)
    assert PASSPHRASE not in str(keyring_in_memory)
    opened.close()
    again = start_window(app.Start(db=secret_file))
    with qtbot.waitSignal(again.ready, timeout=20000):
        again.locks.go_on()
    assert again.side.model.rowCount() == 3
    again.commands.settings()
    again.locks.forget_on_this_computer()
    assert keyring_in_memory == {}
    again.locks.lock()
    again.locks.go_on()
    again.jobs.wait()
    assert again.locks.covering


def test_without_a_keyring_nothing_is_offered(locked, qtbot):
    locked.locks.go_on()
    locked.jobs.wait()
    QCoreApplication.processEvents()
    assert not remembered.can_remember()
    assert not locked.locks.page.remember.isVisible()


def test_locking_backs_the_file_up_and_then_forgets_the_key(opened, qtbot, secret_file):
    opened.safekeeping.begin()
    opened.locks.lock()
    qtbot.waitUntil(lambda: key_of(secret_file) is None, timeout=20000)
    (made,) = (secret_file.parent / "backups").glob("clinic-*.db")
    assert state_of(made) is FileState.ENCRYPTED
    assert key_of(made) is None


def test_a_file_left_for_another_is_backed_up_before_its_key_is_forgotten(opened, qtbot, secret_file, office_file):
    opened.safekeeping.begin()
    with qtbot.waitSignal(opened.ready, timeout=20000):
        opened.open_file(office_file)
    qtbot.waitUntil(lambda: key_of(secret_file) is None, timeout=20000)
    assert len(list((secret_file.parent / "backups").glob("clinic-*.db"))) == 1
    opened.safekeeping._done = True  # the fixture's own closing must not begin a backup
