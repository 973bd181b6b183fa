"""The answers of an open form: where the keyboard stands, what is held, undo. Knows no Qt and no store."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tracker.clinic.answers import Answers
from tracker.clinic.codes import MissingReason
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import Item, Scale, Score
from tracker.scales.scoring import score
from tracker.ui.entry import grammar

REASON_KEYS: Mapping[str, MissingReason] = MappingProxyType(
    {
        "D": MissingReason.DECLINED,
        "U": MissingReason.UNABLE,
        "A": MissingReason.NOT_APPLICABLE,
        "N": MissingReason.NOT_ASKED,
        "C": MissingReason.UNCLEAR,
        "O": MissingReason.OTHER,
    }
)
"""The key of each reason an item has no answer."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything a keystroke may change, so that undo is one assignment."""

    row: int = 0
    """Index of the current item; the number of items stands for the end of the form."""
    responses: Mapping[str, Number] = field(default_factory=dict)
    missing: Mapping[str, MissingReason] = field(default_factory=dict)
    held: str = ""
    choosing: bool = False
    """A reason for the current item is being chosen."""


def computed_items(scale: Scale, blank: tuple[str, ...], responses: Mapping[str, Number]) -> frozenset[str]:
    """Return the blank items whose value follows from others (a motor total from its two parts)."""
    totals = {score.code for score in scale.scores if score.code in blank and len(score.items) > 1}
    if not totals:
        return frozenset()
    try:
        outcomes = score(scale, responses)
    except InvalidResponseError:
        return frozenset()
    return frozenset(code for code in totals if isinstance(outcomes[code], Score))


