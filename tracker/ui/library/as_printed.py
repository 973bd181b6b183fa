"""A small picture of values that may stand on no patient's chart: an axis of their own, unjoined, with a warning."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.core.messages import tr
from tracker.core.numbers import plain_number
from tracker.reference.codes import PlotPolicy, PointKind
from tracker.reference.model import Cohort, Point
from tracker.ui.theme import Theme, scaled

_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 22.0, 24.0, 26.0


def pictured(cohort: Cohort) -> tuple[tuple[Point, ...], ...]:
    """Return, measure by measure, the dated levels that are never drawn on a patient's chart: at least two each."""
    by_measure: dict[str, list[Point]] = {}
    for point in cohort.points:
        if point.plot is PlotPolicy.NEVER and point.kind is PointKind.ABSOLUTE and point.months is not None:
            by_measure.setdefault(point.measure.id, []).append(point)
    return tuple(tuple(points) for points in by_measure.values() if len(points) > 1)


class AsPrintedPicture(QWidget):
    """Hollow, unjoined marks at the printed values; the axis goes from zero to just above the largest of them."""

    def __init__(self, points: Sequence[Point], theme: Theme) -> None:
        super().__init__()
        self._points = tuple(points)
        self._theme = theme
        self.setFixedSize(340, 170)
        self.setAccessibleName(tr("{measure}, as printed", measure=points[0].measure.printed))
        values = "; ".join(f"{plain_number(month)}: {plain_number(value)}" for month, value in self.drawn())
        self.setAccessibleDescription(values)

    def drawn(self) -> tuple[tuple[float, float], ...]:
        """Return month and value of every mark painted."""
        return tuple((float(point.months), float(point.value)) for point in self._points if point.months is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axis, marks and values."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled(self.font(), 0.86)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        area = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        soft, line = QColor(self._theme.colour("text_soft")), QColor(self._theme.colour("line_strong"))
        painter.setPen(QPen(line, 1))
        painter.drawPolyline([area.topLeft(), area.bottomLeft(), area.bottomRight()])
        top = max(value for _, value in self.drawn()) * 1.15 or 1.0
        last = max(month for month, _ in self.drawn()) or 1.0
        painter.setPen(soft)
        painter.drawText(QPointF(area.left() - 16, area.bottom() + 4), "0")
        painter.drawText(QPointF(0, _TOP - 9), tr("as printed; unit and range not stated"))
        for month, value in self.drawn():
            at = QPointF(
                area.left() + 14 + month / last * (area.width() - 28), area.bottom() - value / top * area.height()
            )
            painter.setPen(QPen(QColor(self._theme.colour("study")), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 4.5, 4.5)
            text = plain_number(value)
            painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(text) / 2, at.y() - 9), text)
            label = tr("month {months}", months=plain_number(month))
            painter.setPen(soft)
            painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(label) / 2, area.bottom() + 17), label)
        painter.end()
