"""The page's commands as actions: each has a key and may stand in a menu.

The page takes their keys itself while it has the focus, so that the same key may mean something else in the window.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from tracker.core.messages import Message, msg, say

COMPLETE, UNDO, REDO = msg("Complete the form"), msg("Undo keystroke"), msg("Redo keystroke")
FIRST_OPEN, ABOUT = msg("First item without an answer"), msg("About this scale")
DISCARD, LEAVE = msg("Discard change"), msg("Close the form")
KEYS = {
    COMPLETE.text: ("Ctrl+Return", "Ctrl+Enter"),
    FIRST_OPEN.text: ("Ctrl+G",),
    UNDO.text: ("Ctrl+Z",),
    REDO.text: ("Ctrl+Shift+Z", "Ctrl+Y"),
    DISCARD.text: ("Ctrl+Shift+Backspace",),
    ABOUT.text: ("F1",),
    LEAVE.text: ("Esc",),
}


def add_commands(page: QWidget, acts: list[tuple[Message, Callable[[], None]]]) -> list[tuple[Message, QAction]]:
    """Give *page* an action for each command."""
    made = []
    for text, act in acts:
        action = QAction(say(text), page)
        action.setShortcuts([QKeySequence(key) for key in KEYS[text.text]])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(act)
        page.addAction(action)
        made.append((text, action))
    return made


def action_for(page: QWidget, event: QKeyEvent) -> QAction | None:
    """Return the action of *page* whose key was pressed."""
    pressed = QKeySequence(event.keyCombination())
    for action in page.actions():
        if action.isEnabled() and any(
            pressed.matches(key) is QKeySequence.SequenceMatch.ExactMatch for key in action.shortcuts()
        ):
            return action
    return None
