"""The flowsheet as an item model: a column a visit (or a planned visit that was missed), rows grouped by scale.

Blank (not entered), a draft, a score and a complete form without a score are four different things, each with words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from tracker.clinic.baseline import PlannedVisit
from tracker.clinic.codes import AssessmentStatus, Context, VisitTiming
from tracker.clinic.records import Visit
from tracker.core.messages import say, tr
from tracker.core.numbers import DASH, show_number
from tracker.scales.model import Scale, ScoreDefinition
from tracker.ui import theme, words

if TYPE_CHECKING:
    from tracker.services.flowsheets import FlowCell, FlowResult, Flowsheet, FlowVisit

Index = QModelIndex | QPersistentModelIndex
DRAFT_MARK = "\N{WHITE CIRCLE}"
IMPUTED_MARK = "*"


class Role(IntEnum):
    """What a cell says in words, for the line under the table and for screen readers."""

    WORDS = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a score of a scale, a result of an exam, or (score None) the heading of a scale with several of them."""

    scale: Scale
    context: Context
    score: "ScoreDefinition | FlowResult | None"
    only: bool = False
    """The scale's only score: the row stands for the scale too."""
    offered: bool = False
    """A scale without a record that nobody is asked for: one row, whatever its scores."""

    @property
    def title(self) -> str:
        """The row's heading."""
        scale = str(self.scale.short_title)
        if self.context is not Context.UNSPECIFIED:
            scale = tr("{scale}, {context}", scale=scale, context=words.label(self.context))
        if self.score is None or self.only:
            return scale
        return f"    {self.score.label}"


def lines_of(sheet: "Flowsheet") -> list[Line]:
    """Return the rows: scales in their order, a heading before the scores of a scale that has several."""
    groups: dict[tuple[str, Context], list[Line]] = {}
    for row in sheet.rows:
        groups.setdefault((row.scale.id, row.context), []).append(Line(row.scale, row.context, row.score))
    lines: list[Line] = []
    for group in groups.values():
        if len(group) == 1:
            lines.append(Line(group[0].scale, group[0].context, group[0].score, only=True))
        else:
            lines += [Line(group[0].scale, group[0].context, None), *group]
    return lines + [Line(scale, Context(scale.contexts[0]), None, offered=True) for scale in sheet.offered]


def columns_of(sheet: "Flowsheet") -> list["FlowVisit | PlannedVisit"]:
    """Return visits in their order, each missed planned visit before the first visit later than it."""
    columns: list[FlowVisit | PlannedVisit] = []
    missed = sorted(sheet.missed, key=lambda plan: plan.months)
    for visit in sheet.visits:
        while missed and visit.months is not None and missed[0].months < visit.months:
            columns.append(missed.pop(0))
        columns.append(visit)
    return [*columns, *missed]


