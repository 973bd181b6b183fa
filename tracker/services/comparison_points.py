"""A panel's visits against the patient's own baseline and against the visit before."""

from collections.abc import Mapping, Sequence

from tracker.clinic.baseline import NoBaseline
from tracker.clinic.codes import VisitTiming
from tracker.clinic.conditions import baseline_window
from tracker.clinic.records import Treatment
from tracker.core.messages import Message, msg
from tracker.scales.change import ERROR_KINDS, cells_of, change_since, verdict_on
from tracker.scales.held import Held, held_over
from tracker.scales.model import Threshold
from tracker.services.comparison import PointComparison
from tracker.services.courses import Course, CoursePoint, SeriesCourse

_NOT_KEPT = (*ERROR_KINDS, "range", "between_group", "worsening")
"""Kinds that nobody reaches and keeps."""


def facts_for_limits(course: Course) -> Mapping[str, str | None]:
    """Return what decides which published limits are offered for an episode."""
    return {**course.episode.attributes, "condition": course.condition.id, "site": course.episode.body_site}


def further_treatments(course: Course) -> tuple[Treatment, ...]:
    """Return the treatments after the day of the index treatment, in the order of their dates."""
    index = course.index_treatment
    if index is None:
        return ()
    later = [treatment for treatment in course.treatments if treatment.date > index.date]
    return tuple(sorted(later, key=lambda treatment: treatment.date))


def baseline_of(panel: SeriesCourse) -> CoursePoint | None:
    """Return the baseline of a panel, or None."""
    return None if isinstance(panel.baseline, NoBaseline) else panel.baseline


def baseline_note(course: Course, panel: SeriesCourse) -> Message | None:
    """Return which of several scores before treatment is the baseline, where there are several."""
    baseline, index = baseline_of(panel), course.index_treatment
    if baseline is None or index is None:
        return None
    window = baseline_window(course.condition, course.episode)
    others = [
        point
        for point in panel.points
        if is_scored(point)
        and point.assessment_id != baseline.assessment_id
        and 0 <= (index.date - point.date).days <= window
        and not _is_after(point, index)
    ]
    day = baseline.date.isoformat()
    if any(point.date == baseline.date for point in others):
        if baseline.timing is VisitTiming.BEFORE:
            return msg("two scores on {date}: the one marked before treatment is the baseline", date=day)
        return msg("two scores on {date}: the later one is the baseline", date=day)
    if any(point.date > baseline.date for point in others):
        return msg("the visit on the day of treatment is not marked as before or after it: it is not the baseline")
    if others:
        return msg("several scores before treatment: the nearest, of {date}, is the baseline", date=day)
    return None


def compare_points(
    panel: SeriesCourse, thresholds: Sequence[Threshold], further: Sequence[Treatment]
) -> tuple[PointComparison, ...]:
    """Return every visit of a panel, compared."""
    found: list[PointComparison] = []
    last: CoursePoint | None = None
    for point in panel.points:
        found.append(_compare(panel, thresholds, point, last, _last_before(further, point)))
        if is_scored(point):
            last = point
    return tuple(found)


def held_limits(
    points: Sequence[PointComparison], thresholds: Sequence[Threshold], index: Treatment | None
) -> tuple[Held, ...]:
    """Return, for each limit reached after treatment, since when and whether it was kept."""
    if index is None:
        return ()
    after = [point for point in points if _is_after(point.point, index)]
    return tuple(
        held
        for threshold in thresholds
        if threshold.kind not in _NOT_KEPT
        for held in held_over(threshold, [(point.date, _met(point, threshold)) for point in after])
    )


def is_scored(point: CoursePoint) -> bool:
    """Whether a point has the score of a complete assessment."""
    return point.complete and point.value is not None


def _compare(
    panel: SeriesCourse,
    thresholds: Sequence[Threshold],
    point: CoursePoint,
    last: CoursePoint | None,
    after: Treatment | None,
) -> PointComparison:
    baseline = baseline_of(panel)
    value = point.value if point.complete else None
    start = baseline.value if baseline is not None and _follows(point, baseline) else None
    since = None if value is None or start is None else change_since(panel.score, start, value)
    before = None if last is None else last.value
    missing = panel.baseline.reason if isinstance(panel.baseline, NoBaseline) else None
    return PointComparison(
        point=point,
        is_baseline=baseline is not None and baseline.assessment_id == point.assessment_id,
        since_baseline=since,
        since_last=None if value is None or before is None else change_since(panel.score, before, value),
        last=last,
        verdicts=tuple(
            verdict_on(panel.score, threshold, value, since, missing)
            for threshold in thresholds
            if value is not None and (threshold.kind == "pass" or since is not None or missing is not None)
        ),
        cells=() if since is None else cells_of(thresholds, since),
        after=after,
    )


def _follows(point: CoursePoint, baseline: CoursePoint) -> bool:
    """Whether a point is later than the baseline; of the same day only one marked after the treatment is."""
    return point.date > baseline.date or (point.date == baseline.date and point.timing is VisitTiming.AFTER)


def _is_after(point: CoursePoint, treatment: Treatment) -> bool:
    """Whether a visit follows a treatment; on its day only one marked so does."""
    return point.date > treatment.date or (point.date == treatment.date and point.timing is VisitTiming.AFTER)


def _last_before(further: Sequence[Treatment], point: CoursePoint) -> Treatment | None:
    return next((treatment for treatment in reversed(further) if _is_after(point, treatment)), None)


def _met(point: PointComparison, threshold: Threshold) -> bool | None:
    return next((verdict.met for verdict in point.verdicts if verdict.threshold.id == threshold.id), None)
