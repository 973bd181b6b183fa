"""The change of a score since a reference value, and what the published limits say of it.

Everything is computed in exact decimals of the values as shown (``Decimal(repr(x))``): in binary 7.0 -> 4.9 falls
short of 30 %. A limit is reached by a change as large as it; a change as large as the smallest detectable change is
beyond measurement error. Whatever cannot be decided is None with its reason, never False.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.model import Direction, Scale, ScoreDefinition, Threshold

ERROR_KINDS = ("mdc90", "mdc95")


class Trend(StrEnum):
    """Which way a score went, as its direction reads it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class AgainstError(StrEnum):
    """A change against measurement error."""

    BEYOND = "beyond"
    WITHIN = "within"
    UNKNOWN = "unknown"
    """No MDC is published: measurement error cannot be excluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far a value lies from a reference value (the baseline, or the visit before)."""

    reference: Number
    value: Number
    change: Number
    """``value - reference``."""
    improvement: Number
    """The same, positive where the score got better."""
    percent: Number | None
    """``change`` in percent of the reference value; None: ``no_percent`` says why."""
    no_percent: Message | None
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one published limit says of one value."""

    threshold: Threshold
    """With the limit on the range of the score in hand (a limit for a 0-100 form is carried over exactly)."""
    name: Message
    """``MCID`` only for what patients themselves called important; ``small change`` and so on for the others."""
    met: bool | None
    reason: Message | None
    """Why ``met`` is None."""

    @property
    def kind(self) -> str:
        """The threshold's kind."""
        return self.threshold.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One of the six cells: a change against one published measurement error, and against all published MCIDs."""

    mdc: Threshold | None
    """The error compared with (MDC90 and MDC95 have cells of their own); None: no figure is published."""
    error: AgainstError
    trend: Trend
    """Decides whether the limits counted are those for improvement or those for worsening."""
    limits: int
    """Published MCIDs for this direction that could be compared with; 0: there is none."""
    reached: int

    @property
    def is_reached(self) -> bool | None:
        """Whether at least one published MCID is reached; None: there is none to reach."""
        return self.reached > 0 if self.limits else None
