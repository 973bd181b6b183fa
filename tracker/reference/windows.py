"""Which visit of a patient is read against a month a study reported.

In whole days, ends included: month 1 +- 14, 3 +- 30, 6 and 12 +- 45, 24 +- 90; month 0 is the baseline and nothing
else. The nearest visit with a score wins, of two equally near the earlier. A month without a window is not compared.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from tracker.core.dates import DAYS_PER_MONTH
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, half_up, plain_number
from tracker.reference.settings import WINDOW_MONTHS, WINDOWS


class Scored(Protocol):
    """What a visit is chosen from: its day and its score (None where not computed)."""

    @property
    def date(self) -> datetime.date:
        """Day of the visit."""

    @property
    def value(self) -> Number | None:
        """The score, None where there is none."""

    @property
    def complete(self) -> bool:
        """Whether the assessment is complete."""


P = TypeVar("P", bound=Scored)


@dataclass(frozen=True, slots=True)
class Matched(Generic[P]):
    """The visit read against a study's month; ``days_off`` is negative where it was too early."""

    point: P
    days_off: int


@dataclass(frozen=True, slots=True)
class NotMatched:
    """Why no visit is read against a study's month."""

    reason: Message


def window_days(months: Number) -> int | None:
    """Return how many days off a study's month a visit may be; None where no window is set for it."""
    for month, setting in zip(WINDOW_MONTHS, WINDOWS, strict=True):
        if month == months:
            return int(setting.value)
    return None


def match_visit(
    points: Sequence[P], baseline: P | None, index_date: datetime.date, months: Number
) -> Matched[P] | NotMatched:
    """Return the visit of *points* that is read against *months* of a study, or why there is none."""
    if months == 0:
        if baseline is None:
            return NotMatched(msg("no baseline to read against the study's start"))
        return Matched(baseline, (baseline.date - index_date).days)
    window = window_days(months)
    if window is None:
        return NotMatched(msg("month {months} has no window of days: not compared", months=plain_number(months)))
    planned = int(half_up(months * DAYS_PER_MONTH))
    matches = [
        Matched(point, (point.date - index_date).days - planned)
        for point in points
        if point.complete and point.value is not None
    ]
    inside = [match for match in matches if abs(match.days_off) <= window]
    if not inside:
        return NotMatched(
            msg("no score within {days} days of month {months}", days=window, months=plain_number(months))
        )
    return min(inside, key=lambda match: (abs(match.days_off), match.days_off))
