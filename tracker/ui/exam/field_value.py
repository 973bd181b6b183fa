"""A result that tells its steps when it is clicked, or chosen with the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tracker.core.messages import tr
from tracker.ui.theme import Theme, scaled

_SHORT = 8


class FieldValue(QLabel):
    """One field of the classification."""

    asked = Signal(str)
    """Its steps are wanted (or no longer wanted)."""

    def __init__(self, field: str, theme: Theme, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.theme, self.open = field, theme, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._large = large
        self._plain = self.font()
        self.setFont(scaled(self._plain, 1.5 if large else 1.0, bold=True))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setContentsMargins(4, 1, 4, 1)

    def write(self, name: str, value: str) -> None:
        """Show *value* of the field called *name*."""
        # What is not determinable may be long: it must not push the other results away.
        self.setFont(scaled(self._plain, 1.5 if self._large and len(value) <= _SHORT else 1.0, bold=True))
        self.setText(value)
        self.setAccessibleName(tr("{field}: {result}", field=name, result=value))
        self.setToolTip(tr("{field}: show the steps", field=name))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the steps."""
        self.asked.emit(self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the steps."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.asked.emit(self.field)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the result, framed while it has the keyboard, underlined while its steps are shown."""
        super().paintEvent(event)
        if not (self.hasFocus() or self.open or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.colour("accent")), 1.6 if self.hasFocus() else 1))
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        else:
            painter.drawLine(4, self.height() - 2, self.width() - 4, self.height() - 2)
        painter.end()
