from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.office_keys import finish, set_up
from tracker.core.messages import Language, current_language
from tracker.services import security
from tracker.services.workspace import Workspace
from tracker.ui import app, navigation, settings, theme
from tracker.ui.deeds import all_deeds
from tracker.ui.patient_page import Tab


def press(window, qtbot, name):
    """Trigger an action of the menu by its name."""
    assert window._actions[name].isEnabled(), name
    window._actions[name].trigger()


def shown_names(window):
    model = window.side.model
    return [model.line(row).name for row in range(model.rowCount())]


def test_the_list_is_there_before_the_workspace(start_window, office_file, qtbot):
    window = start_window(app.Start(db=office_file))
    assert window.workspace is None
    assert window.side.model.rowCount() == 3
    qtbot.waitUntil(window.bar.search.hasFocus)


def test_search_works_before_the_workspace_is_there_and_a_patient_chosen_then_opens_after(
    start_window, office_file, qtbot
):
    window = start_window(app.Start(db=office_file))
    qtbot.keyClicks(window.bar.search, "garcia")
    assert shown_names(window) == ["Ana García"]
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(office_file)
    assert window.middle.patient.patient.id == "ana"


@pytest.mark.parametrize("typed", ["wang", "王", "wl", "wanglei", "0007", "膝", "knee"])
def test_a_patient_is_found_by_name_number_condition_and_pinyin(window, qtbot, typed):
    window.bar.search.setText(typed)
    assert shown_names(window) == ["王磊"]
    assert window.side.count.text() == "1 of 3 patients"


def test_nothing_found_is_said(window):
    window.bar.search.setText("nobody of that name")
    assert window.side.count.text() == "0 of 3 patients"


def test_arrows_move_in_the_list_and_enter_opens(window, qtbot):
    window.bar.search.setFocus()
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Down)
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Down)
    second = window.side.current_id()
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)
    assert window.middle.patient.patient.id == second
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Up)
    assert window.side.current_id() != second


def test_escape_empties_the_search(window, qtbot):
    qtbot.keyClicks(window.bar.search, "wang")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Escape)
    assert window.bar.search.text() == ""
    assert len(shown_names(window)) == 3


