"""The lane above the panels: treatments as diamonds with product and dose, adverse events with their grade."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart.drawing import EventMark, LaneDrawing, TreatmentMark
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.paint import Fonts, paint_month_axis
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.plot import Plot
from tracker.ui.chart.time_window import TimeWindow

_MARGINS = (104.0, 6.0, 12.0, 20.0)
_ROW = 20.0
_REACH = 9.0


class Lane(QFrame):
    """Treatments and adverse events on the time axis all panels share."""

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._palette = palette
        self._drawing = LaneDrawing((), ())
        self._empty = QLabel(self)
        self._empty.setProperty("tone", "small")
        self.plot = Plot(window, self._paint, self._hover, _MARGINS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 2)
        layout.addWidget(self._empty)
        layout.addWidget(self.plot.widget)
        self.retranslate()
        self.set_palette(palette)

    def drawn(self) -> LaneDrawing:
        """Return what the lane paints."""
        return self._drawing

    def draw(self, drawing: LaneDrawing) -> None:
        """Show other treatments and events."""
        self._drawing = drawing
        rows = bool(drawing.treatments) + bool(drawing.events)
        self._empty.setVisible(rows == 0)
        self.plot.widget.setVisible(rows > 0)
        self.plot.widget.setFixedHeight(round(_MARGINS[1] + _MARGINS[3] + _ROW * rows + 4))
        spoken = [mark.hover for mark in drawing.treatments] + [mark.hover for mark in drawing.events]
        self.plot.widget.setAccessibleDescription("\n".join(spoken))
        self.plot.repaint()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.plot.set_palette(palette)

    def retranslate(self) -> None:
        """Say the fixed words in the language in use."""
        self._empty.setText(tr("No treatment and no adverse event is recorded for this episode."))
        self.plot.widget.setAccessibleName(tr("Treatments and adverse events"))

    def _rows(self) -> tuple[float | None, float | None]:
        top = _MARGINS[1] + _ROW / 2
        treatments = top if self._drawing.treatments else None
        events = top + (_ROW if self._drawing.treatments else 0) if self._drawing.events else None
        return treatments, events

    def _paint(self, painter: QPainter) -> None:
        frame, fonts = self.plot.frame(), Fonts(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_month_axis(painter, frame, self._palette, fonts)
        treatments, events = self._rows()
        self._paint_row_names(painter, fonts, treatments, events)
        painter.setClipRect(frame.area.adjusted(-8, -8, 12, 4))
        if treatments is not None:
            self._paint_treatments(painter, frame, fonts, treatments)
        if events is not None:
            self._paint_events(painter, frame, fonts, events)

    def _paint_row_names(self, painter: QPainter, fonts: Fonts, treatments: float | None, events: float | None) -> None:
        painter.setFont(fonts.axis)
        painter.setPen(self._palette.soft)
        for y, name in ((treatments, tr("Treatments")), (events, tr("Adverse events"))):
            if y is not None:
                painter.drawText(QPointF(0, y + fonts.axis_metrics.capHeight() / 2), name)

    def _paint_treatments(self, painter: QPainter, frame: Frame, fonts: Fonts, y: float) -> None:
        marks = self._drawing.treatments
        for mark in marks:
            x = frame.x(mark.months)
            painter.setPen(QPen(self._palette.treatment, 1.4))
            painter.setBrush(QBrush(self._palette.treatment) if mark.is_index else QBrush(self._palette.paper))
            painter.drawPolygon([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6), QPointF(x - 6, y)])
        ends = [frame.x(mark.months) for mark in marks]
        self._paint_texts(painter, frame, fonts, y, [(x, mark.label) for x, mark in zip(ends, marks, strict=True)])

    def _paint_events(self, painter: QPainter, frame: Frame, fonts: Fonts, y: float) -> None:
        marks = self._drawing.events
        for mark in marks:
            x = frame.x(mark.months)
            if mark.until_months is not None:
                painter.setPen(QPen(self._palette.event, 2))
                painter.drawLine(QLineF(x, y + 8.5, frame.x(mark.until_months), y + 8.5))
            painter.setPen(QPen(self._palette.event, 1.4))
            painter.setBrush(QBrush(self._palette.event) if mark.is_related else QBrush(self._palette.paper))
            painter.drawEllipse(QPointF(x, y), 5.5, 5.5)
        starts = [frame.x(mark.months) for mark in marks]
        self._paint_texts(painter, frame, fonts, y, [(x, mark.label) for x, mark in zip(starts, marks, strict=True)])

    def _paint_texts(
        self, painter: QPainter, frame: Frame, fonts: Fonts, y: float, texts: list[tuple[float, str]]
    ) -> None:
        painter.setFont(fonts.axis)
        painter.setPen(self._palette.text)
        limits = [*(x - _REACH for x, _ in texts[1:]), frame.area.right() + 8]
        for (x, text), limit in zip(texts, limits, strict=True):
            room = limit - x - _REACH
            if room < 24 or not frame.area.left() - 4 <= x <= frame.area.right():
                continue
            shown = fonts.axis_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            box = QRectF(x + _REACH, y - _ROW / 2, room, _ROW)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _hover(self, at: QPointF) -> str:
        frame = self.plot.frame()
        treatments, events = self._rows()
        rows: tuple[tuple[float | None, tuple[TreatmentMark | EventMark, ...]], ...] = (
            (treatments, self._drawing.treatments),
            (events, self._drawing.events),
        )
        found = [
            mark.hover
            for y, marks in rows
            if y is not None and abs(at.y() - y) <= _ROW / 2
            for mark in marks
            if abs(frame.x(mark.months) - at.x()) <= _REACH
        ]
        return "\n".join(found)
