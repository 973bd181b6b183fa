"""The change of a score since a reference value, and what the published limits say of it.

Everything is computed in exact decimals of the values as shown (``Decimal(repr(x))``): in binary 7.0 -> 4.9 falls
short of 30 %. A limit is reached by a change as large as it; a change as large as the smallest detectable change is
beyond measurement error. Whatever cannot be decided is None with its reason, never False.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, plain_number
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
    met: bool | None
    reason: Message | None
    """Why ``met`` is None."""

    @property
    def name(self) -> Message:
        """``MCID`` only for what patients themselves called important; ``small change`` and so on for the others."""
        return threshold_name(self.threshold)

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


def thresholds_for(scale: Scale, code: str, facts: Mapping[str, str | None]) -> tuple[Threshold, ...]:
    """Return the limits of a score for a patient of whom *facts* are known.

    Limits published for the 0-100 form of the score are carried over to its own range.
    """
    own = scale.score(code)
    forms = {code: own} | {
        other.code: other for other in scale.scores if other.rule == "rescaled" and other.items == (code,)
    }
    return tuple(
        _carried_over(threshold, forms[threshold.score], own)
        for threshold in scale.thresholds
        if threshold.score in forms and _is_offered(threshold, facts)
    )


def change_since(definition: ScoreDefinition, reference: Number, value: Number) -> Change:
    """Return the change of *value* against *reference*, both exact as shown."""
    change = _difference(value, reference)
    improvement = change if definition.direction is Direction.HIGHER_BETTER else -change
    no_percent = _no_percent(definition, reference)
    return Change(
        reference=reference,
        value=value,
        change=change,
        improvement=improvement,
        percent=None if no_percent else number(exact(change) * 100 / exact(reference)),
        no_percent=no_percent,
        trend=Trend.BETTER if improvement > 0 else Trend.WORSE if improvement < 0 else Trend.SAME,
    )


def limit_of(threshold: Threshold, reference: Number) -> tuple[Decimal, Decimal] | Message:
    """Return the least and the most points a limit asks for from *reference* (equal but for a range of limits)."""
    least = exact(threshold.value)
    most = least if threshold.upper is None else exact(threshold.upper)
    if not threshold.relative:
        return least, most
    if reference == 0:
        return msg("a percentage of 0 cannot be told")
    return least * exact(reference) / 100, most * exact(reference) / 100


def verdict_on(
    definition: ScoreDefinition, threshold: Threshold, value: Number, since: Change | None, missing: Message | None
) -> Verdict:
    """Return what a limit says of *value*; *missing* is said where a change is asked for and there is none."""
    if threshold.kind == "pass":
        met: bool | Message | None = _at_least(definition, value, threshold.value)
    elif since is None:
        met = missing
    else:
        met = _reaches(threshold, since)
    if isinstance(met, Message):
        return Verdict(threshold=threshold, met=None, reason=met)
    return Verdict(threshold=threshold, met=met, reason=None)


def cells_of(thresholds: Iterable[Threshold], since: Change) -> tuple[Cell, ...]:
    """Return the change in one of six cells for each published MDC, or in one cell of unknown error."""
    offered = tuple(thresholds)
    sign = "worsen" if since.trend is Trend.WORSE else "improve"
    answers = [_reaches(threshold, since) for threshold in offered if is_mcid(threshold) and threshold.sign == sign]
    decided = [answer for answer in answers if isinstance(answer, bool)]
    errors: list[Threshold | None] = [threshold for threshold in offered if threshold.kind in ERROR_KINDS]
    return tuple(
        Cell(mdc=mdc, error=_against(mdc, since), trend=since.trend, limits=len(decided), reached=sum(decided))
        for mdc in errors or [None]
    )


def is_mcid(threshold: Threshold) -> bool:
    """Whether a limit may be called MCID: patients themselves called the change important, and that was checked."""
    return threshold.kind == "mcid" and threshold.verified


def threshold_name(threshold: Threshold) -> Message:
    """Return what a limit may be called: MCID only where patients themselves called the change important."""
    if threshold.kind == "distribution":
        return next(
            (name for start, name in _BY_DISTRIBUTION.items() if threshold.id.startswith(start)),
            msg("change by the spread of scores"),
        )
    if is_mcid(threshold):
        return msg("MCID for worsening") if threshold.sign == "worsen" else msg("MCID")
    if threshold.kind == "mcid":
        return msg("limit whose derivation was not checked")
    if threshold.kind == "responder":
        value = plain_number(threshold.value)
        return msg("{value} % better", value=value) if threshold.relative else msg("{value} points better", value=value)
    return _NAMES[threshold.kind]


_BY_DISTRIBUTION = {
    "small": msg("small change, by the spread of scores"),
    "substantial": msg("substantial change, by the spread of scores"),
}
_NAMES = {
    "between_group": msg("difference between groups"),
    "mdc90": msg("MDC90"),
    "mdc95": msg("MDC95"),
    "pass": msg("acceptable state (PASS)"),
    "range": msg("range of published changes"),
    "worsening": msg("worsening by rule"),
}


@lru_cache(maxsize=4096, typed=True)
def exact(value: Number) -> Decimal:
    """Return *value* as shown, exactly; kept, for each limit is asked at every visit."""
    return Decimal(repr(value))


def number(value: Decimal) -> Number:
    """Return an exact value as a plain number."""
    return int(value) if value == value.to_integral_value() else float(value)


def _difference(value: Number, reference: Number) -> Number:
    """Return ``value - reference``, exactly: whole numbers, which most scores are, need no decimals."""
    if isinstance(value, int) and isinstance(reference, int):
        return value - reference
    return number(exact(value) - exact(reference))


def _is_offered(threshold: Threshold, facts: Mapping[str, str | None]) -> bool:
    return all(facts.get(name) in values for name, values in threshold.offered_where.items())


def _carried_over(threshold: Threshold, form: ScoreDefinition, own: ScoreDefinition) -> Threshold:
    """Return a limit for one form of a score on the score's own range, exactly."""
    if form is own or threshold.relative:
        return replace(threshold, score=own.code)
    factor = exact(own.maximum - own.minimum) / exact(form.maximum - form.minimum)
    start, end = (form.minimum, own.minimum) if threshold.kind == "pass" else (0, 0)

    def carried(value: Number) -> Number:
        return number(exact(end) + (exact(value) - exact(start)) * factor)

    upper = None if threshold.upper is None else carried(threshold.upper)
    return replace(threshold, score=own.code, value=carried(threshold.value), upper=upper)


