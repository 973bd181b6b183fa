"""The panels side by side, in as many columns as the width allows; cards are built once and re-used.

What is in view is done at once; cards further down are built and worded in the next turn, after the paint.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.panel import Panel
from tracker.ui.chart.shown import Shown
from tracker.ui.chart.texts import never_recorded
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.flow import FlowLayout
from tracker.ui.widgets import button, card, clear, column, label, scrolled

COLUMN = 340
"""Pixels: a panel is never narrower, unless there is one column only."""
MOST_COLUMNS = 3
_LOWEST, _HIGHEST = 104, 200
_MOST_ROUNDS = 3
"""The height of wrapped words follows their width, and the page's height theirs."""
_WORDS_ROOM = 110
"""Pixels of a card that are not its plot, with folded sentences: so two rows fit a common window."""


class PanelGrid(QWidget):
    """Small multiples with linked time; scores never recorded and panels taken away stand in cards at the end.

    ``deed_wanted`` gives a panel's name and what is to be done with it, ``back_wanted`` a panel to bring back.
    """

    parent_wanted = Signal(str, str)
    as_printed_wanted = Signal(str)
    library_wanted = Signal(str)
    deed_wanted = Signal(str, str)
    back_wanted = Signal(str)

    def __init__(self, window: TimeWindow, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._palette = palette
        self._pool: list[Panel] = []
        self._shown: tuple[Shown, ...] = ()
        self._placed = 0
        self._more_to_come = False
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(7)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._first = label("", "", wrap=True)
        self._first_card = card(column(self._first), 10)
        self._missing_title = label("", "section")
        self._missing = label("", "soft", wrap=True)
        self._missing_card = card(column(self._missing_title, self._missing), 10)
        self._hidden_title = label("", "section")
        self._hidden = FlowLayout(spacing=8)
        self._hidden_shown: tuple[tuple[str, str], ...] = ()
        hidden = column(self._hidden_title)
        hidden.addLayout(self._hidden)
        self._hidden_card = card(hidden, 10)
        self._unspoken = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.finish)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 2, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._first_card)
        layout.addLayout(self._grid)
        layout.addWidget(self._hidden_card)
        layout.addWidget(self._missing_card)
        layout.addStretch(1)
        self.area: QScrollArea = scrolled(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        for one in (self._first_card, self._hidden_card, self._missing_card):
            one.hide()
        self.area.viewport().installEventFilter(self)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels shown, in their order."""
        self.finish()
        return tuple(self._pool[: len(self._shown)])

    @property
    def names(self) -> list[str]:
        """The names of the panels shown, in their order."""
        return [one.name for one in self._shown]

    @property
    def not_recorded(self) -> str:
        """The words of the last card: the scores that were never recorded."""
        return self._missing.text()

    def panel(self, name: str) -> Panel:
        """Return the panel shown under a name."""
        return self.panels[self.names.index(name)]

    def name_of_focus(self) -> str:
        """Return the name of the panel that has the focus; empty if none has."""
        for one, panel in zip(self._shown, self._pool, strict=False):
            if panel.isAncestorOf(QApplication.focusWidget() or self):
                return one.name
        return ""

    def focus(self, name: str) -> None:
        """Put the focus on a panel, the first where the name is none of them."""
        panels = self.panels
        if panels:
            panels[self.names.index(name) if name in self.names else 0].plot.widget.setFocus()

    def say_first(self, text: str) -> None:
        """Say *text* over the panels; nothing where it is empty."""
        self._first.setText(text)
        self._first_card.setVisible(bool(text))

    def show_panels(self, panels: Sequence[Shown], hidden: Sequence[Shown] | None = ()) -> None:
        """Show these scores, in this order; *hidden* is None while it and what was never recorded are still to come."""
        recorded = tuple(one for one in panels if not one.is_empty)
        self._shown = recorded
        self._more_to_come = hidden is None and len(recorded) >= self.in_view()
        for panel, one in zip(self._pool, recorded, strict=False):
            panel.take(one.heading, one.drawing)
        self._do_first(self.in_view())
        self._unspoken = True
        self._later.start(0)
        if hidden is None:
            self._missing_card.hide()
            self._hidden_card.hide()
            return
        empty = never_recorded([one.heading for one in panels if one.is_empty])
        self._missing_title.setText(tr("Not recorded yet"))
        begin = tr("Ctrl+E enters the scores of today's visit, Ctrl+Shift+S those of another day.")
        self._missing.setText(empty if recorded else f"{begin}\n{empty}")
        self._missing_card.setVisible(bool(empty))
        self._show_hidden([one for one in hidden if not one.is_empty])

    @contextmanager
    def painted_once(self) -> Iterator[None]:
        """Lay out what is done inside before anything of it is painted: else it is seen folded, and painted twice."""
        self.setUpdatesEnabled(False)
        try:
            yield
            self._lay_out()
        finally:
            self.setUpdatesEnabled(True)

    def _lay_out(self) -> None:
        """Give every card its room now: from the inside out, so that each is laid out once."""
        for panel in self._pool[: len(self._shown)]:
            panel.lay_out()
        inside = self.area.widget()
        for _ in range(_MOST_ROUNDS):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            if inside is None:
                return
            needed = max(inside.minimumSizeHint().height(), self.area.viewport().height())
            if inside.height() == needed:  # too high is wrong too: it would shrink after the paint, and paint anew
                return

    def finish(self) -> None:
        """Build and word what is not in view."""
        self._later.stop()
        if len(self._pool) < len(self._shown):
            with self.painted_once():
                self._do_first(len(self._shown))
        self._do_first(len(self._shown))
        if self._unspoken:
            self._unspoken = False
            for panel in self._pool[: len(self._shown)]:
                panel.speak()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for panel in self._pool:
            panel.set_palette(palette)

    def retranslate(self) -> None:
        """Forget menus in another language."""
        for panel in self._pool:
            panel.menu.forget()

    def fits(self) -> bool:
        """Whether the page has nothing to scroll."""
        return self.area.verticalScrollBar().maximum() == 0

    def go_to_top(self) -> None:
        """Scroll to the first panel."""
        self.area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the columns the new width allows."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the plots take the height of the view."""
        if event.type() == QEvent.Type.Resize:
            for panel in self._pool:
                panel.set_plot_height(self._plot_height())
        return super().eventFilter(watched, event)

    def in_view(self) -> int:
        """How many panels are in view, by the height of a card with folded words."""
        height = self.area.viewport().height() + self.area.verticalScrollBar().value()
        rows = -(-height // (self._plot_height() + _WORDS_ROOM))
        return self._columns_for_width() * rows

    def _plot_height(self) -> int:
        half = (self.area.viewport().height() - 10) // 2 - _WORDS_ROOM
        return min(max(half, _LOWEST), _HIGHEST)

    def _do_first(self, count: int) -> None:
        wanted = min(count, len(self._shown))
        while len(self._pool) < wanted:
            self._pool.append(self._new_panel())
            one = self._shown[len(self._pool) - 1]
            self._pool[-1].take(one.heading, one.drawing)
        for panel in self._pool[:wanted]:
            panel.catch_up()
        self._arrange()

    def _show_hidden(self, hidden: Sequence[Shown]) -> None:
        self._hidden_card.setVisible(bool(hidden))
        self._hidden_title.setText(tr("Panels you took away; a press brings one back"))
        shown = tuple((one.name, one.heading.title) for one in hidden)
        if shown == self._hidden_shown:
            return
        self._hidden_shown = shown
        clear(self._hidden)
        for one in hidden:
            self._hidden.addWidget(self._back_button(one))

    def _back_button(self, one: Shown) -> QWidget:
        return button(one.heading.title, lambda: self.back_wanted.emit(one.name), "link")

    def _new_panel(self) -> Panel:
        panel = Panel(self._window, self._palette)
        panel.set_plot_height(self._plot_height())
        panel.plot.wheel_zooms = lambda: panel.plot.widget.hasFocus() or self.fits()
        panel.legend.parent_wanted.connect(self.parent_wanted)
        panel.legend.as_printed_wanted.connect(self.as_printed_wanted)
        panel.library_wanted.connect(self.library_wanted)
        place = len(self._pool)
        panel.deed_wanted.connect(lambda deed: self.deed_wanted.emit(self._shown[place].name, deed))
        return panel

    def _columns_for_width(self) -> int:
        return max(1, min(MOST_COLUMNS, self.width() // COLUMN))

    def _arrange(self) -> None:
        columns, placed = self._columns_for_width(), min(len(self._pool), len(self._shown))
        if self._more_to_come:  # cards further down than can be seen wait for their scores instead of going and coming
            placed = max(placed, self._placed)
        first = 0 if columns != self._columns else min(placed, self._placed)
        for index, panel in enumerate(self._pool[first : max(placed, self._placed)], first):
            self._grid.removeWidget(panel)
            if index < placed:
                self._grid.addWidget(panel, index // columns, index % columns)
            panel.setVisible(index < placed)
        if columns != self._columns:
            for place in range(MOST_COLUMNS):
                self._grid.setColumnStretch(place, 1 if place < columns else 0)
        self._columns, self._placed = columns, placed
