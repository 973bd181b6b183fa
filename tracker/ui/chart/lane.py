"""The lane above the panels: treatments as diamonds with product and dose, adverse events with their grade."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart.drawing import EventMark, LaneDrawing, TreatmentMark
from tracker.ui.chart.paint import Fonts
from tracker.ui.chart.paint_lane import LANE_MARGINS, REACH, ROW, lane_height, lane_rows, paint_lane
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.plot import Plot
from tracker.ui.chart.time_window import TimeWindow


class Lane(QFrame):
    """Treatments and adverse events on the time axis all panels share."""

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._palette = palette
        self._fonts = Fonts(self.font())
        self._drawing = LaneDrawing((), ())
        self._empty = QLabel(self)
        self._empty.setProperty("tone", "small")
        self.plot = Plot(window, self._paint, self._hover, LANE_MARGINS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 4, 1)
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
        height = round(lane_height(drawing))
        self._empty.setVisible(height == 0)
        self.plot.widget.setVisible(height > 0)
        self.plot.widget.setFixedHeight(max(1, height))
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

    def _paint(self, painter: QPainter) -> None:
        paint_lane(painter, self._drawing, self.plot.frame(), self._palette, self._fonts)

    def _hover(self, at: QPointF) -> str:
        frame = self.plot.frame()
        treatments, events = lane_rows(self._drawing, frame)
        rows: tuple[tuple[float | None, tuple[TreatmentMark | EventMark, ...]], ...] = (
            (treatments, self._drawing.treatments),
            (events, self._drawing.events),
        )
        found = [
            mark.hover
            for y, marks in rows
            if y is not None and abs(at.y() - y) <= ROW / 2
            for mark in marks
            if abs(frame.x(mark.months) - at.x()) <= REACH
        ]
        return "\n".join(found)
