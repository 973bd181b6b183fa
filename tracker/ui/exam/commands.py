"""The page's commands as actions: each has a key and may stand in a menu. The page takes their keys itself."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from tracker.core.messages import Message, msg, say

if TYPE_CHECKING:
    from tracker.ui.exam.exam_page import ExamPage

COMPLETE, UNDO, REDO = msg("Complete the form"), msg("Undo keystroke"), msg("Redo keystroke")
FIRST_OPEN, ABOUT = msg("Next blank cell"), msg("About this exam")
STEPS, COPY, COMPARE = msg("Show the steps"), msg("Copy the classification"), msg("Compare exams")
PRINT = msg("Print the classification")
DISCARD, LEAVE = msg("Discard change"), msg("Close the form")
KEYS = {
    COMPLETE.text: ("Ctrl+Return", "Ctrl+Enter"),
    FIRST_OPEN.text: ("Ctrl+G",),
    UNDO.text: ("Ctrl+Z",),
    REDO.text: ("Ctrl+Shift+Z", "Ctrl+Y"),
    STEPS.text: ("Ctrl+E",),
    COPY.text: ("Ctrl+Shift+C",),
    PRINT.text: ("Ctrl+P",),
    COMPARE.text: ("Ctrl+M",),
    DISCARD.text: ("Ctrl+Shift+Backspace",),
    ABOUT.text: ("F1",),
    LEAVE.text: ("Esc",),
}


def show_print(page: "ExamPage") -> None:
    """Show the print preview; its library is loaded only now."""
    from tracker.ui.exam.printing import print_exam

    page.let_out("classification, print preview", partial(print_exam, page))


def copy_text(page: "ExamPage") -> None:
    """Copy the classification with every step as plain text."""
    from tracker.ui.exam.printing import copy_exam

    page.let_out("classification, copied", copy_exam)


def add_commands(page: "ExamPage") -> list[tuple[Message, QAction]]:
    """Give *page* an action for each command."""
    acts: list[tuple[Message, Callable[[], None]]] = [
        (COMPLETE, page.complete),
        (FIRST_OPEN, page.go_to_first_blank),
        (UNDO, page.undo),
        (REDO, page.redo),
        (STEPS, page.findings.toggle_steps),
        (COPY, lambda: copy_text(page)),
        (PRINT, lambda: show_print(page)),
        (COMPARE, page.toggle_comparison),
        (DISCARD, page.discard),
        (ABOUT, page.toggle_help),
        (LEAVE, page.leave),
    ]
    page.findings.printed.connect(lambda: show_print(page))
    page.findings.copied.connect(lambda: copy_text(page))
    made = []
    for text, act in acts:
        action = QAction(say(text), page)
        action.setShortcuts([QKeySequence(key) for key in KEYS[text.text]])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(act)
        page.addAction(action)
        made.append((text, action))
    return made
