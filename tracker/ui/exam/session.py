"""One opened exam and the services behind it: what the page reads and writes. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from tracker.clinic.answers import Answers
from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment, AssessmentView
from tracker.core.dates import months_between
from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.record import COMMENT, exam_from_responses
from tracker.services.assessments import Said
from tracker.services.change_reasons import Asking
from tracker.ui.entry.shared_form import BLANK, SharedForm
from tracker.ui.exam.looks import full_name, shown, star_mark
from tracker.ui.exam.places import ORDER
from tracker.ui.exam.sheet import ExamSheet
from tracker.ui.exam.written import Responses

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace

SCALE = "isncsci"
INJURY = "sci"
"""The condition whose episode documents a spinal cord injury."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An exam of the patient and when it was done."""

    key: str
    date: date
    responses: Responses


class ExamSession(SharedForm):
    """An exam that is being filled in."""

    def __init__(self, workspace: "Workspace", visit_id: str) -> None:
        self._workspace = workspace
        self.visit = workspace.visits.get(visit_id)
        self.patient = workspace.patients.get(self.visit.patient_id)
        episodes = [episode for episode in workspace.episodes.of(self.patient.id) if episode.condition == INJURY]
        self.documented = bool(episodes)
        """Whether an injury is documented, without which a normal exam has no grade."""
        treatments = [workspace.episodes.index_treatment(episode.id) for episode in episodes]
        first = min((treatment.date for treatment in treatments if treatment is not None), default=None)
        self.months = None if first is None else months_between(first, self.visit.date)
        """Months since the first index treatment of the injury, None without one."""
        self.assessment: Assessment = workspace.assessments.start(visit_id, SCALE)
        self.stored = workspace.assessments.get(self.assessment.id).assessment
        self.earlier = self._earlier()
        self.sheet: ExamSheet = self._new_sheet(self.assessment)
        self.see()
        self._touched = self.differs

    @property
    def answers(self) -> Answers:
        """What the page holds."""
        return Answers(self.sheet.state.responses)

    def items(self) -> Mapping[str, str]:
        """Return the cells in the order of typing, each with its name."""
        return {cell: full_name(cell) for cell in ORDER} | {COMMENT: tr("Comment on the exam")}

    def entry_words(self, item: str, answers: Answers) -> str:
        """Return the grade with its star."""
        responses = cast("Responses", answers.responses)
        if item == COMMENT:
            return str(responses.get(COMMENT) or BLANK)
        return (shown(item, responses.get(item)) + star_mark(responses, item)) or BLANK

    @property
    def previous(self) -> Dated | None:
        """The last complete exam before this visit."""
        before = [exam for exam in self.earlier if exam.date < self.visit.date]
        return before[-1] if before else None

    def complete(self, said: Said) -> None:
        """Complete the exam, or save its change; raises TrackerError."""
        self._workspace.assessments.complete(
            self.assessment.id,
            self.sheet.state.responses,
            {},
            seen=self.seen,
            **said,
        )

    @property
    def asking(self) -> Asking:
        """Whether the file asks why the form is changed; never of a new one."""
        return self._workspace.change_reasons.asking() if self.amending else Asking.OFF

    def let_out(self, what: str, send: Callable[[], str]) -> str:
        """Do *send*, which lets the exam out, and enter it in the audit; return what it, or the refusal, says."""
        try:
            return self._workspace.reports.pass_on(self.patient.id, {"what": what}, send)
        except TrackerError as error:
            return say(error.message)

    def discard(self) -> None:
        """Return to the stored exam; raises TrackerError."""
        self._workspace.assessments.discard_draft(self.assessment.id, self.seen)
        self.sheet = self._new_sheet(self.stored)
        self.assessment = self.stored
        self.see()

    def _earlier(self) -> tuple[Dated, ...]:
        """Return the patient's other complete exams in date order, those that cannot be read left out."""
        views: list[AssessmentView] = [
            view
            for visit in self._workspace.visits.of(self.patient.id)
            for view in self._workspace.assessments.of_visit(visit.id)
            if view.assessment.scale == SCALE and view.assessment.id != self.assessment.id
        ]
        return tuple(
            Dated(view.assessment.id, view.visit.date, cast("Responses", view.assessment.responses))
            for view in views
            if view.assessment.status is AssessmentStatus.COMPLETE and _readable(view.assessment)
        )

    def _new_sheet(self, assessment: Assessment) -> ExamSheet:
        return ExamSheet(cast("Responses", assessment.responses), locked=self._workspace.read_only)


def _readable(assessment: Assessment) -> bool:
    try:
        exam_from_responses(assessment.responses)
    except InvalidExamError:
        return False
    return True
