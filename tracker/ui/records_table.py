"""A table of records: columns as data, one record a row; the view opens and removes the record the cursor is on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
FRAME = 4
"""Pixels the frame of the cursor takes from a cell's text, in the style sheet."""
NARROWEST = 92
"""Pixels that a column keeps: room for a date."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A heading and the text of a record under it."""

    title: str
    text: Callable[[R], str]


class RecordsModel(QAbstractTableModel, Generic[R]):
    """Gets its records by ``set_records``; never asks for them."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._records: tuple[R, ...] = ()

    def set_records(self, records: Sequence[R]) -> None:
        """Show *records* instead of what was shown."""
        self.beginResetModel()
        self._records = tuple(records)
        self.endResetModel()

    def record(self, row: int) -> R:
        """Return the record in *row*."""
        return self._records[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's: a row a record."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's: as many as were given."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: the text of a cell."""
        if not index.isValid() or index.row() >= len(self._records):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()].text(self._records[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: the headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title if section < len(self._columns) else None
        return None


class RecordsTable(QTableView):
    """One row a record: Enter or a double click opens it, Delete removes it.

    Columns have the room of their texts, the *stretched* one what is left; where it is too little the widest of the
    others are shortened first.
    """

    opened = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, model: QAbstractTableModel, name: str, stretched: int) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._stretched = stretched
        for told in (model.modelReset, model.rowsInserted, model.dataChanged):
            told.connect(self._fit)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def sizeHintForColumn(self, column: int) -> int:
        """Qt's: room for the text and the frame of the cell the cursor is on."""
        return super().sizeHintForColumn(column) + FRAME

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: share the width out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header, count = self.horizontalHeader(), self.horizontalHeader().count()
        widths = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(count)]
        least = [min(wide, max(NARROWEST, header.sectionSizeHint(at))) for at, wide in enumerate(widths)]
        room = self.viewport().width()
        for width, at in zip(shared(widths, least, room, self._stretched), range(count), strict=True):
            header.resizeSection(at, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: keys that act on the row of the cursor."""
        row = self.currentIndex().row()
        key = Qt.Key(event.key())
        if row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(row)
        elif row >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit(row)
        else:
            super().keyPressEvent(event)


def shared(wanted: Sequence[int], least: Sequence[int], room: int, stretched: int) -> list[int]:
    """Return the widths of columns in *room*: the *stretched* one takes what is left, or gives way last."""
    widths = list(wanted)
    others = [at for at in range(len(widths)) if at != stretched]
    while sum(widths) > room and (wide := [at for at in others if widths[at] > least[at]]):
        widths[max(wide, key=lambda at: widths[at])] -= 1
    widths[stretched] = max(least[stretched], room - sum(widths[at] for at in others))
    return widths
