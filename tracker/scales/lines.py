"""Levels to draw from a patient's own baseline: percent changes and published limits, and why some are not drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.change import ERROR_KINDS, exact, limit_of, number, threshold_name
from tracker.scales.model import Direction, ScoreDefinition, Threshold

PERCENTS = (20, 30, 50, 70)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level on the score's range."""

    code: str
    """``percent_30``, or the id of the threshold (an MDC the other way round: with ``_worse``)."""
    name: Message
    value: Number
    upper: Number | None
    """The other end where the source gives a range of limits (further from the baseline than ``value``)."""
    percent: int | None
    threshold: Threshold | None
    """The published limit the line stands for; None for a percent line that no source names for this score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLine:
    """A level that is not drawn, and why."""

    code: str
    name: Message
    reason: Message


def lines_from(
    definition: ScoreDefinition, thresholds: Sequence[Threshold], baseline: Number
) -> tuple[tuple[Line, ...], tuple[HiddenLine, ...]]:
    """Return the levels drawn from *baseline* and those that would mean nothing."""
    found = [
        *_percent_lines(definition, thresholds, baseline),
        *(
            line
            for threshold in thresholds
            if not _is_percent_line(definition, threshold)
            for line in _threshold_lines(definition, threshold, baseline)
        ),
    ]
    return (
        tuple(line for line in found if isinstance(line, Line)),
        tuple(line for line in found if isinstance(line, HiddenLine)),
    )


def _is_percent_line(definition: ScoreDefinition, threshold: Threshold) -> bool:
    """Whether a limit is one of the percent lines under its own citation, and not a line of its own."""
    return (
        definition.percent_change
        and threshold.kind == "responder"
        and threshold.relative
        and threshold.value in PERCENTS
    )


def _percent_lines(
    definition: ScoreDefinition, thresholds: Sequence[Threshold], baseline: Number
) -> Iterator[Line | HiddenLine]:
    if not definition.percent_change:
        return
    cited = {threshold.value: threshold for threshold in thresholds if _is_percent_line(definition, threshold)}
    for percent in PERCENTS:
        code, name = f"percent_{percent}", msg("{value} % better", value=str(percent))
        points = exact(baseline) * percent / 100
        if baseline == 0:
            yield HiddenLine(code=code, name=name, reason=msg("the baseline is 0"))
        elif points < _largest_error(thresholds, baseline):
            yield HiddenLine(code=code, name=name, reason=msg("smaller than the measurement error"))
        else:
            yield Line(
                code=code,
                name=name,
                value=number(exact(baseline) - points),
                upper=None,
                percent=percent,
                threshold=cited.get(percent),
            )


def _largest_error(thresholds: Sequence[Threshold], baseline: Number) -> Decimal:
    limits = [limit_of(threshold, baseline) for threshold in thresholds if threshold.kind in ERROR_KINDS]
    return max((limit[1] for limit in limits if not isinstance(limit, Message)), default=Decimal(0))


_NO_LINE = {
    "range": msg("it depends on level, severity and time: no line for one patient"),
    "between_group": msg("a difference between groups: no line for one patient"),
}


def _threshold_lines(
    definition: ScoreDefinition, threshold: Threshold, baseline: Number
) -> Iterator[Line | HiddenLine]:
    name = threshold_name(threshold)
    if threshold.kind in _NO_LINE:
        yield HiddenLine(code=threshold.id, name=name, reason=_NO_LINE[threshold.kind])
        return
    if threshold.kind == "pass":
        yield Line(code=threshold.id, name=name, value=threshold.value, upper=None, percent=None, threshold=threshold)
        return
    limit = limit_of(threshold, baseline)
    if isinstance(limit, Message):
        yield HiddenLine(code=threshold.id, name=name, reason=msg("the baseline is 0"))
        return
    worse = threshold.sign == "worsen"
    yield _level(definition, threshold, baseline, limit, worse=worse)
    if threshold.kind in ERROR_KINDS:
        yield _level(definition, threshold, baseline, limit, worse=not worse)


def _level(
    definition: ScoreDefinition,
    threshold: Threshold,
    baseline: Number,
    limit: tuple[Decimal, Decimal],
    *,
    worse: bool,
) -> Line | HiddenLine:
    """Return the level a limit stands at, unless the end of the scale is nearer."""
    upwards = (definition.direction is Direction.HIGHER_BETTER) is not worse
    least, most = (exact(baseline) + (points if upwards else -points) for points in limit)
    name = threshold_name(threshold)
    code = f"{threshold.id}_worse" if worse and threshold.kind in ERROR_KINDS else threshold.id
    low, high = exact(definition.minimum), exact(definition.maximum)
    if not low <= least <= high:
        return HiddenLine(code=code, name=name, reason=msg("it lies beyond the end of the scale"))
    return Line(
        code=code,
        name=name,
        value=number(least),
        upper=None if least == most else number(min(max(most, low), high)),
        percent=None,
        threshold=threshold,
    )
