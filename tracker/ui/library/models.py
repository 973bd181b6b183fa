"""Item models of the library: the list of studies, a cohort's points, adverse events as reported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.core.messages import tr
from tracker.reference.model import EventFigure, Point, Study
from tracker.ui.library import wording

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
STUDY = Qt.ItemDataRole.UserRole


class StudiesModel(QAbstractListModel):
    """The studies: first the seed studies, then the supplementary ones, then the clinic's own."""

    def __init__(self, studies: Sequence[Study]) -> None:
        super().__init__()
        self.studies = tuple(sorted(studies, key=lambda study: (study.supplementary, study.own)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many studies there are."""
        return 0 if parent.isValid() else len(self.studies)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the study, its name, or its line."""
        study = self.studies[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return study.short_name
        if role == Qt.ItemDataRole.ToolTipRole:
            return study.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return study_line(study)
        return study if role == STUDY else None

    def row_of(self, study_id: str) -> int:
        """Return the row of a study, -1 if there is none."""
        return next((row for row, study in enumerate(self.studies) if study.id == study_id), -1)


def study_line(study: Study) -> str:
    """Return the second line of a study in the list."""
    parts = [tr("your own")] if study.own else [tr("supplementary")] if study.supplementary else []
    return " · ".join((*parts, str(study.passport.condition), wording.study_kind(study)))


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its heading and what it says of a row."""

    heading: str
    text: Callable[[Row], str]
    is_number: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of a study as a table; every cell also says itself in full as a hint."""

    def __init__(self, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.rows = tuple(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or how it is aligned."""
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(self.rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignTop)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def points_model(points: Sequence[Point]) -> RowsModel[Point]:
    """Return the points of a cohort as printed."""
    return RowsModel(
        (
            Column(tr("Measure as printed"), lambda point: point.measure.printed),
            Column(tr("Time"), wording.time),
            Column(tr("Value"), wording.value),
            Column(tr("Spread"), wording.spread),
            Column(tr("n"), wording.number_of_people),
            Column(tr("p"), lambda point: wording.short(point.p)),
            Column(tr("On a chart"), wording.plot),
            Column(tr("What to know"), lambda point: wording.flags(point.flags)),
            Column(tr("Read in"), lambda point: wording.origin(point.origin)),
        ),
        points,
    )


def events_model(events: Sequence[EventFigure]) -> RowsModel[EventFigure]:
    """Return adverse events as reported: counts first, with what they are out of."""
    return RowsModel(
        (
            Column(tr("Event"), lambda event: str(event.term)),
            Column(tr("Count"), lambda event: wording.short(event.count)),
            Column(tr("Out of"), lambda event: str(event.denominator)),
            Column(tr("As printed"), lambda event: event.printed),
            Column(tr("Read in"), lambda event: wording.origin(event.origin)),
        ),
        events,
    )
