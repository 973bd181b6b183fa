"""The panels side by side, in as many columns as the width allows; cards are built once and re-used."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart.drawing import PanelDrawing, PanelState
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.panel import Panel
from tracker.ui.chart.texts import Heading
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.widgets import card, column, label, scrolled

COLUMN = 380
"""Pixels: a panel is never narrower, unless there is one column only."""
MOST_COLUMNS = 3


class PanelGrid(QWidget):
    """Small multiples with linked time; scores that were never recorded stand in one card at the end."""

    parent_wanted = Signal(str, str)
    as_printed_wanted = Signal(str)

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._palette = palette
        self._pool: list[Panel] = []
        self._shown = 0
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._missing_title = label("", "section")
        self._missing = label("", "soft", wrap=True)
        self._missing_card = card(column(self._missing_title, self._missing), 10)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 4, 8, 12)
        layout.setSpacing(10)
        layout.addLayout(self._grid)
        layout.addWidget(self._missing_card)
        layout.addStretch(1)
        self.area: QScrollArea = scrolled(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels shown, in their order."""
        return tuple(self._pool[: self._shown])

    @property
    def not_recorded(self) -> str:
        """The words of the last card: the scores that were never recorded."""
        return self._missing.text()

    def show_panels(self, drawings: Sequence[tuple[Heading, PanelDrawing]]) -> None:
        """Show these scores."""
        recorded = [one for one in drawings if one[1].state is not PanelState.EMPTY]
        while len(self._pool) < len(recorded):
            self._pool.append(self._new_panel())
        if len(recorded) != self._shown:
            self._shown = len(recorded)
            self._columns = 0
        for panel, (heading, drawing) in zip(self._pool, recorded, strict=False):
            panel.draw(heading, drawing)
        empty = [
            f"{heading.title} ({heading.range})" for heading, drawing in drawings if drawing.state is PanelState.EMPTY
        ]
        self._missing_title.setText(tr("Not recorded yet"))
        self._missing.setText("   ".join(empty))
        self._missing_card.setVisible(bool(empty))
        self._arrange()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for panel in self._pool:
            panel.set_palette(palette)

    def fits(self) -> bool:
        """Whether the page has nothing to scroll."""
        return self.area.verticalScrollBar().maximum() == 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the columns the new width allows."""
        super().resizeEvent(event)
        self._arrange()

    def _new_panel(self) -> Panel:
        panel = Panel(self._window, self._palette)
        panel.plot.wheel_zooms = lambda: panel.plot.widget.hasFocus() or self.fits()
        panel.legend.parent_wanted.connect(self.parent_wanted)
        panel.legend.as_printed_wanted.connect(self.as_printed_wanted)
        return panel

    def _arrange(self) -> None:
        columns = max(1, min(MOST_COLUMNS, self.width() // COLUMN))
        if columns == self._columns:
            return
        self._columns = columns
        for panel in self._pool:
            self._grid.removeWidget(panel)
        for index, panel in enumerate(self._pool):
            if index < self._shown:
                self._grid.addWidget(panel, index // columns, index % columns)
            panel.setVisible(index < self._shown)
        for column_index in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column_index, 1 if column_index < columns else 0)
