"""What several sentences share: numbers as displayed, names, lists, and the state a panel is in."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from tracker.clinic.codes import VisitTiming
from tracker.core.messages import Message, Text, msg
from tracker.core.numbers import Number, half_up, show_number
from tracker.reference.fit import Verdict
from tracker.scales.model import Threshold
from tracker.services.comparison import CohortComparison, Comparison, PanelComparison, PointComparison

Words = Message | Text | str

_FEWEST, _MOST = 1, 99
"""Of 100 people: what lies beyond is told in words."""


class State(StrEnum):
    """How much can be said on a panel."""

    NOTHING = "nothing"
    """No visit has this score, not even without a value."""
    ALL_MISSING = "all_missing"
    NO_BASELINE = "no_baseline"
    NOT_FOLLOWED = "not_followed"
    """A baseline, and no score known to be after the treatment."""
    FOLLOWED = "followed"


def state_of(panel: PanelComparison, comparison: Comparison) -> State:
    """Return how much can be said on *panel*."""
    latest = panel.latest
    if not panel.points:
        return State.NOTHING
    if latest is None:
        return State.ALL_MISSING
    if panel.baseline is None:
        return State.NO_BASELINE
    if latest.since_baseline is None or not _is_after_treatment(latest, comparison):
        return State.NOT_FOLLOWED
    return State.FOLLOWED


def scored(panel: PanelComparison) -> tuple[PointComparison, ...]:
    """Return the visits of *panel* with a value."""
    return tuple(point for point in panel.points if point.value is not None)


def month_of(panel: PanelComparison, day: datetime.date) -> str:
    """Return the month of the visit of *panel* on *day*, as displayed."""
    return month(next(point.months for point in panel.points if point.date == day))


def month(months: Number) -> str:
    """Return months since treatment as displayed: one decimal, none where it is 0."""
    return show_number(float(half_up(months, 1)), 1)


def amount(panel: PanelComparison, value: Number, *, signed: bool = False) -> Words:
    """Return a value or a change of the panel's score as displayed, with its unit."""
    return _with_unit(show(panel, value, signed=signed), panel.score.unit)


def show(panel: PanelComparison, value: Number, *, signed: bool = False) -> str:
    """Return a value or a change as displayed, with one decimal at least: two rounded values and their change agree."""
    return show_number(value, max(panel.score.decimals, 1), signed=signed)


def limit_text(panel: PanelComparison, threshold: Threshold) -> Words:
    """Return a published limit as displayed."""
    unit = "%" if threshold.relative else panel.score.unit
    if threshold.upper is None:
        return _with_unit(_limit(threshold.value), unit)
    both = msg("{lower} to {upper}", lower=_limit(threshold.value), upper=_limit(threshold.upper))
    return _with_unit(both, unit)


def listed(entries: Sequence[Words]) -> Words:
    """Return entries in one line: ``a, b, c``."""
    first, *rest = entries
    return msg("{first}, {rest}", first=first, rest=listed(rest)) if rest else first


def listed_clauses(entries: Sequence[Words]) -> Words:
    """Return clauses in one line: ``a; b; c``."""
    first, *rest = entries
    return msg("{first}; {rest}", first=first, rest=listed_clauses(rest)) if rest else first


def each_once(sentences: Iterable[Message]) -> tuple[Message, ...]:
    """Return *sentences* without those that say the same again."""
    said: list[Message] = []
    for sentence in sentences:
        if sentence not in said:
            said.append(sentence)
    return tuple(said)


def study_name(cohort: CohortComparison) -> Message:
    """Return a cohort by the name of its study and its own."""
    return msg("{study} ({cohort})", study=cohort.study.short_name, cohort=cohort.cohort.label)


def chosen(panel: PanelComparison, comparison: Comparison) -> tuple[CohortComparison, ...]:
    """Return the cohorts the clinician chose to read *panel* against; without an index treatment none is read."""
    if comparison.course.index_treatment is None:
        return ()
    return tuple(cohort for cohort in panel.cohorts if cohort.chosen)


def fits(cohort: CohortComparison) -> bool:
    """Whether a cohort fits the episode."""
    return cohort.fit is not None and cohort.fit.verdict is Verdict.FITS


def share_range(lower: float, upper: float) -> Words:
    """Return a range of people of 100; never 0 or 100, which would be a certainty the data lack."""
    if lower > _MOST:
        return msg("over 99")
    if upper < _FEWEST:
        return msg("under 1")
    return msg("{lower} to {upper}", lower=_share(lower), upper=_share(upper))


def _share(percent: float) -> Words:
    if percent < _FEWEST:
        return msg("under 1")
    return msg("over 99") if percent > _MOST else show_number(percent)


def _with_unit(text: Words, unit: str | None) -> Words:
    return text if unit is None else msg("{value} {unit}", value=text, unit=unit)


def _limit(value: Number) -> str:
    """Return a limit as its source prints it; one carried over to another range with two decimals at most."""
    exact = Decimal(repr(value))
    return show_number(value, 1 if half_up(value, 1) == exact else 2)


def _is_after_treatment(point: PointComparison, comparison: Comparison) -> bool:
    """Whether a visit follows the index treatment; on its day only one marked so does."""
    index = comparison.course.index_treatment
    if index is None:
        return False
    marked = point.date == index.date and point.point.timing is VisitTiming.AFTER
    return point.date > index.date or marked
