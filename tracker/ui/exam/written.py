"""What is written in an open exam and where the keyboard stands: moving, selecting, writing, undo. Knows no Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from tracker.clinic.answers import Answers
from tracker.core.messages import Message, msg
from tracker.scales.isncsci.exam import PRESSURE
from tracker.scales.isncsci.record import COMMENT, STAR_PARTS, Value, blanks, star_of
from tracker.ui.exam import places
from tracker.ui.exam.asking import Asking, Star

Responses = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class State:
    """What undo brings back, and what stands on the page besides."""

    responses: Responses
    at: str = places.ORDER[0]
    """The current cell."""
    anchor: str | None = None
    """The other corner of what is selected, None without a selection."""
    asking: Asking | None = None
    """What is being asked about a star."""
    ended: bool = False
    """The last cell was just typed: one answer too many must not overwrite it."""


class Written:
    """The state of one open exam, and the few ways it changes."""

    def __init__(self, responses: Responses, *, locked: bool = False) -> None:
        self.locked = locked
        left = blanks(responses)
        first = min(left, key=places.ORDER.index) if left else places.ORDER[0]
        self.state = State(dict(responses), first)
        self.said: Message | None = None
        """What the last key did or why it was not taken; gone with the next key."""
        self.refused = False
        """Whether ``said`` tells why the last key was not taken."""
        self._done: list[State] = []
        self._undone: list[State] = []

    @property
    def selected(self) -> tuple[str, ...]:
        """The cells of the selection, empty without one."""
        return places.between(self.state.at, self.state.anchor) if self.state.anchor is not None else ()

    def blanks(self) -> tuple[str, ...]:
        """Return the cells still to be filled, in the order of typing."""
        return tuple(sorted(blanks(self.state.responses), key=places.ORDER.index))

    def value(self, cell: str) -> Value | None:
        """Return what stands in *cell*, None where it is blank."""
        return self.state.responses.get(cell)

    def starred(self, cell: str) -> bool:
        """Return whether *cell* carries a star."""
        return bool(star_of(self.state.responses, cell))

    # Moving.

    def move(self, step: Callable[[str, int], str], by: int, *, select: bool = False) -> None:
        """Move by *step* (``places.vertical`` or ``places.horizontal``), stretching the selection if *select*."""
        self.go(step(self.state.at, by), select=select)

    def go(self, cell: str, *, select: bool = False) -> None:
        """Make *cell* current, or stretch the selection to it."""
        self.quiet()
        if not select:
            self.stand(cell)
        elif cell in places.GRADED and self.state.at in places.GRADED:
            self.state = replace(self.state, at=cell, anchor=self.state.anchor or self.state.at, asking=None)

    def tab(self, by: int) -> bool:
        """Go to the first blank cell of the next column (negative: the one before); False beyond the last."""
        cells = places.cells_of_group(places.group(self.state.at) + by)
        if cells:
            self.go(next((cell for cell in cells if self.value(cell) is None), cells[0]))
        return bool(cells)

    def first_blank(self) -> None:
        """Go to the first cell still to be filled."""
        left = self.blanks()
        if left:
            self.go(left[0])

    def comment(self, text: str) -> None:
        """Keep the comment; the text field has its own undo."""
        if self.locked:
            return
        responses = {name: value for name, value in self.state.responses.items() if name != COMMENT}
        self.state = replace(self.state, responses=responses | ({COMMENT: text} if text else {}))

    def take(self, answers: Answers) -> None:
        """Take in grades of another desk; undo does not reach behind them, or it would take theirs away."""
        self.quiet()
        self.state = replace(self.state, responses=dict(cast("Responses", answers.responses)), asking=None)
        self._done.clear()
        self._undone.clear()

    # Undo.

    def undo(self) -> None:
        """Take the last change back."""
        self._swap(self._done, self._undone)

    def redo(self) -> None:
        """Bring a change back."""
        self._swap(self._undone, self._done)

    def _swap(self, source: list[State], target: list[State]) -> None:
        self.quiet()
        if source:
            comment = self.state.responses.get(COMMENT)
            target.append(replace(self.state, asking=None))
            self.state = source.pop()
            self.comment(str(comment or ""))

    def quiet(self) -> None:
        """Forget what the last key said."""
        self.said, self.refused = None, False

    def refuse(self, message: Message) -> None:
        """Say why the key was not taken."""
        self.said, self.refused = message, True

    def stand(self, cell: str) -> None:
        """Make *cell* current, with nothing selected or asked."""
        self.state = replace(self.state, at=cell, anchor=None, asking=None, ended=False)

    def ask(self, asking: Asking | None) -> None:
        """Ask about a star, or stop asking."""
        self.state = replace(self.state, asking=asking)

    def star_at(self, cell: str) -> Star | None:
        """Return the star of *cell*."""
        said = star_of(self.state.responses, cell)
        return Star(**{part: str(value) for part, value in said.items()}) if said else None

    def write(
        self,
        values: Mapping[str, Value | None],
        *,
        stars: Mapping[str, Star] | None = None,
        move: bool = True,
        told: Message | None = None,
    ) -> None:
        """Write the values, each with its star or none, and move on to the cell after them."""
        if self.locked:
            self.refuse(msg("this exam can only be read here"))
            return
        responses = dict(self.state.responses)
        for cell, value in values.items():
            for name in (cell, *(f"{cell}.{part}" for part in STAR_PARTS)):
                responses.pop(name, None)
            if value is not None:
                responses[cell] = value
        for cell, star in (stars or {}).items():
            responses |= {f"{cell}.{part}": text for part, text in star.parts()}
        before = replace(self.state, asking=None)
        at = self._next(tuple(values), responses, several=told is not None) if move else self.state.at
        anchor = None if move else self.state.anchor
        if responses != self.state.responses:
            self._done.append(before)
            self._undone.clear()
        ended = move and self.state.at == at and tuple(values) == (PRESSURE,)
        self.state = State(responses, at, anchor, ended=ended)
        self.said = told

    def _next(self, written: tuple[str, ...], responses: Responses, *, several: bool) -> str:
        """Return where the keyboard goes: after one cell the next, after many the first blank one from there on."""
        last = max(written, key=places.ORDER.index)
        following = places.after(last)
        if not several:
            return following
        left = set(blanks(responses))
        start = places.ORDER.index(following)
        turned = (*places.ORDER[start:], *places.ORDER[:start])
        return next((cell for cell in turned if cell in left), following)
