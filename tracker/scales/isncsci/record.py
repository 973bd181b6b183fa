"""An exam as an assessment keeps it: a flat object of cell names and values, blanks left out.

A cell is ``right.motor.C5``: 0-5 (motor) or 0-2 (sensory), or ``NT``. A starred cell adds ``right.motor.C5.assume``
(``normal`` or ``not_normal``), ``right.motor.C5.reason`` and, for the reason ``other``, ``right.motor.C5.reason_text``.
The two anal findings are Yes, No or NT; a lowest non-key muscle per side and a ``comment`` are optional.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.exam import (
    CELLS,
    CONTRACTION,
    NON_KEY_CELLS,
    PRESSURE,
    Exam,
    InvalidExamError,
    exam_from_cells,
)
from tracker.scales.isncsci.exam import cells_of as codes_of
from tracker.scales.isncsci.grades import ANSWERS, NOT_TESTABLE, STARRED
from tracker.scales.isncsci.levels import KEY_LEVELS

Responses = Mapping[str, object]
Value = int | str

COMMENT = "comment"
ASSUME, REASON, REASON_TEXT = "assume", "reason", "reason_text"
STAR_PARTS = (ASSUME, REASON, REASON_TEXT)


class Assume(StrEnum):
    """What a starred cell counts as."""

    NORMAL = "normal"
    NOT_NORMAL = "not_normal"


class StarReason(StrEnum):
    """Why an impairment is not due to the spinal cord injury."""

    PLEXOPATHY = "plexopathy"
    PERIPHERAL_NEUROPATHY = "peripheral_neuropathy"
    MYONEURAL_DISEASE = "myoneural_disease"
    OTHER = "other"


ASSUME_NAMES: Mapping[Assume, Message] = {
    Assume.NORMAL: msg("taken as normal"),
    Assume.NOT_NORMAL: msg("taken as not normal"),
}
REASON_NAMES: Mapping[StarReason, Message] = {
    StarReason.PLEXOPATHY: msg("plexopathy"),
    StarReason.PERIPHERAL_NEUROPATHY: msg("peripheral neuropathy"),
    StarReason.MYONEURAL_DISEASE: msg("myoneural disease"),
    StarReason.OTHER: msg("other reason"),
}

ANAL_CELLS = (CONTRACTION, PRESSURE)
_GRADED = frozenset(CELLS) - set(ANAL_CELLS)
_PLAIN = frozenset({*CELLS, *NON_KEY_CELLS, COMMENT})
_SUFFIX = {Assume.NOT_NORMAL: "*", Assume.NORMAL: "**"}
_NOT_STATED = "not stated"


def normal_grade(cell: str) -> int:
    """Return the normal grade of a motor or sensory *cell*."""
    return 5 if ".motor." in cell else 2


def blanks(responses: Responses) -> tuple[str, ...]:
    """Return the cells still to be filled before the exam can be classified, in order."""
    return tuple(cell for cell in CELLS if is_blank(responses.get(cell)))


def is_blank(value: object) -> bool:
    """Return whether *value* says nothing."""
    return value is None or value == ""


def star_of(responses: Responses, cell: str) -> dict[str, object]:
    """Return what is said about the star of *cell*, empty if it has none."""
    said = {part: responses.get(f"{cell}.{part}") for part in STAR_PARTS}
    return {part: value for part, value in said.items() if not is_blank(value)}


def check_partial(responses: Responses) -> None:
    """Refuse what cannot stand whatever else follows; raises InvalidExamError naming the cell.

    Blank cells, and stars whose handling or reason is still missing, are no error here.
    """
    for name, value in responses.items():
        if is_blank(value):
            continue
        cell, _, part = name.rpartition(".")
        if part in STAR_PARTS and cell in _GRADED:
            _check_star_part(responses, cell, part, value)
        elif name in _PLAIN:
            _check_value(name, value)
        else:
            raise InvalidExamError(name, msg("{item}: there is no such cell", item=name))


def _check_value(cell: str, value: object) -> None:
    if cell == COMMENT:
        if not isinstance(value, str):
            raise InvalidExamError(cell, msg("{item}: write text", item=cell))
        return
    if cell in ANAL_CELLS:
        fits, rule = isinstance(value, str) and value in ANSWERS, msg("write Yes, No or NT")
    elif cell in NON_KEY_CELLS:
        levels = ", ".join(KEY_LEVELS)
        fits, rule = isinstance(value, str) and value in KEY_LEVELS, msg("write one of {levels}", levels=levels)
    else:
        highest = normal_grade(cell)
        fits, rule = _is_grade(value, highest), msg("write 0 to {highest}, or NT", highest=highest)
    if not fits:
        raise InvalidExamError(cell, msg("{item}: “{value}” does not fit: {rule}", item=cell, value=value, rule=rule))


def _is_grade(value: object, highest: int) -> bool:
    if isinstance(value, bool):
        return False
    return value == NOT_TESTABLE or (isinstance(value, int | float) and value in range(highest + 1))


def _check_star_part(responses: Responses, cell: str, part: str, value: object) -> None:
    grade = responses.get(cell)
    if is_blank(grade):
        raise InvalidExamError(cell, msg("{item} is blank but starred: give its grade", item=cell))
    if grade == normal_grade(cell):
        raise InvalidExamError(cell, msg("{item}: a normal grade carries no star", item=cell))
    if part == REASON_TEXT:
        if not isinstance(value, str):
            raise InvalidExamError(cell, msg("{item}: write the reason of the star as text", item=cell))
        return
    allowed = tuple(Assume) if part == ASSUME else tuple(StarReason)
    if value not in allowed:
        raise InvalidExamError(
            cell,
            msg(
                "{item}: “{value}” does not fit: write one of {names}", item=cell, value=value, names=", ".join(allowed)
            ),
        )


def check_stars(responses: Responses) -> None:
    """Refuse a star without handling or reason, the first in order; raises InvalidExamError naming the cell."""
    for cell in starred_cells(responses):
        said = star_of(responses, cell)
        if ASSUME not in said:
            message = msg("{item} is starred: say whether it is taken as normal or not normal", item=cell)
        elif REASON not in said:
            message = msg("{item} is starred: give the reason", item=cell)
        elif said[REASON] == StarReason.OTHER and REASON_TEXT not in said:
            message = msg("{item} is starred for another reason: write which", item=cell)
        elif said[REASON] != StarReason.OTHER and REASON_TEXT in said:
            message = msg("{item}: the text belongs to the reason other: leave it out", item=cell)
        else:
            continue
        raise InvalidExamError(cell, message)


def starred_cells(responses: Responses) -> Iterator[str]:
    """Yield the cells about whose star anything is said, in order."""
    named = {name.rpartition(".")[0] for name, value in responses.items() if not is_blank(value)}
    return (cell for cell in CELLS if cell in _GRADED and cell in named and star_of(responses, cell))


def exam_from_responses(responses: Responses) -> Exam:
    """Make the exam; raises InvalidExamError naming the first cell that is wrong, half starred or blank."""
    check_partial(responses)
    check_stars(responses)
    return exam_from_cells({cell: code_of(responses, cell) for cell in (*CELLS, *NON_KEY_CELLS)})


def code_of(responses: Responses, cell: str) -> str | None:
    """Return the code of *cell* as the classification reads it (``4``, ``4*``, ``NT**``), None where it is blank."""
    value = responses.get(cell)
    if is_blank(value):
        return None
    grade = str(int(value)) if isinstance(value, int | float) else str(value)
    assume = responses.get(f"{cell}.{ASSUME}")
    return grade if is_blank(assume) else grade + _SUFFIX[Assume(str(assume))]


def responses_from_exam(
    exam: Exam, *, reason: StarReason = StarReason.OTHER, reason_text: str = _NOT_STATED
) -> dict[str, Value]:
    """Return what an assessment keeps of *exam*; the codes do not say why a cell is starred, *reason* does."""
    found: dict[str, Value] = {}
    for cell, code in codes_of(exam).items():
        if code is None:
            continue
        bare = code.rstrip("*")
        found[cell] = int(bare) if bare.isdigit() else bare
        if code in STARRED:
            found[f"{cell}.{ASSUME}"] = (Assume.NORMAL if code.endswith("**") else Assume.NOT_NORMAL).value
            found[f"{cell}.{REASON}"] = reason.value
            if reason is StarReason.OTHER:
                found[f"{cell}.{REASON_TEXT}"] = reason_text
    return found
