"""Patients: search, get, add, change, remove."""

from typing import TYPE_CHECKING

from tracker.clinic.lifetime import check_birth
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.core.messages import msg
from tracker.store.errors import UnknownRecordError
from tracker.store.first_look import LIMIT, EpisodeLine, PatientLine, PatientList, find_patients

if TYPE_CHECKING:
    from tracker.services.episodes import Episodes
    from tracker.services.undo import UndoHistory
    from tracker.store.store import Store

__all__ = ["EpisodeLine", "PatientLine", "PatientList", "Patients"]


class Patients:
    """The people of the clinic."""

    def __init__(self, store: "Store", history: "UndoHistory", episodes: "Episodes") -> None:
        self._store = store
        self._history = history
        self._episodes = episodes

    def search(self, text: str = "", limit: int = LIMIT) -> PatientList:
        """Return the patients whose name, number or condition holds every word of *text*."""
        with self._store.read() as reader:
            return find_patients(reader.driver, text, limit)

    def get(self, key: str) -> Patient:
        """Return one patient; raises UnknownRecordError."""
        with self._store.read() as reader:
            return reader.get(Patient, key)

    def find(self, number_or_id: str) -> Patient:
        """Return the one patient with this number or id; unknown or ambiguous is an error."""
        wanted = number_or_id.strip()
        with self._store.read() as reader:
            keys = reader.patients_numbered(wanted)
            if not keys:
                raise UnknownRecordError(msg("there is no patient with number or id {wanted}", wanted=wanted))
            if len(keys) > 1:
                raise UnknownRecordError(
                    msg("{wanted} is one patient's number and another's id: give the other one's", wanted=wanted)
                )
            return reader.get(Patient, keys[0])

    def add(self, patient: Patient, episode: Episode | None = None) -> Patient:
        """Store a new patient, with a first episode if one is given."""
        with self._history.doing(msg("add patient {number}", number=patient.patient_number)) as work:
            added = work.add(patient)
            if episode is not None:
                self._episodes.check(work, episode)
                work.add(episode)
            return added

    def change(self, patient: Patient) -> Patient:
        """Store a changed patient; raises StaleRecordError if it was changed elsewhere since it was read."""
        with self._history.doing(msg("change patient {number}", number=patient.patient_number)) as work:
            if patient.birth_date != work.get(Patient, patient.id).birth_date:
                treatments = [one for own in work.of(Episode, patient.id) for one in work.of(Treatment, own.id)]
                visits = work.of(Visit, patient.id)
                check_birth(patient, [*(one.date for one in visits), *(one.date for one in treatments)])
            return work.change(patient)

    def remove(self, key: str) -> None:
        """Remove a patient and all that was recorded, in one step that can be undone."""
        number = self.get(key).patient_number
        with self._history.doing(msg("delete patient {number}", number=number)) as work:
            work.get(Patient, key)
            work.remove(Patient, key)