def test_a_click_opens_the_patient_and_the_header_says_who_and_what(window, qtbot):
    row = window.side.model.row_of("wang")
    place = window.side.view.visualRect(window.side.model.index(row)).center()
    qtbot.mouseClick(window.side.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    header = window.middle.patient.header
    assert header._name.text() == "王磊  Wang Lei"
    assert header._person.text().startswith("K-0007")
    assert any("PRP 5 mL, 2026-01-10" in text for text in header.chips)


def test_control_j_goes_to_the_other_knee(window, qtbot):
    window.open_patient("wang")
    assert window.middle.patient.episode.id == "left"
    press(window, qtbot, "next_episode")
    assert window.middle.patient.episode.id == "right"
    assert "no treatment recorded" in window.middle.patient.header.chips


def test_a_patient_without_episode_offers_to_add_one(window, qtbot):
    window.open_patient("chidi")
    assert window.middle.patient.episode is None
    assert not window._actions["enter_scores"].isEnabled()
    press(window, qtbot, "new_episode")
    panel = window.middle._pages[navigation.RECORD].panel
    qtbot.keyClicks(panel.form.box("side"), "l")
    panel.save()
    assert window.middle.patient.episode.condition == "knee-oa"


def test_remove_offers_undo_and_undo_says_what_it_undid(window, qtbot):
    window.open_patient("wang")
    press(window, qtbot, "remove_patient")
    assert "王磊" not in shown_names(window)
    assert window.middle.page == navigation.HINT
    qtbot.mouseClick(window.notice.offer_button, Qt.MouseButton.LeftButton)
    assert "王磊" in shown_names(window)
    assert window.notice.text.startswith("undone: ")
    press(window, qtbot, "redo")
    assert window.notice.text.startswith("done again: ")
    assert "王磊" not in shown_names(window)


def test_undoing_a_new_patient_takes_its_page_away(window, qtbot):
    press(window, qtbot, "new_patient")
    panel = window.middle._pages[navigation.RECORD].panel
    panel.form.line("name").setText("Somebody New")
    qtbot.keyClicks(panel.form.box("side"), "l")
    panel.save()
    assert window.middle.patient.patient.name == "Somebody New"
    press(window, qtbot, "undo")
    qtbot.waitUntil(lambda: window.middle.page == navigation.HINT)
    assert "Somebody New" not in shown_names(window)


def test_removing_an_episode_shows_the_other(window, qtbot):
    window.open_patient("wang")
    press(window, qtbot, "remove_episode")
    assert window.middle.patient.episode.id == "right"
    press(window, qtbot, "undo")
    assert [episode.id for episode in window.workspace.episodes.of("wang")] == ["left", "right"]


def test_the_language_changes_at_once_and_the_place_stays(window, qtbot):
    window.open_patient("wang")
    press(window, qtbot, "visits")
    window.commands.speak(Language.ZH_CN)
    assert current_language() is Language.ZH_CN
    assert window.middle.patient.patient.id == "wang"
    assert window.middle.patient.tab is Tab.VISITS
    assert window.bar.buttons["language"].text() == "English"
    assert settings.load().language == "zh_CN"
    press(window, qtbot, "language")
    assert window.bar.buttons["language"].text() == "\u4e2d\u6587"


def test_the_theme_changes_at_once_and_is_remembered(window, qtbot):
    window.open_patient("wang")
    press(window, qtbot, "theme")
    assert theme.current().dark
    assert settings.load().theme == theme.DARK
    assert window.middle.patient.patient.id == "wang"
    press(window, qtbot, "theme")
    assert not theme.current().dark


@pytest.mark.parametrize("deed", ["language", "theme"])
def test_the_welcome_stays_when_language_or_theme_change_before_a_file_is_open(start_window, qtbot, deed):
    window = start_window(app.Start())
    window.bar.buttons[deed].click()
    assert window.middle.page == navigation.WELCOME
    assert window.middle.currentWidget() is window.middle.welcome
    qtbot.waitUntil(window.middle.welcome.choices[1].isVisible)
    assert not window.side.isVisible()


def test_every_deed_has_a_key_or_a_menu_entry_and_no_key_is_used_twice(window):
    assert set(window._actions) == {deed.name for deed in all_deeds()}
    keys = [deed.key for deed in all_deeds() if deed.key]
    assert len(keys) == len(set(keys))


def test_the_menu_does_to_the_chart_what_its_own_keys_do(window, qtbot):
    window.open_patient("wang")
    press(window, qtbot, "visits")
    press(window, qtbot, "zoom_scale")
    course = window.middle.patient.course
    assert window.middle.patient.tab is Tab.COURSE
    assert course.choices.zoomed
    press(window, qtbot, "course_table")
    assert course.deeds.table_is_shown
    press(window, qtbot, "course_table")
    press(window, qtbot, "read_against")
    assert not course.side.isVisible()
    press(window, qtbot, "mark_reviewed")
    assert window.workspace.reviews.last("wang") is not None
    first, second, *_ = course.grid.names
    course.grid.focus(second)
    press(window, qtbot, "panel_earlier")
    qtbot.waitUntil(lambda: course.grid.names[:2] == [second, first])
    press(window, qtbot, "panel_hide")
    qtbot.waitUntil(lambda: second not in course.grid.names)


def test_what_is_for_one_panel_asks_for_a_panel(window, qtbot):
    window.open_patient("wang")
    window.bar.search.setFocus()
    press(window, qtbot, "panel_hide")
    qtbot.waitUntil(lambda: "Go to a panel first" in window.notice.text)


def test_what_cannot_be_done_is_not_offered(start_window, office_file):
    window = start_window(app.Start(db=office_file))
    assert not window._actions["new_patient"].isEnabled()
    assert not window.bar.buttons["enter_scores"].isEnabled()
    assert window._actions["library"].isEnabled()


def test_the_status_bar_names_file_state_and_demo(window, office_file):
    assert str(office_file) in window.status.file.text()
    assert "everything is saved" in window.status.state.text()
    assert window.status.demo.isHidden()


def test_a_demo_file_is_marked(start_window, tmp_path, qtbot):
    Workspace.open(tmp_path / "demo.db", create=True, kind="demo").close()
    window = start_window(app.Start(db=tmp_path / "demo.db"))
    assert window.status.demo.isVisible()


def test_the_first_start_offers_three_ways_to_begin(start_window):
    window = start_window(app.Start())
    assert window.middle.page == navigation.WELCOME
    assert [press.text() for press in window.middle.welcome.choices] == [
        "Open the demo",
        "Start a new clinic file",
        "Open another file",
    ]
    assert not window.side.isVisible()


def test_a_new_clinic_file_is_made_in_the_data_folder_and_takes_a_patient(start_window, qtbot):
    window = start_window(app.Start())
    window.middle.welcome.choices[1].click()
    with qtbot.waitSignal(window.ready, timeout=20000):
        finish(set_up(window), qtbot)
    assert security.state_of(settings.default_file()) is security.FileState.ENCRYPTED
    assert window.side.count.text() == "No patient yet: Ctrl+N adds the first"
    press(window, qtbot, "new_patient")
    panel = window.middle._pages[navigation.RECORD].panel
    assert panel.form.raw("patient_number") == "P-0001"
    panel.form.line("name").setText("First")
    qtbot.keyClicks(panel.form.box("side"), "l")
    panel.save()
    assert shown_names(window) == ["First"]


@pytest.mark.parametrize("kind", ["missing", "not a database", "a folder"])
def test_a_file_that_cannot_be_opened_is_explained_on_the_welcome_page(start_window, tmp_path, kind):
    path = tmp_path / "other.db"
    if kind == "not a database":
        path.write_text("this is a letter, not a database " * 100)
    if kind == "a folder":
        path.mkdir()
    window = start_window(app.Start(db=path))
    assert window.middle.page == navigation.WELCOME
    assert window.middle.welcome.trouble.isVisible()
    assert str(path) in window.middle.welcome._trouble_text.text()


def test_where_a_file_is_damaged_its_newest_backup_is_named_with_the_way_back(start_window, office_file):
    with closing(Workspace.open(office_file)) as workspace:
        kept = workspace.backups.make().copy.path
    content = bytearray(office_file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    office_file.write_bytes(content)
    said = start_window(app.Start(db=office_file)).middle.welcome._trouble_text.text()
    assert f'restore --db "{office_file}" --from "{kept}"' in said


def test_another_file_is_opened_over_the_first(window, qtbot, tmp_path, monkeypatch):
    from tracker.ui import commands

    other = tmp_path / "other.db"
    Workspace.open(other, create=True).close()
    window.open_patient("wang")
    monkeypatch.setattr(commands, "ask_file_to_open", lambda _parent, _folder: str(other))
    with qtbot.waitSignal(window.ready, timeout=20000):
        press(window, qtbot, "open_file")
    assert shown_names(window) == []
    assert window.workspace.path == other


def test_a_new_file_is_never_put_over_one_that_is_there(window, qtbot, office_file, monkeypatch):
    from tracker.ui import commands

    monkeypatch.setattr(commands, "ask_file_to_make", lambda _parent, _folder: str(office_file))
    press(window, qtbot, "new_file")
    assert "is there already" in window.notice.text
    assert len(shown_names(window)) == 3


def test_who_enters_is_written_into_what_follows(window, qtbot):
    press(window, qtbot, "settings")
    form = window.middle._pages[navigation.SETTINGS].form
    qtbot.keyClicks(form.line("actor"), "Dr. Li")
    qtbot.keyClick(form.line("actor"), Qt.Key.Key_Return)
    assert window.workspace.actor == "Dr. Li"
    assert settings.load().actor == "Dr. Li"


def test_closing_remembers_the_place_and_lets_go_of_the_file(window):
    window.close()
    assert settings.load().geometry
    assert window.workspace is None


def test_the_system_changing_its_colours_is_followed(window, monkeypatch):
    window.kept = settings.save(window.kept, theme=theme.SYSTEM)
    monkeypatch.setattr(theme, "system_name", lambda: theme.DARK)
    window.commands.follow_system()
    assert theme.current().dark
    monkeypatch.setattr(theme, "system_name", lambda: theme.LIGHT)
    window.commands.follow_system()
    assert QApplication.palette().window().color().name() == theme.load("light").colour("window")


def test_the_search_field_leaves_the_window_its_shortcuts(window, qtbot):
    window.bar.search.setFocus()
    taken = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    window.bar.search.event(taken)
    assert not taken.isAccepted()
    pasted = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    window.bar.search.event(pasted)
    assert pasted.isAccepted()


def test_the_demo_is_made_in_the_background_and_marked(start_window, qtbot):
    window = start_window(app.Start())
    with qtbot.waitSignal(window.ready, timeout=60000):
        window.middle.welcome.choices[0].click()
        assert not window.middle.welcome.choices[0].isEnabled()
    assert settings.demo_file().exists()
    assert window.side.count.text() == "120 patients"
    assert window.status.demo.isVisible()


def test_an_error_nobody_caught_stands_in_the_message_bar_and_a_bug_on_a_page(
    start_window, office_file, qapp, monkeypatch, qtbot, no_log
):
    import sys

    from tracker.core.errors import TrackerError
    from tracker.core.messages import msg

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = app.prepare(qapp, app.Start(db=office_file))
    hook = sys.excepthook
    hook(TrackerError, TrackerError(msg("the disk is full")), None)
    assert window.notice.text == "the disk is full"
    hook(ZeroDivisionError, ZeroDivisionError("Garcia"), None)
    qtbot.waitUntil(lambda: window.middle.page == navigation.REPORT)  # over whatever the fault has broken off
    page = window.middle.currentWidget()
    assert "ZeroDivisionError" in page.text.toPlainText()
    assert "Garcia" not in page.text.toPlainText()
    window.close()
