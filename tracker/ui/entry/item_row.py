"""One row of the form as a light widget: painted by hand, focusable, readable by screen readers."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetricsF, QInputMethodEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tracker.clinic.codes import MissingReason
from tracker.core.numbers import Number
from tracker.ui.entry.row_paint import RowLook, RowPainter, accessible_name
from tracker.ui.entry.row_parts import RowParts, place
from tracker.ui.theme import Theme


class RowOwner(Protocol):
    """What a row tells the form it stands in."""

    theme: Theme

    def entered(self, index: int) -> bool:
        """Row *index* got the focus; False if the form must stay where it was."""

    def leave(self) -> bool:
        """Say whether the focus may leave by Tab: not while a refused value is held."""

    def picked(self, index: int, value: Number) -> None:
        """Take a clicked value."""

    def picked_missing(self, index: int) -> None:
        """Take a click on the cell for missing."""

    def picked_reason(self, index: int, reason: MissingReason | None) -> None:
        """Take a clicked reason, or None: the item is to be blank again."""

    def committed(self, text: str) -> None:
        """Take the text an input method delivered."""


class ItemRow(QWidget):
    """The row of one item."""

    def __init__(self, owner: RowOwner, index: int, look: Callable[[int], RowLook], parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = owner
        self._index = index
        self._look = look
        self._first_height = 30.0
        self._second_height = 0.0
        self._hovered: QPointF | None = None
        self._parts: RowParts | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Digits must reach the form as keys: an input method would swallow them into its own line.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setMouseTracking(True)

    @property
    def hovered(self) -> QPointF | None:
        """Where the pointer is, None outside."""
        return self._hovered

    def set_heights(self, first: float, second: float) -> None:
        """Give the heights of the first line and of the second one (0: none)."""
        self._first_height, self._second_height = first, second
        self._parts = None

    def parts(self) -> RowParts:
        """Return where the parts of the row lie now."""
        if self._parts is None:
            item = self._look(self._index).item
            metrics = QFontMetricsF(self.font())
            self._parts = place(item, self.width(), self._first_height, self._second_height, metrics)
        return self._parts

    def refresh(self) -> None:
        """Repaint, and tell screen readers if the state changed."""
        name = accessible_name(self._look(self._index))
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.update()

    def resizeEvent(self, event: QEvent) -> None:
        """Lay the parts out anew."""
        self._parts = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        RowPainter(painter, self._owner.theme, self.font()).paint(
            self._look(self._index), self.parts(), QRectF(self.rect())
        )
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make this the current row."""
        self._owner.entered(self._index)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab leave the row only if what is typed is accepted."""
        return super().focusNextPrevChild(forward) if self._owner.leave() else True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take characters an input method delivers all the same."""
        self._owner.committed(event.commitString())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        self._hovered = event.position()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Start showing what a click would do."""
        self._hovered = event.position()

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing what a click would do."""
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer with the mouse."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._owner.entered(self._index):
            return
        point, parts = event.position(), self.parts()
        look = self._look(self._index)
        value = parts.value_at(point, look.item)
        reason = next((reason for reason, box in parts.reasons if box.contains(point)), None)
        if value is not None:
            self._owner.picked(self._index, value)
        elif reason is not None or (look.choosing and parts.clear.contains(point)):
            self._owner.picked_reason(self._index, reason)
        elif QRectF(parts.missing.left(), 0, self.width() - parts.missing.left(), self._first_height).contains(point):
            self._owner.picked_missing(self._index)
