"""Visits of a patient."""

from typing import TYPE_CHECKING

from tracker.clinic.lifetime import check_after_birth
from tracker.clinic.records import Patient, Visit
from tracker.core.messages import Message, msg
from tracker.services.records import Records

if TYPE_CHECKING:
    from tracker.store.work import Work


class Visits(Records[Visit]):
    """Visits of a patient; removing one removes its assessments."""

    _record = Visit

    def forget_empty(self, key: str) -> None:
        """Remove a visit that holds nothing, such as one begun and left without an answer."""
        with self._history.doing(self._label("delete", self.get(key))) as work:
            if not work.hanging(Visit, key):
                work.remove(Visit, key)

    def check(self, work: "Work", record: Visit) -> None:
        """Refuse a visit of a removed patient, or before the patient's birth."""
        check_after_birth(work.get(Patient, record.patient_id), record.date)

    def _label(self, verb: str, record: Visit) -> Message:
        date = record.date.isoformat()
        labels = {
            "add": msg("add visit of {date}", date=date),
            "change": msg("change visit of {date}", date=date),
            "delete": msg("delete visit of {date}", date=date),
        }
        return labels[verb]
