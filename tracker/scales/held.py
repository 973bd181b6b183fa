"""Whether a limit once reached was kept: every visit since then must hold it, and there must be at least two."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from tracker.scales.model import Threshold


class Holding(StrEnum):
    """What became of a limit after it was first reached."""

    ONCE = "once"
    """Reached at the last visit so far: one visit keeps nothing."""
    KEPT = "kept"
    """Every visit since then holds it, and there are at least two."""
    LOST = "lost"
    """A later visit does not hold it."""
    UNKNOWN = "unknown"
    """A later visit has no score: it cannot be told whether it held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One limit over the visits after treatment."""

    threshold: Threshold
    holding: Holding
    reached_on: datetime.date
    kept_until: datetime.date
    """The last visit up to which every visit held."""
    visits: int
    """Visits from ``reached_on`` to ``kept_until``."""
    ended_on: datetime.date | None
    """The visit that did not hold, or has no score."""
