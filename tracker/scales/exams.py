"""The closed set of exams: forms that a package knows better than a scale file could say.

A scale file that names one has no items of its own and no rules but sums over the exam's columns; everything else
(which answers go together, what a whole exam is, its classification) is asked here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.scales.fields import Table
from tracker.scales.isncsci import form as isncsci
from tracker.scales.isncsci.record import blanks, check_partial, check_stars
from tracker.scales.model import Answer, Item, Responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """What the scales need of one exam."""

    items: tuple[Item, ...]
    columns: Mapping[str, tuple[str, ...]]
    """Name that a score may be made of -> its items."""
    check: Callable[[Responses], None]
    """Refuses answers that cannot stand together, whatever is still blank; raises InvalidResponseError."""
    blanks: Callable[[Responses], tuple[str, ...]]
    """The items still to be answered, in order."""
    check_whole: Callable[[Responses], None]
    """Refuses what is still open when no item is blank; raises InvalidResponseError."""
    read_example: Callable[[Table], Mapping[str, Answer]]
    """Reads a whole exam of a scale file."""
    classification: Callable[[Responses], Mapping[str, str]]
    """Field -> result as written on the form; raises InvalidResponseError."""


EXAMS: Mapping[str, Exam] = {
    "isncsci": Exam(
        items=isncsci.items(),
        columns=isncsci.TOTAL_CELLS,
        check=check_partial,
        blanks=blanks,
        check_whole=check_stars,
        read_example=isncsci.read_exam,
        classification=isncsci.results,
    )
}
