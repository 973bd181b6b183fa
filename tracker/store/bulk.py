"""Writing many records at once: one transaction, constant memory, and a valid audit chain.

For files made as a whole (the demo registry, an import): the caller brings ids and the moment, so that the same
input makes the same rows.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, StoredScore, Treatment, Visit
from tracker.store.audit import Entry, Head
from tracker.store.audit_rows import append
from tracker.store.mapping import KINDS, Record, Values, score_values, snapshot, stamp_text, to_values
from tracker.store.reading import SCORE
from tracker.store.searching import search_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """New records; what a record belongs to must be in the same batch or an earlier one.

    The episodes of a patient must be in the patient's own batch: search finds a patient by them.
    """

    patients: Sequence[Patient] = ()
    episodes: Sequence[Episode] = ()
    treatments: Sequence[Treatment] = ()
    visits: Sequence[Visit] = ()
    assessments: Sequence[tuple[Assessment, Sequence[StoredScore]]] = ()
    """Each with its scores (none for a draft)."""
    events: Sequence[AdverseEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who wrote the records, when, and in which transaction."""

    at: datetime.datetime
    actor: str
    transaction_id: str


class BulkWriter:
    """Writes batches on one connection, continuing the audit chain from *head*."""

    def __init__(self, connection: Connection, stamp: Stamp, head: Head) -> None:
        self.head = head
        self.written = 0
        self._connection = connection
        self._stamp = stamp
        self._patient_of_episode: dict[str, str] = {}
        self._patient_of_visit: dict[str, str] = {}

    def write(self, batch: Batch) -> None:
        """Write one batch."""
        self._patient_of_episode |= {episode.id: episode.patient_id for episode in batch.episodes}
        self._patient_of_visit |= {visit.id: visit.patient_id for visit in batch.visits}
        conditions: dict[str, list[str]] = {}
        for episode in batch.episodes:
            conditions.setdefault(episode.patient_id, []).append(episode.condition)
        patients = [
            (self._values(patient) | {"search": search_text(patient, conditions.get(patient.id, ()))}, patient.id)
            for patient in batch.patients
        ]
        self._insert(Patient, patients)
        self._insert(Episode, [(self._values(record), record.patient_id) for record in batch.episodes])
        self._insert(
            Treatment,
            [(self._values(record), self._patient_of_episode[record.episode_id]) for record in batch.treatments],
        )
        self._insert(Visit, [(self._values(record), record.patient_id) for record in batch.visits])
        self._insert_assessments(batch.assessments)
        self._insert(AdverseEvent, [(self._values(record), record.patient_id) for record in batch.events])

    def _insert_assessments(self, assessments: Sequence[tuple[Assessment, Sequence[StoredScore]]]) -> None:
        found = [
            (self._values(record) | {"amendment": None}, self._patient_of_visit[record.visit_id])
            for record, _ in assessments
        ]
        self._insert(Assessment, found, [scores for _, scores in assessments])
        rows = [score_values(record.id, score) for record, scores in assessments for score in scores]
        if rows:
            self._connection.execute(SCORE.insert(), rows)

    def _insert(
        self,
        record: type[Record],
        found: Sequence[tuple[Values, str]],
        scores: Iterable[Sequence[StoredScore]] | None = None,
    ) -> None:
        if not found:
            return
        kind = KINDS[record]
        self._connection.execute(kind.table.insert(), [values for values, _ in found])
        entries = [
            self._entry(kind.entity, values, patient_id, kept)
            for (values, patient_id), kept in zip(found, scores or [()] * len(found), strict=True)
        ]
        self.head = append(self._connection, self.head, entries)
        self.written += len(found)

    def _values(self, record: Record) -> Values:
        stamps = {"version": 1, "created_at": self._stamp.at, "changed_at": self._stamp.at, "deleted_at": None}
        return to_values(record) | stamps

    def _entry(self, entity: str, values: Values, patient_id: str, scores: Sequence[StoredScore]) -> Entry:
        after = snapshot(values)
        if scores:
            after["scores"] = {score.code: score.value for score in scores}
        return Entry(
            transaction_id=self._stamp.transaction_id,
            at=stamp_text(self._stamp.at),
            actor=self._stamp.actor,
            action="create",
            entity=entity,
            entity_id=values["id"],
            patient_id=patient_id,
            before=None,
            after=after,
        )
