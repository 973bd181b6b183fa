"""The clinic's choice among a scale's policies for missing items, and re-scoring under another one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.clinic.records import Assessment, AssessmentView, StoredScore
from tracker.core.messages import msg
from tracker.scales import catalogue
from tracker.scales.model import Policy, Scale
from tracker.scales.scoring import find_policy
from tracker.services.scored import scores_under

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.reading import Reader
    from tracker.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RescoreDiff:
    """What another policy does to the stored scores."""

    assessments: int
    """Complete assessments looked at."""
    changed_scores: int
    lost_scores: int
    gained_scores: int


class Policies:
    """One policy a scale, for the whole file."""

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def current(self, scale_id: str) -> Policy:
        """Return the policy in force for a scale."""
        with self._store.read() as reader:
            return policy_in_force(catalogue.scale(scale_id), reader.facts())

    def preview(self, scale_id: str, policy_id: str) -> RescoreDiff:
        """Return what choosing a policy would do; changes nothing."""
        find_policy(catalogue.scale(scale_id), policy_id)
        with self._store.read() as reader:
            return _difference(_rescored(reader, scale_id, policy_id))

    def choose(self, scale_id: str, policy_id: str) -> RescoreDiff:
        """Choose a policy and re-score every complete assessment of the scale, in one step that can be undone."""
        scale = catalogue.scale(scale_id)
        policy = find_policy(scale, policy_id)
        label = msg("score {scale} by “{policy}”", scale=scale.short_title, policy=policy.label)
        with self._history.doing(label) as work:
            work.set_fact(policy_fact(scale_id), policy_id)
            found = _rescored(work, scale_id, policy_id)
            for view, rescored, scores in found:
                if rescored.policy != view.assessment.policy:
                    work.put_scores(rescored, scores, "rescore", keep_amendment=True)
            return _difference(found)


def policy_in_force(scale: Scale, facts: Mapping[str, str]) -> Policy:
    """Return the clinic's policy for this version of a scale, its default if it does not know the chosen one."""
    chosen = facts.get(policy_fact(scale.id))
    return next((policy for policy in scale.policies if policy.id == chosen), scale.policies[0])


def policy_fact(scale_id: str) -> str:
    """Return the name of the fact that keeps the choice for a scale."""
    return f"policy:{scale_id}"


def _rescored(
    reader: "Reader", scale_id: str, policy_id: str
) -> list[tuple[AssessmentView, Assessment, tuple[StoredScore, ...]]]:
    found = []
    for view in reader.complete_of_scale(scale_id):
        version = catalogue.scale(scale_id, view.assessment.scale_version)
        policy = policy_in_force(version, {policy_fact(scale_id): policy_id})
        rescored = replace(view.assessment, policy=policy.id)
        found.append((view, rescored, scores_under(rescored, policy.id)))
    return found


def _difference(
    found: list[tuple[AssessmentView, Assessment, tuple[StoredScore, ...]]],
) -> RescoreDiff:
    changed = lost = gained = 0
    for view, _, scores in found:
        before = {score.code: score.value for score in view.scores}
        for score in scores:
            old = before.get(score.code)
            if old is None and score.value is not None:
                gained += 1
            elif old is not None and score.value is None:
                lost += 1
            elif old != score.value:
                changed += 1
    return RescoreDiff(assessments=len(found), changed_scores=changed, lost_scores=lost, gained_scores=gained)
