"""The users of a file in the settings: set up, added, changed, disabled, and what an administrator alone may do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.services.making_users import PASSPHRASES, ROLES, sign_in, with_users
from tests.store.keys import PASSPHRASE, RECOVERY
from tracker.clinic.codes import Role
from tracker.services import security
from tracker.services.signed_in import forget
from tracker.services.workspace import Workspace
from tracker.ui.jobs import Jobs
from tracker.ui.people.people_panel import PeoplePanel

NEW = "another passphrase"


@pytest.fixture
def show(qtbot, themed):
    def shown(workspace):
        jobs = Jobs()
        panel = PeoplePanel(workspace, jobs, "Dr. Chen")
        panel.jobs = jobs
        qtbot.addWidget(panel)
        panel.show()
        return panel

    return shown


@pytest.fixture
def alone(office_file):
    opened = Workspace.open(office_file)
    yield opened
    opened.close()
    forget(office_file)


@pytest.fixture
def panel(alone, show):
    with_users(alone)
    return show(alone)


def names(panel):
    return {panel.model.record(row).user.name: panel.model.record(row) for row in range(panel.model.rowCount())}


def choose(panel, name):
    panel.table.setCurrentIndex(panel.model.index(list(names(panel)).index(name), 0))


def fill_in(panel, qtbot, **values):
    """Fill in the form that is shown, as somebody who types, and press its button."""
    if "again" not in values and "new" in values and panel.form.form.has("again"):
        values["again"] = values["new"]
    panel.form.form.fill(values)
    if panel.form.form.has("role") and "role" in values:
        box = panel.form.form.box("role")
        box.setCurrentIndex(box.findData(values["role"]))
    qtbot.mouseClick(panel.form.press, Qt.MouseButton.LeftButton)


def press(panel, qtbot, name):
    qtbot.mouseClick(panel.buttons[name], Qt.MouseButton.LeftButton)


def test_who_works_alone_sees_one_button_and_no_table(alone, show):
    panel = show(alone)
    assert list(panel.buttons) == ["turn_on"]
    assert not panel.table.isVisible()
    assert "You work alone" in panel.words.text()


def test_users_are_set_up_with_the_name_that_was_kept(alone, show, qtbot):
    panel = show(alone)
    press(panel, qtbot, "turn_on")
    assert panel.form.form.raw("name") == "Dr. Chen"
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, new=PASSPHRASE)
    assert alone.session.user.name == "Dr. Chen"
    assert set(names(panel)) == {"Dr. Chen"}
    assert panel.form is None
    assert "signed in as administrator" in panel.told.text()


def test_a_passphrase_is_hidden_and_typed_twice(panel, qtbot):
    press(panel, qtbot, "add")
    form = panel.form.form
    assert form.line("new").echoMode() is QLineEdit.EchoMode.Password
    fill_in(panel, qtbot, name="Bo", new=NEW, again="something else")
    assert "not the same" in form.complaints()["again"]
    assert set(names(panel)) == set(ROLES)
    form.fill({"name": " ", "new": NEW, "again": NEW})
    panel.form.submit()
    assert "needed" in form.complaints()["name"]


def test_a_user_is_added_with_a_role(panel, qtbot):
    press(panel, qtbot, "add")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, name="Bo", new=NEW, role=Role.VIEWER.value)
    assert names(panel)["Bo"].user.role is Role.VIEWER
    assert panel.table.hasFocus()


def test_what_cannot_be_is_said_and_the_form_stays(panel, qtbot):
    press(panel, qtbot, "add")
    fill_in(panel, qtbot, name="Ann", new=NEW)
    qtbot.waitUntil(lambda: "user of this name" in panel.told.text())
    assert panel.form.press.isEnabled()
    assert panel.form.form.raw("name") == "Ann"


def test_name_and_role_are_changed(panel, qtbot):
    choose(panel, "Ann")
    press(panel, qtbot, "change")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, name="Anne", role=Role.CLINICIAN.value)
    assert names(panel)["Anne"].user.role is Role.CLINICIAN


def test_a_user_is_disabled_and_let_work_again(panel, alone, qtbot):
    choose(panel, "Eva")
    press(panel, qtbot, "disable")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot)
    assert names(panel)["Eva"].user.disabled
    choose(panel, "Eva")
    assert panel.buttons["disable"].text() == "Let work again..."
    press(panel, qtbot, "disable")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, new=NEW)
    alone.sign_in("Eva", NEW)


def test_the_last_administrator_cannot_be_disabled(panel, qtbot):
    choose(panel, "Dr. Lin")
    press(panel, qtbot, "disable")
    fill_in(panel, qtbot)
    qtbot.waitUntil(lambda: "last administrator" in panel.told.text())


def test_a_forgotten_passphrase_is_set_anew_and_ones_own_is_changed(panel, alone, qtbot):
    choose(panel, "Wu")
    press(panel, qtbot, "passphrase")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, new=NEW)
    press(panel, qtbot, "own")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, now=PASSPHRASES["Dr. Lin"], new="yet another one")
    alone.sign_in("Wu", NEW)
    alone.sign_in("Dr. Lin", "yet another one")


def test_going_back_to_one_person_takes_the_table_away(panel, alone, qtbot):
    press(panel, qtbot, "turn_off")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, now=PASSPHRASES["Dr. Lin"])
    assert list(panel.buttons) == ["turn_on"]
    assert not alone.session.has_users


@pytest.mark.parametrize("name", ["Wu", "Ann", "Eva"])
def test_only_an_administrator_changes_users_but_everybody_their_passphrase(alone, show, name):
    with_users(alone)
    sign_in(alone, name)
    panel = show(alone)
    enabled = {one for one, made in panel.buttons.items() if made.isEnabled()}
    assert enabled == {"own"}
    assert "manage users" in panel.buttons["add"].toolTip()
    panel._about_chosen("change")
    assert panel.form is None


def test_in_an_encrypted_file_the_passphrase_of_the_file_becomes_the_administrators(tmp_path, show, qtbot):
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    workspace = Workspace.open(path)
    panel = show(workspace)
    press(panel, qtbot, "turn_on")
    assert not panel.form.form.has("new")
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, now=PASSPHRASE)
    assert security.people(path) == ("Dr. Chen",)
    press(panel, qtbot, "change")
    fill_in(panel, qtbot, name="Dr. Ma")
    qtbot.waitUntil(lambda: "new passphrase with the new name" in panel.told.text())
    with qtbot.waitSignal(panel.changed):
        fill_in(panel, qtbot, name="Dr. Ma", new=NEW)
    assert security.people(path) == ("Dr. Ma",)
    workspace.close()
    security.lock(path)
    forget(path)
