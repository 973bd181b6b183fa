"""The course of an episode: each charted series over time, with its baseline, treatments and adverse events."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.clinic.baseline import NoBaseline, choose_baseline
from tracker.clinic.codes import AssessmentStatus, Context, VisitTiming
from tracker.clinic.conditions import Condition, baseline_window, condition_of
from tracker.clinic.injury import documented_injury
from tracker.clinic.records import (
    AdverseEvent,
    Assessment,
    AssessmentView,
    Episode,
    Patient,
    StoredScore,
    Treatment,
    Visit,
)
from tracker.core.dates import months_between
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales import catalogue
from tracker.scales.model import Scale, ScoreDefinition
from tracker.services.episode_scales import is_empty_draft, scales_shown, scores_shown
from tracker.services.exam_steps import StepCourse, step_courses
from tracker.services.exams import SCALE as EXAM

if TYPE_CHECKING:
    from tracker.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePoint:
    """One assessment on one panel: a value, or why there is none."""

    date: datetime.date
    months: float
    """Since the origin of the course, unrounded."""
    value: Number | None
    reason: Message | None
    timing: VisitTiming
    complete: bool
    assessment_id: str
    visit_id: str
    imputed_items: int
    policy: str
    completed_at: datetime.datetime | None = None
    """When the form was completed."""
    scale: str = ""
    """The scale that was filled in: another one may name the panel."""
    scale_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCourse:
    """One panel: a series in one context, its points by date and its baseline."""

    series: str
    context: Context
    scale: Scale
    score: ScoreDefinition
    points: tuple[CoursePoint, ...]
    baseline: CoursePoint | NoBaseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that is drawn of an episode."""

    patient: Patient
    episode: Episode
    condition: Condition
    origin: datetime.date | None
    """Where months are 0: the index treatment, else the first visit, else nothing is recorded."""
    origin_is_treatment: bool
    index_treatment: Treatment | None
    treatments: tuple[Treatment, ...]
    events: tuple[AdverseEvent, ...]
    """The patient's, but those of another episode."""
    panels: tuple[SeriesCourse, ...]
    steps: tuple[StepCourse, ...] = ()
    """AIS grade and neurological level of a person with complete exams, in every episode's course."""


class Courses:
    """Builds courses; changes nothing."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of(self, episode_id: str) -> Course:
        """Return the course of an episode; what is about the person is in every episode's."""
        with self._store.read() as reader:
            episode = reader.get(Episode, episode_id)
            patient = reader.get(Patient, episode.patient_id)
            index = reader.index_treatment(episode_id)
            treatments = reader.of(Treatment, episode_id)
            events = reader.of(AdverseEvent, patient.id)
            documented = documented_injury(one.condition for one in reader.of(Episode, patient.id))
            visits = reader.of(Visit, patient.id)
            views = reader.views_of_course(episode_id, visits, answers_of=EXAM, series=_charted_series())
        condition = condition_of(episode)
        origin = index.date if index is not None else visits[0].date if visits else None
        shown = [view for view in views if not is_empty_draft(view)]
        window = baseline_window(condition, episode)
        found = _by_place(shown)
        drafts = [
            (place, view) for place, view in enumerate(shown) if view.assessment.status is not AssessmentStatus.COMPLETE
        ]
        return Course(
            patient=patient,
            episode=episode,
            condition=condition,
            origin=origin,
            origin_is_treatment=index is not None,
            index_treatment=index,
            treatments=treatments,
            events=tuple(event for event in events if event.episode_id in {None, episode_id}),
            panels=tuple(
                _panel(chosen, _points(chosen, drafts, found, origin), None if index is None else index.date, window)
                for chosen in _charted(condition, shown)
            ),
            steps=() if origin is None else step_courses(views, origin, documented=documented),
        )


_Chosen = tuple[Scale, ScoreDefinition, Context]
_Scored = tuple[int, AssessmentView, StoredScore | None]
"""An assessment's place in the order of entry, itself, and its score of a panel (None: not finished)."""


def _charted(condition: Condition, views: Sequence[AssessmentView]) -> list[_Chosen]:
    """Return one panel a series and context; of two scales that feed one series the first gives it its name."""
    panels: dict[tuple[str, Context], _Chosen] = {}
    for scale, contexts in scales_shown(condition, views):
        definitions = scores_shown(scale, views)
        for context in contexts:
            for definition in definitions:
                panels.setdefault((definition.series, context), (scale, definition, context))
    return list(panels.values())


def _charted_series() -> set[str]:
    """Return every series that has a panel."""
    scales = catalogue.catalogue().values()
    return {definition.series for scale in scales for definition in scale.scores if definition.charted}


def _by_place(views: Sequence[AssessmentView]) -> dict[tuple[str, Context], list[_Scored]]:
    """Return the assessments by series and context, each with its place among *views*: every panel takes its own."""
    found: dict[tuple[str, Context], list[_Scored]] = {}
    for place, view in enumerate(views):
        for series, score in {score.series: score for score in reversed(view.scores)}.items():
            found.setdefault((series, view.assessment.context), []).append((place, view, score))
    return found


def _points(
    chosen: _Chosen,
    drafts: Sequence[tuple[int, AssessmentView]],
    found: Mapping[tuple[str, Context], Sequence[_Scored]],
    origin: datetime.date | None,
) -> tuple[CoursePoint, ...]:
    if origin is None:
        return ()
    _scale, definition, context = chosen
    own = (*found.get((definition.series, context), ()), *_unfinished(chosen, drafts))
    return tuple(_point(origin, view, kept) for _place, view, kept in sorted(own, key=lambda one: one[0]))


def _unfinished(chosen: _Chosen, drafts: Sequence[tuple[int, AssessmentView]]) -> list[_Scored]:
    """Return the drafts that will have a score of the panel."""
    scale, definition, context = chosen
    return [
        (place, view, None)
        for place, view in drafts
        if view.assessment.context is context
        and not any(score.series == definition.series for score in view.scores)
        and _feeds(view.assessment, scale, definition)
    ]


def _point(origin: datetime.date, view: AssessmentView, kept: StoredScore | None) -> CoursePoint:
    assessment, visit = view.assessment, view.visit
    return CoursePoint(
        date=visit.date,
        months=months_between(origin, visit.date),
        value=None if kept is None else kept.value,
        reason=msg("the form is not finished") if kept is None else kept.reason,
        timing=visit.timing,
        complete=assessment.status is AssessmentStatus.COMPLETE,
        assessment_id=assessment.id,
        visit_id=visit.id,
        imputed_items=0 if kept is None else kept.imputed_items,
        policy=assessment.policy,
        completed_at=assessment.completed_at,
        scale=assessment.scale,
        scale_version=assessment.scale_version,
    )


def _feeds(assessment: Assessment, scale: Scale, definition: ScoreDefinition) -> bool:
    """Whether a draft will have a score of the series: it is of the panel's scale, or another one shares its line."""
    if assessment.scale == scale.id:
        return True
    other = catalogue.catalogue().get(assessment.scale)
    return other is not None and any(score.series == definition.series for score in other.scores)


def _panel(
    chosen: _Chosen, points: tuple[CoursePoint, ...], index_date: datetime.date | None, window_days: int
) -> SeriesCourse:
    scale, definition, context = chosen
    return SeriesCourse(
        series=definition.series,
        context=context,
        scale=scale,
        score=definition,
        points=points,
        baseline=choose_baseline(points, index_date, window_days),
    )
