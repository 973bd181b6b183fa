"""Where the parts of the entry page stand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.entry.score_panel import WIDTH
from tracker.ui.widgets import rule

if TYPE_CHECKING:
    from tracker.ui.entry.entry_page import EntryPage


def arrange(page: "EntryPage") -> None:
    """Lay out the page: head, rows beside scores, notices, keys."""
    page.side.setFixedWidth(WIDTH)
    page.side.addWidget(page.scores)
    page.side.addWidget(page.about)
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(page.grid, 1)
    middle.addWidget(page.side)
    notices = QVBoxLayout()
    notices.setContentsMargins(14, 0, 14, 0)
    for notice in (page.keeper.trouble, page.unfinished, page.both):
        notices.addWidget(notice)
    footer = QWidget()
    footer.setObjectName("bar")
    footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(footer)
    row.setContentsMargins(16, 4, 16, 4)
    row.addWidget(page.hints, 1)
    row.addWidget(page.keeper.words)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(page.header)
    outer.addLayout(middle, 1)
    outer.addLayout(notices)
    outer.addWidget(rule())
    outer.addWidget(footer)
