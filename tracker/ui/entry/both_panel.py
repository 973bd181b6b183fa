"""Two desks at one form: both versions side by side, chosen item by item. Nothing is overwritten before a choice."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from tracker.core.messages import ntr, say, tr
from tracker.ui.entry.shared_form import Difference, SharedForm
from tracker.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from tracker.services.elsewhere import BothVersions, Draft

THEIRS, MINE = 1, 2
ROWS_SHOWN = 7
ROW_HEIGHT = 26


class VersionsTable(QTableWidget):
    """Item, theirs, mine; Space, Enter or a click on a version chooses it for that item."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.cellClicked.connect(self.choose)
        self._rows: list[Difference] = []
        self._chosen: dict[int, int] = {}

    def show_rows(self, rows: list[Difference], theirs: frozenset[str]) -> None:
        """Show *rows*; the items of *theirs* are chosen as theirs, the others as mine."""
        self.setHorizontalHeaderLabels([tr("Item"), tr("Theirs"), tr("Yours")])
        self.setRowCount(len(rows))
        self._rows = rows
        self._chosen = {at: THEIRS if one.item in theirs else MINE for at, one in enumerate(rows) if one.item}
        for at in range(len(rows)):
            self._write(at)
        self.setFixedHeight(ROW_HEIGHT * (min(len(rows), ROWS_SHOWN) + 1) + 6)
        self.setCurrentCell(0, self._chosen.get(0, MINE))

    def choose(self, at: int, version: int) -> None:
        """Choose a version of the item in row *at*."""
        if at in self._chosen and version in (THEIRS, MINE):
            self._chosen[at] = version
            self._write(at)

    def chosen_theirs(self) -> frozenset[str]:
        """Return the items of which their version is chosen."""
        return frozenset(self._rows[at].item for at, version in self._chosen.items() if version == THEIRS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Space and Enter choose the version the cursor is on."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.choose(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _write(self, at: int) -> None:
        shown = self._rows[at]
        for place, text in enumerate((shown.name, shown.theirs, shown.mine)):
            taken = self._chosen.get(at) == place
            cell = QTableWidgetItem(f"\N{CHECK MARK} {text}" if taken else text)
            font = cell.font()
            font.setBold(taken)
            cell.setFont(font)
            cell.setToolTip(text)
            self.setItem(at, place, cell)


class BothPanel(QFrame):
    """Shown over the keys of a form while a choice is open."""

    decided = Signal(object)
    """The answers chosen."""
    taken = Signal()
    """Answers of another desk came into the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("kind", "warn")
        self.both: BothVersions | None = None
        self.completing = False
        """Whether the form was to be completed when both versions met."""
        self.told = ""
        """What came in from another desk the last time, in words."""
        self._words = label("", wrap=True)
        self.table = VersionsTable()
        self.keep_theirs = button("", self._keep_theirs)
        self.keep_mine = button("", self._keep_mine)
        self.keep_chosen = button("", self._keep_chosen, "main")
        inside = column(self._words, self.table, spacing=8, margins=(12, 8, 12, 10))
        inside.addLayout(row(self.keep_chosen, self.keep_mine, self.keep_theirs))
        self.setLayout(inside)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the panel says, empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def forget(self) -> None:
        """Hide: there is nothing to choose."""
        self.both, self.completing, self.told = None, False, ""
        self.hide()

    def meet(self, session: SharedForm, draft: "Draft") -> bool:
        """Say what saving a draft met; False while a choice is open."""
        if draft.both is not None:
            self.show_both(session, draft.both, completing=False)
            return False
        count = len(draft.taken)
        words = ntr("{count} answer came from another desk", "{count} answers came from another desk", count)
        self.told = words if count else ""
        if count:
            self.taken.emit()
        return True

    def show_both(self, session: SharedForm, both: "BothVersions", *, completing: bool) -> None:
        """Show both versions of the form of *session*."""
        fresh = self.both is None or self.isHidden()
        self.both, self.completing = both, completing
        self._words.setText(say(both.sentence))
        self.setAccessibleName(say(both.sentence))
        self.table.setAccessibleName(tr("Both versions"))
        self.table.show_rows(session.differences(both), both.mine.changed_to(both.merged) - both.contested)
        self.keep_theirs.setText(tr("Keep &theirs"))
        self.keep_mine.setText(tr("Save &mine over it"))
        self.keep_chosen.setText(tr("Save as mar&ked"))
        self.show()
        if fresh and completing:
            self.table.setFocus()

    def _keep_theirs(self) -> None:
        if self.both is not None:
            self.decided.emit(self.both.theirs)

    def _keep_mine(self) -> None:
        if self.both is not None:
            self.decided.emit(self.both.mine)

    def _keep_chosen(self) -> None:
        from tracker.services.elsewhere import cell_of

        if self.both is not None:
            theirs = self.table.chosen_theirs()
            items = frozenset(item for item in self.both.items if cell_of(item) in theirs)
            self.decided.emit(self.both.mine.with_items(self.both.theirs, items))
