from tests.store.test_lease import another_program
from tracker.services.workspace import Workspace
from tracker.ui import app, settings


def test_a_second_program_reads_says_who_has_the_file_and_takes_over_when_it_is_free(start_window, office_file, qtbot):
    with another_program(office_file):
        window = start_window(app.Start(db=office_file))
        with qtbot.waitSignal(window.ready, timeout=20000):
            window.opener.open(office_file)
        assert window.workspace.read_only
        assert "dr-wu on " in window.status.read_only.text()
        assert "dr-wu on " in window.notice.text
        window.open_patient("wang")
        assert not window._actions["enter_scores"].isEnabled()
        assert "read-only" in window._actions["enter_scores"].toolTip()
        assert "read-only" in window.middle.patient.header.tools.toolTip()
        window.notice.offer_button.click()
        window.take_over.look()
        assert window.workspace.read_only
    window.take_over.timer.setInterval(1)
    qtbot.waitUntil(lambda: window.workspace is not None and not window.workspace.read_only, timeout=20000)
    assert not window.take_over.timer.isActive()
    assert window.status.read_only.isHidden()
    assert "read-only" not in window._actions["enter_scores"].toolTip()
    window.workspace.patients.remove("chidi")


def test_nothing_is_offered_for_a_file_of_ones_own(window):
    assert window.notice.text == ""
    window.take_over.look()
    assert not window.workspace.read_only


def test_a_backup_opens_for_reading_with_words_that_say_how_to_go_on_from_it(start_window, office_file, qtbot):
    office = Workspace.open(office_file)
    backup = office.backups.make().copy.path
    office.close()
    window = start_window(app.Start(db=backup))
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(backup)
    assert window.workspace.read_only
    assert "is a backup" in window.status.read_only.text()
    assert "File > Backups" in window.notice.text
    assert settings.load().last_file != str(backup)
    window.open_patient("wang")
    assert not window._actions["enter_scores"].isEnabled()
