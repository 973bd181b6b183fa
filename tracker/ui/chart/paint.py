"""Paints a panel: a function of its data, a frame and a palette, for screen, picture file and paper alike.

Links are separate flat-capped segments: Qt strokes a wide antialiased polyline many times slower.
"""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from tracker.core.messages import tr
from tracker.core.numbers import plain_number
from tracker.ui.chart.drawing import PanelDrawing
from tracker.ui.chart.frame import BOTTOM, LEFT, Frame, time_ticks, value_ticks
from tracker.ui.chart.labels import MARK, Label, place_labels
from tracker.ui.chart.paint_lines import line_colour, paint_own_lines
from tracker.ui.chart.paint_study import paint_studies
from tracker.ui.chart.palette import Palette
from tracker.ui.theme import scaled


class Fonts:
    """The fonts of a picture and their measures, made once."""

    def __init__(self, base: QFont) -> None:
        self.axis = scaled(base, 0.84)
        self.value = scaled(base, 0.94)
        self.value.setBold(True)
        self.axis_metrics = QFontMetricsF(self.axis)
        self.value_metrics = QFontMetricsF(self.value)
        self._widths: dict[tuple[bool, str], float] = {}

    def value_width(self, text: str) -> float:
        """Width of a patient's value."""
        return self._width(text, bold=True)

    def axis_width(self, text: str) -> float:
        """Width of a tick label or an n."""
        return self._width(text, bold=False)

    def _width(self, text: str, *, bold: bool) -> float:
        key = (bold, text)
        if key not in self._widths:
            metrics = self.value_metrics if bold else self.axis_metrics
            self._widths[key] = metrics.horizontalAdvance(text)
        return self._widths[key]