class FlowsheetModel(QAbstractTableModel):
    """Gets a flowsheet by ``set_sheet``; never asks for one."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Flowsheet | None = None
        self._lines: Sequence[Line] = ()
        self._columns: Sequence[FlowVisit | PlannedVisit] = ()

    def set_sheet(self, sheet: "Flowsheet") -> None:
        """Show *sheet* instead of what was shown."""
        self.beginResetModel()
        self._sheet, self._lines, self._columns = sheet, lines_of(sheet), columns_of(sheet)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return the row's scale and score."""
        return self._lines[row]

    def visit(self, column: int) -> Visit | None:
        """Return the column's visit, None for a missed planned visit."""
        if not 0 <= column < len(self._columns):
            return None
        entry = self._columns[column]
        return None if isinstance(entry, PlannedVisit) else entry.visit

    def column_of(self, visit_id: str) -> int:
        """Return the column of a visit, -1 for none."""
        for column in range(len(self._columns)):
            visit = self.visit(column)
            if visit is not None and visit.id == visit_id:
                return column
        return -1

    def cell(self, row: int, column: int) -> "FlowCell | None":
        """Return what is recorded there; a scale's heading has the cell of its first score."""
        visit = self.visit(column)
        if self._sheet is None or visit is None:
            return None
        line = self._lines[row]
        scores = [line.score] if line.score else list(line.scale.scores)
        keys = [(visit.id, line.scale.id, score.code, line.context) for score in scores]
        return next((self._sheet.cells[key] for key in keys if key in self._sheet.cells), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's: headings and scores."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's: visits and missed planned visits."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: text, words, alignment and colours of a cell."""
        if not index.isValid() or index.row() >= len(self._lines) or index.column() >= len(self._columns):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(self._lines[row], self.cell(row, column))
        if role in (Role.WORDS, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, column)
        return self._look(row, column, role)

    def _look(self, row: int, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.colour(self._ink(row, column)))
        return self._paper(row, column) if role == Qt.ItemDataRole.BackgroundRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: visits across, scales and scores down."""
        across = orientation is Qt.Orientation.Horizontal
        if section >= (len(self._columns) if across else len(self._lines)):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._visit_title(section) if across else self._lines[section].title
        if role == Qt.ItemDataRole.ForegroundRole and across and isinstance(self._columns[section], PlannedVisit):
            return QColor(theme.colour("missing"))
        if role == Qt.ItemDataRole.FontRole and not across:
            font = QFont()
            line = self._lines[section]
            font.setBold((line.score is None or line.only) and not line.offered)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._visit_title(section) if across else str(self._lines[section].scale.title)
        return None

    def _visit_title(self, column: int) -> str:
        entry = self._columns[column]
        if isinstance(entry, PlannedVisit):
            return "\n".join((tr("month {month}", month=entry.months), tr("missed"), ""))
        parts = [entry.visit.date.isoformat()]
        if entry.months is not None:
            parts.append(words.months(entry.months))
        timing = entry.visit.timing
        if timing is not VisitTiming.UNSTATED:
            parts.append(words.label(timing))
        elif entry.planned is not None:
            parts.append(tr("month {month}", month=entry.planned.months))
        else:
            parts.append(tr("unplanned") if entry.months is not None else "")
        return "\n".join(parts)

    def _words(self, row: int, column: int) -> str:
        visit = self.visit(column)
        if visit is None:
            return tr("planned visit, no visit in its window")
        line = self._lines[row]
        name = str(line.scale.short_title)
        if line.score is not None and not line.only:
            name = tr("{scale}, {score}", scale=name, score=str(line.score.label))
        return tr("{date}  {name}: {state}", date=visit.date, name=name, state=cell_words(line, self.cell(row, column)))

    def _ink(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        if cell is not None and (cell.changing or cell.status is AssessmentStatus.DRAFT):
            return "warn"
        heading = self._lines[row].score is None
        empty = cell is None or (cell.value is None and cell.text is None)
        return "text_soft" if heading or empty else "text"

    def _paper(self, row: int, column: int) -> QColor | None:
        if self.visit(column) is None:
            return QColor(theme.colour("missing_soft"))
        line = self._lines[row]
        return QColor(theme.colour("window")) if line.score is None and not line.offered else None


def cell_text(line: Line, cell: "FlowCell | None") -> str:
    """Return what stands in a cell; nothing at all where nothing was entered."""
    if cell is None:
        return ""
    if cell.changing:
        return f"{DRAFT_MARK} {_text(line, cell)}"
    return _text(line, cell)


def _text(line: Line, cell: "FlowCell") -> str:
    heads = line.score is None or line.only
    if cell.status is AssessmentStatus.DRAFT:
        return f"{DRAFT_MARK} {_answered(cell)}" if heads else DRAFT_MARK
    if line.score is None:
        return tr("complete") if cell.answered == cell.items else _answered(cell)
    if cell.text is not None:
        return cell.text
    if cell.value is None:
        return DASH
    return show_number(cell.value, line.score.decimals) + (f" {IMPUTED_MARK}" if cell.imputed_items else "")


def _answered(cell: "FlowCell") -> str:
    return tr("{answered} of {items}", answered=cell.answered, items=cell.items)


def cell_words(line: Line, cell: "FlowCell | None") -> str:
    """Return the state of a cell in words: entered or not, the value, or why there is none."""
    if cell is None:
        return tr("not entered")
    if cell.changing:
        return tr("{state}; a change of it is not finished", state=_words(line, cell))
    return _words(line, cell)


def _words(line: Line, cell: "FlowCell") -> str:
    answered = tr("{answered} of {items} items answered", answered=cell.answered, items=cell.items)
    if cell.status is AssessmentStatus.DRAFT:
        return tr("draft, {answered}", answered=answered)
    if line.score is None:
        return tr("complete, {answered}", answered=answered)
    if cell.value is None:
        return cell.text or tr("no score: {reason}", reason=say(cell.reason) if cell.reason else answered)
    value = show_number(cell.value, line.score.decimals)
    unit = line.score.unit or ""
    text = f"{value} {unit}".strip()
    if cell.imputed_items:
        return tr(
            "{value}, with {count} missing items filled in by the scale's policy", value=text, count=cell.imputed_items
        )
    return text
