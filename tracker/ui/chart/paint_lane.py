"""Paints the lane: treatments as diamonds with product and dose, adverse events as discs with their grade."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from tracker.core.messages import tr
from tracker.ui.chart.drawing import LaneDrawing
from tracker.ui.chart.frame import Frame, Margins
from tracker.ui.chart.paint import Fonts, paint_time_axis
from tracker.ui.chart.palette import Palette

LANE_MARGINS: Margins = (104.0, 3.0, 12.0, 19.0)
ROW = 20.0
REACH = 9.0


def lane_height(drawing: LaneDrawing) -> float:
    """Return the height the lane needs; 0 where it has nothing to show."""
    rows = bool(drawing.treatments) + bool(drawing.events)
    return LANE_MARGINS[1] + LANE_MARGINS[3] + ROW * rows + 2 if rows else 0


def lane_rows(drawing: LaneDrawing, frame: Frame) -> tuple[float | None, float | None]:
    """Return the heights at which treatments and events stand; None for a row that is not there."""
    top = frame.area.top() + ROW / 2
    treatments = top if drawing.treatments else None
    events = top + (ROW if drawing.treatments else 0) if drawing.events else None
    return treatments, events


def paint_lane(painter: QPainter, drawing: LaneDrawing, frame: Frame, palette: Palette, fonts: Fonts) -> None:
    """Paint the lane on the time axis of *frame*."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_time_axis(painter, frame, palette, fonts)
    treatments, events = lane_rows(drawing, frame)
    painter.setFont(fonts.axis)
    painter.setPen(palette.soft)
    for y, name in ((treatments, tr("Treatments")), (events, tr("Adverse events"))):
        if y is not None:
            left = frame.area.left() - LANE_MARGINS[0]
            painter.drawText(QPointF(left, y + fonts.axis_metrics.capHeight() / 2), name)
    painter.save()
    painter.setClipRect(frame.area.adjusted(-8, -8, 12, 4))
    if treatments is not None:
        _paint_treatments(painter, drawing, frame, palette, treatments)
        _paint_texts(painter, frame, fonts, treatments, [(mark.months, mark.label) for mark in drawing.treatments])
    if events is not None:
        _paint_events(painter, drawing, frame, palette, events)
        _paint_texts(painter, frame, fonts, events, [(mark.months, mark.label) for mark in drawing.events])
    painter.restore()


def _paint_treatments(painter: QPainter, drawing: LaneDrawing, frame: Frame, palette: Palette, y: float) -> None:
    for mark in drawing.treatments:
        x = frame.x(mark.months)
        painter.setPen(QPen(palette.treatment, 1.4))
        painter.setBrush(QBrush(palette.treatment) if mark.is_index else QBrush(palette.paper))
        painter.drawPolygon([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6), QPointF(x - 6, y)])
    painter.setPen(palette.text)


def _paint_events(painter: QPainter, drawing: LaneDrawing, frame: Frame, palette: Palette, y: float) -> None:
    for mark in drawing.events:
        x = frame.x(mark.months)
        if mark.until_months is not None:
            painter.setPen(QPen(palette.event, 2))
            painter.drawLine(QLineF(x, y + 8.5, frame.x(mark.until_months), y + 8.5))
        painter.setPen(QPen(palette.event, 1.4))
        painter.setBrush(QBrush(palette.event) if mark.is_related else QBrush(palette.paper))
        painter.drawEllipse(QPointF(x, y), 5.5, 5.5)
    painter.setPen(palette.text)


def _paint_texts(painter: QPainter, frame: Frame, fonts: Fonts, y: float, texts: list[tuple[float, str]]) -> None:
    painter.setFont(fonts.axis)
    places = [(frame.x(months), text) for months, text in texts]
    limits = [*(x - REACH for x, _ in places[1:]), frame.area.right() + 8]
    for (x, text), limit in zip(places, limits, strict=True):
        room = limit - x - REACH
        if room < 24 or not frame.area.left() - 4 <= x <= frame.area.right():
            continue
        shown = fonts.axis_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRectF(x + REACH, y - ROW / 2, room, ROW)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
