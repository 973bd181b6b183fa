"""An action is found by its words in the search field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tracker.core.messages import Language
from tracker.ui import navigation


def committed(text):
    """What a keyboard or an input method gives, in any script."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def typed(window, text):
    window.commands.records.find()
    QApplication.sendEvent(window.bar.search, committed(text))
    popup = window.bar.action_search.popup
    model = popup.model()
    return popup, [model.index(row, 0).data() for row in range(model.rowCount())]


def test_actions_are_listed_with_their_keys_and_enter_does_the_first(window, qtbot):
    window.open_patient("wang")
    popup, found = typed(window, ">csv")
    assert "Export CSV...   Ctrl+Shift+X" in found
    assert all("csv" in title.lower() for title in found)
    popup.setCurrentIndex(popup.model().index(found.index("Export CSV...   Ctrl+Shift+X"), 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.middle.page == navigation.EXPORT)
    assert window.bar.search.text() == ""


def test_patients_stay_listed_and_none_is_opened_by_an_action_that_is_not_there(window, qtbot):
    rows = window.side.model.rowCount()
    _, found = typed(window, ">no such thing")
    assert found == []
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)
    assert window.side.model.rowCount() == rows
    assert window.middle.page == navigation.HINT


def test_only_what_can_be_done_now_is_listed(window):
    _, found = typed(window, ">visit")
    assert found == [], "no patient is open"


@pytest.mark.parametrize("sign", [">", "\N{FULLWIDTH GREATER-THAN SIGN}"])
def test_actions_are_found_in_chinese(window, sign):
    window.commands.speak(Language.ZH_CN)
    _, found = typed(window, f"{sign}\u7814\u7a76\u5e93")
    assert found == ["\u7814\u7a76\u5e93   Ctrl+L"]
