"""One card of the course: title, range, direction with its anchor, the plot, and in words what the plot shows."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.ui.chart import texts
from tracker.ui.chart.drawing import PanelDrawing
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.hover import hover_text
from tracker.ui.chart.legend import Legend
from tracker.ui.chart.paint import Fonts, paint_panel
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.plot import Plot
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.flow import FlowLayout
from tracker.ui.theme import scaled
from tracker.ui.widgets import label

PLOT_HEIGHT = 144


class ElidedLabel(QLabel):
    """A label that shortens its text to the room it has and keeps the whole of it as hint."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(30)

    def say(self, text: str) -> None:
        """Show *text*, shortened where it must be."""
        self._whole = text
        self.setToolTip(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        """Fit the text to the new width."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)


class Panel(QFrame):
    """One score of the episode."""

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._palette = palette
        self._fonts = Fonts(self.font())
        self._drawing: PanelDrawing | None = None
        self.title = ElidedLabel("heading")
        self.range = label("", "small")
        self.anchor = ElidedLabel("good")
        self.anchor.setFont(scaled(self.font(), 0.92))
        self.plot = Plot(window, self._paint, self._hover)
        self.plot.widget.setFixedHeight(PLOT_HEIGHT)
        self.legend = Legend()
        self._build()

    def _build(self) -> None:
        reading = QWidget()
        beside = QHBoxLayout(reading)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(9)
        beside.addWidget(self.range)
        beside.addWidget(self.anchor, 1)
        head = FlowLayout(spacing=4)
        for part in (self.title, reading):
            part.setFixedHeight(self.fontMetrics().height() + 3)
            head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.plot.widget)
        layout.addWidget(self.legend)
        layout.addStretch(1)
        self.plot.set_palette(self._palette)

    def drawn(self) -> PanelDrawing:
        """Return what the panel paints: the picture is made from this and from nothing else."""
        assert self._drawing is not None
        return self._drawing

    def draw(self, heading: texts.Heading, drawing: PanelDrawing) -> None:
        """Show another score, or the same one anew."""
        self._drawing = drawing
        self.title.say(heading.title)
        self.range.setText(heading.range)
        self.anchor.say(heading.anchor)
        self.plot.widget.setAccessibleName(heading.title)
        self.plot.widget.setAccessibleDescription(texts.spoken(drawing))
        self.legend.show_drawing(drawing, self._palette)
        self.plot.repaint()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._fonts = Fonts(self.font())
        self.plot.set_palette(palette)
        if self._drawing is not None:
            self.legend.show_drawing(self._drawing, palette)

    def frame(self) -> Frame:
        """Return the frame of the plot as shown now."""
        drawing = self.drawn()
        return self.plot.frame(drawing.low, drawing.high)

    def _paint(self, painter: QPainter) -> None:
        if self._drawing is not None:
            paint_panel(painter, self._drawing, self.frame(), self._palette, self._fonts)

    def _hover(self, at: QPointF) -> str:
        return hover_text(self._drawing, self.frame(), at) if self._drawing else ""
