"""A new file, a plain file encrypted, a new recovery key, a plain file again: what the user clicks and types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.store.keys import OTHER_RECOVERY
from tests.ui.office_keys import PASSPHRASE, finish, set_up, unlock
from tracker.services import security
from tracker.services.security import FileState
from tracker.store.errors import WrongKeyError
from tracker.store.file_state import key_file_of
from tracker.ui import app, navigation, settings
from tracker.ui.keys import recovery_steps
from tracker.ui.keys.locks import SET_UP
from tracker.ui.patient_page import Tab


@pytest.fixture
def first_start(start_window, qtbot):
    shown = start_window(app.Start())
    shown.middle.welcome.choices[1].click()
    yield shown
    shown.jobs.wait()


@pytest.fixture
def page(first_start):
    return first_start.middle._pages[SET_UP]


@pytest.fixture
def encrypted(first_start, qtbot):
    """The window over a new encrypted file; its recovery key."""
    with qtbot.waitSignal(first_start.ready, timeout=20000):
        key = finish(set_up(first_start), qtbot)
    return first_start, key


def panel_of(window):
    from tracker.ui.keys.security_panel import SecurityPanel

    window.commands.settings()
    return window.middle._pages[navigation.SETTINGS].findChild(SecurityPanel)


def test_nothing_is_made_before_the_recovery_key_is_proven(first_start, page, qtbot):
    set_up(first_start)
    finish(page, qtbot, typed=OTHER_RECOVERY)
    assert "not the one shown before" in page.prove.trouble.text()
    page.prove.line.setText("0000")
    page.go_on()
    assert "36 letters and digits" in page.prove.trouble.text()
    assert not settings.default_file().exists()
    assert not key_file_of(settings.default_file()).exists()


def test_both_the_passphrase_and_the_proven_recovery_key_open_the_new_file(encrypted, qtbot):
    window, key = encrypted
    assert window.workspace.kind == "clinic"
    for secret in (PASSPHRASE, key):
        window.locks.lock()
        unlock(window, qtbot, secret)


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ("", "", "at least 8 characters"),
        ("short", "short", "at least 8 characters"),
        ("password1", "password1", "the first passphrases that anybody tries"),
        (PASSPHRASE, PASSPHRASE + "x", "not the same"),
    ],
)
def test_a_passphrase_that_is_none_is_said_beside_the_fields(page, first, again, words):
    page.passphrase.new.line.setText(first)
    page.passphrase.again.line.setText(again)
    page.next.click()
    assert words in page.passphrase.trouble.text()
    assert page.step == 0
    assert page.passphrase.new.line.hasFocus()


def test_the_strength_is_said_while_typing(page):
    said = []
    for text in ("tulip", "blue tulip river", PASSPHRASE + " 42"):
        page.passphrase.new.line.setText(text)
        said.append(page.passphrase.strength.text().split(":")[0])
    assert said == ["weak", "fair", "strong"]


def test_enter_goes_from_field_to_field_and_on(page, qtbot):
    qtbot.waitUntil(page.passphrase.new.line.hasFocus)
    page.passphrase.new.line.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase.new.line, Qt.Key.Key_Return)
    assert page.passphrase.again.line.hasFocus()
    page.passphrase.again.line.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase.again.line, Qt.Key.Key_Return)
    assert page.step == 1
    page.previous.click()
    assert page.step == 0


def test_the_recovery_key_is_saved_and_loaded_back(page, first_start, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(recovery_steps, "ask_file_to_save", lambda *_: str(tmp_path / "key.txt"))
    monkeypatch.setattr(recovery_steps, "ask_file_to_load", lambda *_: str(tmp_path / "key.txt"))
    set_up(first_start)
    page.show_key.save_button.click()
    assert "Saved in" in page.show_key.told.text()
    assert page._key in (tmp_path / "key.txt").read_text(encoding="utf-8")
    page.next.click()
    with qtbot.waitSignal(first_start.ready, timeout=20000):
        page.prove.load_button.click()
    assert security.state_of(settings.default_file()) is FileState.ENCRYPTED


def test_a_file_without_a_key_is_refused(page, first_start, tmp_path, monkeypatch):
    (tmp_path / "letter.txt").write_text("dear colleague", encoding="utf-8")
    monkeypatch.setattr(recovery_steps, "ask_file_to_load", lambda *_: str(tmp_path / "letter.txt"))
    set_up(first_start)
    page.next.click()
    page.prove.load_button.click()
    assert "holds no recovery key" in page.prove.trouble.text()


def test_a_copied_key_does_not_stay_in_the_clipboard(page, first_start, qtbot):
    set_up(first_start)
    page.show_key._copy()
    assert QGuiApplication.clipboard().text() == page._key
    with qtbot.waitSignal(page.submitted):
        finish(page, qtbot)
    assert QGuiApplication.clipboard().text() == ""
    qtbot.waitSignal(first_start.ready, timeout=20000).wait()


def test_escape_leaves_the_set_up_and_nothing_is_made(page, first_start, qtbot):
    qtbot.keyClick(page.passphrase.new.line, Qt.Key.Key_Escape)
    assert first_start.middle.page == navigation.WELCOME
    assert not settings.default_file().exists()


def test_a_plain_file_is_encrypted_and_the_patient_is_shown_again(window, qtbot, office_file):
    window.middle.open_patient("wang", "right", Tab.EVENTS)
    copy = office_file.with_name(office_file.name + ".before-0001.bak")
    copy.write_bytes(office_file.read_bytes())
    panel = panel_of(window)
    assert "is not encrypted: whoever has the file" in panel.findChildren(type(panel.told))[1].text()
    panel.buttons["encrypt"].click()
    with qtbot.waitSignal(window.ready, timeout=20000):
        finish(set_up(window), qtbot)
    assert security.state_of(office_file) is FileState.ENCRYPTED
    assert "clinic.sqlite.before-0001.bak. Remove them." in window.notice.text
    assert window.middle.patient.patient.id == "wang"
    assert "Wang" not in office_file.read_bytes().decode("latin-1")
    window.close()
    security.lock(office_file)


def test_a_file_that_another_connection_has_open_is_not_encrypted_and_opens_again(window, qtbot, office_file):
    from contextlib import closing

    from tracker.store.connect import connect

    panel_of(window).buttons["encrypt"].click()
    with closing(connect(office_file)) as other:
        other.execute("SELECT count(*) FROM patient").fetchone()
        with qtbot.waitSignal(window.ready, timeout=20000):
            finish(set_up(window), qtbot)
    assert "another program is writing" in window.notice.text
    assert security.state_of(office_file) is FileState.PLAIN
    assert window.side.model.rowCount() == 3


def test_the_passphrase_is_changed_in_the_settings(encrypted, qtbot):
    window, _key = encrypted
    panel = panel_of(window)
    panel.buttons["passphrase"].click()
    panel.change.now.line.setText("wrong")
    panel.change.new.line.setText("another long passphrase")
    panel.change.again.line.setText("another long passphrase")
    panel.change_button.click()
    qtbot.waitUntil(lambda: "does not open" in panel.told.text())
    panel.change.now.line.setText(PASSPHRASE)
    panel.change_button.click()
    qtbot.waitUntil(lambda: "The passphrase is changed" in panel.told.text())
    assert panel.change.now.text == panel.change.new.text == ""
    window.locks.lock()
    unlock(window, qtbot, "another long passphrase")


def test_a_new_recovery_key_ends_the_old_one(encrypted, qtbot):
    window, key = encrypted
    panel_of(window).buttons["rekey"].click()
    page = set_up(window, now="wrong")
    qtbot.waitUntil(lambda: "does not open" in page.passphrase.trouble.text())
    page.passphrase.now.line.setText(PASSPHRASE)
    page.next.click()
    with qtbot.waitSignal(window.ready, timeout=20000):
        new = finish(page, qtbot)
    assert "new recovery key" in window.notice.text
    path = window.workspace.path
    with pytest.raises(WrongKeyError):
        security.check(path, key)
    window.locks.lock()
    unlock(window, qtbot, new)


def test_where_the_recovery_key_is_given_a_new_passphrase_is_asked_for(encrypted, qtbot):
    window, key = encrypted
    panel_of(window).buttons["rekey"].click()
    page = window.middle._pages[SET_UP]
    assert page.passphrase.new.isHidden()
    page.passphrase.now.line.setText(key)
    assert not page.passphrase.new.isHidden()
    page.next.click()
    assert "at least 8 characters" in page.passphrase.trouble.text()
    page.passphrase.new.line.setText("another long passphrase")
    page.passphrase.again.line.setText("another long passphrase")
    page.next.click()
    with qtbot.waitSignal(window.ready, timeout=20000):
        finish(page, qtbot)
    window.locks.lock()
    unlock(window, qtbot, "another long passphrase")


def test_an_encrypted_file_is_made_plain_only_with_its_passphrase(encrypted, qtbot):
    window, _key = encrypted
    path = window.workspace.path
    panel = panel_of(window)
    panel.buttons["decrypt"].click()
    panel.plain_secret.line.setText("wrong")
    panel.plain_button.click()
    qtbot.waitUntil(lambda: "does not open" in panel.told.text())
    panel.plain_secret.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.ready, timeout=20000):
        panel.plain_button.click()
    assert security.state_of(path) is FileState.PLAIN
    assert "no longer encrypted" in window.notice.text
    assert not window.locks.encrypted


def test_the_demo_is_offered_no_key(start_window, qtbot, clinic_file):
    from tests.ui.office import fill
    from tracker.services.workspace import Workspace

    fill(clinic_file)
    demo = clinic_file.with_name("demo.db")
    Workspace.open(demo, create=True, kind="demo").close()
    window = start_window(app.Start(db=demo))
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(demo)
    assert panel_of(window).buttons == {}
