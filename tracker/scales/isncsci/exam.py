"""One exam as recorded: 112 sensory and 20 motor cells, two anal findings, the lowest non-key muscle of each side.

A cell's name is ``right.motor.C5``, ``left.pinPrick.S4_5``, ``right.lowestNonKeyMuscleWithMotorFunction`` or
``voluntaryAnalContraction``; errors carry it. A blank is not NT: an exam with a blank cell is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tracker.core.messages import msg
from tracker.scales.errors import InvalidResponseError
from tracker.scales.isncsci.grades import ANSWERS, MOTOR_ASSUMED, SENSORY_ASSUMED
from tracker.scales.isncsci.levels import DERMATOMES, KEY_LEVELS, SIDES

CONTRACTION = "voluntaryAnalContraction"
PRESSURE = "deepAnalPressure"
NON_KEY = "lowestNonKeyMuscleWithMotorFunction"
COLUMNS: Mapping[str, tuple[str, ...]] = {"motor": KEY_LEVELS, "lightTouch": DERMATOMES, "pinPrick": DERMATOMES}
"""The columns of a side and the levels of their cells."""

CELLS = (
    *(f"{side}.{column}.{level}" for side in SIDES for column, levels in COLUMNS.items() for level in levels),
    CONTRACTION,
    PRESSURE,
)
"""Every cell that must be filled before an exam can be classified."""

NON_KEY_CELLS = tuple(f"{side}.{NON_KEY}" for side in SIDES)

_EVERY_CELL = {*CELLS, *NON_KEY_CELLS}
_EXAM_KEYS = {*SIDES, CONTRACTION, PRESSURE}
_SIDE_KEYS = {*COLUMNS, NON_KEY}
_PICK: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    column: itemgetter(*levels) for column, levels in COLUMNS.items()
}
_ALLOWED = {
    "motor": frozenset(MOTOR_ASSUMED),
    "lightTouch": frozenset(SENSORY_ASSUMED),
    "pinPrick": frozenset(SENSORY_ASSUMED),
}
_WRITE_GRADE = {
    "motor": msg("write 0 to 5 or NT; 0 to 4 and NT may carry * (taken as not normal) or ** (taken as normal)"),
    "lightTouch": msg("write 0, 1, 2 or NT; 0, 1 and NT may carry * (taken as not normal) or ** (taken as normal)"),
    "pinPrick": msg("write 0, 1, 2 or NT; 0, 1 and NT may carry * (taken as not normal) or ** (taken as normal)"),
}


class InvalidExamError(InvalidResponseError):
    """An exam that cannot be classified as it stands; ``item`` is the cell to mend."""


@dataclass(frozen=True, slots=True)
class ExamSide:
    """One side: grade codes in the order of the column's levels, and the lowest non-key muscle with function."""

    motor: tuple[str, ...]
    light_touch: tuple[str, ...]
    pin_prick: tuple[str, ...]
    non_key: str | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """One whole exam; made by :func:`parse_exam`, which checks it."""

    right: ExamSide
    left: ExamSide
    contraction: str
    """Voluntary anal contraction: Yes, No or NT."""
    pressure: str
    """Deep anal pressure: Yes, No or NT."""

    def grade(self, cell: str) -> str | None:
        """Return the code in *cell*; None only for a non-key muscle that is not recorded."""
        return cells_of(self)[cell]

    def with_grade(self, cell: str, code: str | None) -> "Exam":
        """Return this exam with *code* in *cell*; raises InvalidExamError for a code the cell cannot hold."""
        return exam_from_cells({**cells_of(self), cell: code})


def parse_exam(data: object) -> Exam:
    """Read the JSON form of an exam and check every cell; raises InvalidExamError."""
    if not isinstance(data, dict):
        raise InvalidExamError("exam", msg("exam: an object with the sides right and left is needed"))
    if not data.keys() <= _EXAM_KEYS:
        _refuse_names(data, _EXAM_KEYS, "")
    return Exam(
        right=_side(data.get("right"), "right"),
        left=_side(data.get("left"), "left"),
        contraction=_answer(data.get(CONTRACTION), CONTRACTION),
        pressure=_answer(data.get(PRESSURE), PRESSURE),
    )


