import datetime
import threading

import pytest

from tests.services.making import chain_holds
from tracker.clinic.codes import Role
from tracker.services.workspace import Workspace
from tracker.store.backup import BackupTargetError
from tracker.store.lease import lease_path
from tracker.ui import app, settings
from tracker.ui.backups import safekeeping
from tracker.ui.backups.safekeeping import GROUP, PAGE


@pytest.fixture
def armed(window):
    """The window, as it is once it has begun its work."""
    window.safekeeping.begin()
    yield window
    window.safekeeping._done = True  # the fixture's own closing must not begin a backup
    window.jobs.wait()


def backups(path):
    return sorted((path.parent / "backups").glob("*.sqlite"))


def test_the_status_bar_says_when_the_last_backup_was(window, qtbot):
    assert window.status.backup.text() == "no backup yet"
    assert window.status.backup.property("tone") == "warn"
    window.safekeeping.back_up()
    qtbot.waitUntil(lambda: window.status.backup.text() == "last checked backup: just now", timeout=20000)
    assert window.status.backup.property("tone") == "small"
    assert "backed up and checked" in window.notice.text
    window.commands.speak("zh_CN")
    assert window.status.backup.text() == "上次已检查的备份：刚刚"


def test_closing_backs_up_what_changed_with_words_and_then_closes(armed, office_file, qtbot):
    armed.close()
    assert armed.isVisible()
    assert "Backing up before closing" in armed.notice.text
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert len(backups(office_file)) == 1
    assert armed.workspace is None


def test_closing_backs_up_nothing_twice(armed, office_file, qtbot):
    armed.workspace.backups.make()
    armed.close()
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert len(backups(office_file)) == 1


def test_closing_again_does_not_wait(armed, office_file, monkeypatch, qtbot):
    reached = threading.Event()

    def slow(folder, stopped):
        reached.set()
        while not stopped():
            pass
        raise BackupTargetError(safekeeping_stopped)

    from tracker.core.messages import msg

    safekeeping_stopped = msg("stopped")
    monkeypatch.setattr(armed.workspace.backups, "make", slow)
    armed.close()
    assert armed.isVisible()
    assert reached.wait(20)
    armed.close()
    assert not armed.isVisible()
    assert backups(office_file) == []


def test_closing_waits_no_longer_than_it_says(armed, monkeypatch, qtbot):
    from tracker.core.messages import msg

    def endless(folder, stopped):
        while not stopped():
            pass
        raise BackupTargetError(msg("stopped"))

    monkeypatch.setattr(safekeeping, "LONGEST_WAIT", 50)
    monkeypatch.setattr(armed.workspace.backups, "make", endless)
    armed.close()
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert "took too long" in settings.remembered(GROUP, "trouble")


def test_a_missing_stick_does_not_keep_the_window_open_and_is_said_the_next_time(
    armed, office_file, start_window, qtbot, tmp_path
):
    settings.remember(GROUP, "folder", str(tmp_path / "stick"))
    armed.close()
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert len(backups(office_file)) == 1
    again = start_window(app.Start(db=office_file))
    with qtbot.waitSignal(again.ready, timeout=20000):
        again.opener.open(office_file)
    assert "is the stick plugged in" in again.notice.text
    assert settings.remembered(GROUP, "trouble") == ""


def test_a_backup_that_fails_is_said_and_does_not_keep_the_window_open(armed, office_file, qtbot):
    (office_file.parent / "backups").write_text("a file where the folder should be", encoding="utf-8")
    armed.safekeeping.back_up()
    qtbot.waitUntil(lambda: "The backup was not made" in armed.notice.text, timeout=20000)
    armed.close()
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert "The backup was not made" in settings.remembered(GROUP, "trouble")


