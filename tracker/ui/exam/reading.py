"""What the page says of an exam as it is typed: what is still needed, or its classification with every step. No Qt."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import starmap

from tracker.core.messages import Message, msg, say, tr
from tracker.core.numbers import DASH, show_number
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import CELLS, Exam, InvalidExamError
from tracker.scales.isncsci.findings import FIELDS, NOT_DETERMINABLE, Classification, Finding
from tracker.scales.isncsci.grades import NOT_TESTABLE, STARRED
from tracker.scales.isncsci.levels import KEY_LEVELS, SIDES
from tracker.scales.isncsci.reasons import reasons
from tracker.scales.isncsci.record import code_of, exam_from_responses
from tracker.scales.isncsci.words import cell_name
from tracker.ui.exam import places
from tracker.ui.exam.looks import TAKEN_NORMAL, TAKEN_NOT_NORMAL
from tracker.ui.exam.written import Responses

MOST_OPEN_AT_ONCE = 12
"""With more cells not testable or starred than this the classification is made off the window's thread."""
_COMPLETENESS: Mapping[str, Message] = {"C": msg("complete injury"), "I": msg("incomplete injury")}
NO_ZONE, NO_GRADE = msg("none"), msg("no grade")
STAR = "*"
_STARRED_GRADE = re.compile(r"(?<![A-Z0-9])([0-4]|NT)(\*\*?)")
"""A grade with its star as the classification codes it; a level (``T4*``) does not match."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An exam without blanks, classified."""

    exam: Exam
    classification: Classification
    steps: Mapping[str, tuple[Message, ...]]


def read_exam(responses: Responses, *, documented: bool) -> Reading | InvalidExamError:
    """Classify an exam without blanks, or say what is wrong with it."""
    try:
        exam = exam_from_responses(responses)
    except InvalidExamError as error:
        return error
    return Reading(
        exam,
        classify(exam, documented_injury=documented),
        reasons(exam, documented_injury=documented),
    )


def open_cells(responses: Responses) -> int:
    """Return how many cells are not testable or starred."""
    codes = [code_of(responses, cell) for cell in CELLS]
    return sum(code == NOT_TESTABLE or code in STARRED for code in codes)


def needed(blank: tuple[str, ...]) -> str:
    """Return the next cell to fill."""
    return tr("next: {cell}", cell=say(cell_name(blank[0])))


def step_words(step: Message) -> str:
    """Return a step with the stars of its grades as the page shows them."""
    return _STARRED_GRADE.sub(
        lambda found: found[1] + (TAKEN_NORMAL if found[2] == "**" else TAKEN_NOT_NORMAL), say(step)
    )


def finding_words(field: str, finding: Finding) -> str:
    """Return a finding for people: ``T4``, ``ND: C5, C6*``, ``none`` where there is no zone."""
    results = [_result_words(field, result) for result in finding.possible]
    star = STAR if finding.star else ""
    if finding.determined:
        return results[0] + star
    if field == "complete":
        return f"{NOT_DETERMINABLE}{star}: {', '.join(results)}"
    return str(finding).replace("NA", say(NO_GRADE if field == "ais" else NO_ZONE))


def _result_words(field: str, result: str) -> str:
    if field == "complete":
        return say(_COMPLETENESS[result])
    if result == "NA":
        return say(NO_GRADE if field == "ais" else NO_ZONE)
    return result


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One line of the totals: right, left, both sides, and the change of the latter."""

    name: Message
    right: str
    left: str
    both: str
    change: str
    highest: int


_TOTALS: tuple[tuple[Message, str, tuple[str, ...], int], ...] = (
    (msg("Arms"), "motor", KEY_LEVELS[:5], 50),
    (msg("Legs"), "motor", KEY_LEVELS[5:], 50),
    (msg("Motor"), "motor", KEY_LEVELS, 100),
    (msg("Light touch"), "lightTouch", tuple(places.ROWS), 112),
    (msg("Pin prick"), "pinPrick", tuple(places.ROWS), 112),
)


def total_lines(responses: Responses, before: Responses | None) -> tuple[TotalLine, ...]:
    """Return the live totals; a total over a blank cell is not there yet, one over a cell not testable is ND."""
    return tuple(starmap(_Totals(responses, before).line, _TOTALS))


@dataclass(frozen=True, slots=True)
class _Totals:
    responses: Responses
    before: Responses | None

    def line(self, name: Message, column: str, levels: tuple[str, ...], highest: int) -> TotalLine:
        sides = [[f"{side}.{column}.{level}" for level in levels] for side in SIDES]
        right, left = (_shown(self.responses, cells) for cells in sides)
        cells = sides[0] + sides[1]
        return TotalLine(name, right, left, _shown(self.responses, cells), self._change(cells), highest)

    def _change(self, cells: list[str]) -> str:
        now = _sum(self.responses, cells)
        then = None if self.before is None else _sum(self.before, cells)
        return "" if now is None or then is None else show_number(now - then, signed=True)


def column_totals(responses: Responses) -> dict[str, str]:
    """Return what stands under each column of the grid; nothing while a cell of it is blank."""
    return {
        column: "" if any(cell not in responses for cell in cells) else _shown(responses, cells)
        for column, cells in places.CELLS_OF.items()
    }


def _shown(responses: Responses, cells: Iterable[str]) -> str:
    values = [responses.get(cell) for cell in cells]
    if None in values:
        return DASH
    return NOT_DETERMINABLE if NOT_TESTABLE in values else str(_sum(responses, cells))


def _sum(responses: Responses, cells: Iterable[str]) -> int | None:
    values = [responses.get(cell) for cell in cells]
    if None in values or NOT_TESTABLE in values:
        return None
    return sum(int(value) for value in values if value is not None)


def report(reading: Reading, title: str, totals: Iterable[TotalLine]) -> str:
    """Return the whole classification as plain text, to be printed or pasted: every field with its steps."""
    lines = [title, ""]
    for field, finding in reading.classification.findings.items():
        lines.append(tr("{field}: {result}", field=say(FIELDS[field]), result=finding_words(field, finding)))
        lines += [f"  {number}. {step_words(step)}" for number, step in enumerate(reading.steps[field], start=1)]
    lines.append("")
    for total in totals:
        text = tr(
            "{total}: right {right}, left {left}, both {both} of {highest}",
            total=say(total.name),
            right=total.right,
            left=total.left,
            both=total.both,
            highest=total.highest,
        )
        lines.append(text)
    return "\n".join([*lines, "", say(VERIFY)])


VERIFY = msg("A classification made by a program is to be verified by a clinician.")
