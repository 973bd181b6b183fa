import shutil

import pytest
from PySide6.QtCore import Qt

from tests.store.keys import KEY, PASSPHRASE, make_encrypted
from tests.store.protecting import protected_copy
from tests.store.test_backup import flip
from tracker.services.workspace import Workspace
from tracker.store.backup import copy_file
from tracker.store.unlocked import forget, hold
from tracker.ui.backups import backups_page
from tracker.ui.backups.backups_page import BackupsPage
from tracker.ui.backups.restore_panel import RestorePanel
from tracker.ui.jobs import Jobs


@pytest.fixture
def page(office, qtbot):
    def made(folder=None, **options):
        shown = BackupsPage(office.backups, Jobs(office_owner), folder, **{"read_only": False, **options})
        qtbot.addWidget(shown)
        shown.resize(1000, 600)
        shown.show()
        shown.start()
        return shown

    from PySide6.QtCore import QObject

    office_owner = QObject()
    yield made
    office_owner.deleteLater()


def cells(page, line):
    return [page.model.index(line, column).data() for column in range(page.model.columnCount())]


def test_without_a_backup_it_says_so_and_offers_one(page, qtbot):
    shown = page()
    assert shown.last.text() == "no backup yet"
    assert shown.last.property("tone") == "warn"
    assert not shown.restore_button.isEnabled()
    with qtbot.waitSignal(shown.make_wanted):
        shown.make_button.click()


def test_the_list_shows_when_how_large_and_whether_it_was_checked(page, office):
    made = office.backups.make().copy.path
    shutil.copy(made, made.with_name(made.name.replace("clinic-", "clinic-2020", 1)[:-1]))
    old = made.with_name("clinic-20200101T000000Z-replaced.sqlite")
    shutil.copy(made, old)
    shown = page()
    assert shown.last.text() == "last checked backup: just now"
    assert shown.model.rowCount() == 2
    assert cells(shown, 0)[3:] == ["when it was made", str(made)]
    assert cells(shown, 1)[2:4] == ["replaced by a restore", "not checked"]


def test_a_backup_is_read_again_when_asked(page, office, qtbot):
    made = office.backups.make().copy.path
    shown = page()
    shown.check_button.click()
    qtbot.waitUntil(lambda: cells(shown, 0)[3] == "just now")
    assert "is whole" in shown.news.text()
    flip(made, 4096)
    shown.check_button.click()
    qtbot.waitUntil(lambda: cells(shown, 0)[3] == "DAMAGED")
    assert made.name in shown.news.text()


def test_enter_shows_what_a_restore_would_change_and_escape_leaves_it(page, office, qtbot):
    office.backups.make()
    office.patients.remove("chidi")
    shown = page()
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.panel.told))
    assert shown.panel.told[0] == "patients: 0 would be lost, 1 come back"
    assert not any("Chidi" in line for line in shown.panel.told)
    with qtbot.waitSignal(shown.restore_wanted):
        shown.panel.restore_button.click()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.panel is None
    with qtbot.waitSignal(shown.closed):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)


def test_a_damaged_backup_offers_no_restore(page, office, qtbot):
    flip(office.backups.make().copy.path, 4096)
    shown = page()
    shown.restore_button.click()
    qtbot.waitUntil(lambda: "damaged" in shown.panel.state.text() or "not whole" in shown.panel.state.text())
    assert shown.panel.restore_button.isHidden()


def test_a_stick_is_chosen_and_said_when_it_is_missing(page, office, qtbot, tmp_path, monkeypatch):
    shown = page()
    assert str(office.backups.beside) in shown.place.text()
    monkeypatch.setattr(backups_page, "ask_folder", lambda _parent, _start: str(tmp_path / "stick"))
    with qtbot.waitSignal(shown.folder_chosen) as chosen:
        shown.choose_button.click()
    assert chosen.args == [str(tmp_path / "stick")]
    assert "is not there" in shown.place.text()
    (tmp_path / "stick").mkdir()
    shown.refresh()
    assert shown.place.text() == f"Backups go to {tmp_path / 'stick'}"
    with qtbot.waitSignal(shown.folder_chosen) as chosen:
        shown.beside_button.click()
    assert chosen.args == [""]


def test_a_file_that_can_only_be_read_is_not_restored_over(page, office):
    office.backups.make()
    shown = page(read_only=True)
    assert not shown.restore_button.isEnabled()
    shown.look_at(office.path)
    assert shown.panel is None


def test_a_backup_of_an_earlier_key_asks_for_its_passphrase(office, qtbot, tmp_path):
    path = make_encrypted(tmp_path / "secret.db")
    hold(path, KEY)
    backup = copy_file(path, tmp_path / "backup.db").path
    forget(path)
    panel = RestorePanel(office.path, backup, Jobs(office_owner := Jobs()))
    qtbot.addWidget(panel)
    panel.show()
    panel.look()
    assert panel.secret.isVisible()
    qtbot.keyClicks(panel.secret, "wrong passphrase")
    qtbot.keyClick(panel.secret, Qt.Key.Key_Return)
    assert "does not open" in panel.state.text()
    panel.secret.setText(PASSPHRASE)
    qtbot.keyClick(panel.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.told))
    assert panel.secret.isHidden()
    assert panel.secret.text() == ""
    forget(backup)
    office_owner.wait()


def test_the_key_of_the_open_file_opens_its_backup(qtbot, tmp_path):
    path = make_encrypted(tmp_path / "secret.db")
    hold(path, KEY)
    workspace = Workspace.open(path)
    backup = workspace.backups.make().copy.path
    jobs = Jobs()
    panel = RestorePanel(path, backup, jobs)
    qtbot.addWidget(panel)
    panel.look()
    qtbot.waitUntil(lambda: bool(panel.told))
    assert panel.secret.isHidden()
    workspace.close()
    forget(path)
    forget(backup)


def test_a_protected_file_shows_its_page(office, qtbot):
    office.close()
    with protected_copy(office.path) as path:
        workspace = Workspace.open(path)
        shown = BackupsPage(workspace.backups, Jobs(), None, read_only=True)
        qtbot.addWidget(shown)
        assert shown.last.text() == "no backup yet"
        workspace.close()
