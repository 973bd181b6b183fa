"""EDSS read by its rule for worsening: the rise it asks for from this baseline, and whether it is confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.core.numbers import DASH
from tracker.scales.model import Scale, Threshold
from tracker.scales.responders import EDSS_CITATIONS, EdssWorsening, edss_worsening
from tracker.services.comparison import PointComparison, WorseningByRule
from tracker.services.courses import CoursePoint

EDSS = "edss"
KIND = "worsening"


def limits_from(
    scale: Scale, limits: Sequence[Threshold], baseline: CoursePoint | None, rule: EdssWorsening
) -> tuple[Threshold, ...]:
    """Return *limits* with the rise of EDSS that the rule in force asks for from this baseline; without one, none."""
    if scale.id != EDSS:
        return tuple(limits)
    others = tuple(limit for limit in limits if limit.kind != KIND)
    if baseline is None or baseline.value is None:
        return others
    needed = rule.needed(baseline.value)
    citation = DASH if rule.variant is None else EDSS_CITATIONS[rule.variant]
    own = (
        replace(limit, value=needed, citation=citation, verified=rule.verified)
        for limit in limits
        if limit.kind == KIND
    )
    return others + tuple(own)


def worsening_of(
    limits: Iterable[Threshold], baseline: CoursePoint | None, points: Iterable[PointComparison], rule: EdssWorsening
) -> WorseningByRule | None:
    """Return what the rule says of a course; None where it does not apply."""
    limit = next((limit for limit in limits if limit.kind == KIND and limit.score == EDSS), None)
    if limit is None or baseline is None or baseline.value is None:
        return None
    visits = [
        (point.date, point.value) for point in points if point.since_baseline is not None and point.value is not None
    ]
    return WorseningByRule(rule=rule, limit=limit, found=edss_worsening(baseline.value, visits, rule))
