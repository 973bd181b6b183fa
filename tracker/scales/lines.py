"""Levels to draw from a patient's own baseline: percent changes and published limits, and why some are not drawn."""

from dataclasses import dataclass

from tracker.core.messages import Message
from tracker.core.numbers import Number
from tracker.scales.model import Threshold

PERCENTS = (20, 30, 50, 70)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level on the score's range."""

    code: str
    """``percent_30``, or the id of the threshold."""
    name: Message
    value: Number
    upper: Number | None
    """The other end where the source gives a range of limits (further from the baseline than ``value``)."""
    percent: int | None
    threshold: Threshold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLine:
    """A level that is not drawn, and why."""

    code: str
    name: Message
    reason: Message
