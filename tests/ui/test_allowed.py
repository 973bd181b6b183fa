"""What a role does not allow cannot be used in the window, and says why."""

import pytest
from PySide6.QtWidgets import QPushButton

from tests.services.making_users import sign_in, with_users
from tests.ui.office import on
from tracker.clinic.records import Visit
from tracker.services.signed_in import forget
from tracker.services.workspace import Workspace
from tracker.ui import app
from tracker.ui.patient_page import Tab

MAY = {
    "Eva": set(),
    "Ann": {"new_patient", "edit_patient", "enter_scores", "new_visit"},
    "Wu": {"new_patient", "edit_patient", "enter_scores", "new_visit", "export", "report", "remove_patient"},
}
ASKED = MAY["Wu"]


@pytest.fixture
def window_of(start_window, office_file, qtbot):
    """Opens the window for a user of the small clinic, at Wang Lei's left knee."""

    def opened(name):
        workspace = Workspace.open(office_file)
        with_users(workspace)
        sign_in(workspace, name)
        workspace.close()
        shown = start_window(app.Start(db=office_file))
        with qtbot.waitSignal(shown.ready, timeout=20000):
            shown.opener.open(office_file, actor="somebody else")
        shown.open_patient("wang")
        return shown

    yield opened
    forget(office_file)


@pytest.mark.parametrize("name", MAY)
def test_the_menu_offers_what_the_role_allows_and_says_why_not(window_of, name):
    window = window_of(name)
    assert {deed for deed in ASKED if window._actions[deed].isEnabled()} == MAY[name]
    for deed in ASKED - MAY[name]:
        assert "your role here" in window._actions[deed].toolTip()
    for deed in MAY[name]:
        assert window._actions[deed].toolTip() == "" or "role" not in window._actions[deed].toolTip()


def test_the_top_bar_says_why_too_and_gives_the_keys_back(window_of):
    window = window_of("Ann")
    assert not window.bar.buttons["export"].isEnabled()
    assert "data entry" in window.bar.buttons["export"].toolTip()
    assert window.bar.buttons["new_patient"].toolTip() == "Ctrl+N"


def test_who_only_sees_has_no_button_that_changes_anything(window_of):
    window = window_of("Eva")
    page = window.middle.patient
    page.show_tab(Tab.VISITS)
    assert not page.visits.new_button.isEnabled()
    assert "viewer" in page.visits.new_button.toolTip()
    assert not page.header.tools.isEnabled()
    assert window.workspace.read_only
    assert not window.workspace.store.read_only


def test_who_may_not_remove_has_a_remove_button_that_says_so(window_of):
    window = window_of("Ann")
    page = window.middle.patient
    page.show_tab(Tab.VISITS)
    visit = window.workspace.visits.of("wang")[0]
    page.visits._show_visit(visit)
    (remove,) = [one for one in page.visits.side.findChildren(QPushButton) if one.text() == "Remove visit"]
    assert not remove.isEnabled()
    assert "remove what was recorded" in remove.toolTip()


def test_every_change_bears_the_name_of_who_signed_in_whatever_the_computer_says(window_of):
    workspace = window_of("Ann").workspace
    workspace.visits.add(Visit(id="new", patient_id="wang", date=on(100)))
    with workspace.store.read() as reader:
        (actor,) = reader.driver.execute("SELECT actor FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    assert actor == "Ann"
