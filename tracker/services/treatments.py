"""Treatments of an episode and which of them months are counted from."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.clinic.lifetime import check_after_birth
from tracker.clinic.records import Episode, Patient, Treatment
from tracker.core.messages import Message, msg
from tracker.services.records import Records

if TYPE_CHECKING:
    from tracker.store.work import Work


class Treatments(Records[Treatment]):
    """Treatments of an episode; at most one is flagged as its index treatment."""

    _record = Treatment

    def make_index(self, key: str) -> Treatment:
        """Count the episode's months from this treatment."""
        with self._history.doing(msg("count months from this treatment")) as work:
            chosen = replace(work.get(Treatment, key), is_index=True)
            self.check(work, chosen)
            return work.change(chosen)

    def check(self, work: "Work", record: Treatment) -> None:
        """Refuse a treatment of a removed episode, or before birth; a new index treatment takes the flag over."""
        episode = work.get(Episode, record.episode_id)
        check_after_birth(work.get(Patient, episode.patient_id), record.date, "treatment_date")
        if record.is_index:
            for other in work.of(Treatment, record.episode_id):
                if other.is_index and other.id != record.id:
                    work.change(replace(other, is_index=False))

    def _label(self, verb: str, record: Treatment) -> Message:
        date = record.date.isoformat()
        labels = {
            "add": msg("add treatment of {date}", date=date),
            "change": msg("change treatment of {date}", date=date),
            "delete": msg("delete treatment of {date}", date=date),
        }
        return labels[verb]
