"""Scores as they are kept: computed from the answers by the assessment's own version and policy."""

from tracker.clinic.records import Assessment, StoredScore
from tracker.scales import catalogue
from tracker.scales.model import Outcome, Score, ScoreDefinition
from tracker.scales.scoring import score


def scores_of(assessment: Assessment) -> tuple[StoredScore, ...]:
    """Return the scores of a complete assessment, each a value or the reason there is none."""
    return scores_under(assessment, assessment.policy)


def scores_under(assessment: Assessment, policy_id: str) -> tuple[StoredScore, ...]:
    """Return the scores the answers would have under another policy of the same scale version."""
    scale = catalogue.scale(assessment.scale, assessment.scale_version)
    outcomes = score(scale, assessment.responses, policy_id)
    return tuple(_kept(definition, outcomes[definition.code]) for definition in scale.scores)


def _kept(definition: ScoreDefinition, outcome: Outcome) -> StoredScore:
    if isinstance(outcome, Score):
        return StoredScore(
            code=definition.code,
            series=definition.series,
            value=outcome.value,
            reason=None,
            imputed_items=outcome.imputed_items,
        )
    return StoredScore(code=definition.code, series=definition.series, value=None, reason=outcome.reason)