def test_a_window_that_stays_open_backs_up_once_a_day(armed, office_file, monkeypatch, qtbot):
    armed.safekeeping.timer.timeout.emit()
    qtbot.waitUntil(lambda: len(backups(office_file)) == 1, timeout=20000)
    qtbot.waitUntil(lambda: "just now" in armed.status.backup.text(), timeout=20000)
    armed.workspace.patients.remove("chidi")
    armed.safekeeping.look()
    armed.jobs.wait()
    assert len(backups(office_file)) == 1
    monkeypatch.setattr(safekeeping, "ONCE_IN", datetime.timedelta(0))
    armed.safekeeping.look()
    qtbot.waitUntil(lambda: len(backups(office_file)) == 2, timeout=20000)


def test_a_file_that_is_left_for_another_is_backed_up(armed, office_file, tmp_path, qtbot):
    other = tmp_path / "other.db"
    Workspace.open(other, create=True).close()
    with qtbot.waitSignal(armed.ready, timeout=20000):
        armed.open_file(other)
    qtbot.waitUntil(lambda: len(backups(office_file)) == 1, timeout=20000)
    armed.jobs.wait()
    assert not lease_path(office_file).exists()


def test_what_went_wrong_after_a_file_was_left_is_said_when_it_is_opened_again(armed, office_file, qtbot):
    (office_file.parent / "backups").write_text("a file where the folder should be", encoding="utf-8")
    armed.close_file(backing_up=True)
    qtbot.waitUntil(lambda: "The backup was not made" in settings.remembered(GROUP, "trouble"), timeout=20000)
    with qtbot.waitSignal(armed.ready, timeout=20000):
        armed.open_file(office_file)
    assert "The backup was not made" in armed.notice.text


def test_closing_waits_for_the_backup_of_a_file_that_was_left(armed, office_file, qtbot):
    armed.close_file(backing_up=True)
    armed.close()
    qtbot.waitUntil(lambda: not armed.isVisible(), timeout=20000)
    assert len(backups(office_file)) == 1


def test_only_an_administrator_is_offered_a_restore(window, office_file, qtbot):
    window.workspace.backups.make()
    people = window.workspace.people
    people.turn_on("Ada", "a long passphrase")
    people.add("Vera", Role.VIEWER, "another passphrase")
    window.workspace.session.sign_in("Vera", "another passphrase")
    window.safekeeping.show_page()
    page = window.middle._pages[PAGE]
    assert not page.restore_button.isEnabled()
    assert "administrator" in page.restore_button.toolTip()
    assert not page.elsewhere_button.isEnabled()
    assert not page.choose_button.isEnabled()


def test_a_demo_is_not_backed_up_by_itself(start_window, tmp_path, qtbot):
    Workspace.open(tmp_path / "demo.db", create=True, kind="demo").close()
    window = start_window(app.Start(db=tmp_path / "demo.db"))
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(tmp_path / "demo.db")
    window.safekeeping.begin()
    assert window.status.backup.text() == ""
    window.close()
    assert not window.isVisible()


def test_a_restore_from_the_page_brings_back_what_was_removed(window, office_file, qtbot):
    made = window.workspace.backups.make().copy.path
    window.workspace.patients.remove("wang")
    window._actions["backups"].trigger()
    page = window.middle._pages[PAGE]
    page.look_at(made)
    qtbot.waitUntil(lambda: not page.panel.restore_button.isHidden(), timeout=20000)
    with qtbot.waitSignal(window.ready, timeout=20000):
        page.panel.restore_button.click()
    assert window.workspace.patients.search("wang").found == 1
    assert "The file before is kept" in window.notice.text
    assert chain_holds(window.workspace)
    with window.workspace.store.read() as reader:
        last = reader.driver.execute("SELECT action, actor FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    assert last == ("restore", "tester")


def test_a_restore_that_fails_opens_the_file_as_it_was(window, tmp_path, qtbot):
    bad = tmp_path / "bad.db"
    bad.write_text("a letter" * 1000)
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.safekeeping.restore(bad)
    qtbot.waitUntil(lambda: "bad.db" in window.notice.text)
    assert window.workspace.patients.search().found == 3


def test_without_a_file_there_is_no_page(start_window):
    window = start_window(app.Start())
    window.safekeeping.show_page()
    window.safekeeping.back_up()
    assert PAGE not in window.middle._pages
