"""The window on a clinic's server: reached beside the window, asked for where that fails; no password is shown."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from tests import servers
from tests.ui.office import fill
from tracker.ui import app, navigation, settings
from tracker.ui.server_page import ServerPage


@pytest.fixture
def page(qtbot):
    shown = ServerPage("", "")
    qtbot.addWidget(shown)
    return shown


def test_an_address_that_cannot_be_read_is_said_beside_its_field(page, qtbot):
    page.form.line("address").setText("clinic.sqlite")
    with qtbot.assertNotEmitted(page.connect_wanted):
        page.reach()
    assert "postgresql+psycopg://" in page.form.complaints()["address"]


def test_the_password_is_hidden_and_goes_with_the_address(page, qtbot):
    assert page.form.line("password").echoMode() is QLineEdit.EchoMode.Password
    page.form.line("address").setText("postgresql://anna@db/clinic")
    page.form.line("password").setText("s3cret")
    with qtbot.waitSignal(page.connect_wanted) as asked:
        page.reach()
    assert (asked.args[0].user, asked.args[0].password) == ("anna", "s3cret")
    assert not page.connect_button.isEnabled()


def test_a_server_that_is_not_there_leads_to_the_page_that_asks_for_one(start_window, qtbot):
    from tracker.core.places import read_place

    place = read_place("postgresql://anna:s3cret@127.0.0.1:1/clinic")
    window = start_window(app.Start(db=place))
    assert window.workspace is None
    with qtbot.waitSignal(window.ready, timeout=20000):
        app._go_on(window, app.Start(db=place))
    shown = window.middle.currentWidget()
    assert isinstance(shown, ServerPage)
    assert "does not answer" in shown.trouble.text()
    assert shown.form.raw("address") == "postgresql+psycopg://anna@127.0.0.1:1/clinic"
    assert "s3cret" not in shown.trouble.text() + shown.form.raw("password")
    window.middle.back()
    assert window.middle.page == navigation.WELCOME
    assert window.middle.welcome.choices[0].isEnabled()


@pytest.mark.skipif(servers.address() is None, reason=servers.REASON)
def test_the_window_works_on_a_server_and_shows_its_password_nowhere(start_window, clinic_database, qtbot):
    fill(clinic_database)
    window = start_window(app.Start(db=clinic_database))
    assert "Connecting" in window.middle.welcome._busy.text()
    with qtbot.waitSignal(window.ready, timeout=20000):
        app._go_on(window, app.Start(db=clinic_database))
    assert window.side.model.rowCount() > 0
    window.open_patient(window.workspace.patients.search().lines[0].id)
    shown = (window.windowTitle(), window.status.file.text(), settings.load().last_file)
    assert all(clinic_database.database in text and clinic_database.password not in text for text in shown)
    assert settings.load().last_file == str(replace(clinic_database, password=""))
    window.close()


@pytest.mark.skipif(servers.address() is None, reason=servers.REASON)
def test_an_empty_database_is_set_up_from_the_page(start_window, empty_database, qtbot):
    window = start_window(app.Start())
    window.commands.open_server()
    page = window.middle.currentWidget()
    page.form.line("address").setText(str(empty_database))
    page.form.line("password").setText(empty_database.password)
    with qtbot.waitSignal(window.ready, timeout=20000):
        page.reach()
    assert (window.workspace.kind, window.middle.page) == ("clinic", navigation.HINT)
    window.close()


@pytest.mark.skipif(servers.address() is None, reason=servers.REASON)
def test_every_page_opens_on_a_server_or_says_why_not(start_window, clinic_database, qtbot):
    fill(clinic_database)
    window = start_window(app.Start(db=clinic_database))
    with qtbot.waitSignal(window.ready, timeout=20000):
        app._go_on(window, app.Start(db=clinic_database))
    window.open_patient("wang")
    for name, action in window._actions.items():
        if name not in {"quit", "open_demo", "new_file", "open_file", "open_server"} and action.isEnabled():
            action.trigger()
            assert clinic_database.password not in window.notice.text
            if not window.middle.put_away():
                raise AssertionError(name)
    assert window.workspace is not None
    window.close()
