"""Episodes of care."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.clinic.conditions import conditions
from tracker.clinic.records import Episode, InvalidRecordError, Patient, Treatment
from tracker.core.messages import Message, msg
from tracker.services.records import Records

if TYPE_CHECKING:
    from tracker.store.work import Work


class Episodes(Records[Episode]):
    """Episodes of a patient; their condition is found by search too."""

    _record = Episode

    def index_treatment(self, episode_id: str) -> Treatment | None:
        """Return the treatment months are counted from: the flagged one, else the episode's first."""
        with self._store.read() as reader:
            return reader.index_treatment(episode_id)

    def choose_cohorts(self, episode_id: str, cohorts: tuple[str, ...]) -> Episode:
        """Keep the cohorts (``study/cohort``) the clinician wants to read this episode against."""
        with self._history.doing(msg("choose the cohorts to read against")) as work:
            return work.change(replace(work.get(Episode, episode_id), read_against=cohorts))

    def check(self, work: "Work", record: Episode) -> None:
        """Refuse an episode of a removed patient or of an unknown condition."""
        work.get(Patient, record.patient_id)
        condition = conditions().get(record.condition)
        if condition is None:
            raise InvalidRecordError("condition", msg("no condition {id} is known", id=record.condition))

    def _label(self, verb: str, record: Episode) -> Message:
        labels = {
            "add": msg("add episode {condition}", condition=episode_name(record)),
            "change": msg("change episode {condition}", condition=episode_name(record)),
            "delete": msg("delete episode {condition}", condition=episode_name(record)),
        }
        return labels[verb]


def episode_name(episode: Episode) -> object:
    """Return the label of the episode's condition (its id if the file is gone), to be said later."""
    condition = conditions().get(episode.condition)
    return episode.condition if condition is None else condition.label
