"""Paints the levels from the patient's own baseline: thin, broken, each kind with a pattern of its own."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from tracker.ui.chart.drawing import LineKind, OwnLine
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.palette import Palette

_PATTERNS = {
    LineKind.IMPROVE: [8.0, 3.0, 2.0, 3.0],
    LineKind.WORSEN: [8.0, 3.0, 2.0, 3.0],
    LineKind.ERROR: [1.0, 3.0],
    LineKind.PERCENT: [3.0, 3.0],
    LineKind.STATE: [12.0, 4.0],
}


def line_colour(kind: LineKind, palette: Palette) -> QColor:
    """Return the colour of a line and its label."""
    if kind is LineKind.WORSEN:
        return palette.event
    return palette.soft if kind is LineKind.ERROR else palette.good


def paint_own_lines(painter: QPainter, lines: tuple[OwnLine, ...], frame: Frame, palette: Palette) -> None:
    """Paint every line from its month to the right edge; a range of limits as the area between its ends."""
    for line in lines:
        colour = line_colour(line.kind, palette)
        left = frame.area.left() if line.from_months is None else max(frame.area.left(), frame.x(line.from_months))
        right = frame.area.right()
        if left >= right:
            continue
        if line.upper is not None:
            area = QRectF(left, frame.y(line.value), right - left, frame.y(line.upper) - frame.y(line.value))
            faint = QColor(colour)
            faint.setAlpha(28)
            painter.fillRect(area.normalized(), QBrush(faint))
        pen = QPen(colour, 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(_PATTERNS[line.kind])
        painter.setPen(pen)
        y = frame.y(line.value)
        painter.drawLine(QLineF(left, y, right, y))
