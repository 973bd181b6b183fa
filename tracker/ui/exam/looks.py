"""What a cell of the exam shows, as picture and in words: blank, 0, not testable and starred are four things."""

from dataclasses import dataclass
from enum import Enum, auto

from tracker.core.messages import Message, msg, say, tr
from tracker.scales.isncsci.compare import Change
from tracker.scales.isncsci.exam import NON_KEY_CELLS
from tracker.scales.isncsci.grades import NOT_TESTABLE
from tracker.scales.isncsci.record import (
    ANAL_CELLS,
    ASSUME,
    ASSUME_NAMES,
    REASON,
    REASON_NAMES,
    REASON_TEXT,
    Assume,
    StarReason,
    Value,
    normal_grade,
    star_of,
)
from tracker.scales.isncsci.words import ANSWER_NAMES, cell_name
from tracker.ui.exam.answers import takes
from tracker.ui.exam.written import Responses, Written

TAKEN_NORMAL, TAKEN_NOT_NORMAL = "\N{WHITE STAR}", "\N{BLACK STAR}"
MARKS = {
    Change.GAINED: "\N{BLACK UP-POINTING TRIANGLE}",
    Change.LOST: "\N{BLACK DOWN-POINTING TRIANGLE}",
    Change.REREAD: "\N{TILDE OPERATOR}",
    Change.NOT_COMPARABLE: "?",
}
"""The mark of each change between two exams."""
_ANSWERS = {"Yes": msg("yes"), "No": msg("no"), "NT": msg("NT")}
MUSCLES: dict[str, Message] = {
    "C5": msg("elbow flexors"),
    "C6": msg("wrist extensors"),
    "C7": msg("elbow extensors"),
    "C8": msg("finger flexors"),
    "T1": msg("little finger abductors"),
    "L2": msg("hip flexors"),
    "L3": msg("knee extensors"),
    "L4": msg("ankle dorsiflexors"),
    "L5": msg("long toe extensors"),
    "S1": msg("ankle plantar flexors"),
}


class Shade(Enum):
    """How a cell or a dermatome is filled."""

    BLANK = auto()
    NORMAL = auto()
    WEAK = auto()
    """Altered sensation, or a muscle of grade 3 or 4."""
    POOR = auto()
    """A muscle of grade 1 or 2."""
    ABSENT = auto()
    UNTESTED = auto()


@dataclass(frozen=True, slots=True)
class CellLook:
    """What one cell shows."""

    text: str
    shade: Shade
    star: str = ""
    """One of the two stars, empty without."""
    current: bool = False
    selected: bool = False
    change: Change | None = None
    """How the cell differs from the exam it is compared with."""
    compared: bool = False
    """The exam is shown beside another one."""


def shade_of(cell: str, value: Value | None) -> Shade:
    """Return how *value* fills *cell*."""
    if value is None:
        return Shade.BLANK
    if value == NOT_TESTABLE:
        return Shade.UNTESTED
    if cell in NON_KEY_CELLS or value == "Yes":
        return Shade.NORMAL
    if value in (0, "No"):
        return Shade.ABSENT
    if value == normal_grade(cell):
        return Shade.NORMAL
    return Shade.POOR if ".motor." in cell and int(value) < 3 else Shade.WEAK


def cell_look(sheet: Written, cell: str, selected: frozenset[str]) -> CellLook:
    """Return what *cell* of an exam being entered shows."""
    value = sheet.value(cell)
    asking = sheet.state.asking
    star = star_mark(sheet.state.responses, cell)
    if asking is not None and cell in asking.cells:
        value = asking.grade if asking.graded_here else value
        star = star or TAKEN_NOT_NORMAL
    return CellLook(
        text=shown(cell, value),
        shade=shade_of(cell, value),
        star=star,
        current=cell == sheet.state.at,
        selected=cell in selected,
    )


def star_mark(responses: Responses, cell: str) -> str:
    """Return the star of *cell*: hollow if it is taken as normal; empty without a star."""
    said = star_of(responses, cell)
    if not said:
        return ""
    return TAKEN_NORMAL if said.get(ASSUME) == Assume.NORMAL else TAKEN_NOT_NORMAL


def shown(cell: str, value: Value | None) -> str:
    """Return what stands in *cell*."""
    if value is None:
        return ""
    return say(_ANSWERS[str(value)]) if cell in ANAL_CELLS or value == NOT_TESTABLE else str(value)


def shown_code(cell: str, code: str | None) -> str:
    """Return a code of the classification (``4**``, ``No``) as the page shows it; a dash where it is blank."""
    if code is None:
        return "\N{EN DASH}"
    star = TAKEN_NORMAL if code.endswith("**") else TAKEN_NOT_NORMAL if code.endswith("*") else ""
    bare = code.rstrip("*")
    return (say(_ANSWERS[bare]) if bare in _ANSWERS else bare) + star


def cell_words(sheet: Written, cell: str) -> str:
    """Return what a screen reader says of *cell*: its name, its state and what it takes."""
    value = sheet.value(cell)
    if value is None:
        state = tr("blank; {takes}", takes=say(takes(cell)))
    elif cell in ANAL_CELLS or value == NOT_TESTABLE:
        state = say(ANSWER_NAMES[str(value)])
    else:
        state = str(value)
    parts = [full_name(cell), state]
    star = star_words(sheet.state.responses, cell)
    return ", ".join([*parts, star] if star else parts)


def full_name(cell: str) -> str:
    """Return the name of a cell, with its muscle where it has one."""
    name = say(cell_name(cell))
    if ".motor." not in cell:
        return name
    return tr("{cell}, {muscle}", cell=name, muscle=MUSCLES[cell.rpartition(".")[2]])


def star_words(responses: Responses, cell: str) -> str:
    """Return what is said about the star of *cell*, empty without one."""
    said = star_of(responses, cell)
    if not said:
        return ""
    parts = []
    if ASSUME in said:
        parts.append(say(ASSUME_NAMES[Assume(str(said[ASSUME]))]))
    if REASON_TEXT in said:
        parts.append(str(said[REASON_TEXT]))
    elif REASON in said:
        parts.append(say(REASON_NAMES[StarReason(str(said[REASON]))]))
    return tr("starred: {words}", words=", ".join(parts))
