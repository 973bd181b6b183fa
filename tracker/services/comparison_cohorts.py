"""A panel against the cohorts of the study library: how each fits, and where the patient stands at its months."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.core.dates import months_between
from tracker.core.messages import Message, msg
from tracker.reference.basis import Refused
from tracker.reference.fit import EpisodeFacts, Fit, Verdict
from tracker.reference.model import Cohort, Study
from tracker.reference.overlay import OverlayPoint, Panel, started_outside
from tracker.reference.overlay import overlay as draw
from tracker.reference.place import PatientValue, place
from tracker.reference.windows import NotMatched, match_visit
from tracker.scales.steps import step_of
from tracker.services.comparison import CohortComparison, CohortPoint, PlacedVisit
from tracker.services.comparison_points import baseline_of
from tracker.services.courses import Course, CoursePoint, SeriesCourse

_RECOVERS = ("asia.", "scim-iii.")
"""Families of series that rise by themselves in the first year after a spinal cord injury."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """One cohort to read an episode against."""

    study: Study
    cohort: Cohort
    chosen: bool
    fit: Fit | None

    @property
    def key(self) -> str:
        """``study/cohort``."""
        return f"{self.study.id}/{self.cohort.id}"


def facts_of(course: Course) -> EpisodeFacts:
    """Return what the passports of studies ask about, as recorded for an episode."""
    episode, index = course.episode, course.index_treatment
    attributes = episode.attributes
    months = None
    if index is not None and episode.onset_date is not None:
        onset = episode.onset_date
        months = (months_between(onset.latest, index.date), months_between(onset.earliest, index.date))
    return EpisodeFacts(
        condition=episode.condition,
        site=episode.body_site,
        course=attributes.get("course"),
        ais=attributes.get("ais"),
        level=attributes.get("level"),
        phase=attributes.get("phase"),
        months_from_onset=months,
        products=() if index is None else tuple(text for text in (index.product, index.cell_source) if text),
    )


def recovers_by_itself(panel: SeriesCourse) -> bool:
    """Whether natural recovery after a spinal cord injury shows on a panel."""
    return panel.series.startswith(_RECOVERS)


def compare_cohort(course: Course, panel: SeriesCourse, against: Against, facts: EpisodeFacts) -> CohortComparison:
    """Return one cohort on one panel."""
    shown = chart_panel(panel)
    overlay = draw(against.study, against.cohort, shown)
    baseline = baseline_of(panel)
    fits = against.fit is not None and against.fit.verdict is Verdict.FITS
    return CohortComparison(
        key=against.key,
        study=against.study,
        cohort=against.cohort,
        chosen=against.chosen,
        fit=against.fit,
        usable=fits and overlay.drawable,
        why=_why(against, overlay.reason),
        overlay=overlay,
        started_outside=started_outside(against.cohort, shown, None if baseline is None else baseline.value),
        points=tuple(_point(course, panel, against, drawn, facts) for drawn in overlay.points),
    )


def chart_panel(panel: SeriesCourse) -> Panel:
    """Return the panel as the study library reads it."""
    return Panel(
        series=panel.series,
        minimum=panel.score.minimum,
        maximum=panel.score.maximum,
        direction=panel.score.direction,
        context=panel.context.value,
        step=step_of(panel.scale, panel.score.code),
    )


def _why(against: Against, nothing_drawn: Message | None = None) -> tuple[Message, ...]:
    """Return the reasons, the one that decides first."""
    if against.fit is None:
        return (msg("the study treated another condition: {condition}", condition=against.study.passport.condition),)
    if nothing_drawn is None:
        return against.fit.reasons
    if against.fit.verdict is Verdict.FITS:
        return (nothing_drawn, *against.fit.reasons)
    return (*against.fit.reasons, nothing_drawn)


def _point(
    course: Course, panel: SeriesCourse, against: Against, drawn: OverlayPoint, facts: EpisodeFacts
) -> CohortPoint:
    baseline = baseline_of(panel)
    visit = _visit(course, panel.points, baseline, drawn)
    if isinstance(visit, Message):
        return CohortPoint(drawn=drawn, visit=None, place=None, refused=None, refused_reason=visit)
    unfit = _unfit(against)
    value = visit.point.value
    if unfit is not None or value is None:
        return CohortPoint(drawn=drawn, visit=visit, place=None, refused=None, refused_reason=unfit)
    patient = PatientValue(value=value, baseline=None if baseline is None else baseline.value, region=facts.region)
    found = place(against.study, drawn.point, chart_panel(panel), patient)
    if isinstance(found, Refused):
        return CohortPoint(drawn=drawn, visit=visit, place=None, refused=found, refused_reason=found.reason)
    return CohortPoint(drawn=drawn, visit=visit, place=found, refused=None, refused_reason=None)


def _visit(
    course: Course, points: Sequence[CoursePoint], baseline: CoursePoint | None, drawn: OverlayPoint
) -> PlacedVisit | Message:
    if course.index_treatment is None:
        return msg("no index treatment is recorded: months cannot be compared")
    match = match_visit(points, baseline, course.index_treatment.date, drawn.months)
    if isinstance(match, NotMatched):
        return match.reason
    return PlacedVisit(point=match.point, days_off=match.days_off)


def _unfit(against: Against) -> Message | None:
    """Return why nobody is given a place in a cohort that does not fit, or of which that is not known."""
    if against.fit is not None and against.fit.verdict is Verdict.FITS:
        return None
    return msg("no percentile: {reason}", reason=_why(against)[0])
