"""One exam as recorded: 112 sensory and 20 motor cells, two anal findings, the lowest non-key muscle of each side.

A cell's name is ``right.motor.C5``, ``left.pinPrick.S4_5``, ``right.lowestNonKeyMuscleWithMotorFunction`` or
``voluntaryAnalContraction``; errors carry it. A blank is not NT: an exam with a blank cell is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NoReturn

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
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

_ATTRIBUTES = {"motor": "motor", "lightTouch": "light_touch", "pinPrick": "pin_prick", NON_KEY: "non_key"}
_ANAL = {CONTRACTION: "contraction", PRESSURE: "pressure"}
_PICK: Mapping[str, Callable[[object], tuple[object, ...]]] = {
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


class InvalidExamError(TrackerError):
    """An exam that cannot be classified as it stands; ``item`` is the cell to mend."""

    def __init__(self, item: str, message: Message) -> None:
        super().__init__(message)
        self.item = item


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
        if cell in _ANAL:
            return str(getattr(self, _ANAL[cell]))
        side, column, *level = cell.split(".")
        held = getattr(getattr(self, side), _ATTRIBUTES[column])
        if not level:
            return None if held is None else str(held)
        return str(held[COLUMNS[column].index(level[0])])

    def with_grade(self, cell: str, code: str | None) -> "Exam":
        """Return this exam with *code* in *cell*; raises InvalidExamError for a code the cell cannot hold."""
        if cell in _ANAL:
            return replace(self, **{_ANAL[cell]: _answer(code, cell)})
        name, column, *level = cell.split(".")
        side: ExamSide = getattr(self, name)
        if not level:
            return replace(self, **{name: replace(side, non_key=_non_key(code, cell))})
        if code not in _ALLOWED[column]:
            _refuse_grade(code, cell, column)
        codes = list(getattr(side, _ATTRIBUTES[column]))
        codes[COLUMNS[column].index(level[0])] = code
        return replace(self, **{name: replace(side, **{_ATTRIBUTES[column]: tuple(codes)})})


def parse_exam(data: object) -> Exam:
    """Read the JSON form of an exam and check every cell; raises InvalidExamError."""
    if not isinstance(data, dict):
        raise InvalidExamError("exam", msg("exam: an object with the sides right and left is needed"))
    if not _EXAM_KEYS >= data.keys():
        _refuse_names(data, _EXAM_KEYS, "")
    return Exam(
        right=_side(data.get("right"), "right"),
        left=_side(data.get("left"), "left"),
        contraction=_answer(data.get(CONTRACTION), CONTRACTION),
        pressure=_answer(data.get(PRESSURE), PRESSURE),
    )


_EXAM_KEYS = {*SIDES, CONTRACTION, PRESSURE}
_SIDE_KEYS = {*COLUMNS, NON_KEY}


def _side(data: object, name: str) -> ExamSide:
    if not isinstance(data, dict):
        raise InvalidExamError(
            name, msg("{item}: an object with motor, lightTouch and pinPrick is needed for the side", item=name)
        )
    if not _SIDE_KEYS >= data.keys():
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
            codes: tuple[str, ...] = _PICK[column](cells)  # type: ignore[assignment] - checked in the next line
            if _ALLOWED[column].issuperset(codes):
                return codes
        except (KeyError, TypeError):  # a level is missing, or a value cannot be a code at all: named below
            pass
    _refuse_names(cells, set(levels), f"{item}.")
    _refuse_cells(cells, item, column)


def _refuse_names(data: Mapping[object, object], known: set[str], where: str) -> None:
    """Refuse the first name that does not belong there, if there is one."""
    for name in data:
        if name not in known:
            item = f"{where}{name}"
            raise InvalidExamError(
                item, msg("{item}: there is no such cell; the names are {names}", item=item, names=_listed(known))
            )


def _listed(names: set[str]) -> str:
    order = (*SIDES, *_ANAL, *COLUMNS, NON_KEY, *DERMATOMES)
    return ", ".join(sorted(names, key=order.index))


def _refuse_cells(cells: Mapping[object, object], item: str, column: str) -> NoReturn:
    """Refuse the first cell that is blank or holds what is no grade; the caller knows that there is one."""
    allowed = _ALLOWED[column]
    level, code = next(
        (level, code)
        for level, code in ((level, cells.get(level)) for level in COLUMNS[column])
        if not isinstance(code, str) or code not in allowed
    )
    _refuse_grade(code, f"{item}.{level}", column)


def _refuse_grade(code: object, cell: str, column: str) -> NoReturn:
    if code is None or code == "":
        raise InvalidExamError(cell, msg("{item} is blank: give a grade, or NT if it cannot be tested", item=cell))
    raise InvalidExamError(
        cell, msg("{item}: “{grade}” is not a grade here: {rule}", item=cell, grade=code, rule=_WRITE_GRADE[column])
    )


def _answer(value: object, cell: str) -> str:
    if isinstance(value, str) and value in ANSWERS:
        return value
    if value is None or value == "":
        raise InvalidExamError(cell, msg("{item} is blank: write Yes, No or NT", item=cell))
    raise InvalidExamError(cell, msg("{item}: “{value}” is not an answer: write Yes, No or NT", item=cell, value=value))


def _non_key(value: object, cell: str) -> str | None:
    if value is None or (isinstance(value, str) and value in KEY_LEVELS):
        return value
    raise InvalidExamError(
        cell,
        msg(
            "{item}: “{value}” is not a level of the arms or legs: write {levels}, or nothing",
            item=cell,
            value=value,
            levels=", ".join(KEY_LEVELS),
        ),
    )


def exam_as_json(exam: Exam) -> dict[str, object]:
    """Return *exam* in the form :func:`parse_exam` reads."""
    form: dict[str, object] = {}
    for name, side in (("right", exam.right), ("left", exam.left)):
        columns: dict[str, object] = {
            column: dict(zip(levels, getattr(side, _ATTRIBUTES[column]), strict=True))
            for column, levels in COLUMNS.items()
        }
        form[name] = columns | {NON_KEY: side.non_key}
    return form | {CONTRACTION: exam.contraction, PRESSURE: exam.pressure}


def exam_from_cells(cells: Mapping[str, str | None]) -> Exam:
    """Make an exam from cell names and codes, as an entry grid keeps them; raises InvalidExamError."""
    form: dict[str, object] = {side: {column: {} for column in COLUMNS} for side in SIDES}
    for cell, code in cells.items():
        *groups, name = cell.split(".")
        target: object = form
        for group in groups:
            target = target.get(group) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise InvalidExamError(cell, msg("{item}: there is no such cell", item=cell))
        target[name] = code
    return parse_exam(form)


def cells_of(exam: Exam) -> dict[str, str | None]:
    """Return every cell of *exam* by name, recorded non-key muscles included."""
    cells: dict[str, str | None] = {cell: exam.grade(cell) for cell in CELLS}
    for side in SIDES:
        cells[f"{side}.{NON_KEY}"] = exam.grade(f"{side}.{NON_KEY}")
    return cells