def paint_panel(painter: QPainter, drawing: PanelDrawing, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Paint one panel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_value_axis(painter, frame, palette, fonts)
    paint_time_axis(painter, frame, palette, fonts)
    if drawing.is_zoomed:
        _paint_zoomed(painter, drawing, frame, palette, fonts)
    painter.save()
    painter.setClipRect(frame.area.adjusted(-MARK - 2, -20, MARK + 2, BOTTOM))
    paint_treatment_lines(painter, drawing.treatments, frame, palette)
    painter.save()
    # A bar that reaches beyond a zoomed axis ends at its edge.
    painter.setClipRect(frame.area.adjusted(-MARK - 2, -1, MARK + 2, 1))
    paint_studies(painter, drawing.studies, frame, palette)
    paint_own_lines(painter, drawing.lines, frame, palette)
    painter.restore()
    _paint_gaps(painter, drawing, frame, palette)
    _paint_links(painter, drawing, frame, palette)
    _paint_marks(painter, drawing, frame, palette)
    painter.restore()
    labels = place_labels(drawing, frame, fonts.value_width, fonts.axis_width)
    _paint_labels(painter, labels, palette, fonts)


def _paint_zoomed(painter: QPainter, drawing: PanelDrawing, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Say beside the axis that it does not show the scale's full range."""
    low, high = (plain_number(value) for value in drawing.shown)
    text = tr("zoomed: {low} to {high}", low=low, high=high)
    painter.setFont(fonts.axis)
    painter.setPen(palette.event)
    painter.drawText(QPointF(frame.area.left() - LEFT, frame.area.top() - 8), text)


def paint_value_axis(painter: QPainter, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Paint the scale's ends and middle at the left."""
    painter.setFont(fonts.axis)
    ascent = fonts.axis_metrics.ascent()
    for value in value_ticks(frame.low, frame.high):
        y = frame.y(value)
        painter.setPen(QPen(palette.axis, 1))
        painter.drawLine(QLineF(frame.area.left() - 4, y, frame.area.left(), y))
        text = plain_number(value)
        painter.setPen(palette.soft)
        x = frame.area.left() - 7 - fonts.axis_width(text)
        painter.drawText(QPointF(max(frame.area.left() - LEFT, x), y + ascent * 0.38), text)


def paint_time_axis(painter: QPainter, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Paint the time axis with its unit."""
    base = frame.area.bottom()
    painter.setPen(QPen(palette.axis, 1))
    painter.drawLine(QLineF(frame.area.left(), base, frame.area.right(), base))
    painter.drawLine(QLineF(frame.area.left(), frame.area.top(), frame.area.left(), base))
    painter.setFont(fonts.axis)
    y = base + 5 + fonts.axis_metrics.ascent()
    painter.setPen(palette.soft)
    unit = frame.axis.unit
    painter.drawText(QPointF(frame.area.left() - LEFT, y), unit)
    free = frame.area.left() - LEFT + fonts.axis_width(unit) + 4
    for tick in time_ticks(frame):
        x, width = frame.x(tick.months), fonts.axis_width(tick.text)
        painter.setPen(QPen(palette.axis, 1))
        painter.drawLine(QLineF(x, base, x, base + 4))
        if x - width / 2 < free:
            continue
        painter.setPen(palette.soft)
        painter.drawText(QPointF(x - width / 2, y), tick.text)
        free = x + width / 2 + 4


def paint_treatment_lines(painter: QPainter, treatments: tuple[float, ...], frame: Frame, palette: Palette) -> None:
    """Paint a vertical mark at each treatment."""
    pen = QPen(palette.treatment, 1.2, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for months in treatments:
        if frame.shows(months):
            x = frame.x(months)
            painter.drawLine(QLineF(x, frame.area.top() - 4, x, frame.area.bottom()))


def _paint_gaps(painter: QPainter, drawing: PanelDrawing, frame: Frame, palette: Palette) -> None:
    for gap in drawing.gaps:
        if not frame.shows(gap.months):
            continue
        x, y = frame.x(gap.months), frame.strip_y
        painter.setPen(QPen(_faint(palette.missing), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, y + 6, x, frame.area.bottom()))
        painter.setPen(QPen(palette.missing, 1.6))
        painter.drawLine(QLineF(x - 3.5, y - 3.5, x + 3.5, y + 3.5))
        painter.drawLine(QLineF(x - 3.5, y + 3.5, x + 3.5, y - 3.5))


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(130)
    return faint


def _paint_links(painter: QPainter, drawing: PanelDrawing, frame: Frame, palette: Palette) -> None:
    pen = QPen(palette.patient, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLines(
        [
            QLineF(frame.at(link.from_months, link.from_value), frame.at(link.to_months, link.to_value))
            for link in drawing.links
        ]
    )


def _paint_marks(painter: QPainter, drawing: PanelDrawing, frame: Frame, palette: Palette) -> None:
    painter.setPen(QPen(palette.paper, 1.4))
    painter.setBrush(QBrush(palette.patient))
    shown = [(mark, frame.at(mark.months, mark.value)) for mark in drawing.marks if frame.shows(mark.months, MARK)]
    for _, centre in shown:
        painter.drawEllipse(centre, MARK, MARK)
    for mark, centre in shown:
        if mark.is_baseline:
            painter.setPen(QPen(palette.patient, 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, MARK + 3, MARK + 3)
        if mark.is_new:
            _paint_new(painter, centre, palette)
        if mark.point.imputed_items:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(palette.paper))
            painter.drawEllipse(centre, 1.7, 1.7)


def _paint_new(painter: QPainter, centre: QPointF, palette: Palette) -> None:
    """Paint a small flag at a visit that is new since the last review."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(palette.event))
    corner = centre + QPointF(MARK, -MARK)
    painter.drawPolygon([corner, corner + QPointF(5.5, 0), corner + QPointF(0, -5.5)])


def _paint_labels(painter: QPainter, labels: tuple[Label, ...], palette: Palette, fonts: Fonts) -> None:
    for label in labels:
        mine = label.rank < 0 and label.line is None
        painter.setFont(fonts.value if mine else fonts.axis)
        metrics = fonts.value_metrics if mine else fonts.axis_metrics
        left, top, _, bottom = label.box
        baseline = (top + bottom + metrics.capHeight()) / 2
        painter.setPen(_label_colour(label, palette))
        painter.drawText(QPointF(left, baseline), label.text)


def _label_colour(label: Label, palette: Palette) -> QColor:
    if label.line is not None:
        return line_colour(label.line, palette)
    return palette.patient if label.rank < 0 else palette.studies[label.rank].centre


def outer_of(width: float, height: float) -> QRectF:
    """Return the rectangle of a picture of that size."""
    return QRectF(0, 0, width, height)
