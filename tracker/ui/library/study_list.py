"""How a study looks in the list: its name, and under it condition and kind."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.ui.library.models import STUDY, study_line
from tracker.ui.theme import Theme, scaled

_PAD = 12


class StudyDelegate(QStyledItemDelegate):
    """Paints two lines a study, the chosen one with an accent edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of two lines."""
        line = QFontMetrics(option.font).height()
        return QSize(220, round(line * 1.92) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one study."""
        study = index.data(STUDY)
        rect: QRect = option.rect
        font = option.font
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = self.theme.colour
        painter.save()
        painter.fillRect(rect, QColor(colour("accent_soft" if chosen else "surface")))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colour("accent")))
        painter.setPen(QColor(colour("line")))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(_PAD, 7, -_PAD, -7)
        self._line(painter, inside, study.short_name, scaled(font, 1.0, bold=True), "text")
        small = scaled(font, 0.9)
        inside.setTop(inside.bottom() - QFontMetrics(small).height())
        self._line(painter, inside, study_line(study), small, "text_soft")
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, text: str, font: object, role: str) -> None:
        painter.setFont(font)  # type: ignore[arg-type]
        painter.setPen(QColor(self.theme.colour(role)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), shown)