class Sheet:
    """One open form of a scale; every method is one keystroke or click."""

    def __init__(
        self,
        scale: Scale,
        responses: Mapping[str, Number],
        missing: Mapping[str, MissingReason],
        *,
        locked: bool = False,
    ) -> None:
        self.scale = scale
        self.locked = locked
        self.state = State(responses=dict(responses), missing=dict(missing))
        self.refused: Message | None = None
        """Why the last key was not taken; belongs to the current row, gone with the next key."""
        self._done: list[State] = []
        self._undone: list[State] = []
        self.state = replace(self.state, row=self._first_open())

    @property
    def item(self) -> Item | None:
        """The current item, None at the end of the form."""
        return self.scale.items[self.state.row] if self.state.row < len(self.scale.items) else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a keystroke to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a keystroke to bring back."""
        return bool(self._undone)

    def unanswered(self) -> tuple[str, ...]:
        """Codes of the items with neither answer nor reason; optional ones and totals made of others do not count."""
        state = self.state
        left = tuple(
            item.code
            for item in self.scale.items
            if not item.optional and item.code not in state.responses and item.code not in state.missing
        )
        computed = computed_items(self.scale, left, state.responses)
        return tuple(code for code in left if code not in computed)

    def digit(self, digit: str) -> None:
        """Type a digit: answer and move on, or hold it."""
        self.refused = None
        if self.item is not None:
            self._follow(grammar.add_digit(self.item, self.state.held, digit))
        else:
            self._ended()

    def point(self) -> None:
        """Type a decimal comma or point."""
        self.refused = None
        if self.item is not None:
            self._follow(grammar.add_point(self.item, self.state.held))
        else:
            self._ended()

    def ten(self) -> None:
        """Press the key for ten."""
        self.refused = None
        if self.item is not None:
            self._follow(grammar.ten(self.item))

    def accept(self) -> None:
        """Press Enter: accept what is held, else move on."""
        if self.settle() and self.item is not None:
            self._go(self.state.row + 1)

    def erase(self) -> None:
        """Press Backspace: the last held character, else the answer."""
        self.refused = None
        if self.state.choosing or self.state.held:
            self._change(held=self.state.held[:-1], choosing=False)
        else:
            self.clear()

    def clear(self) -> None:
        """Make the current item blank."""
        self.refused = None
        if self.item is not None:
            self._set(self.item.code, None, None)

    def ask_reason(self) -> None:
        """Press the key for missing: the reason comes next."""
        self.refused = None
        if self.item is not None:
            self._change(held="", choosing=True)

    def reason(self, reason: MissingReason, *, move: int = 1) -> None:
        """Say why the current item has no answer, and move on."""
        self.refused = None
        if self.item is not None:
            self._set(self.item.code, None, reason, move=move)

    def cancel(self) -> bool:
        """Drop what is held or asked; False if there was nothing."""
        self.refused = None
        if not (self.state.held or self.state.choosing):
            return False
        self._change(held="", choosing=False)
        return True

    def settle(self) -> bool:
        """Accept what is held, before the row is left; False if it is refused."""
        self.refused = None
        if self.item is not None and self.state.held:
            self._follow(grammar.accept(self.item, self.state.held), move=0)
        return not self.state.held

    def first(self) -> None:
        """Go to the first item."""
        self.go(0)

    def last(self) -> None:
        """Go to the last item."""
        self.go(len(self.scale.items) - 1)

    def move(self, by: int) -> None:
        """Move by some rows; what is held is accepted first, and refused values keep the row."""
        self.go(self.state.row + by)

    def go(self, row: int) -> None:
        """Go to a row (the number of items is the end of the form)."""
        row = max(0, min(row, len(self.scale.items)))
        if row != self.state.row and self.settle():
            self._go(row)

    def answer(self, row: int, value: Number) -> None:
        """Answer an item with the mouse; the row stays, so that nothing moves under the pointer."""
        if row != self.state.row:
            self.go(row)
        if self.state.row == row and self.item is not None:
            self.refused = None
            self._set(self.item.code, value, None)

    def not_asked(self) -> None:
        """Mark every item without answer or reason as not asked."""
        missing = dict(self.state.missing) | dict.fromkeys(self.unanswered(), MissingReason.NOT_ASKED)
        self._change(missing=missing, held="", choosing=False, row=len(self.scale.items))

    def take(self, answers: Answers) -> None:
        """Take in answers of another desk; undo does not reach behind them, or it would take theirs away."""
        self.refused = None
        responses = {item: value for item, value in answers.responses.items() if not isinstance(value, str)}
        self.state = replace(self.state, responses=responses, missing=dict(answers.missing))
        self._done.clear()
        self._undone.clear()

    def undo(self) -> None:
        """Take the last keystroke back."""
        self._swap(self._done, self._undone)

    def redo(self) -> None:
        """Bring a keystroke back."""
        self._swap(self._undone, self._done)

    def _swap(self, source: list[State], target: list[State]) -> None:
        self.refused = None
        if source:
            target.append(self.state)
            self.state = source.pop()

    def _first_open(self) -> int:
        codes = [item.code for item in self.scale.items]
        left = self.unanswered()
        return codes.index(left[0]) if left else 0

    def _go(self, row: int) -> None:
        self.state = replace(self.state, row=row, held="", choosing=False)

    def _ended(self) -> None:
        if not self.locked:
            self.refused = msg("the form ends here: go up to change an answer")

    def _follow(self, outcome: grammar.Outcome, move: int = 1) -> None:
        if self.item is None:
            return
        match outcome:
            case grammar.Answer(value):
                self._set(self.item.code, value, None, move=move)
            case grammar.Held(text):
                self._change(held=text, choosing=False)
            case grammar.Refused(message):
                self.refused = message

    def _set(self, code: str, value: Number | None, reason: MissingReason | None, *, move: int = 0) -> None:
        responses, missing = dict(self.state.responses), dict(self.state.missing)
        responses.pop(code, None)
        missing.pop(code, None)
        if value is not None:
            responses[code] = value
        elif reason is not None:
            missing[code] = reason
        self._change(responses=responses, missing=missing, held="", choosing=False, row=self.state.row + move)

    def _change(self, **changes: object) -> None:
        if self.locked:
            self.refused = msg("this form can only be read here")
            return
        changed = replace(self.state, **changes)  # type: ignore[arg-type]
        if changed != self.state:
            self._done.append(self.state)
            self._undone.clear()
            self.state = changed
