"""From a panel of the comparison to what it draws; and what the lane of treatments and events draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.clinic.codes import Relatedness
from tracker.clinic.records import AdverseEvent, Treatment
from tracker.core.dates import months_between
from tracker.core.messages import Message, tr
from tracker.services.comparison import PanelComparison
from tracker.services.courses import Course
from tracker.ui import words
from tracker.ui.chart.chart_choices import ChartChoices, Voice
from tracker.ui.chart.compose_lines import compose_lines
from tracker.ui.chart.drawing import (
    Drawn,
    EventMark,
    GapMark,
    LaneDrawing,
    OwnLine,
    PanelDrawing,
    PanelState,
    ParentOffer,
    PointMark,
    Segment,
    StudyDrawing,
    TreatmentMark,
)
from tracker.ui.chart.frame import open_range, zoomed_range

SHORTEST = 3.0
"""Months: a course shown from its start is never stretched beyond this."""
_MAY_BE_RELATED = (Relatedness.POSSIBLE, Relatedness.PROBABLE, Relatedness.DEFINITE)


@dataclass(frozen=True, slots=True)
class ReadAgainst:
    """What the chosen cohorts give one panel."""

    studies: tuple[StudyDrawing, ...] = ()
    offers: tuple[ParentOffer, ...] = ()
    asked: bool = False
    """Whether any cohort is chosen."""


def compose_panel(
    panel: PanelComparison, treatments: tuple[float, ...], against: ReadAgainst, choices: ChartChoices
) -> PanelDrawing:
    """Return what the panel of one score draws."""
    marks, gaps, links = _course(panel, choices)
    state = panel_state(len(marks), len(gaps))
    score = panel.score
    lines = compose_lines(panel, choices.lines) if marks else ()
    ends = (float(score.minimum), float(score.maximum))
    if score.open_ended:
        ends = open_range(_used(marks, lines, against.studies), ends[0])
    return PanelDrawing(
        series=panel.series,
        low=score.minimum,
        high=ends[1],
        shown=_zoomed(marks, lines, against.studies, ends) if choices.zoomed else ends,
        decimals=score.decimals,
        state=state,
        marks=marks,
        gaps=gaps,
        links=links,
        studies=against.studies,
        offers=against.offers,
        has_no_reference=against.asked and not against.studies and not against.offers,
        treatments=treatments,
        lines=lines,
        said=_said(panel, choices.voice),
        recovery=panel.natural_recovery,
    )


def _course(
    panel: PanelComparison, choices: ChartChoices
) -> tuple[tuple[PointMark, ...], tuple[GapMark, ...], tuple[Segment, ...]]:
    """Return scores, visits without one, and links: straight, and never across a visit without a score."""
    marks: list[PointMark] = []
    gaps: list[GapMark] = []
    links: list[Segment] = []
    previous: PointMark | None = None
    for compared in panel.points:
        if compared.value is None:
            gaps.append(GapMark(compared.months, compared.point))
            previous = None
            continue
        new = choices.reviewed is not None and compared.point.assessment_id in choices.reviewed.changed
        mark = PointMark(compared.months, compared.value, compared.is_baseline, compared, new)
        if previous is not None:
            links.append(Segment(previous.months, previous.value, mark.months, mark.value))
        marks.append(mark)
        previous = mark
    return tuple(marks), tuple(gaps), tuple(links)


def _zoomed(
    marks: Sequence[PointMark], lines: Sequence[OwnLine], studies: Sequence[StudyDrawing], ends: tuple[float, float]
) -> tuple[float, float]:
    """Return the part of the scale that is used: scores, own lines, the studies' centres (not their bands)."""
    return zoomed_range(_used(marks, lines, studies), *ends)


def _used(marks: Sequence[PointMark], lines: Sequence[OwnLine], studies: Sequence[StudyDrawing]) -> list[float]:
    values = [float(mark.value) for mark in marks]
    values += [line.value for line in lines]
    return values + [centre.value for study in studies for centre in study.centres]


def panel_state(marks: int, gaps: int) -> PanelState:
    """Return which of its designed states a panel is in."""
    if marks == 0:
        return PanelState.UNSCORED if gaps else PanelState.EMPTY
    return PanelState.SINGLE if marks == 1 else PanelState.COURSE


def _said(panel: PanelComparison, voice: Voice) -> tuple[Message, ...]:
    """Return the sentences of a voice; natural recovery has a line of its own, always shown."""
    said = panel.sentences.clinician if voice is Voice.CLINICIAN else panel.sentences.patient
    return tuple(sentence for sentence in said if sentence != panel.natural_recovery)


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


def home_range(panels: Sequence[Drawn], lane: LaneDrawing, course: Course) -> tuple[float, float]:
    """Return the months that show everything: visits, treatments, events and the studies' reported months."""
    months = [0.0]
    months += [point.months for own in course.panels for point in own.points]
    months += [point.months for steps in course.steps for point in steps.points]
    for panel in panels:
        if isinstance(panel, PanelDrawing):
            months += [centre.months for study in panel.studies for centre in study.centres]
    months += [mark.months for mark in lane.treatments]
    months += [mark.until_months or mark.months for mark in lane.events]
    return min(months), max(*months, SHORTEST)
