"""Whether a limit once reached was kept: every visit since then must hold it, and there must be at least two."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.scales.model import Threshold


class Holding(StrEnum):
    """What became of a limit after it was reached."""

    ONCE = "once"
    """Reached at the last visit so far: one visit keeps nothing."""
    KEPT = "kept"
    """Every visit since then holds it, and there are at least two."""
    LOST = "lost"
    """The next visit does not hold it."""
    UNKNOWN = "unknown"
    """The next visit has no score: it cannot be told whether it held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One limit over a run of visits after treatment."""

    threshold: Threshold
    holding: Holding
    reached_on: datetime.date
    kept_until: datetime.date
    """The last visit up to which every visit held."""
    visits: int
    """Visits from ``reached_on`` to ``kept_until``."""
    ended_on: datetime.date | None
    """The visit that did not hold, or has no score."""

    @property
    def is_kept_over(self) -> bool:
        """Whether the limit was kept from one visit to another, whatever came later."""
        return self.visits > 1


Visit = tuple[datetime.date, bool | None]
"""A visit's day, and whether the limit is reached there (None: cannot be told)."""


def held_over(threshold: Threshold, visits: Iterable[Visit]) -> tuple[Held, ...]:
    """Return the runs of visits, in order, at which a limit was reached; *visits* are those after treatment."""
    runs: list[Held] = []
    current: list[datetime.date] = []
    for day, reached in visits:
        if reached:
            current.append(day)
        elif current:
            runs.append(_run(threshold, current, Holding.UNKNOWN if reached is None else Holding.LOST, day))
            current = []
    if current:
        runs.append(_run(threshold, current, Holding.KEPT if len(current) > 1 else Holding.ONCE, None))
    return tuple(runs)


def _run(threshold: Threshold, days: list[datetime.date], holding: Holding, ended_on: datetime.date | None) -> Held:
    return Held(
        threshold=threshold,
        holding=holding,
        reached_on=days[0],
        kept_until=days[-1],
        visits=len(days),
        ended_on=ended_on,
    )
