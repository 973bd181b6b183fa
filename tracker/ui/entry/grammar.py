"""The entry grammar, one for all scales: what a digit, a point and Enter mean for an item.

A digit always means itself. It answers at once unless a longer allowed value starts with it; then it is held, further
digits (and the point of a half) join it and Enter accepts. Where ten is the only value of several digits and 1 is a
value too (0-10), ten has its own key instead, so that every digit still answers at once. Typed numbers (any value of a
range) end with Enter.
"""

from dataclasses import dataclass

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.numbers import DASH, Number, parse_number, plain_number
from tracker.scales.model import Item

LONGEST = 9
"""More characters than this no item's value has."""

MOST_CELLS = 13
"""A longer closed set is typed as a number, not shown value by value."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The text is a value: it answers the item."""

    value: Number


@dataclass(frozen=True, slots=True)
class Held:
    """The text is not finished: it is kept and shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The text cannot be, and why; what was held stays."""

    message: Message


Outcome = Answer | Held | Refused


def cell_values(item: Item) -> tuple[Number, ...]:
    """Return the values that have a cell of their own; none for an item that is typed as a number."""
    return item.typed if item.typed is not None and len(item.typed) <= MOST_CELLS else ()


def takes_point(item: Item) -> bool:
    """Whether a decimal point can be typed: some value is not whole."""
    return item.typed is None or any(isinstance(value, float) for value in item.typed)


def has_ten_key(item: Item) -> bool:
    """Whether the item's only value of several digits is ten."""
    return [value for value in cell_values(item) if value > 9] == [10]


def ends_with_enter(item: Item) -> bool:
    """Whether some value of the item is typed with several keys and Enter."""
    return not cell_values(item) or any(_longer(item, str(digit)) for digit in range(10))


def allowed_words(item: Item) -> str:
    """Write what the item takes: ``0, 3, 6``, ``0-4``, ``0-100 mm``, ``0, 1, 1.5 ... 9.5``."""
    shown = [plain_number(value) for value in item.typed or ()]
    if item.typed is None or item.typed == tuple(range(int(item.typed[0]), int(item.typed[-1]) + 1)):
        text = span_words(item)
    elif len(shown) > MOST_CELLS:
        text = f"{', '.join(shown[:3])} ... {shown[-1]}"
    else:
        text = ", ".join(shown)
    return f"{text} {item.unit}" if item.unit else text


def span_words(item: Item) -> str:
    """Write the least and the greatest value the item takes."""
    ends = (item.minimum, item.maximum) if item.typed is None else (item.typed[0], item.typed[-1])
    return f"{plain_number(ends[0])}{DASH}{plain_number(ends[1])}"


def add_digit(item: Item, held: str, digit: str) -> Outcome:
    """Return what a further *digit* means after the *held* text."""
    text = held + digit
    cells = cell_values(item)
    if not cells:
        return Held(text) if len(text) <= LONGEST else Refused(_not_allowed(item, text))
    longer = _longer(item, text)
    complete = text in map(plain_number, cells)
    if complete and not held and not longer:
        return Answer(int(text))
    if complete or longer:
        return Held(text)
    return Refused(_not_allowed(item, text))


def add_point(item: Item, held: str) -> Outcome:
    """Return what a decimal comma or point means after the *held* text."""
    if not takes_point(item):
        return Refused(msg("“{item}” takes whole values: {allowed}", item=item.label, allowed=allowed_words(item)))
    if "." in held:
        return Refused(msg("the number has its decimal point already: {text}", text=held))
    text = (held or "0") + "."
    return Refused(_not_allowed(item, text)) if cell_values(item) and not _longer(item, text) else Held(text)


def ten(item: Item) -> Outcome:
    """Return what the key for ten means."""
    return _checked(item, 10, "10")


def accept(item: Item, held: str) -> Outcome:
    """Return what Enter means for the *held* text."""
    try:
        value = parse_number(held)
    except TrackerError as error:
        return Refused(error.message)
    return _checked(item, value, held)


def _checked(item: Item, value: Number, text: str) -> Outcome:
    if item.allowed is None:
        return Answer(value) if item.minimum <= value <= item.maximum else Refused(_not_allowed(item, text))
    if value == item.not_typed and item.not_typed_why is not None:
        return Refused(msg("{text} is not entered here: {why}", text=text, why=item.not_typed_why))
    return Answer(value) if value in item.allowed else Refused(_not_allowed(item, text))


def _longer(item: Item, text: str) -> bool:
    cells = cell_values(item)
    if has_ten_key(item) and 1 in cells:
        return False
    return any(len(shown) > len(text) and shown.startswith(text) for shown in map(plain_number, cells))


def _not_allowed(item: Item, text: str) -> Message:
    return msg(
        "{text} is not a value of “{item}”: it takes {allowed}",
        text=text,
        item=item.label,
        allowed=allowed_words(item),
    )