_ZERO_IS_NOT_NONE = msg("no percent change: 0 does not mean “no symptom” on this score")
_STARTS_FROM_ZERO = msg("no percent change: it starts from 0")


def _no_percent(definition: ScoreDefinition, reference: Number) -> Message | None:
    if not definition.percent_change:
        return _ZERO_IS_NOT_NONE
    return _STARTS_FROM_ZERO if reference == 0 else None


def _at_least(definition: ScoreDefinition, value: Number, state: Number) -> bool:
    return value >= state if definition.direction is Direction.HIGHER_BETTER else value <= state


_UNDECIDABLE = {
    "range": msg("these changes depend on level, severity and time: they are no limit for one patient"),
    "between_group": msg("a difference between groups of patients: it is no limit for one patient"),
}


def _reaches(threshold: Threshold, since: Change) -> bool | Message:
    """Whether a change is as large as a limit; an MDC has no direction."""
    if threshold.kind in _UNDECIDABLE:
        return _UNDECIDABLE[threshold.kind]
    limit = limit_of(threshold, since.reference)
    if isinstance(limit, Message):
        return limit
    gained = exact(since.improvement)
    if threshold.kind in ERROR_KINDS:
        gained = abs(gained)
    elif threshold.sign == "worsen":
        gained = -gained
    least, most = limit
    if least <= gained < most:
        return msg("between the lowest and the highest of the published limits")
    return gained >= most


def _against(mdc: Threshold | None, since: Change) -> AgainstError:
    if mdc is None:
        return AgainstError.UNKNOWN
    beyond = _reaches(mdc, since)
    if isinstance(beyond, Message):
        return AgainstError.UNKNOWN
    return AgainstError.BEYOND if beyond else AgainstError.WITHIN
