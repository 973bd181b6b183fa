"""Every page opened once in both languages and themes, and a walk over everything that takes the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QScrollBar, QWidget

from tracker.core.messages import Language
from tracker.ui import navigation, theme
from tracker.ui.help_page import HelpPage
from tracker.ui.patient_page import Tab

PLACES = ["hint", "course", "visits", "events", "visit panel", "treatment panel", "event panel", "new patient"]
PLACES += [
    "edit patient",
    "edit episode",
    "scores",
    "library",
    "export",
    "backups",
    "settings",
    "help",
    "about",
    "report",
    "history",
    "audit",
    "welcome",
]


def go(window, place):
    records, commands = window.commands.records, window.commands
    if place not in ("hint", "welcome", "library", "help", "about"):
        window.middle.open_patient("wang", "left", Tab.VISITS)
    deeds = {
        "course": records.course,
        "visits": records.visits,
        "events": records.events,
        "visit panel": records.new_visit,
        "treatment panel": records.new_treatment,
        "event panel": records.new_event,
        "new patient": records.new_patient,
        "edit patient": records.edit_patient,
        "edit episode": records.edit_episode,
        "scores": records.enter_scores,
        "library": commands.library,
        "export": commands.export,
        "backups": window.safekeeping.show_page,
        "settings": commands.settings,
        "help": commands.help,
        "about": commands.about,
        "report": lambda: commands.show_report("ValueError"),
        "history": commands.looking_back.history,
        "audit": commands.looking_back.audit,
        "welcome": window.close_file,
        "hint": lambda: None,
    }
    deeds[place]()


def focusable(window):
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar)
        and not is_viewport(widget)
    ]


def is_viewport(widget):
    """Whether *widget* is the inside of a scroll area, which takes the focus for it and has the name."""
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


def name_of(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("place", PLACES)
def test_a_page_opens_in_every_language_and_all_that_takes_the_focus_has_a_name(window, qtbot, place, language):
    window.commands.speak(language)
    go(window, place)
    QApplication.processEvents()
    found = focusable(window)
    assert found
    nameless = [f"{type(widget).__name__} {widget.objectName()}" for widget in found if not name_of(widget).strip()]
    assert nameless == []


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_painted_in_the_dark_theme_without_light_paper(window, qtbot, place):
    window.commands.put_on(theme.DARK)
    go(window, place)
    QApplication.processEvents()
    picture = window.grab().toImage()
    dark = sum(
        picture.pixelColor(x, y).lightness() < 100
        for x in range(0, picture.width(), 40)
        for y in range(0, picture.height(), 40)
    )
    total = len(range(0, picture.width(), 40)) * len(range(0, picture.height(), 40))
    window.commands.put_on(theme.LIGHT)
    assert dark / total > 0.8


def test_library_and_entry_take_the_room_of_the_list_and_searching_brings_it_back(window, qtbot):
    window.commands.library()
    assert not window.side.isVisible()
    window.commands.records.find()
    assert window.side.isVisible()
    qtbot.keyClicks(window.bar.search, "ana")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)
    assert window.middle.page == navigation.PATIENT


def test_help_is_there_in_both_languages_and_tells_the_same_keys():
    from tracker.core.messages import use_language
    from tracker.ui.deeds import all_deeds
    from tracker.ui.help_page import help_text

    texts = []
    for language in Language:
        use_language(language)
        texts.append(help_text())
    keys = ["Ctrl+K", "Ctrl+E", "Ctrl+Shift+V", "Ctrl+Shift+T", "Ctrl+J", "Ctrl+L", "Ctrl+Shift+X", "F1"]
    assert {deed.key for deed in all_deeds()} >= set(keys)
    arrows = {"Left": "\N{LEFTWARDS ARROW}", "Right": "\N{RIGHTWARDS ARROW}"}
    for deed in all_deeds():
        *modifiers, key = deed.page_key.split("+")
        keys += ["+".join([*modifiers, arrows.get(key, key)])] if key else []
    for text in texts:
        assert all(key in text for key in keys)


def test_the_hazard_log_opens_with_its_key(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert window.middle.page == navigation.HELP
    assert "stands against it" in window.middle.findChild(HelpPage).browser.toPlainText()


def test_in_a_narrow_window_names_and_fields_are_whole(window, qtbot):
    window.resize(1000, 600)
    window.middle.open_patient("wang", "left", Tab.VISITS)
    header = window.middle.patient.header
    header._name.setText("王晓燕（合成）  Wang Xiaoyan (synthetic)")
    qtbot.waitUntil(lambda: header._name.width() >= header._name.sizeHint().width())
    window._actions["new_patient"].trigger()
    form = window.middle._pages[navigation.RECORD].panel.form
    assert not window.side.isVisible()
    day = form.fontMetrics().horizontalAdvance("2026-02-03") + 24
    qtbot.waitUntil(lambda: min(form.line(name).width() for name in ("treatment_date", "birth_date")) > day)


def test_what_was_typed_of_a_new_patient_is_there_in_the_other_language(window, qtbot):
    window._actions["new_patient"].trigger()
    form = window.middle._pages[navigation.RECORD].panel.form
    form.line("name").setText("Li Na")
    form.box("condition").setCurrentIndex(form.box("condition").findData("tendinopathy"))
    form.box("body_site").setCurrentIndex(1)
    kept = form.values()
    window._actions["language"].trigger()
    again = window.middle._pages[navigation.RECORD].panel.form
    assert again is not form
    assert again.values() == kept


def test_the_keys_go_on_where_they_went_after_the_language_changed(window, qtbot):
    window._actions["language"].trigger()
    qtbot.waitUntil(window.bar.search.hasFocus)
    window.middle.open_patient("wang", "left", Tab.VISITS)
    window.middle.back()
    window._actions["language"].trigger()
    qtbot.waitUntil(window.middle.patient.visits.table.hasFocus)


@pytest.mark.parametrize(
    "place", ["settings", "help", "report", "export", "history", "audit", "library", "new patient"]
)
def test_escape_leaves_a_page_from_wherever_the_focus_is(window, qtbot, place):
    go(window, place)
    away = navigation.PATIENT if window.middle.patient else navigation.HINT
    button = next(one for one in window.middle.currentWidget().findChildren(QPushButton) if one.isVisible())
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.middle.page == away)


def test_the_library_opens_with_the_keys_on_its_list(window, qtbot):
    window._actions["library"].trigger()
    qtbot.waitUntil(window.middle._library.list.hasFocus)
