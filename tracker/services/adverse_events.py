"""Adverse events of a patient, with or without a link to an episode or a treatment."""

from typing import TYPE_CHECKING

from tracker.clinic.lifetime import check_after_birth
from tracker.clinic.records import AdverseEvent, Episode, InvalidRecordError, Patient, Treatment
from tracker.core.messages import Message, msg
from tracker.services.records import Records

if TYPE_CHECKING:
    from tracker.store.work import Work


class AdverseEvents(Records[AdverseEvent]):
    """Adverse events belong to the patient; they stay when an episode or a treatment is removed."""

    _record = AdverseEvent

    def check(self, work: "Work", record: AdverseEvent) -> None:
        """Refuse an event before the patient's birth, or whose episode or treatment is not the patient's own."""
        check_after_birth(work.get(Patient, record.patient_id), record.date)
        episode_id = record.episode_id
        if record.treatment_id is not None:
            treated = work.get(Treatment, record.treatment_id).episode_id
            if episode_id not in {None, treated}:
                raise InvalidRecordError("treatment_id", msg("this treatment belongs to another episode"))
            episode_id = treated
        if episode_id is not None and work.get(Episode, episode_id).patient_id != record.patient_id:
            raise InvalidRecordError("episode_id", msg("this episode belongs to another patient"))

    def _label(self, verb: str, record: AdverseEvent) -> Message:
        date = record.date.isoformat()
        labels = {
            "add": msg("add adverse event of {date}", date=date),
            "change": msg("change adverse event of {date}", date=date),
            "delete": msg("delete adverse event of {date}", date=date),
        }
        return labels[verb]
