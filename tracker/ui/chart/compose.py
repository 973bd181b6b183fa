"""From the patient's course and the chosen cohorts to what the panels and the lane draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.clinic.baseline import NoBaseline
from tracker.clinic.codes import Relatedness
from tracker.clinic.records import AdverseEvent, Treatment
from tracker.core.dates import months_between
from tracker.core.messages import Message, msg, tr
from tracker.services.courses import Course, CoursePoint, SeriesCourse
from tracker.ui import words
from tracker.ui.chart.drawing import (
    EventMark,
    GapMark,
    LaneDrawing,
    PanelDrawing,
    PanelState,
    ParentOffer,
    PointMark,
    Segment,
    StudyDrawing,
    TreatmentMark,
)

SHORTEST = 3.0
"""Months: a course shown from its start is never stretched beyond this."""
_MAY_BE_RELATED = (Relatedness.POSSIBLE, Relatedness.PROBABLE, Relatedness.DEFINITE)


@dataclass(frozen=True, slots=True)
class ReadAgainst:
    """What the chosen cohorts give one panel."""

    studies: tuple[StudyDrawing, ...] = ()
    offers: tuple[ParentOffer, ...] = ()
    notes: tuple[Message, ...] = ()


def compose_panel(course: SeriesCourse, treatments: tuple[float, ...], against: ReadAgainst) -> PanelDrawing:
    """Return what the panel of one score draws."""
    marks: list[PointMark] = []
    gaps: list[GapMark] = []
    links: list[Segment] = []
    previous: PointMark | None = None
    for point in course.points:
        if point.value is None or not point.complete:
            gaps.append(GapMark(point.months, point))
            previous = None
            continue
        mark = PointMark(point.months, point.value, _is_baseline(course, point), point)
        if previous is not None:
            links.append(Segment(previous.months, previous.value, mark.months, mark.value))
        marks.append(mark)
        previous = mark
    state = panel_state(len(marks), len(gaps))
    return PanelDrawing(
        series=course.series,
        low=course.score.minimum,
        high=course.score.maximum,
        decimals=course.score.decimals,
        state=state,
        marks=tuple(marks),
        gaps=tuple(gaps),
        links=tuple(links),
        studies=against.studies,
        offers=against.offers,
        notes=(*_state_notes(course, state, len(gaps)), *against.notes),
        treatments=treatments,
    )


def panel_state(marks: int, gaps: int) -> PanelState:
    """Return which of its designed states a panel is in."""
    if marks == 0:
        return PanelState.UNSCORED if gaps else PanelState.EMPTY
    return PanelState.SINGLE if marks == 1 else PanelState.COURSE


def _is_baseline(course: SeriesCourse, point: CoursePoint) -> bool:
    return not isinstance(course.baseline, NoBaseline) and course.baseline.assessment_id == point.assessment_id


def _state_notes(course: SeriesCourse, state: PanelState, gaps: int) -> tuple[Message, ...]:
    if state is PanelState.EMPTY:
        return (msg("Not recorded yet."),)
    if state is PanelState.UNSCORED:
        return (msg("Recorded at {count} visits, no score at any of them: each grey cross says why.", count=gaps),)
    notes: list[Message] = []
    if state is PanelState.SINGLE:
        notes.append(msg("One scored visit so far: a course needs two."))
    if isinstance(course.baseline, NoBaseline):
        notes.append(_as_sentence(course.baseline.reason))
    return tuple(notes)


def _as_sentence(reason: Message) -> Message:
    return msg("{reason}.", reason=reason)


def treatment_months(course: Course) -> tuple[float, ...]:
    """Return the months of all treatments on the course's axis."""
    if course.origin is None:
        return ()
    return tuple(months_between(course.origin, treatment.date) for treatment in course.treatments)


def compose_lane(course: Course) -> LaneDrawing:
    """Return what the lane of treatments and adverse events draws."""
    if course.origin is None:
        return LaneDrawing((), ())
    index = course.index_treatment.id if course.index_treatment else None
    return LaneDrawing(
        treatments=tuple(
            TreatmentMark(
                months=months_between(course.origin, treatment.date),
                label=_treatment_label(treatment),
                hover=_treatment_hover(treatment, is_index=treatment.id == index),
                is_index=treatment.id == index,
            )
            for treatment in sorted(course.treatments, key=lambda one: one.date)
        ),
        events=tuple(
            EventMark(
                months=months_between(course.origin, event.date),
                until_months=months_between(course.origin, event.end_date) if event.end_date else None,
                label=tr("{term}, grade {grade}", term=event.term, grade=event.grade),
                hover=_event_hover(event),
                grade=event.grade,
                is_related=event.relatedness in _MAY_BE_RELATED,
            )
            for event in sorted(course.events, key=lambda one: one.date)
        ),
    )


def _treatment_label(treatment: Treatment) -> str:
    return " · ".join(part for part in (treatment.product, treatment.dose) if part)


def _treatment_hover(treatment: Treatment, *, is_index: bool) -> str:
    lines = [_treatment_label(treatment)]
    lines += [part for part in (treatment.cell_source, treatment.route) if part]
    lines.append(treatment.date.isoformat())
    if is_index:
        lines.append(tr("months are counted from this treatment"))
    return "\n".join(lines)


def _event_hover(event: AdverseEvent) -> str:
    when = event.date.isoformat()
    if event.end_date:
        when = tr("{start} to {end}", start=when, end=event.end_date.isoformat())
    grade = tr("grade {grade}", grade=words.grade(event.grade))
    return "\n".join((event.term, grade, words.label(event.relatedness), when))


def home_range(panels: Sequence[PanelDrawing], lane: LaneDrawing) -> tuple[float, float]:
    """Return the months that show everything: visits, treatments, events and the studies' reported months."""
    months = [0.0]
    for panel in panels:
        months += [mark.months for mark in panel.marks] + [gap.months for gap in panel.gaps]
        for study in panel.studies:
            months += [centre.months for centre in study.centres]
    months += [mark.months for mark in lane.treatments]
    months += [mark.until_months or mark.months for mark in lane.events]
    return min(months), max(*months, SHORTEST)
