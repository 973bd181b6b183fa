"""One opened assessment and the services behind it: what the form reads and writes. No Qt."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.clinic.answers import Answers
from tracker.clinic.baseline import PlannedVisit, planned_visit
from tracker.clinic.codes import Context, MissingReason
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Assessment, AssessmentView, Episode, Patient, Visit
from tracker.core.dates import months_between
from tracker.core.errors import TrackerError
from tracker.core.numbers import Number, plain_number
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import Item, Scale
from tracker.services.assessments import Said
from tracker.services.change_reasons import Asking
from tracker.ui import words
from tracker.ui.entry.headings import label as item_label
from tracker.ui.entry.headings import with_labels
from tracker.ui.entry.reading import Answered, Reading, jumped, read_scores
from tracker.ui.entry.shared_form import BLANK, SharedForm
from tracker.ui.entry.sheet import Sheet

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose form it is and when."""

    patient: Patient
    visit: Visit
    episode: Episode | None
    months: float | None
    """Months since the index treatment, None where there is none."""
    planned: PlannedVisit | None


@dataclass(frozen=True, slots=True)
class OddAnswer:
    """An answer that differs much from the last visit's."""

    item: Item
    value: Number
    last: Number


class EntrySession(SharedForm):
    """An assessment that is being filled in."""

    def __init__(self, workspace: "Workspace", visit_id: str, scale_id: str, episode_id: str | None) -> None:
        self._workspace = workspace
        self._scale_id = scale_id
        self._visit_id = visit_id
        self._episode_id = episode_id
        self.subject = self._subject()

    def start(self, context: Context) -> None:
        """Open the assessment of *context* (a new draft, or the one there is)."""
        services = self._workspace.assessments
        self.assessment: Assessment = services.start(
            self._visit_id,
            self._scale_id,
            episode_id=self._episode_id,
            context=context,
        )
        self.stored = services.get(self.assessment.id).assessment
        self.scale: Scale = find_scale(self._scale_id, self.assessment.scale_version)
        self.policy = self._workspace.policies.current(self._scale_id)
        self.previous: AssessmentView | None = services.previous(self.assessment.id)
        self.sheet: Sheet = self._new_sheet(self.assessment)
        self.see()
        self._touched = self.differs

    @property
    def answers(self) -> Answers:
        """What the form holds."""
        return Answers(self.sheet.state.responses, self.sheet.state.missing)

    def items(self) -> Mapping[str, str]:
        """Return the items in their order, each with its code and label."""
        return {item.code: f"{item.code} {item_label(self.scale, item)}" for item in self.scale.items}

    def entry_words(self, item: str, answers: Answers) -> str:
        """Return the answer, or the reason there is none."""
        if item in answers.missing:
            return words.label(MissingReason(answers.missing[item]))
        value = answers.responses.get(item)
        return BLANK if value is None else str(value) if isinstance(value, str) else plain_number(value)

    @property
    def last_answers(self) -> Mapping[str, Number]:
        """The answers of the last visit, empty without one."""
        return self.previous.assessment.numbers if self.previous is not None else {}

    def complete(self, said: Said) -> None:
        """Complete the assessment, or save its change; raises TrackerError."""
        state = self.sheet.state
        try:
            self._workspace.assessments.complete(
                self.assessment.id,
                state.responses,
                state.missing,
                seen=self.seen,
                **said,
            )
        except InvalidResponseError as error:
            raise with_labels(self.scale, error) from error

    @property
    def asking(self) -> Asking:
        """Whether the file asks why the form is changed; never of a new one."""
        return self._workspace.change_reasons.asking() if self.amending else Asking.OFF

    def discard(self) -> None:
        """Return to the stored answers; raises TrackerError."""
        self._workspace.assessments.discard_draft(self.assessment.id, self.seen)
        self.sheet = self._new_sheet(self.stored)
        self.assessment = self.stored
        self.see()

    def readings(self) -> tuple[Reading, ...] | TrackerError:
        """Return what the score cards say, or which answers contradict each other."""
        state = self.sheet.state
        try:
            outcomes = self._workspace.assessments.preview(self._scale_id, state.responses)
        except InvalidResponseError as error:
            return with_labels(self.scale, error)
        last = {score.code: score for score in self.previous.scores} if self.previous is not None else {}
        if self.previous is not None and self.previous.assessment.policy != self.policy.id:
            last = {}  # scored under another rule for missing items: not like with like
        answered = Answered(state.responses, frozenset(state.missing))
        return read_scores(self.scale, outcomes, answered, last, self.policy)

    def odd_answer(self, confirmed: Container[tuple[str, Number]]) -> OddAnswer | None:
        """Return the first answer far from the last visit's that was not confirmed, or None."""
        for item in self.scale.items:
            value, last = self.sheet.state.responses.get(item.code), self.last_answers.get(item.code)
            if value is None or last is None or not jumped(item, value, last):
                continue
            if (item.code, value) not in confirmed:
                return OddAnswer(item, value, last)
        return None

    def _new_sheet(self, assessment: Assessment) -> Sheet:
        missing: Mapping[str, MissingReason] = assessment.missing
        return Sheet(self.scale, assessment.numbers, missing, locked=self._workspace.read_only)

    def _subject(self) -> Subject:
        visit = self._workspace.visits.get(self._visit_id)
        patient = self._workspace.patients.get(visit.patient_id)
        episode = self._workspace.episodes.get(self._episode_id) if self._episode_id is not None else None
        treatment = self._workspace.episodes.index_treatment(episode.id) if episode is not None else None
        if episode is None or treatment is None:
            return Subject(patient, visit, episode, None, None)
        days = (visit.date - treatment.date).days
        planned = planned_visit(conditions()[episode.condition].planned, days)
        return Subject(patient, visit, episode, months_between(treatment.date, visit.date), planned)
