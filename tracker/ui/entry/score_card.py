"""One live score: its value, where it lies in its range, and what changed since the last visit."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.entry.reading import Reading, Verdict
from tracker.ui.theme import Theme, scaled
from tracker.ui.widgets import label, restyle

TONES = {Verdict.BETTER: "good", Verdict.WORSE: "warn", Verdict.SAME: "soft"}


class RangeBar(QWidget):
    """The range of a score: filled to the value, with a mark where the last visit stood."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._part: float | None = None
        self._last: float | None = None
        self.setFixedHeight(16)

    def show_parts(self, part: float | None, last: float | None) -> None:
        """Show the place of the value and of the last visit's (0 to 1, None: none)."""
        self._part, self._last = part, last
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(1, 4, self.width() - 2, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.colour("sunken")))
        painter.drawRoundedRect(bar, 4, 4)
        if self._part is not None:
            # A value of 0 keeps a visible dot: it is an answer, an empty bar is none.
            wide = max(8.0, bar.width() * self._part)
            painter.setBrush(QColor(self.theme.colour("accent")))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), wide, bar.height()), 4, 4)
        if self._last is not None:
            at = bar.left() + 1 + (bar.width() - 2) * self._last
            painter.setPen(QPen(QColor(self.theme.colour("surface")), 4))
            painter.drawLine(QPointF(at, 1), QPointF(at, 15))
            painter.setPen(QPen(QColor(self.theme.colour("text")), 2))
            painter.drawLine(QPointF(at, 1), QPointF(at, 15))
        painter.end()


class ScoreCard(QWidget):
    """One score beside the form."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._value, self._maximum = label("", wrap=True), label(""), label("", "soft")
        self._change, self._note = label("", wrap=True), label("", "small", wrap=True)
        self._bar = RangeBar(theme)
        for bold in (self._title, self._value):
            bold.setFont(scaled(bold.font(), 1.0, bold=True))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._value)
        head.addWidget(self._maximum)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addLayout(head)
        for widget in (self._bar, self._change, self._note):
            box.addWidget(widget)

    def show_reading(self, reading: Reading, theme: Theme) -> None:
        """Show *reading*."""
        self._bar.theme = theme
        self._title.setText(reading.title)
        self._value.setText(reading.value)
        self._maximum.setText(f"/ {reading.maximum}" if reading.maximum else "")
        self._bar.show_parts(reading.part, reading.last_part)
        self._change.setText(reading.change)
        self._change.setVisible(bool(reading.change))
        restyle(self._change, "tone", TONES[reading.verdict] if reading.verdict is not None else "soft")
        self._note.setText(reading.note)
        self._note.setVisible(bool(reading.note))
        self.setAccessibleName(". ".join(text for text in (_spoken(reading), reading.change, reading.note) if text))


def _spoken(reading: Reading) -> str:
    if not reading.maximum:
        return tr("{score}: {value}", score=reading.title, value=reading.value)
    return tr("{score}: {value} of {maximum}", score=reading.title, value=reading.value, maximum=reading.maximum)
