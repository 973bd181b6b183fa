"""What would change a classification, and what changed it between two exams."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CONTRACTION, NON_KEY_CELLS, PRESSURE, Exam, cells_of
from tracker.scales.isncsci.findings import AIS_GRADES, NOT_APPLICABLE, Classification, Finding
from tracker.scales.isncsci.grades import ANSWERS, NOT_TESTABLE, STARRED, neighbours, other_readings
from tracker.scales.isncsci.levels import RANKS

_ANAL_CELLS = (CONTRACTION, PRESSURE)
_ORDERED_FIELDS = ("rightSensory", "leftSensory", "rightMotor", "leftMotor", "nli", "ais")
"""Fields whose results stand in an order from worse to better."""


@dataclass(frozen=True, slots=True)
class CellEffect:
    """A cell, another code it might have held, and the fields that would then differ."""

    cell: str
    code: str | None
    other: str | None
    fields: Mapping[str, Finding]
    """Field -> what it would be."""


def single_cell_effects(
    exam: Exam, cells: Iterable[str] | None = None, *, documented_injury: bool = True
) -> tuple[CellEffect, ...]:
    """Change each cell by one grade, alone, and return the changes that would change the class.

    A cell that was not testable is tried with every grade, a starred one also without its star and with the other
    handling, a recorded non-key muscle is tried without it. *cells* limits the trial.
    """
    held = cells_of(exam)
    present = classify(exam, documented_injury=documented_injury)
    effects = []
    for cell in held if cells is None else cells:
        for other in _alternatives(cell, held[cell]):
            tried = classify(exam.with_grade(cell, other), documented_injury=documented_injury)
            fields = changed_fields(present, tried)
            if fields:
                effects.append(CellEffect(cell, held[cell], other, fields))
    return tuple(effects)


def changed_fields(before: Classification, after: Classification) -> dict[str, Finding]:
    """Return the fields of *after* whose finding is not that of *before*."""
    return {field: finding for field, finding in after.findings.items() if finding != before.findings[field]}


def _alternatives(cell: str, code: str | None) -> tuple[str | None, ...]:
    if code is None:
        return ()
    if cell in NON_KEY_CELLS:
        return (None,)
    if cell in _ANAL_CELLS:
        return tuple(answer for answer in ANSWERS if answer not in (code, NOT_TESTABLE))
    return neighbours(code, 5 if ".motor." in cell else 2) + other_readings(code)


class Change(StrEnum):
    """How a cell differs between two exams."""

    GAINED = "gained"
    LOST = "lost"
    REREAD = "reread"
    """The same examined grade, with another star."""
    NOT_COMPARABLE = "not_comparable"
    """Not testable in one of the exams."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that does not hold the same in both exams."""

    cell: str
    before: str | None
    after: str | None
    change: Change


@dataclass(frozen=True, slots=True)
class TotalChange:
    """A total in both exams; the difference is None where either cannot be determined."""

    total: str
    before: int | None
    after: int | None
    difference: int | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose finding differs, and what the difference rests on."""

    field: str
    before: Finding
    after: Finding
    steps: int | None
    """Levels further down (or AIS grades better; negative: up, worse); None where it cannot be counted."""
    single_cells: tuple[str, ...]
    """Changed cells any one of which, put back to what it was, puts the field back too."""
    not_testable: tuple[str, ...]
    """Cells not testable in either exam whose grade could change the field there."""
    starred: tuple[str, ...]
    """Cells starred in either exam whose reading changes the field there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two exams of one patient side by side."""

    cells: tuple[CellChange, ...]
    totals: tuple[TotalChange, ...]
    fields: tuple[FieldChange, ...]


def compare_exams(before: Exam, after: Exam, *, documented_injury: bool = True) -> Comparison:
    """Set *after* against *before*: cells, totals and fields that changed, and what the changes rest on."""
    first = classify(before, documented_injury=documented_injury)
    second = classify(after, documented_injury=documented_injury)
    cells = _changed_cells(before, after)
    totals = tuple(_total_change(total, points, second.totals[total]) for total, points in first.totals.items())
    changed = changed_fields(first, second)
    if not changed:
        return Comparison(cells, totals, ())
    put_back = {
        cell.cell: classify(after.with_grade(cell.cell, cell.before), documented_injury=documented_injury)
        for cell in cells
    }
    open_cells = _resting(before, after, documented_injury=documented_injury)
    fields = tuple(
        FieldChange(
            field,
            first.findings[field],
            finding,
            _steps(field, first.findings[field], finding),
            tuple(cell for cell, tried in put_back.items() if tried.findings[field] == first.findings[field]),
            tuple(cell for cell, starred, rests in open_cells if not starred and field in rests),
            tuple(cell for cell, starred, rests in open_cells if starred and field in rests),
        )
        for field, finding in changed.items()
    )
    return Comparison(cells, totals, fields)


def _changed_cells(before: Exam, after: Exam) -> tuple[CellChange, ...]:
    held = cells_of(after)
    return tuple(
        CellChange(cell, code, held[cell], _change(cell, code, held[cell]))
        for cell, code in cells_of(before).items()
        if code != held[cell]
    )


def _change(cell: str, before: str | None, after: str | None) -> Change:
    first, second = _worth(cell, before), _worth(cell, after)
    if first is None or second is None:
        return Change.NOT_COMPARABLE
    if first == second:
        return Change.REREAD
    return Change.GAINED if second > first else Change.LOST


def _worth(cell: str, code: str | None) -> int | None:
    """Return a number that grows with function; None where nothing was tested."""
    if cell in NON_KEY_CELLS:
        return -1 if code is None else RANKS[code]
    code = str(code)
    if code.startswith(NOT_TESTABLE):
        return None
    return int(code == "Yes") if cell in _ANAL_CELLS else int(code[0])


def _total_change(total: str, before: int | None, after: int | None) -> TotalChange:
    return TotalChange(total, before, after, None if before is None or after is None else after - before)


def _steps(field: str, before: Finding, after: Finding) -> int | None:
    results = (*before.possible, *after.possible)
    if field not in _ORDERED_FIELDS or len(results) > 2 or NOT_APPLICABLE in results:
        return None
    order = AIS_GRADES.index if field == "ais" else RANKS.__getitem__
    return order(after.possible[0]) - order(before.possible[0])


def _resting(before: Exam, after: Exam, *, documented_injury: bool) -> list[tuple[str, bool, set[str]]]:
    """Each not testable or starred cell of either exam, whether it is starred, and the fields that rest on it."""
    fields: dict[tuple[str, bool], set[str]] = {}
    for exam in (before, after):
        open_cells = [cell for cell, code in cells_of(exam).items() if code in STARRED or code == NOT_TESTABLE]
        for effect in single_cell_effects(exam, open_cells, documented_injury=documented_injury):
            starred = effect.code in STARRED
            if not starred or effect.other in other_readings(str(effect.code)):
                fields.setdefault((effect.cell, starred), set()).update(effect.fields)
    return [(cell, starred, rests) for (cell, starred), rests in fields.items()]
