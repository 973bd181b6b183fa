"""The flowsheet of an episode: visits across, scores down, and which planned visits are missed or due."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.clinic.baseline import PlannedVisit, planned_visit
from tracker.clinic.codes import AssessmentStatus, Context
from tracker.clinic.conditions import condition_of
from tracker.clinic.injury import documented_injury
from tracker.clinic.records import AssessmentView, Episode, StoredScore, Treatment, Visit
from tracker.core.dates import DAYS_PER_MONTH, months_between
from tracker.core.messages import Message
from tracker.core.numbers import Number, half_up
from tracker.scales import catalogue
from tracker.scales.errors import UnknownScaleError
from tracker.scales.isncsci.findings import ROW_TITLES
from tracker.scales.model import Scale, ScoreDefinition
from tracker.services.episode_scales import is_empty_draft, scales_offered, scales_shown, scores_shown
from tracker.services.exams import SCALE as EXAM
from tracker.services.exams import classified

if TYPE_CHECKING:
    from tracker.store.past import PastStore
    from tracker.store.store import Store

CellKey = tuple[str, str, str, Context]
"""Visit id, scale id, score code (of a result: its field), context."""
RESULTS = ("nli", "ais")
"""The fields of an exam's classification that have a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowVisit:
    """A column: a visit, its months since the index treatment and the plan it falls into."""

    visit: Visit
    months: float | None
    planned: PlannedVisit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowResult:
    """A classified field of an exam as a row: its cells hold text; it has a name, and no number to format."""

    code: str
    label: Message
    decimals: int = 0
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """A row: one score of one scale in one context, or one result of an exam."""

    scale: Scale
    score: ScoreDefinition | FlowResult
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowCell:
    """What one assessment says in one row."""

    assessment_id: str
    status: AssessmentStatus
    value: Number | None
    reason: Message | None
    imputed_items: int
    answered: int
    items: int
    """Items that count as missing when blank (optional ones do not)."""
    changing: bool = False
    """Complete, and a change of it was begun and is not finished."""
    text: str | None = None
    """What a result says, as written on the form (``C5*``, ``ND: B, C``); None in a row of scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowsheet:
    """An episode at a glance."""

    episode: Episode
    index_treatment: Treatment | None
    visits: tuple[FlowVisit, ...]
    rows: tuple[FlowRow, ...]
    offered: tuple[Scale, ...]
    """Scales that can be recorded too and have no record yet: nobody is asked for them."""
    cells: Mapping[CellKey, FlowCell]
    missed: tuple[PlannedVisit, ...]
    """Plans whose window has passed without a visit."""
    next_due: tuple[PlannedVisit, datetime.date] | None
    """The next plan without a visit whose window is still open, and its day."""


class Flowsheets:
    """Builds flowsheets; changes nothing."""

    def __init__(self, store: "Store | PastStore") -> None:
        self._store = store

    def of(self, episode_id: str, *, today: datetime.date) -> Flowsheet:
        """Return the flowsheet of an episode as it stands *today*; what is about the person is in every episode's."""
        with self._store.read() as reader:
            episode = reader.get(Episode, episode_id)
            treatment = reader.index_treatment(episode_id)
            visits = reader.of(Visit, episode.patient_id)
            views = reader.views_of_patient(episode.patient_id, episode_id=episode_id)
            changing = reader.being_changed(episode.patient_id)
            documented = documented_injury(one.condition for one in reader.of(Episode, episode.patient_id))
        views = tuple(view for view in views if not is_empty_draft(view))
        condition = condition_of(episode)
        rows = tuple(
            FlowRow(scale=scale, score=shown, context=context)
            # No condition names a scale of the clinic's own: it is offered for every episode.
            for scale, contexts in scales_shown(condition, views, catalogue.own_scales())
            for context in contexts
            for shown in _shown(scale, views)
        )
        columns = tuple(_column(visit, treatment, condition.planned) for visit in visits)
        missed, next_due = _plans(condition.planned, columns, treatment, today)
        return Flowsheet(
            episode=episode,
            index_treatment=treatment,
            visits=columns,
            rows=rows,
            offered=scales_offered(condition, episode.body_site, views),
            cells=dict(_cells(rows, views, _results(views, documented=documented), changing)),
            missed=missed,
            next_due=next_due,
        )


