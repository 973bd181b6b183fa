"""Assessments: drafts kept keystroke by keystroke, completed or amended with their scores, and the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from tracker.clinic.answers import Answers, merge
from tracker.clinic.codes import AssessmentStatus, Context, EntryMode, MissingReason
from tracker.clinic.records import Assessment, AssessmentView, Episode, InvalidRecordError, Visit
from tracker.core.keys import new_key
from tracker.core.messages import Message, msg
from tracker.scales import catalogue
from tracker.scales.model import About, Outcome, Responses, Scale
from tracker.scales.scoring import score
from tracker.services.answers import check_complete, given
from tracker.services.change_reasons import checked_reason
from tracker.services.elsewhere import Draft, EditedElsewhereError, Seen, both_versions, cell_of, seen_of, typed
from tracker.services.policies import policy_in_force
from tracker.services.scored import scores_of

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.reading import Reader
    from tracker.store.store import Store

__all__ = ["AssessmentView", "Assessments", "Said"]

Missing = Mapping[str, MissingReason]


class Said(TypedDict, total=False):
    """What is said about the answers; everything may be left out."""

    mode: EntryMode
    assessor: str | None
    note: str | None
    reason: str | None
    """Why a complete assessment is changed; kept with the change."""


@dataclass(frozen=True, slots=True)
class _How:
    """What was said about the answers, None where nothing was."""

    mode: EntryMode
    assessor: str | None
    note: str | None

    def over(self, assessment: Assessment) -> Assessment:
        """Return *assessment* with what was said; what was not said stays."""
        return replace(
            assessment,
            mode=assessment.mode if self.mode is EntryMode.UNKNOWN else self.mode,
            assessor=assessment.assessor if self.assessor is None else self.assessor,
            note=assessment.note if self.note is None else self.note,
        )


class Assessments:
    """One scale at one visit, in one context."""

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def of_visit(self, visit_id: str) -> tuple[AssessmentView, ...]:
        """Return a visit's assessments with their scores, in order of entry."""
        with self._store.read() as reader:
            return reader.views_of_visit(visit_id)

    def get(self, key: str) -> AssessmentView:
        """Return one assessment as stored, with its scores; raises UnknownRecordError."""
        with self._store.read() as reader:
            return reader.view(key)

    def start(
        self, visit_id: str, scale_id: str, *, episode_id: str | None = None, context: Context = Context.UNSPECIFIED
    ) -> Assessment:
        """Return the assessment there is, with the answers of its unfinished change, or a new empty draft."""
        scale = catalogue.scale(scale_id)
        wanted = Assessment(
            id=new_key(),
            visit_id=visit_id,
            scale=scale.id,
            scale_version=scale.version,
            policy=scale.policies[0].id,
            episode_id=episode_id if scale.about is About.EPISODE else None,
            context=context,
        )
        with self._store.read() as reader:
            found = reader.same_place(wanted)
            if found is not None:
                return _with_unfinished_change(reader, found)
            self._check_place(reader, scale, wanted)
        with self._store.work() as work:
            started = work.same_place(wanted)  # another window may have begun it meanwhile
            if started is None:
                started = work.add_draft(replace(wanted, policy=policy_in_force(scale, work.facts()).id))
                work.commit()
            return started

    def seen(self, key: str) -> Seen:
        """Return what a desk sees that opens the form now: the way to notice later what another desk did to it."""
        with self._store.read() as reader:
            return seen_of(reader, reader.get(Assessment, key))

    def save_draft(self, key: str, responses: Responses, missing: Missing, seen: Seen | None = None) -> Draft:
        """Keep what was typed so far; a complete assessment keeps its stored answers until the change is completed.

        With *seen*, what another desk typed into other items meanwhile is kept too. Where both typed into one item
        theirs stays, and where the form was saved elsewhere nothing is written: the draft then carries both versions.
        """
        mine = Answers(given(responses), dict(missing))
        with self._store.work() as work:
            stored = work.get(Assessment, key)
            if seen is not None and stored.version != seen.version:
                return Draft(mine, seen, both=both_versions(work, stored, seen, mine))
            now = typed(work, stored)
            base = now if seen is None else seen.answers
            found = merge(base, mine, now, cell_of)
            work.keep_draft(stored, found.answers.responses, found.answers.missing)
            both = both_versions(work, stored, Seen(stored.version, base), mine) if found.contested else None
            work.commit()
        self._history.forget_redo()
        # An item that waits for a choice stays unseen, or the next key would overwrite theirs.
        known = found.answers.with_items(base, found.contested)
        kept = found.answers.with_items(mine, found.contested)
        return Draft(kept, Seen(stored.version, known), found.taken, both)

    def complete(
        self,
        key: str,
        responses: Responses,
        missing: Missing,
        *,
        seen: Seen | None = None,
        **said: Unpack[Said],
    ) -> AssessmentView:
        """Check, score and keep the answers; raises InvalidResponseError (with its item) for what cannot stand.

        On an assessment already complete this is an amendment; what is not said about mode, assessor and note stays.
        Where the file wants a reason for that and none is given, ReasonWantedError is raised. With *seen*, raises
        EditedElsewhereError for a form that holds anything else by now.
        """
        with self._store.read() as reader:
            stored = reader.view(key)
        scale = catalogue.scale(stored.assessment.scale, stored.assessment.scale_version)
        answers = given(responses)
        check_complete(scale, answers, missing)
        amending = stored.assessment.status is AssessmentStatus.COMPLETE
        how = _How(said.get("mode", EntryMode.UNKNOWN), said.get("assessor"), said.get("note"))
        with self._history.doing(_label("change" if amending else "complete", scale, stored.visit)) as work:
            before = work.get(Assessment, key)
            if seen is not None and seen_of(work, before) != seen:
                raise EditedElsewhereError(both_versions(work, before, seen, Answers(answers, missing)))
            facts = work.facts()
            policy = policy_in_force(scale, facts)
            completed = replace(
                how.over(before),
                responses=answers,
                missing=dict(missing),
                policy=policy.id,
                status=AssessmentStatus.COMPLETE,
                completed_at=before.completed_at or work.now,
            )
            if completed == before:
                work.drop_amendment(key)
                return stored
            reason = checked_reason(said.get("reason"), facts) if amending else None
            scores = scores_of(completed)
            work.put_scores(completed, scores, "amend" if amending else "complete", reason=reason)
            return work.view(key)

    def discard_draft(self, key: str, seen: Seen | None = None) -> None:
        """Give up what was typed since the last completion; a draft never completed is removed (it can be undone).

        With *seen*, raises EditedElsewhereError for a form that another desk saved or types in.
        """
        with self._store.read() as reader:
            view = reader.view(key)
        assessment = view.assessment
        if assessment.status is AssessmentStatus.DRAFT and (assessment.responses or assessment.missing):
            scale = catalogue.scale(assessment.scale, assessment.scale_version)
            with self._history.doing(_label("discard", scale, view.visit)) as work:
                _check_unmet(work, key, seen)
                work.remove(Assessment, key)
            return
        with self._store.work() as work:
            _check_unmet(work, key, seen)
            if assessment.status is AssessmentStatus.DRAFT:
                work.drop_draft(key)
            else:
                work.drop_amendment(key)
            work.commit()

    def remove(self, key: str) -> None:
        """Remove an assessment, in one step that can be undone."""
        view = self.get(key)
        scale = catalogue.scale(view.assessment.scale, view.assessment.scale_version)
        with self._history.doing(_label("delete", scale, view.visit)) as work:
            work.get(Assessment, key)
            work.remove(Assessment, key)

    def previous(self, key: str) -> AssessmentView | None:
        """Return the last complete assessment before this one's visit: same scale, context and episode."""
        with self._store.read() as reader:
            this = reader.view(key)
            views = reader.views_of_patient(this.visit.patient_id, scale=this.assessment.scale)
        last = None
        for view in views:
            if view.visit.id == this.visit.id:
                break
            if _same_thread(view.assessment, this.assessment):
                last = view
        return last

    def preview(self, scale_id: str, responses: Responses) -> Mapping[str, Outcome]:
        """Return the scores the answers so far have under the clinic's policy; raises InvalidResponseError."""
        scale = catalogue.scale(scale_id)
        with self._store.read() as reader:
            policy = policy_in_force(scale, reader.facts())
        return score(scale, responses, policy.id)

    def _check_place(self, reader: "Reader", scale: Scale, wanted: Assessment) -> None:
        visit = reader.get(Visit, wanted.visit_id)
        if wanted.context.value not in scale.contexts:
            raise InvalidRecordError(
                "context",
                msg("{scale} is not asked in the context {context}", scale=scale.short_title, context=wanted.context),
            )
        if scale.about is About.PERSON:
            return
        if wanted.episode_id is None:
            raise InvalidRecordError(
                "episode_id", msg("{scale} belongs to an episode: choose one", scale=scale.short_title)
            )
        if reader.get(Episode, wanted.episode_id).patient_id != visit.patient_id:
            raise InvalidRecordError("episode_id", msg("this episode belongs to another patient"))


def _check_unmet(reader: "Reader", key: str, seen: Seen | None) -> None:
    stored = reader.get(Assessment, key)
    if seen is not None and seen_of(reader, stored) != seen:
        raise EditedElsewhereError(both_versions(reader, stored, seen, seen.answers))


def _same_thread(one: Assessment, other: Assessment) -> bool:
    return one.status is AssessmentStatus.COMPLETE and (one.scale, one.context, one.episode_id) == (
        other.scale,
        other.context,
        other.episode_id,
    )


def _with_unfinished_change(reader: "Reader", assessment: Assessment) -> Assessment:
    answers = typed(reader, assessment)
    return replace(assessment, responses=answers.responses, missing=answers.missing)


def _label(verb: str, scale: Scale, visit: Visit) -> Message:
    values = {"scale": scale.short_title, "date": visit.date.isoformat()}
    labels = {
        "complete": msg("complete {scale} of {date}", **values),
        "change": msg("change {scale} of {date}", **values),
        "delete": msg("delete {scale} of {date}", **values),
        "discard": msg("discard the draft of {scale} of {date}", **values),
    }
    return labels[verb]
