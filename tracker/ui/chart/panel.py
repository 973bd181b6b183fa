"""One card of the course: title, range, direction with its anchor, the plot, and in words what the plot shows."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.chart import texts
from tracker.ui.chart.drawing import Drawn, PanelDrawing, StepDrawing
from tracker.ui.chart.elided import ElidedLabel
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.hover import hover_text, study_at
from tracker.ui.chart.legend import Legend
from tracker.ui.chart.paint import Fonts, paint_panel
from tracker.ui.chart.paint_steps import paint_steps, step_hover
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.panel_menu import PanelMenu
from tracker.ui.chart.plot import Plot
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.theme import scaled
from tracker.ui.widgets import label


class Panel(QFrame):
    """One score, or one classified result, of the episode.

    ``deed_wanted`` names what is to be done with this panel, ``library_wanted`` a cohort whose passport is asked for.
    """

    deed_wanted = Signal(str)
    library_wanted = Signal(str)

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._palette = palette
        self._fonts = Fonts(self.font())
        self._drawing: Drawn | None = None
        self._heading = texts.Heading("", "", "")
        self._behind = False
        self.title = ElidedLabel("")
        self.range = label("", "small")
        self.anchor = ElidedLabel("good")
        self.menu = PanelMenu()
        self.plot = Plot(window, self._paint, self._hover)
        self.legend = Legend()
        self._build()

    def _build(self) -> None:
        self.title.setFont(scaled(self.font(), 1.0, bold=True))
        self.anchor.setFont(scaled(self.font(), 0.9))
        self.anchor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menu.setFixedSize(20, self.fontMetrics().height() + 3)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.range)
        head.addWidget(self.anchor, 1)
        head.addWidget(self.menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 3, 6, 5)
        layout.setSpacing(1)
        layout.addLayout(head)
        layout.addWidget(self.plot.widget)
        layout.addWidget(self.legend)
        layout.addStretch(1)
        self.plot.set_palette(self._palette)
        self.plot.other_keys = self.menu.key
        self.plot.clicked = self._clicked
        self.menu.wanted.connect(self.deed_wanted)
        self.legend.library_wanted.connect(self.library_wanted)

    def drawn(self) -> Drawn:
        """Return what the panel paints: the picture is made from this and from nothing else."""
        assert self._drawing is not None
        return self._drawing

    @property
    def heading(self) -> texts.Heading:
        """Title, range and direction as shown."""
        return self._heading

    def take(self, heading: texts.Heading, drawing: Drawn) -> None:
        """Take another score; what is painted follows at once, the words with :meth:`catch_up`."""
        self._drawing, self._heading, self._behind = drawing, heading, True
        self.plot.repaint()

    def catch_up(self) -> None:
        """Say what the score last taken needs said."""
        if not self._behind or self._drawing is None:
            return
        self._behind = False
        heading, drawing = self._heading, self._drawing
        self.title.say(heading.name, heading.short_name)
        self.range.setText(heading.range)
        self.anchor.say(heading.anchor, heading.way)
        self.anchor.setToolTip("\n".join(part for part in (heading.anchor, heading.anchors) if part))
        self.anchor.setMinimumWidth(self.anchor.fontMetrics().horizontalAdvance(heading.way) + 2)
        self.menu.retranslate(heading.title)
        self.plot.widget.setAccessibleName(heading.title)
        self.legend.show_drawing(drawing, self._palette)

    def lay_out(self) -> None:
        """Take the height the words need, at once."""
        for part in (self.legend.words, self.legend, self):
            layout = part.layout()
            if layout is not None:
                layout.activate()

    def speak(self) -> None:
        """Tell a screen reader every visit; nobody waits for it, so it comes after the paint."""
        if self._drawing is not None:
            self.plot.widget.setAccessibleDescription(texts.spoken(self._drawing))

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._fonts = Fonts(self.font())
        self.plot.set_palette(palette)
        if self._drawing is not None:
            self.legend.show_drawing(self._drawing, palette)

    def set_plot_height(self, height: int) -> None:
        """Give the plot another height."""
        if self.plot.widget.maximumHeight() != height:
            self.plot.widget.setFixedHeight(height)

    def frame(self) -> Frame:
        """Return the frame of the plot as shown now."""
        return self.plot.frame(*self.drawn().shown)

    def _paint(self, painter: QPainter) -> None:
        if isinstance(self._drawing, PanelDrawing):
            paint_panel(painter, self._drawing, self.frame(), self._palette, self._fonts)
        elif self._drawing is not None:
            paint_steps(painter, self._drawing, self.frame(), self._palette, self._fonts)

    def _hover(self, at: QPointF) -> str:
        if isinstance(self._drawing, StepDrawing):
            return step_hover(self._drawing, self.frame(), at)
        if self._drawing is None:
            return ""
        study = study_at(self._drawing, self.frame(), at)
        hand = Qt.CursorShape.PointingHandCursor if study else Qt.CursorShape.ArrowCursor
        self.plot.widget.viewport().setCursor(hand)
        return hover_text(self._drawing, self.frame(), at)

    def _clicked(self, at: QPointF) -> None:
        if isinstance(self._drawing, PanelDrawing):
            study = study_at(self._drawing, self.frame(), at)
            if study:
                self.library_wanted.emit(study)
