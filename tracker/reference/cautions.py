"""What must be said beside a drawn cohort, from the passport of its study and the facts of its points."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, plain_number
from tracker.reference.codes import Absent, Centre, NKind, PlotPolicy, SpreadKind, VariantStatus
from tracker.reference.model import Point, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayWarning:
    """One thing to say beside the picture; ``code`` is stable, for tests and icons."""

    code: str
    message: Message


def warnings_of(
    study: Study, points: Sequence[Point], context: str, shown: tuple[Number, Number]
) -> tuple[OverlayWarning, ...]:
    """Return the warnings for *points* (at least one) on a panel of *context* that shows the range *shown*."""
    found: dict[str, OverlayWarning] = {}
    for warning in (*_of_study(study), *_of_variant(points, shown), *_of_points(points), *_of_context(points, context)):
        found.setdefault(warning.code, warning)
    return tuple(found.values())


def _of_study(study: Study) -> list[OverlayWarning]:
    if isinstance(study.passport.controlled, Absent):
        return [
            OverlayWarning(code="control_unknown", message=msg("whether this study had a control group is not known"))
        ]
    if not study.passport.controlled:
        return [
            OverlayWarning(
                code="uncontrolled",
                message=msg("uncontrolled study: it cannot tell the treatment from time, placebo and natural course"),
            )
        ]
    return []


def _of_variant(points: Sequence[Point], shown: tuple[Number, Number]) -> list[OverlayWarning]:
    found = []
    for point in points:
        measure, ends = point.measure, point.measure.range
        if measure.variant is VariantStatus.UNKNOWN or ends is None:
            found.append(
                OverlayWarning(code="as_printed", message=msg("as printed; variant not stated; not for comparison"))
            )
            continue
        if measure.variant is VariantStatus.IMPLIED:
            found.append(
                OverlayWarning(
                    code="scale_assumed",
                    message=msg(
                        "scale assumed: {low} to {high} is inferred, not stated",
                        low=plain_number(ends[0]),
                        high=plain_number(ends[1]),
                    ),
                )
            )
        if ends != shown:
            found.append(
                OverlayWarning(
                    code="rescaled",
                    message=msg(
                        "drawn on {low} to {high}; the study used {own_low} to {own_high}",
                        low=plain_number(shown[0]),
                        high=plain_number(shown[1]),
                        own_low=plain_number(ends[0]),
                        own_high=plain_number(ends[1]),
                    ),
                )
            )
    return found


def _of_context(points: Sequence[Point], context: str) -> list[OverlayWarning]:
    return [
        OverlayWarning(
            code="context",
            message=msg("the study asked for “{measure}”: another circumstance", measure=point.measure.label),
        )
        for point in points
        if point.measure.context != context
    ]


def _of_points(points: Sequence[Point]) -> list[OverlayWarning]:
    """Return a warning for each fact that holds for any of *points*."""
    facts = (
        (
            "medians",
            any(point.centre is Centre.MEDIAN for point in points),
            msg("medians with quartiles, not means"),
        ),
        (
            "spread_inferred",
            any(point.spread_inferred for point in points),
            msg("the source does not name its spread; read as standard deviation because the numbers then agree"),
        ),
        (
            "spread_unclear",
            any(point.spread_kind is SpreadKind.UNCLEAR for point in points),
            msg("spread as printed, may be a standard error"),
        ),
        (
            "n_enrolled",
            any(point.n_kind is NKind.ENROLLED for point in points),
            msg("n is the number enrolled; how many were seen at that visit is not reported"),
        ),
        (
            "n_implied",
            any(point.n_kind is NKind.IMPLIED for point in points),
            msg("the size of this group is worked out from other printed numbers"),
        ),
        (
            "n_mismatch",
            any("N-MISMATCH" in point.flags for point in points),
            msg("subgroup size unclear for this scale: the printed sizes cannot give the printed total"),
        ),
        (
            "n_unclear",
            any(point.n_kind is NKind.UNCLEAR for point in points),
            msg("how many people each value rests on is not clear"),
        ),
        (
            "not_comparable",
            any(not point.comparable and point.plot is not PlotPolicy.AS_PRINTED for point in points),
            msg("to look at only: not used for comparison"),
        ),
        (
            "undated",
            any(point.months is None for point in points),
            msg("one value stands at a time that is no month since treatment and is not drawn"),
        ),
    )
    return [OverlayWarning(code=code, message=message) for code, holds, message in facts if holds]
