"""Where the parts of the exam page stand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.widgets import rule

if TYPE_CHECKING:
    from tracker.ui.exam.exam_grid import ExamGrid
    from tracker.ui.exam.exam_page import ExamPage

WIDTH = 318


def arrange(page: "ExamPage") -> None:
    """Lay out the page: head, grid beside the panels, notices, the strip of keys."""
    side = QWidget()
    side.setObjectName("panel")
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    side.setFixedWidth(WIDTH)
    beside = QVBoxLayout(side)
    beside.setContentsMargins(1, 0, 0, 0)
    beside.setSpacing(0)
    for panel in (page.findings, page.compare, page.help):
        page.panels.addWidget(panel)
    page.panels.setStyleSheet("QStackedWidget { background: transparent; }")
    beside.addWidget(page.panels, 1)
    beside.addWidget(page.how)
    area = QScrollArea()
    area.setObjectName("plain")
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page.grid)
    page.grid.moved.connect(lambda: _show_current(area, page.grid))
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(area, 1)
    middle.addWidget(side)
    notices = QVBoxLayout()
    notices.setContentsMargins(14, 0, 14, 0)
    for notice in (page.keeper.trouble, page.unfinished, page.both):
        notices.addWidget(notice)
    footer = QWidget()
    footer.setObjectName("bar")
    footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(footer)
    row.setContentsMargins(16, 3, 16, 3)
    row.addWidget(page.strip, 1)
    row.addWidget(page.keeper.words)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(page.header)
    outer.addLayout(middle, 1)
    outer.addLayout(notices)
    outer.addWidget(rule())
    outer.addWidget(footer)


def _show_current(area: QScrollArea, grid: "ExamGrid") -> None:
    """Keep the current cell in sight where the window is too low for the whole grid."""
    box = grid.parts().cells[grid.sheet.state.at].toAlignedRect()
    middle = box.center()
    area.ensureVisible(middle.x(), middle.y(), box.width(), box.height())
