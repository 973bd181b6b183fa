"""Paints a step line: places of equal height, held from one exam to the next, never sloped."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from tracker.ui.chart.drawing import StepDrawing, StepMark
from tracker.ui.chart.frame import BOTTOM, Frame
from tracker.ui.chart.hover import REACH
from tracker.ui.chart.labels import MARK
from tracker.ui.chart.paint import Fonts, paint_time_axis, paint_treatment_lines
from tracker.ui.chart.palette import Palette

_TICK_ROOM = 15.0


def paint_steps(painter: QPainter, drawing: StepDrawing, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Paint one classified field over time."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_places(painter, drawing, frame, palette, fonts)
    paint_time_axis(painter, frame, palette, fonts)
    painter.save()
    painter.setClipRect(frame.area.adjusted(-MARK - 2, -20, MARK + 2, BOTTOM))
    paint_treatment_lines(painter, drawing.treatments, frame, palette)
    _paint_holds(painter, drawing, frame, palette)
    for mark in drawing.marks:
        _paint_mark(painter, drawing, mark, frame, palette, fonts)
    painter.restore()


def step_hover(drawing: StepDrawing, frame: Frame, at: QPointF) -> str:
    """Return the words of the exam under the mouse."""
    near = [mark for mark in drawing.marks if abs(frame.x(mark.months) - at.x()) <= REACH]
    return "\n".join(mark.hover for mark in near)


def _paint_places(painter: QPainter, drawing: StepDrawing, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    painter.setFont(fonts.axis)
    low, high = (int(end) for end in drawing.shown)
    each = max(1, round(_TICK_ROOM / max(1.0, frame.area.height() / max(1, high - low))))
    for place in range(low, high + 1, each):
        y, text = frame.y(place), drawing.results[place]
        painter.setPen(QPen(palette.axis, 1))
        painter.drawLine(QLineF(frame.area.left() - 4, y, frame.area.left(), y))
        painter.setPen(palette.soft)
        x = frame.area.left() - 7 - fonts.axis_width(text)
        painter.drawText(QPointF(x, y + fonts.axis_metrics.ascent() * 0.38), text)


def _paint_holds(painter: QPainter, drawing: StepDrawing, frame: Frame, palette: Palette) -> None:
    """Paint what is held until the next exam; nothing across an exam that leaves it open."""
    pen = QPen(palette.patient, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for mark, following in zip(drawing.marks, drawing.marks[1:], strict=False):
        if mark.low is None or mark.low != mark.high:
            continue
        y, x = frame.y(mark.low), frame.x(following.months)
        painter.drawLine(QLineF(frame.x(mark.months), y, x, y))
        if following.low is not None and following.low == following.high and following.low != mark.low:
            painter.drawLine(QLineF(x, y, x, frame.y(following.low)))


def _paint_mark(
    painter: QPainter, drawing: StepDrawing, mark: StepMark, frame: Frame, palette: Palette, fonts: Fonts
) -> None:
    if not frame.shows(mark.months, MARK):
        return
    x = frame.x(mark.months)
    if mark.low is None or mark.high is None:
        painter.setPen(QPen(palette.missing, 1.6))
        for step in (3.5, -3.5):
            painter.drawLine(QLineF(x - 3.5, frame.strip_y - step, x + 3.5, frame.strip_y + step))
        return
    if mark.low != mark.high:
        colour = QColor(palette.patient)
        colour.setAlpha(60)
        painter.setPen(QPen(palette.patient, 1, Qt.PenStyle.DashLine))
        painter.setBrush(QBrush(colour))
        painter.drawRect(QRectF(QPointF(x - 4, frame.y(mark.high)), QPointF(x + 4, frame.y(mark.low))))
        return
    painter.setPen(QPen(palette.paper, 1.4))
    painter.setBrush(QBrush(palette.patient))
    centre = frame.at(mark.months, mark.low)
    painter.drawEllipse(centre, MARK, MARK)
    painter.setFont(fonts.value)
    painter.setPen(palette.patient)
    text = drawing.results[mark.low] + ("*" if mark.star else "")
    painter.drawText(centre + QPointF(-fonts.value_width(text) / 2, -MARK - 4), text)
