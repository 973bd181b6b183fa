"""What can be done with a panel, or with the whole course: order, table, pictures, data."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from tracker.ui.chart import arrangement
from tracker.ui.chart.arrangement import Arrangement
from tracker.ui.chart.composed import Composed
from tracker.ui.chart.grid import PanelGrid
from tracker.ui.chart.panel_menu import PanelDeed
from tracker.ui.theme import Theme

if TYPE_CHECKING:
    from tracker.ui.chart.out import Out
    from tracker.ui.chart.table_page import TablePage


class PageDeeds(QObject):
    """Says ``rearranged`` when the panels are to be drawn in another order, ``turned`` when the table comes or goes.

    ``told`` says what became of a file.
    """

    rearranged = Signal()
    turned = Signal()
    told = Signal(str)

    def __init__(self, stack: QStackedWidget, grid: PanelGrid, theme: Theme, make_out: Callable[[], "Out"]) -> None:
        super().__init__(stack)
        self._stack, self._grid, self._make_out = stack, grid, make_out
        self.theme = theme
        self.composed: Composed | None = None
        """What the page shows now."""
        self.table: TablePage | None = None
        self.out: Out | None = None

    @property
    def arrangement(self) -> Arrangement:
        """The user's order of panels for the condition shown."""
        assert self.composed is not None
        return arrangement.load(self.composed.comparison.course.condition.id)

    @property
    def table_is_shown(self) -> bool:
        """Whether the table stands in place of the chart."""
        return self.table is not None and self._stack.currentWidget() is self.table

    def do(self, name: str, deed: PanelDeed) -> None:
        """Do something with a panel, or with the whole course where *name* is empty."""
        assert self.composed is not None
        steps = {PanelDeed.EARLIER: -1, PanelDeed.LATER: 1}
        if deed in steps:
            self.arrange(self.arrangement.moved(self._grid.names, name, steps[deed]))
            self._grid.panel(name).plot.widget.setFocus()
        elif deed is PanelDeed.HIDE:
            self.arrange(self.arrangement.without(name))
        elif deed is PanelDeed.WORDS:
            self._grid.panel(name).legend.words.toggle()
        elif deed is PanelDeed.TABLE:
            self.show_table(name)
        else:
            self._outputs().do(deed, self.composed, name)

    def bring_back(self, name: str) -> None:
        """Show a panel that was taken away."""
        self.arrange(self.arrangement.with_again(name))

    def arrange(self, order: Arrangement) -> None:
        """Keep another order and draw it."""
        assert self.composed is not None
        arrangement.save(self.composed.comparison.course.condition.id, order)
        self.rearranged.emit()

    def toggle_table(self) -> None:
        """Show every point as a table (of the panel with the focus, or of all), or the chart again."""
        if self.table_is_shown:
            self._stack.setCurrentIndex(0)
            self.turned.emit()
            self._grid.focus(self.table.panel if self.table else "")
        elif self.composed is not None:
            self.show_table(self._grid.name_of_focus() or next(iter(self._grid.names), ""))

    def show_table(self, name: str) -> None:
        """Show the table of a panel, of all where *name* is empty."""
        from tracker.ui.chart.table_page import TablePage

        assert self.composed is not None
        if self.table is None:
            self.table = TablePage(self.theme)
            self.table.closed.connect(self.toggle_table)
            self.table.data_wanted.connect(lambda panel: self.do(panel, PanelDeed.DATA))
            self._stack.addWidget(self.table)
        self.table.show_composed(self.composed, name)
        self._stack.setCurrentWidget(self.table)
        self.turned.emit()
        self.table.start()

    def refresh_table(self) -> None:
        """Show what the page now shows in the table too, if that stands in front."""
        if self.table is not None and self.composed is not None and self.table_is_shown:
            self.table.show_composed(self.composed, self.table.panel)

    def _outputs(self) -> "Out":
        if self.out is None:
            self.out = self._make_out()
            self.out.told.connect(self.told)
        return self.out
