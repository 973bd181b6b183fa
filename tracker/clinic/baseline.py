"""The baseline of a score, and which planned visit a date falls into.

The nearest complete, computed score in a window of days before the index treatment; the treatment day counts only if
marked "before"; of two on one day the one marked before counts, else the later. A follow-up is never promoted.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracker.clinic.codes import VisitTiming
from tracker.core.dates import DAYS_PER_MONTH
from tracker.core.messages import Message, msg

BASELINE_WINDOW_DAYS = 90
"""Default length of the window before the index treatment; condition files may shorten it."""


class Scored(Protocol):
    """What a baseline is chosen from: a value (None where not computed), its day and how it lies to the treatment."""

    @property
    def date(self) -> datetime.date:
        """Day of the visit."""

    @property
    def timing(self) -> VisitTiming:
        """Before or after a treatment of the same day."""

    @property
    def value(self) -> float | None:
        """The score, None where not computed."""

    @property
    def complete(self) -> bool:
        """Whether the assessment is complete."""


P = TypeVar("P", bound=Scored)


@dataclass(frozen=True, slots=True)
class NoBaseline:
    """Why a score has no baseline; a follow-up is never promoted to one."""

    reason: Message


def choose_baseline(points: Sequence[P], index_date: datetime.date | None, window_days: int) -> P | NoBaseline:
    """Return the baseline among *points* (in order of entry), or why there is none."""
    if index_date is None:
        return NoBaseline(msg("no baseline: no index treatment is recorded"))
    usable = [point for point in points if point.complete and point.value is not None]
    inside = [
        point
        for point in usable
        if 0 < (index_date - point.date).days <= window_days
        or (point.date == index_date and point.timing is VisitTiming.BEFORE)
    ]
    if inside:
        nearest = max(point.date for point in inside)
        same_day = [point for point in inside if point.date == nearest]
        before = [point for point in same_day if point.timing is VisitTiming.BEFORE]
        return (before or same_day)[-1]
    if any(point.date == index_date and point.timing is VisitTiming.UNSTATED for point in usable):
        return NoBaseline(
            msg("no baseline: say whether the visit on the day of treatment was before or after the treatment")
        )
    return NoBaseline(
        msg("no baseline: no computed score in the {days} days before the index treatment", days=window_days)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A planned visit of a condition: months since treatment and how many days a visit may be off."""

    months: int
    window_days: int


def planned_visit(planned: Sequence[PlannedVisit], days_since_treatment: int) -> PlannedVisit | None:
    """Return the nearest plan whose window holds the day (a tie goes to the earlier plan), or None.

    Month 0 is the visit before treatment: its window reaches back only.
    """
    fitting = [
        plan
        for plan in planned
        if _days_off(plan, days_since_treatment) <= plan.window_days and (plan.months > 0 or days_since_treatment <= 0)
    ]
    return min(fitting, key=lambda plan: _days_off(plan, days_since_treatment), default=None)


def _days_off(plan: PlannedVisit, days_since_treatment: int) -> float:
    return abs(days_since_treatment - plan.months * DAYS_PER_MONTH)
