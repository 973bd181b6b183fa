"""Responder criteria that take more than one score, and confirmed worsening.

Each rule is settings and a function: a rule that was not seen in its source says ``verified = False``, is shown so
marked, and can be given other settings. A criterion that hangs on a score nobody recorded is not decided.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.change import Change, exact

WOMAC_PERCENTS = (20, 50, 70)
WOMAC_CITATION = "Bellamy et al. 2005, Ann Rheum Dis 64:881"
EDSS_CITATIONS = {
    "A": "msclinical 0.1.0 (most phase 3 programmes); Kragt et al. 2006, Mult Scler 12:782",
    "B": "msprog and pymsprog 1.0.7 (their default)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One criterion at one visit."""

    code: str
    """``womac_20p``, ``womac_20pfs``, ``omeract_oarsi`` ..."""
    name: Message
    date: datetime.date
    months: float
    met: bool | None
    reason: Message | None
    """Why ``met`` is None."""
    verified: bool
    """False: the rule was not seen in its source, and must be shown so marked."""
    citation: str


Answer = tuple[bool | None, Message | None]
"""Whether a criterion is met, or why that cannot be told."""


def improved_by(change: Change, percent: Number, points: Number = 0) -> bool:
    """Whether a score improved by *percent* of its baseline and by *points*; from a baseline of 0 nothing does."""
    gained = exact(change.improvement)
    return (
        change.reference != 0
        and gained >= exact(points)
        and gained > 0
        and gained * 100 >= exact(percent) * exact(change.reference)
    )


def womac_pain(pain: Change | None, percent: Number) -> Answer:
    """WOMAC 20P, 50P, 70P: pain better by so many percent (Bellamy 2005)."""
    return _decided(_improved(pain, percent), msg("pain is not scored at this visit or before treatment"))


def womac_pain_and_more(
    pain: Change | None, function: Change | None, stiffness: Change | None, percent: Number
) -> Answer:
    """WOMAC 20PFS, 50PFS, 70PFS: pain, and function or stiffness, better by so many percent (Bellamy 2005)."""
    either = _any([_improved(function, percent), _improved(stiffness, percent)])
    return _decided(
        _all([_improved(pain, percent), either]),
        msg("it hangs on a part that is not scored at this visit or before treatment"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OmeractOarsi:
    """Settings of the OMERACT-OARSI set of responder criteria, on scores of 0 to 100."""

    high_percent: Number = 50
    high_points: Number = 20
    """Pain or function: both are needed."""
    low_percent: Number = 20
    low_points: Number = 10
    """Two of pain, function and the patient's global assessment: both are needed."""
    verified: bool = False
    citation: str = "Pham et al. 2003, J Rheumatol 30:1648; 2004, Osteoarthritis Cartilage 12:389"


OMERACT_OARSI = OmeractOarsi()
"""From memory; the rule itself was not seen in its source."""


def omeract_oarsi(
    pain: Change | None, function: Change | None, patient_global: Change | None, rule: OmeractOarsi = OMERACT_OARSI
) -> Answer:
    """Return whether a patient responded by the OMERACT-OARSI set; each change is of a score of 0 to 100.

    Decided without the patient's global assessment where pain and function settle it alone.
    """
    high = _any([_improved(one, rule.high_percent, rule.high_points) for one in (pain, function)])
    low = _two([_improved(one, rule.low_percent, rule.low_points) for one in (pain, function, patient_global)])
    if pain is None or function is None:
        reason = msg("it hangs on a part that is not scored at this visit or before treatment")
    else:
        reason = msg("it hangs on the patient’s global assessment, which is not recorded")
    return _decided(_any([high, low]), reason)


class Confirmation(StrEnum):
    """What is known of a worsening."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    """No visit is late enough yet; a worsening at the last visit is always unconfirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdssWorsening:
    """Settings of confirmed EDSS worsening: the step needed, by the baseline, and the days to its confirmation.

    The program ships variant A. What was seen of it is peer code and one paper, and of two variants in use it is one:
    a clinic may set other figures, which are then its own and not verified.
    """

    from_zero: Number = 1.5
    up_to: Number = 5.5
    """The last baseline at which a whole step is needed (variant A; variant B stops at 5.0)."""
    step: Number = 1
    above: Number = 0.5
    days: int = 84
    """84 (12 weeks) or 168 (24 weeks)."""

    @property
    def variant(self) -> str | None:
        """Which of the two published sets of figures this is, None for a clinic's own."""
        named = {"A": VARIANT_A, "B": VARIANT_B}
        seen = (name for name, rule in named.items() if replace(self, days=rule.days) == rule)
        return next(seen, None) if self.days in WEEKS_12_AND_24 else None

    @property
    def verified(self) -> bool:
        """Whether the figures were seen in a source."""
        return self.variant is not None

    def needed(self, baseline: Number) -> Number:
        """Return by how much EDSS must rise from *baseline*."""
        if baseline == 0:
            return self.from_zero
        return self.step if baseline <= self.up_to else self.above


WEEKS_12_AND_24 = (84, 168)
VARIANT_A = EdssWorsening()
VARIANT_B = EdssWorsening(up_to=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worsening:
    """A rise of EDSS that every later visit up to its confirmation holds."""

    onset: datetime.date
    confirmation: Confirmation
    confirmed_on: datetime.date | None


def edss_worsening(
    baseline: Number, visits: Sequence[tuple[datetime.date, Number]], rule: EdssWorsening = VARIANT_A
) -> Worsening | None:
    """Return the first worsening that no visit up to its confirmation takes back; *visits* follow the baseline.

    The rule defines worsening only; a fall of EDSS is not its mirror image.
    """
    limit = exact(baseline) + exact(rule.needed(baseline))
    onset: datetime.date | None = None
    for day, value in visits:
        if exact(value) < limit:
            onset = None
        elif onset is None:
            onset = day
        elif (day - onset).days >= rule.days:
            return Worsening(onset=onset, confirmation=Confirmation.CONFIRMED, confirmed_on=day)
    if onset is None:
        return None
    return Worsening(onset=onset, confirmation=Confirmation.UNCONFIRMED, confirmed_on=None)


def _improved(change: Change | None, percent: Number, points: Number = 0) -> bool | None:
    return None if change is None else improved_by(change, percent, points)


def _decided(met: bool | None, reason: Message) -> Answer:
    return met, reason if met is None else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = set(answers)
    return True if True in known else None if None in known else False


def _all(answers: Iterable[bool | None]) -> bool | None:
    known = set(answers)
    return False if False in known else None if None in known else True


def _two(answers: Sequence[bool | None]) -> bool | None:
    """Whether at least two hold."""
    if answers.count(True) >= 2:
        return True
    return None if answers.count(True) + answers.count(None) >= 2 else False
