"""A table as high as its rows, with wrapped texts, for pages that scroll as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tracker.ui.theme import Theme

_SIDE, _TOP = 8, 6
_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class WrappedCell(QStyledItemDelegate):
    """Paints a cell's whole text, wrapped, over a thin line."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)  # it must outlive the table, which asks it for heights even while it goes
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height the text needs at the width of its column."""
        table = option.widget
        width = table.columnWidth(index.column()) if isinstance(table, QTableView) else 100
        room = QRect(0, 0, width - 2 * _SIDE, 10_000)
        needed = QFontMetrics(option.font).boundingRect(room, _FLAGS, str(index.data()))
        return QSize(width, needed.height() + 2 * _TOP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self._theme.colour("accent_soft")))
        painter.setPen(QColor(self._theme.colour("line")))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setPen(QColor(self._theme.colour("text")))
        painter.setFont(option.font)
        painter.drawText(option.rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP), _FLAGS, str(index.data()))
        painter.restore()


class FittedTable(QTableView):
    """A table as high as its rows, its texts wrapped, that leaves scrolling to the page."""

    def __init__(self, model: QAbstractItemModel, widths: Sequence[int], theme: Theme) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(WrappedCell(theme, self))
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        self._widths = tuple(widths)
        self._share()

    def _share(self) -> None:
        """Give the columns their shares of the width there is."""
        columns = self.model().columnCount()
        wanted = [self._widths[index] if index < len(self._widths) else 110 for index in range(columns)]
        room = self.viewport().width()
        for index, width in enumerate(wanted[:-1]):
            self.setColumnWidth(index, round(room * width / sum(wanted)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap to the new width and be as high as that needs."""
        super().resizeEvent(event)
        self._share()
        self.resizeRowsToContents()
        height = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + 4
        if self.height() != height:
            self.setFixedHeight(height)
