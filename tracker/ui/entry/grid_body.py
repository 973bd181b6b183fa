"""The rows of a form under their headings, laid out by hand: as many as fit without scrolling."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget

from tracker.core.messages import ntr, say, tr
from tracker.ui.entry.headings import headings
from tracker.ui.entry.item_row import ItemRow, RowOwner
from tracker.ui.entry.row_paint import RowLook
from tracker.ui.entry.row_parts import has_line
from tracker.ui.entry.sheet import Sheet
from tracker.ui.widgets import restyle

LOW, HIGH, LINE_HIGH = 24.0, 36.0, 76.0
"""Row heights: a long form takes LOW, a form of a few drawn lines LINE_HIGH."""
SECOND = 30.0
HEADING, FIRST_HEADING, END, EDGE, WIDEST = 28, 24, 30, 14, 1080
NEIGHBOURS = 2
"""Rows kept in view above and below the current one."""
FEW = 5


class GridBody(QWidget):
    """Rows, headings and the end line of one sheet."""

    def __init__(self, owner: RowOwner, sheet: Sheet, look: Callable[[int], RowLook]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._sheet = sheet
        self.headings: dict[int, QLabel] = {}
        for start, title in headings(sheet.scale).items():
            heading = QLabel(title, self)
            heading.setProperty("tone", "section")
            self.headings[start] = heading
        self.rows = [ItemRow(owner, index, look, self) for index in range(len(sheet.scale.items))]
        self.end = QLabel(self)
        self.end.setProperty("tone", "soft")
        self.end.setIndent(12)
        self.end.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def refresh(self) -> None:
        """Show all rows and the end line as they are now."""
        for row in self.rows:
            row.refresh()
        self.write_end()

    def write_end(self) -> None:
        """Say how far the form is, or why the last key was not taken there."""
        refused = self._sheet.refused if self._sheet.item is None else None
        restyle(self.end, "tone", "soft" if refused is None else "warn")
        left = len(self._sheet.unanswered())
        if refused is not None:
            text = say(refused)
        elif left:
            text = ntr("{count} item has no answer yet", "{count} items have no answer yet", left)
        else:
            text = tr("Every item has an answer or a reason. Ctrl+Enter completes.")
        self.end.setText(text)

    def lay_out(self, room: QSize) -> None:
        """Place everything in the width of *room*, as low as its height asks."""
        items, state = self._sheet.scale.items, self._sheet.state
        height = self._row_height(room.height())
        width = min(WIDEST, room.width() - 2 * EDGE)
        left = (room.width() - width) // 2
        top = 10
        for index, row in enumerate(self.rows):
            heading = self.headings.get(index)
            if heading is not None:
                tall = HEADING if index else FIRST_HEADING
                heading.setGeometry(left + 2, top, width - 2, tall)
                top += tall
            current = index == state.row
            second = SECOND if current and (state.choosing or self._sheet.refused is not None) else 0.0
            first = LINE_HIGH if len(items) <= FEW and has_line(items[index]) else height
            row.set_heights(first, second)
            row.setGeometry(left, top, width, round(first + second))
            top += round(first + second) + 1
        self.end.setGeometry(left, top + 2, width, END)
        self.resize(room.width(), top + END + 8)

    def around(self, index: int) -> QRect:
        """Return the rectangle that must be in view when row *index* is current: it and its neighbours."""
        boxes = [row.geometry() for row in self.rows[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1]]
        if index >= len(self.rows) - NEIGHBOURS:
            boxes.append(self.end.geometry())
        if index <= NEIGHBOURS:
            boxes.append(QRect(0, 0, 1, 1))
        united = boxes[0]
        for box in boxes[1:]:
            united = united.united(box)
        return united

    def _row_height(self, room: int) -> float:
        least = max(LOW, QFontMetricsF(self.font()).height() + 6)
        fixed = HEADING * len(self.headings) + END + 20
        count = len(self.rows)
        return float(int(max(least, min(HIGH, (room - fixed) / count - 1))))
