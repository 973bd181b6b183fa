"""Which scales an episode has, in which contexts: those of its condition, then what else was recorded."""

from collections.abc import Collection, Sequence

from tracker.clinic.codes import Context
from tracker.clinic.conditions import Condition
from tracker.clinic.records import AssessmentView
from tracker.scales import catalogue
from tracker.scales.model import Scale, ScoreDefinition


def is_empty_draft(view: AssessmentView) -> bool:
    """Whether an assessment was begun and nothing typed: it is not shown."""
    assessment = view.assessment
    return assessment.completed_at is None and not (assessment.responses or assessment.missing)


def scales_offered(condition: Condition, site: str | None, views: Sequence[AssessmentView]) -> tuple[Scale, ...]:
    """Return the further scales of an episode's condition and site that nobody has recorded yet."""
    recorded = {view.assessment.scale for view in views}
    known = catalogue.catalogue()
    return tuple(
        known[further.scale]
        for further in condition.further
        if further.scale in known
        and further.scale not in recorded
        and (site is None or not further.sites or site in further.sites)
    )


def scores_shown(scale: Scale, views: Sequence[AssessmentView]) -> tuple[ScoreDefinition, ...]:
    """Return the charted scores of a scale but the modules nobody filled in (QuickDASH work and sport)."""
    optional = {item.code for item in scale.items if item.optional}
    given = {
        score.code
        for view in views
        if view.assessment.scale == scale.id
        for score in view.scores
        if score.value is not None
    }
    return tuple(
        score
        for score in scale.scores
        if score.charted and (score.code in given or not optional.issuperset(score.items))
    )


def scales_shown(
    condition: Condition, views: Sequence[AssessmentView], also: Collection[str] = ()
) -> list[tuple[Scale, tuple[Context, ...]]]:
    """Return scales with the contexts recorded (none yet: the scale's first), in the order of flowsheet and chart.

    *also* names scales that are shown though neither the condition nor a record asks for them.
    """
    recorded: dict[str, set[Context]] = {}
    for view in views:
        recorded.setdefault(view.assessment.scale, set()).add(view.assessment.context)
    known = catalogue.catalogue()
    wanted = [*condition.scales, *(scale_id for scale_id in known if scale_id not in condition.scales)]
    shown = []
    for scale_id in wanted:
        scale = known.get(scale_id)
        if scale is None or not (scale_id in condition.scales or scale_id in recorded or scale_id in also):
            continue
        contexts = tuple(context for context in Context if context in recorded.get(scale_id, set()))
        shown.append((scale, contexts or (Context(scale.contexts[0]),)))
    return shown