def _column(visit: Visit, treatment: Treatment | None, planned: Sequence[PlannedVisit]) -> FlowVisit:
    if treatment is None:
        return FlowVisit(visit=visit, months=None, planned=None)
    return FlowVisit(
        visit=visit,
        months=months_between(treatment.date, visit.date),
        planned=planned_visit(planned, (visit.date - treatment.date).days),
    )


def _shown(scale: Scale, views: Sequence[AssessmentView]) -> Iterator[ScoreDefinition | FlowResult]:
    yield from scores_shown(scale, views)
    if scale.id == EXAM:
        yield from (FlowResult(code=field, label=ROW_TITLES[field]) for field in RESULTS)


def _results(views: Sequence[AssessmentView], *, documented: bool) -> Mapping[str, Mapping[str, str]]:
    """Return what each complete exam says in the rows of results, by assessment."""
    return {
        view.assessment.id: {field: str(classification.findings[field]) for field in RESULTS}
        for view, _exam, classification in classified(views, documented=documented)
    }


def _cells(
    rows: Sequence[FlowRow],
    views: Sequence[AssessmentView],
    results: Mapping[str, Mapping[str, str]],
    changing: frozenset[str],
) -> Iterator[tuple[CellKey, FlowCell]]:
    by_scale: dict[tuple[str, Context], list[FlowRow]] = {}
    for row in rows:
        by_scale.setdefault((row.scale.id, row.context), []).append(row)
    for view in views:
        assessment = view.assessment
        scores: dict[str, StoredScore] = {score.code: score for score in view.scores}
        own_rows = by_scale.get((assessment.scale, assessment.context), ())
        needed = _needed_items(own_rows[0].scale, assessment.scale_version) if own_rows else []
        answered = sum(item in assessment.responses for item in needed)
        for row in own_rows:
            kept = scores.get(row.score.code)
            yield (
                (view.visit.id, assessment.scale, row.score.code, assessment.context),
                FlowCell(
                    assessment_id=assessment.id,
                    status=assessment.status,
                    value=None if kept is None else kept.value,
                    reason=None if kept is None else kept.reason,
                    imputed_items=0 if kept is None else kept.imputed_items,
                    answered=answered,
                    items=len(needed),
                    changing=assessment.id in changing,
                    text=results.get(assessment.id, {}).get(row.score.code),
                ),
            )


def _needed_items(newest: Scale, version: str) -> list[str]:
    try:
        scale = catalogue.scale(newest.id, version)
    except UnknownScaleError:  # a version of the clinic's own that is no longer in its folder
        scale = newest
    return [item.code for item in scale.items if not item.optional]


def _plans(
    planned: Sequence[PlannedVisit],
    columns: Sequence[FlowVisit],
    treatment: Treatment | None,
    today: datetime.date,
) -> tuple[tuple[PlannedVisit, ...], tuple[PlannedVisit, datetime.date] | None]:
    if treatment is None:
        return (), None
    kept = {column.planned for column in columns}
    open_plans = sorted((plan for plan in planned if plan not in kept), key=lambda plan: plan.months)
    days = (today - treatment.date).days
    missed = tuple(plan for plan in open_plans if days > _last_day(plan))
    due = next((plan for plan in open_plans if days <= _last_day(plan)), None)
    if due is None:
        return missed, None
    return missed, (due, treatment.date + datetime.timedelta(days=int(half_up(due.months * DAYS_PER_MONTH))))


def _last_day(plan: PlannedVisit) -> float:
    # The visit before treatment is possible until the day of treatment: its window reaches back only.
    return plan.months * DAYS_PER_MONTH + plan.window_days if plan.months else 0
