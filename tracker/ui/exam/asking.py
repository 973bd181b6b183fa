"""What is asked about a star, step by step: the grade in a blank cell, how it counts, why. Knows no Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.record import ASSUME, REASON, REASON_TEXT, Assume, StarReason, Value


@dataclass(frozen=True, slots=True)
class Star:
    """What is said about a starred cell."""

    assume: str = ""
    reason: str = ""
    reason_text: str = ""

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield what is said by the names it is kept under."""
        for part, text in ((ASSUME, self.assume), (REASON, self.reason), (REASON_TEXT, self.reason_text)):
            if text:
                yield part, text


class Phase(Enum):
    """What is asked now."""

    GRADE = auto()
    ASSUME = auto()
    REASON = auto()
    TEXT = auto()


_CHOICES: Mapping[Phase, Mapping[str, Assume | StarReason]] = {
    Phase.GRADE: {},
    Phase.ASSUME: {"1": Assume.NORMAL, "2": Assume.NOT_NORMAL},
    Phase.REASON: dict(zip("1234", StarReason, strict=True)),
    Phase.TEXT: {},
}
QUESTIONS: Mapping[Phase, Message] = {
    Phase.GRADE: msg("grade as examined"),
    Phase.ASSUME: msg("how it counts"),
    Phase.REASON: msg("not due to the injury but to"),
    Phase.TEXT: msg("which other reason"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A star that is being given to some cells."""

    cells: tuple[str, ...]
    phase: Phase
    grade: Value | None = None
    graded_here: bool = False
    """The cell was blank: its grade belongs to the question."""
    assume: str = ""
    had_star: bool = False

    def choices(self) -> Mapping[str, Assume | StarReason]:
        """Return what each digit means now."""
        return _CHOICES[self.phase]

    def back(self) -> "Asking | None":
        """Return the question before this one, None before the first."""
        if self.phase is Phase.TEXT:
            return replace(self, phase=Phase.REASON)
        if self.phase is Phase.REASON:
            return replace(self, phase=Phase.ASSUME, assume="")
        if self.phase is Phase.ASSUME and self.graded_here:
            return replace(self, phase=Phase.GRADE, grade=None)
        return None