def _side(data: object, name: str) -> ExamSide:
    if not isinstance(data, dict):
        raise InvalidExamError(
            name, msg("{item}: an object with motor, lightTouch and pinPrick is needed for the side", item=name)
        )
    if not data.keys() <= _SIDE_KEYS:
        _refuse_names(data, _SIDE_KEYS, f"{name}.")
    return ExamSide(
        _column(data.get("motor"), name, "motor"),
        _column(data.get("lightTouch"), name, "lightTouch"),
        _column(data.get("pinPrick"), name, "pinPrick"),
        _non_key(data.get(NON_KEY), f"{name}.{NON_KEY}"),
    )


def _column(cells: object, side: str, column: str) -> tuple[str, ...]:
    item = f"{side}.{column}"
    if not isinstance(cells, dict):
        raise InvalidExamError(item, msg("{item}: an object with one grade a level is needed", item=item))
    levels = COLUMNS[column]
    if len(cells) == len(levels):
        try:
            codes = _PICK[column](cells)
            if _ALLOWED[column].issuperset(codes):
                return codes
        except (KeyError, TypeError):  # a level is missing, or a value cannot be a code at all: named below
            pass
    _refuse_names(cells, set(levels), f"{item}.")
    raise _first_bad_cell(cells, item, column)


def _refuse_names(data: Mapping[str, object], known: set[str], where: str) -> None:
    """Refuse the first name that does not belong there, if there is one."""
    for name in data:
        if name not in known:
            item = f"{where}{name}"
            raise InvalidExamError(
                item, msg("{item}: there is no such cell; the names are {names}", item=item, names=_listed(known))
            )


def _listed(names: set[str]) -> str:
    order = (*SIDES, CONTRACTION, PRESSURE, *COLUMNS, NON_KEY, *DERMATOMES)
    return ", ".join(sorted(names, key=order.index))


def _first_bad_cell(cells: Mapping[str, object], item: str, column: str) -> InvalidExamError:
    """Return the error of the first cell that is blank or holds no grade; the caller knows that there is one."""
    level, code = next(
        (level, code)
        for level, code in ((level, cells.get(level)) for level in COLUMNS[column])
        if not isinstance(code, str) or code not in _ALLOWED[column]
    )
    cell = f"{item}.{level}"
    if code is None or code == "":
        return InvalidExamError(cell, msg("{item} is blank: give a grade, or NT if it cannot be tested", item=cell))
    if not isinstance(code, str):
        return InvalidExamError(
            cell, msg("{item}: {grade} is not text: write the grade in quotes", item=cell, grade=code)
        )
    return InvalidExamError(
        cell, msg("{item}: “{grade}” is not a grade here: {rule}", item=cell, grade=code, rule=_WRITE_GRADE[column])
    )


def _answer(value: object, cell: str) -> str:
    if isinstance(value, str) and value in ANSWERS:
        return value
    if value is None or value == "":
        raise InvalidExamError(cell, msg("{item} is blank: write Yes, No or NT", item=cell))
    raise InvalidExamError(cell, msg("{item}: “{value}” is not an answer: write Yes, No or NT", item=cell, value=value))


def _non_key(value: object, cell: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value in KEY_LEVELS:
        return value
    raise InvalidExamError(
        cell,
        msg(
            "{item}: “{value}” is not a level of the arms or legs: write one of {levels}, or leave it out",
            item=cell,
            value=value,
            levels=", ".join(KEY_LEVELS),
        ),
    )


def cells_of(exam: Exam) -> dict[str, str | None]:
    """Return every cell of *exam* by name, the two non-key muscles last."""
    right, left = exam.right, exam.left
    sides = (*right.motor, *right.light_touch, *right.pin_prick, *left.motor, *left.light_touch, *left.pin_prick)
    codes = (*sides, exam.contraction, exam.pressure, right.non_key, left.non_key)
    return dict(zip((*CELLS, *NON_KEY_CELLS), codes, strict=True))


def exam_from_cells(cells: Mapping[str, str | None]) -> Exam:
    """Make an exam from cell names and codes, as an entry grid keeps them; raises InvalidExamError."""
    return parse_exam(_form(cells))


def exam_as_json(exam: Exam) -> dict[str, Any]:
    """Return *exam* in the form :func:`parse_exam` reads."""
    return _form(cells_of(exam))


def _form(cells: Mapping[str, str | None]) -> dict[str, Any]:
    form: dict[str, Any] = {side: {column: {} for column in COLUMNS} for side in SIDES}
    for cell, code in cells.items():
        if cell not in _EVERY_CELL:
            raise InvalidExamError(cell, msg("{item}: there is no such cell", item=cell))
        *groups, name = cell.split(".")
        target = form
        for group in groups:
            target = target[group]
        target[name] = code
    return form
