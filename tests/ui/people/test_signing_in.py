"""The window over a file with users: who it is, nothing before that, another user, back again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests import servers
from tests.services.making_users import PASSPHRASES, ROLES, sign_in, with_users
from tests.store.keys import PASSPHRASE, RECOVERY
from tests.ui.office import fill
from tests.ui.office_keys import finish, set_up
from tracker.services import security
from tracker.services.entering import leave
from tracker.services.workspace import Workspace
from tracker.store.file_state import key_file_of
from tracker.ui import app, navigation


@pytest.fixture
def shared_file(office_file):
    """The small clinic with one user of every role; nobody is signed in."""
    workspace = Workspace.open(office_file)
    with_users(workspace)
    workspace.close()
    leave(office_file)
    yield office_file
    leave(office_file)


@pytest.fixture
def asked(start_window, shared_file):
    shown = start_window(app.Start(db=shared_file))
    yield shown
    shown.jobs.wait()


def sign_in_as(window, qtbot, name, secret=None):
    page = window.locks.page
    qtbot.waitUntil(lambda: page.people.findData(name) >= 0)  # the names come after the first paint
    page.people.setCurrentIndex(page.people.findData(name))
    page.secret.line.setText(PASSPHRASES[name] if secret is None else secret)
    with qtbot.waitSignal(window.ready, timeout=20000):
        qtbot.keyClick(page.secret.line, Qt.Key.Key_Return)


def fail(window, qtbot, name):
    page = window.locks.page
    qtbot.waitUntil(lambda: page.people.findData(name) >= 0)
    page.people.setCurrentIndex(page.people.findData(name))
    page.secret.line.setText("not it at all")
    page.submit()
    qtbot.waitUntil(lambda: page.secret.isEnabled() and page.trouble.text() != "")


def texts(window):
    return "\n".join(widget.text() for widget in window.findChildren(QLabel))


def test_who_it_is_is_asked_before_anything_is_shown(asked, qtbot):
    page = asked.locks.page
    qtbot.waitUntil(page.people.isVisible)
    assert [page.people.itemText(row) for row in range(page.people.count())] == sorted(ROLES)
    assert page.people.isVisible()
    assert "Sign in with your own passphrase" in texts(page)
    assert asked.side.model.rowCount() == 0
    assert asked.workspace is None
    assert "王磊" not in texts(asked)
    assert page.usable


def test_signing_in_opens_the_file_under_that_name(asked, qtbot):
    sign_in_as(asked, qtbot, "Wu")
    assert asked.workspace.actor == "Wu"
    assert asked.side.model.rowCount() == 3
    assert asked.status.who.text() == "Wu \N{MIDDLE DOT} clinician"
    assert asked.status.who.isVisible()
    assert not asked.locks.covering


def test_a_wrong_passphrase_is_said_and_after_three_the_next_one_waits(asked, qtbot):
    for _ in range(3):
        fail(asked, qtbot, "Ann")
        assert "do not belong together" in asked.locks.page.trouble.text()
    asked.locks.page.secret.line.setText(PASSPHRASES["Ann"])
    asked.locks.page.submit()
    qtbot.waitUntil(lambda: "can try again" in asked.locks.page.trouble.text())
    assert not asked.locks.page.press.isEnabled()
    assert asked.workspace is None


def test_another_user_takes_over_with_their_own_rights(asked, qtbot):
    sign_in_as(asked, qtbot, "Wu")
    asked.open_patient("wang")
    action = asked._actions["switch_user"]
    assert action.isVisible()
    assert action.isEnabled()
    action.trigger()
    assert asked.locks.covering
    assert asked.workspace is None
    assert "王磊" not in texts(asked.locks.page)
    sign_in_as(asked, qtbot, "Eva")
    assert asked.workspace.actor == "Eva"
    assert asked.middle.page == navigation.PATIENT
    assert not asked._actions["new_patient"].isEnabled()


def test_who_works_alone_never_sees_that_users_can_be_switched(window):
    assert not window._actions["switch_user"].isVisible()
    assert not window._actions["lock"].isEnabled()
    assert not window.status.who.isVisible()


def test_once_users_are_set_up_the_file_can_be_locked_at_once(window, qtbot):
    window.commands.settings()
    window.workspace.people.turn_on("Dr. Lin", PASSPHRASE)
    window.locks.follow(window.workspace)
    assert window._actions["switch_user"].isVisible()
    window.locks.lock()
    sign_in_as(window, qtbot, "Dr. Lin", PASSPHRASE)
    assert window.status.who.text().startswith("Dr. Lin")
    leave(window.workspace.place)


def test_the_name_of_who_is_signed_in_cannot_be_typed_in_the_settings(asked, qtbot):
    sign_in_as(asked, qtbot, "Ann")
    asked.commands.settings()
    line = asked.middle.currentWidget().form.line("actor")
    assert line.text() == "Ann"
    assert not line.isEnabled()


@pytest.fixture
def encrypted(tmp_path):
    """An encrypted small clinic with an administrator and a clinician; locked."""
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    fill(path)
    workspace = Workspace.open(path)
    workspace.people.turn_on("Dr. Lin", PASSPHRASE)
    workspace.people.add("Wu", "clinician", PASSPHRASES["Wu"])
    workspace.close()
    leave(path)
    yield path
    leave(path)


def test_one_passphrase_unlocks_an_encrypted_file_and_signs_in(start_window, encrypted, qtbot):
    window = start_window(app.Start(db=encrypted))
    qtbot.waitUntil(lambda: window.locks.page.people.count() == 2)
    sign_in_as(window, qtbot, "Wu")
    assert window.status.who.text().startswith("Wu")
    window.locks.lock()
    qtbot.waitUntil(lambda: security.is_locked(encrypted))
    sign_in_as(window, qtbot, "Dr. Lin", PASSPHRASE)
    assert window.workspace.actor == "Dr. Lin"
    window.jobs.wait()


def test_with_the_recovery_key_alone_it_is_asked_who_it_is(start_window, encrypted, qtbot):
    key_file_of(encrypted).unlink()
    window = start_window(app.Start(db=encrypted))
    page = window.locks.page
    assert page.people.count() == 0
    page.secret.line.setText(RECOVERY)
    page.submit()
    qtbot.waitUntil(lambda: page.people.isVisible() and page.press.isEnabled())
    assert "choose who you are" in page.trouble.text()
    sign_in_as(window, qtbot, "Dr. Lin", RECOVERY)
    assert window.workspace.actor == "Dr. Lin"
    window.jobs.wait()


def test_a_file_that_is_closed_and_opened_again_asks_again(asked, qtbot, office_file, shared_file):
    sign_in_as(asked, qtbot, "Wu")
    asked.locks.lock()
    qtbot.waitUntil(lambda: not asked.jobs.busy)
    asked.locks._forget_when_done()
    assert not asked.look(shared_file)
    assert asked.locks.covering


def test_signing_in_from_a_script_first_opens_the_window_under_that_name(start_window, shared_file, qtbot):
    workspace = Workspace.open(shared_file)
    sign_in(workspace, "Ann")
    workspace.close()
    window = start_window(app.Start(db=shared_file))
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(shared_file, actor="somebody else")
    assert window.workspace.actor == "Ann"


def test_only_an_administrator_is_offered_the_key_of_the_file_and_restoring(start_window, encrypted, qtbot):
    window = start_window(app.Start(db=encrypted))
    sign_in_as(window, qtbot, "Wu")
    panel = window.commands.conversions.panel()
    qtbot.addWidget(panel)
    assert {name for name, made in panel.buttons.items() if made.isEnabled()} == {"passphrase"}
    assert "manage users, keys" in panel.buttons["rekey"].toolTip()
    window.safekeeping.show_page()
    page = window.middle.currentWidget()
    assert not page.restore_button.isEnabled()
    assert page.choose_button.isEnabled()
    window.locks.lock()
    sign_in_as(window, qtbot, "Dr. Lin", PASSPHRASE)
    panel = window.commands.conversions.panel()
    qtbot.addWidget(panel)
    assert all(made.isEnabled() for made in panel.buttons.values())
    window.jobs.wait()


def test_a_plain_file_with_users_is_encrypted_with_the_administrators_own_passphrase(asked, qtbot, shared_file):
    sign_in_as(asked, qtbot, "Dr. Lin")
    asked.commands.conversions.encrypt()
    page = set_up(asked, "not the one of Dr. Lin")
    qtbot.waitUntil(lambda: "do not belong together" in page.passphrase.trouble.text())
    assert page.step == 0
    set_up(asked, PASSPHRASES["Dr. Lin"])
    with qtbot.waitSignal(asked.ready, timeout=20000):
        finish(page, qtbot)
    assert asked.workspace.actor == "Dr. Lin"
    assert security.people(shared_file) == ("Dr. Lin",)
    assert {one.user.name for one in asked.workspace.people.all() if one.opens} == {"Dr. Lin"}


@pytest.mark.skipif(servers.address() is None, reason=servers.REASON)
def test_a_server_with_users_asks_who_it_is_and_switches_between_them(start_window, clinic_database, qtbot):
    workspace = Workspace.open(fill(clinic_database))
    with_users(workspace)
    workspace.close()
    leave(clinic_database)
    window = start_window(app.Start(db=clinic_database))
    with qtbot.waitSignal(window.ready, timeout=20000):
        app._go_on(window, app.Start(db=clinic_database))
    assert window.workspace is None
    sign_in_as(window, qtbot, "Wu")
    assert window.side.model.rowCount() == 3
    window.commands.switch_user()
    sign_in_as(window, qtbot, "Eva")
    assert window.workspace.actor == "Eva"
    window.close()
