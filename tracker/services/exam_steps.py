"""The classification of a person's exams over time: levels and grades, which have an order but no distances."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.clinic.codes import VisitTiming
from tracker.clinic.records import AssessmentView
from tracker.core.dates import months_between
from tracker.core.messages import Message
from tracker.scales.isncsci.findings import AIS_GRADES, NOT_APPLICABLE, ROW_TITLES
from tracker.scales.isncsci.levels import LEVELS
from tracker.services.exams import SCALE, classified

STEPPED: Mapping[str, tuple[str, ...]] = {
    "ais": tuple(grade for grade in AIS_GRADES if grade != NOT_APPLICABLE),
    "nli": LEVELS,
}
"""Field -> its results from worst to best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPoint:
    """One exam on a step line: what the field may be, and how far that reaches.

    ``low`` and ``high`` are places in the line's ``results``. They are equal where the field is determined; where not,
    the truth lies somewhere from one to the other: draw the span, no value within it. Both are None where there is
    nothing to place (no AIS grade for a person without a documented injury): show ``possible`` as text.
    """

    date: datetime.date
    months: float
    """Since the origin of the course, unrounded."""
    timing: VisitTiming
    possible: tuple[str, ...]
    low: int | None
    high: int | None
    star: bool
    """Something not due to the injury was taken into account: mark it."""
    assessment_id: str
    visit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCourse:
    """One classified field over time, drawn as steps: held from one exam to the next, never sloped.

    The axis has one place for each of ``results``, the worst at the bottom; places have an order but no distances, so
    nothing is averaged, compared by difference or set in a band.
    """

    series: str
    """``isncsci.ais`` or ``isncsci.nli``."""
    label: Message
    results: tuple[str, ...]
    points: tuple[StepPoint, ...]
    """By date, complete exams only; never empty."""


def step_courses(views: Iterable[AssessmentView], origin: datetime.date, *, documented: bool) -> tuple[StepCourse, ...]:
    """Return a line a field for the exams among *views*; none without exams."""
    exams = classified(views, documented=documented)
    if not exams:
        return ()
    courses = []
    for field, results in STEPPED.items():
        points = []
        for view, _exam, classification in exams:
            finding = classification.findings[field]
            places = [results.index(result) for result in finding.possible if result in results]
            points.append(
                StepPoint(
                    date=view.visit.date,
                    months=months_between(origin, view.visit.date),
                    timing=view.visit.timing,
                    possible=finding.possible,
                    low=min(places, default=None),
                    high=max(places, default=None),
                    star=finding.star,
                    assessment_id=view.assessment.id,
                    visit_id=view.visit.id,
                )
            )
        courses.append(
            StepCourse(series=f"{SCALE}.{field}", label=ROW_TITLES[field], results=results, points=tuple(points))
        )
    return tuple(courses)
