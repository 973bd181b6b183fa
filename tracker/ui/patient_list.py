"""The patient list: an item model over the lines a search gave, and the delegate that paints one in three rows."""

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from tracker.clinic.conditions import conditions
from tracker.core.messages import ntr, tr
from tracker.ui import theme, words
from tracker.ui.widgets import today

if TYPE_CHECKING:
    from tracker.clinic.records import Episode
    from tracker.services.patients import EpisodeLine, PatientLine

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Roles of the list beyond the text."""

    LINE = Qt.ItemDataRole.UserRole
    ID = Qt.ItemDataRole.UserRole + 1


def in_both_scripts(name: str, latin_name: str | None) -> str:
    """Return a name with its Latin form, once where they are the same."""
    return f"{name}  {latin_name}" if latin_name and latin_name != name else name


def full_name(line: "PatientLine") -> str:
    """Return the name in both scripts."""
    return in_both_scripts(line.name, line.latin_name)


def second_row(line: "PatientLine") -> str:
    """Return number, age and sex."""
    age = words.age(line.birth_date, today())
    parts = [line.patient_number, tr("{age} y", age=age) if age else "", words.label(line.sex)]
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def episode_words(episode: "EpisodeLine | Episode") -> str:
    """Return condition, site and side of an episode in a few words."""
    condition = conditions().get(episode.condition)
    if condition is None:
        return episode.condition
    site = condition.site_label(episode.body_site) if len(condition.sites) > 1 else ""
    place = words.site_and_side(site, episode.side)
    return tr("{condition}, {place}", condition=condition.label, place=place) if place else str(condition.label)


def third_row(line: "PatientLine") -> str:
    """Return the episodes, each in a few words; sides of one condition share its name."""
    if not line.episodes:
        return tr("no episode yet")
    first = line.episodes[0]
    if len(line.episodes) > 1 and all(
        (one.condition, one.body_site) == (first.condition, first.body_site) for one in line.episodes
    ):
        sides = " + ".join(words.label(one.side) for one in line.episodes)
        condition = conditions().get(first.condition)
        return tr("{condition}, {place}", condition=condition.label if condition else first.condition, place=sides)
    return tr("; ").join(episode_words(one) for one in line.episodes)


def drafts_words(count: int) -> str:
    """Return how many forms are unfinished."""
    return ntr("{count} unfinished", "{count} unfinished", count)


class PatientModel(QAbstractListModel):
    """The lines of the last search; never asks for them itself."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PatientLine, ...] = ()

    def set_lines(self, lines: "Sequence[PatientLine]") -> None:
        """Show *lines* instead of what was shown."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> "PatientLine":
        """Return the line in *row*."""
        return self._lines[row]

    def row_of(self, patient_id: str) -> int:
        """Return the row of a patient, -1 if the list has not got it."""
        return next((row for row, line in enumerate(self._lines) if line.id == patient_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's: how many patients are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: the line, its key, or all it says as one text (for screen readers and the tool tip)."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Role.LINE:
            return line
        if role == Role.ID:
            return line.id
        if role == Qt.ItemDataRole.DisplayRole:
            return full_name(line)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = [full_name(line), second_row(line), third_row(line)]
            if line.last_visit:
                parts.append(tr("last visit {date}", date=line.last_visit))
            if line.drafts:
                parts.append(drafts_words(line.drafts))
            return "\n".join(parts)
        return None


class PatientDelegate(QStyledItemDelegate):
    """Paints one patient: name; number, age, sex; condition. At the right the last visit and unfinished forms."""

    MARGIN, GAP = 12, 8

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._under_mouse = QPersistentModelIndex()
        view.entered.connect(self._entered)

    def _entered(self, index: QModelIndex) -> None:
        self._under_mouse = QPersistentModelIndex(index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's: three rows of text with air, the same for all."""
        height = QFontMetrics(option.font).height()
        return QSize(200, round(height * 2.84) + 17)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's: paint the line at *index*."""
        line: PatientLine = index.data(Role.LINE)
        colours = theme.current()
        area: QRect = option.rect
        font: QFont = option.font
        painter.save()
        self._background(painter, area, index)
        inside = area.adjusted(self.MARGIN, 7, -self.MARGIN, -8)
        bold, small = theme.scaled(font, 1.0, bold=True), theme.scaled(font, 0.92)
        step = QFontMetrics(small).height()
        right = self._right_side(painter, inside, line, small, step)
        first = QRect(inside.left(), inside.top(), inside.width(), QFontMetrics(bold).height())
        second = QRect(inside.left(), first.bottom() + 2, inside.width() - right, step)
        third = QRect(inside.left(), second.bottom() + 1, inside.width(), step)
        if line.drafts:
            first.setWidth(first.width() - self._drafts(painter, first, line.drafts, small) - self.GAP)
        self._text(painter, first, full_name(line), bold, colours.colour("text"))
        self._text(painter, second, second_row(line), small, colours.colour("text_soft"))
        self._text(painter, third, third_row(line), small, colours.colour("text_soft"))
        painter.restore()

    def _background(self, painter: QPainter, area: QRect, index: Index) -> None:
        # Asked of the view, not of the option's state: QStyle's flags alone take 6 ms to load before the first paint.
        colours = theme.current()
        if index == self._view.currentIndex():
            painter.fillRect(area, QColor(colours.colour("accent_soft")))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(colours.colour("accent")))
        elif index == self._under_mouse and self._view.underMouse():
            painter.fillRect(area, QColor(colours.colour("window")))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(colours.colour("line")))

    def _right_side(self, painter: QPainter, inside: QRect, line: "PatientLine", font: QFont, step: int) -> int:
        """Paint the last visit in the second row; returns the width it took."""
        if line.last_visit is None:
            return 0
        text = line.last_visit.isoformat()
        width = QFontMetrics(font).horizontalAdvance(text)
        top = inside.top() + round(step / 0.92) + 2
        place = QRect(inside.right() - width, top, width + 1, step)
        self._text(painter, place, text, font, theme.colour("text_soft"))
        return width + self.GAP

    def _drafts(self, painter: QPainter, place: QRect, count: int, font: QFont) -> int:
        text = f"\N{WHITE CIRCLE} {drafts_words(count)}"
        width = QFontMetrics(font).horizontalAdvance(text)
        self._text(
            painter,
            QRect(place.right() - width, place.top(), width + 1, place.height()),
            text,
            font,
            theme.colour("warn"),
        )
        return width

    @staticmethod
    def _text(painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
