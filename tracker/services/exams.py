"""The exams of a person with their classification: in date order, two set side by side, each with its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.injury import documented_injury
from tracker.clinic.records import Assessment, AssessmentView, Episode, Patient, StoredScore, Visit
from tracker.core.dates import months_between
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.compare import Comparison, compare_exams
from tracker.scales.isncsci.exam import Exam
from tracker.scales.isncsci.findings import ALGORITHM, Classification
from tracker.scales.isncsci.reasons import reasons
from tracker.scales.isncsci.record import exam_from_responses

if TYPE_CHECKING:
    from tracker.store.reading import Reader
    from tracker.store.store import Store

SCALE = "isncsci"
_KEPT_IN_MIND = 1024
_classified = lru_cache(maxsize=_KEPT_IN_MIND)(classify)
"""An exam in which hardly anything could be tested takes seconds: it is worked out once."""


class NoExamError(TrackerError):
    """What was asked for is no complete exam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamView:
    """A complete exam as stored, and what it says."""

    assessment: Assessment
    visit: Visit
    exam: Exam
    classification: Classification
    """By the rules in force now (``algorithm``); computed from the stored cells, never stored itself."""
    totals: tuple[StoredScore, ...]
    months: float | None
    """Since the person's first index treatment, unrounded; None without a treatment."""
    documented_injury: bool
    """The person has an episode of spinal cord injury: a normal exam is AIS E, else it has no grade."""
    algorithm: str = ALGORITHM


class Exams:
    """Reads exams; changes nothing."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of(self, patient_id: str) -> tuple[ExamView, ...]:
        """Return the complete exams of a patient in date order."""
        with self._store.read() as reader:
            reader.get(Patient, patient_id)
            views = reader.views_of_patient(patient_id, scale=SCALE)
            return _exam_views(reader, patient_id, views)

    def get(self, key: str) -> ExamView:
        """Return one complete exam; raises NoExamError for another assessment or a draft."""
        with self._store.read() as reader:
            view = reader.view(key)
            found = _exam_views(reader, view.visit.patient_id, (view,))
        if not found:
            raise NoExamError(msg("this is not a complete exam: complete it first"))
        return found[0]

    def compare(self, before_id: str, after_id: str) -> Comparison:
        """Set one exam against another of the same patient: cells, totals and fields, and what the changes rest on."""
        before, after = self.get(before_id), self.get(after_id)
        if before.visit.patient_id != after.visit.patient_id:
            raise NoExamError(msg("these exams belong to two patients: choose two of one patient"))
        return compare_exams(before.exam, after.exam, documented_injury=after.documented_injury)

    def reasons(self, key: str) -> Mapping[str, tuple[Message, ...]]:
        """Return the steps that led to each field of an exam's classification."""
        view = self.get(key)
        return reasons(view.exam, documented_injury=view.documented_injury)


def classified(
    views: Iterable[AssessmentView], *, documented: bool
) -> list[tuple[AssessmentView, Exam, Classification]]:
    """Return the complete exams among *views* with their classification."""
    found = []
    for view in views:
        assessment = view.assessment
        if assessment.scale == SCALE and assessment.status is AssessmentStatus.COMPLETE:
            exam = exam_from_responses(assessment.responses)
            found.append((view, exam, _classified(exam, documented_injury=documented)))
    return found


def _exam_views(reader: "Reader", patient_id: str, views: Iterable[AssessmentView]) -> tuple[ExamView, ...]:
    episodes = reader.of(Episode, patient_id)
    documented = documented_injury(episode.condition for episode in episodes)
    treatments = [reader.index_treatment(episode.id) for episode in episodes]
    first = min((treatment.date for treatment in treatments if treatment is not None), default=None)
    return tuple(
        ExamView(
            assessment=view.assessment,
            visit=view.visit,
            exam=exam,
            classification=classification,
            totals=view.scores,
            months=None if first is None else months_between(first, view.visit.date),
            documented_injury=documented,
        )
        for view, exam, classification in classified(views, documented=documented)
    )
