"""The table behind the chart: every point, change, verdict and place, for eyes and for a screen reader."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.chart import texts
from tracker.ui.chart.composed import Composed
from tracker.ui.chart.table_rows import Sheet, chosen, lines_sheet, studies_sheet, told_columns, visits_sheet
from tracker.ui.library.fitted_table import FittedTable
from tracker.ui.theme import Theme
from tracker.ui.widgets import ChoiceBox, button, clear, label, scrolled


class TablePage(QWidget):
    """Shows one panel's tables, or all; ``data_wanted`` gives the panel whose data are to be saved."""

    closed = Signal()
    data_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._composed: Composed | None = None
        self.panel = ""
        """The panel shown; empty: all."""
        self.tables: list[QTableView] = []
        self._sheets: list[tuple[str, Sheet]] = []
        self._title = label("", "heading")
        self.choice = ChoiceBox()
        self._copy = button("", self.copy)
        self._save = button("", lambda: self.data_wanted.emit(self.panel))
        self._back = button("", self.closed.emit, hint="Esc")
        self._inside = QVBoxLayout()
        self._build()
        self.choice.activated.connect(lambda _: self._choose(str(self.choice.currentData())))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addWidget(self._title)
        head.addWidget(self.choice)
        head.addStretch(1)
        head.addWidget(self._copy)
        head.addWidget(self._save)
        holder = QWidget()
        self._inside.setContentsMargins(0, 0, 8, 12)
        self._inside.setSpacing(6)
        holder.setLayout(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 10, 0)
        layout.addLayout(head)
        layout.addWidget(scrolled(holder), 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_composed(self, composed: Composed, name: str) -> None:
        """Show the tables of a panel of *composed*, of all panels where there is none of that name."""
        self._composed = composed
        names = [one.name for one in composed.panels]
        self.panel = name if name in names else ""
        self._retranslate()
        self.choice.clear()
        self.choice.addItem(tr("all panels"), "")
        for one in composed.panels:
            self.choice.addItem(one.heading.title, one.name)
        self.choice.setCurrentIndex(names.index(self.panel) + 1 if self.panel else 0)
        self._show()

    def start(self) -> None:
        """Put the focus into the first table."""
        if self.tables:
            self.tables[0].setFocus()
            self.tables[0].selectRow(0)

    def copy(self) -> None:
        """Put all tables shown on the clipboard, as text with tabs."""
        QGuiApplication.clipboard().setText(self.text())

    def text(self) -> str:
        """Return all tables shown as text."""
        return "\n\n".join(f"{title}\n{sheet.text()}" for title, sheet in self._sheets)

    def _choose(self, name: str) -> None:
        self.panel = name
        self._show()

    def _retranslate(self) -> None:
        self._title.setText(tr("Table of"))
        self.choice.setAccessibleName(tr("Which panel"))
        self._copy.setText(tr("Copy as text"))
        self._save.setText(tr("Save CSV..."))
        self._back.setText(tr("Back to the chart"))

    def _show(self) -> None:
        assert self._composed is not None
        panels = chosen(self._composed, self.panel)
        found = (
            (tr("This patient"), visits_sheet(panels)),
            (tr("What the cohorts drawn reported"), studies_sheet(panels)),
            (tr("Levels from the patient’s own baseline"), lines_sheet(self._composed, panels)),
        )
        one = len(panels) == 1
        self._sheets = [(title, told_columns(sheet, one_panel=one)) for title, sheet in found if sheet.rows]
        clear(self._inside)
        self.tables = []
        for title, sheet in self._sheets:
            self._inside.addWidget(label(title, "section"))
            table = FittedTable(sheet.model(), sheet.widths, self._theme)
            table.setAccessibleName(title)
            self.tables.append(table)
            self._inside.addWidget(table)
        for panel in panels:
            words = texts.sentences(panel.drawing.said)
            if words:
                self._inside.addWidget(label(f"{panel.heading.title}: {words}", "small", wrap=True))
        if not self._sheets:
            self._inside.addWidget(label(tr("Nothing is recorded yet."), "soft"))
        self._inside.addStretch(1)
