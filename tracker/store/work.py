"""The unit of work: every write goes through it, with its audit entry, in one transaction that rolls back unless told.

Knows records, rows and the audit chain; what may be written and why is for the services to say.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, select

from tracker.clinic.codes import AssessmentStatus, MissingReason
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, StoredScore, Treatment, User, Visit
from tracker.core.dates import now_utc
from tracker.core.keys import new_key
from tracker.store.audit import Entry, Head
from tracker.store.audit_rows import append, keep_head, read_head, write_fact
from tracker.store.last_change import stale
from tracker.store.mapping import (
    KINDS,
    REASON,
    Kind,
    R,
    Record,
    Snapshot,
    Values,
    encode,
    score_values,
    snapshot,
    stamp_text,
    to_record,
    to_values,
)
from tracker.store.reading import FACT, SCORE, Reader
from tracker.store.searching import search_text


@dataclass(frozen=True, slots=True)
class Change:
    """A row this work changed, and its version before and after (0: not there)."""

    entity: str
    entity_id: str
    before: int
    after: int


class Work(Reader):
    """One transaction of changes; nothing stays unless ``commit()`` is reached."""

    def __init__(self, connection: Connection, actor: str) -> None:
        super().__init__(connection)
        self.transaction_id = new_key()
        self.actor = actor
        self.now: datetime.datetime = now_utc()
        self.changes: list[Change] = []
        self.committed = False
        self.head: Head | None = None
        """Where the audit ends once this is kept, None if nothing was entered in it."""
        self._entries: list[Entry] = []
        self._renamed: set[str] = set()

    def commit(self) -> None:
        """Write the audit entries and keep everything."""
        for patient_id in sorted(self._renamed):
            self._refresh_search(patient_id)
        if self._entries:
            self.head = append(self._connection, read_head(self._connection), self._entries)
            keep_head(self._connection, self.head)
        self._connection.commit()
        self.committed = True

    def add(self, record: R, beside: Mapping[str, Any] | None = None) -> R:
        """Store a new record, with the columns *beside* it that a record does not show."""
        kind = KINDS[type(record)]
        row = to_values(record) | self._stamps() | dict(beside or {})
        if isinstance(record, Patient):
            row["search"] = ""
        self._connection.execute(kind.table.insert().values(row))
        self._note("create", kind, None, row)
        return to_record(type(record), row)

    def add_draft(self, assessment: Assessment) -> Assessment:
        """Store an empty or half-filled assessment; a draft is saved but not audited."""
        row = to_values(assessment) | self._stamps()
        self._connection.execute(KINDS[Assessment].table.insert().values(row))
        return to_record(Assessment, row)

    def keep_draft(
        self, assessment: Assessment, responses: Mapping[str, Any], missing: Mapping[str, MissingReason]
    ) -> None:
        """Save keystrokes: into the draft, or beside the stored answers of a complete assessment; not audited."""
        answers = {"responses": encode(responses), "missing": encode(missing)}
        complete = assessment.status is AssessmentStatus.COMPLETE
        values: Values = {"amendment": answers} if complete else dict(answers)
        values["changed_at"] = self.now
        self._update(KINDS[Assessment].table, assessment.id, values)

    def drop_draft(self, assessment_id: str) -> None:
        """Remove a draft that holds nothing: nobody will ask for it back, so it leaves no audit entry."""
        self._update(KINDS[Assessment].table, assessment_id, {"deleted_at": self.now})

    def drop_amendment(self, assessment_id: str) -> None:
        """Forget the keystrokes of an unfinished change."""
        self._update(KINDS[Assessment].table, assessment_id, {"amendment": None})

    def change(self, record: R, action: str = "change") -> R:
        """Store *record* over the version it was read at; raises StaleRecordError if that is no longer the last."""
        kind = KINDS[type(record)]
        self.get(type(record), record.id)
        before = self.row(kind.table, record.id)
        if before["version"] != record.version:
            raise stale(self.last_change(kind.entity, record.id))
        values = to_values(record)
        if all(before[name] == value for name, value in values.items()):
            return record
        return to_record(type(record), self.write(kind, before, values, action))

    def put_scores(
        self,
        assessment: Assessment,
        scores: Sequence[StoredScore],
        action: str,
        *,
        keep_amendment: bool = False,
        reason: str | None = None,
    ) -> Assessment:
        """Store a complete assessment over its last version, with its scores; any unfinished change is done with.

        *reason* says why it is changed and is kept in the audit entry.
        """
        kind = KINDS[Assessment]
        before = self.row(kind.table, assessment.id)
        self.cache_scores(assessment.id, scores)
        values = to_values(assessment) | ({} if keep_amendment else {"amendment": None})
        return to_record(Assessment, self.write(kind, before, values, action, scores, reason))

    def cache_scores(self, assessment_id: str, scores: Sequence[StoredScore]) -> None:
        """Replace the cached scores of an assessment."""
        self._connection.execute(SCORE.delete().where(SCORE.c.assessment_id == assessment_id))
        if scores:
            self._connection.execute(SCORE.insert(), [score_values(assessment_id, score) for score in scores])

    def remove(self, record: type[Record], key: str) -> None:
        """Remove a record and what hangs on it; adverse events stay with the patient, without the link."""
        for hanging_record, hanging_key in self.hanging(record, key):
            self.remove(hanging_record, hanging_key)
        for column in _LINKS.get(record, ()):
            self._unlink_events(column, key)
        self.mark(KINDS[record], key, deleted=True)

    def hanging(self, record: type[Record], key: str) -> list[tuple[type[Record], str]]:
        """Return what hangs directly on a record and is not removed."""
        found: list[tuple[type[Record], str]] = []
        for child, column in _HANGING.get(record, ()):
            table = KINDS[child].table
            query = select(table.c.id).where(table.c[column] == key, table.c.deleted_at.is_(None)).order_by(table.c.id)
            found += [(child, str(child_id)) for (child_id,) in self._connection.execute(query)]
        return found

    def mark(self, kind: Kind, key: str, *, deleted: bool) -> None:
        """Remove or bring back one row."""
        values: Values = {"deleted_at": self.now if deleted else None}
        self.write(kind, self.row(kind.table, key), values, "delete" if deleted else "restore")

    def set_secret(self, user: User, password_hash: str) -> User:
        """Keep what a user's passphrase is held against; wrong ones before it no longer count."""
        kind = KINDS[User]
        values: Values = {"password_hash": password_hash, "failed_attempts": 0, "locked_until": None}
        return to_record(User, self.write(kind, self.row(kind.table, user.id), values, "password"))

    def count_failures(self, user_id: str, failures: int, locked_until: datetime.datetime | None) -> None:
        """Keep how often a user's passphrase was wrong, and until when no other is tried; not a change of the user."""
        values: Values = {"failed_attempts": failures, "locked_until": locked_until}
        self._update(KINDS[User].table, user_id, values)

    def write(
        self,
        kind: Kind,
        before: Values,
        values: Values,
        action: str,
        scores: Sequence[StoredScore] = (),
        reason: str | None = None,
    ) -> Values:
        """Write *values* over the row *before*, counting its version, with an audit entry."""
        counted = values | {"version": before["version"] + 1, "changed_at": self.now}
        self._update(kind.table, before["id"], counted)
        after = before | counted
        self._note(action, kind, before, after, scores, reason)
        return after

    def set_fact(self, name: str, value: str | None) -> None:
        """Set a fact about the file, or take it away."""
        before = self.facts().get(name)
        if value is None:
            self._connection.execute(FACT.delete().where(FACT.c.name == name))
        else:
            write_fact(self._connection, name, value)
        kept = None if before is None else {"value": before}
        left = None if value is None else {"value": value}
        self._entries.append(self._entry("change", ("fact", name, None), kept, left))
        self.changes.append(Change("fact", name, 0, 0))

    def act(self, action: str, details: Mapping[str, Any], patient_id: str | None = None) -> None:
        """Enter in the audit what changes no row (an export, a report, an unlock), with what is to be known of it."""
        self._entries.append(self._entry(action, (None, None, patient_id), None, dict(details)))

    def row(self, table: Table, key: str) -> Values:
        """Return a row that must be there, removed or not."""
        return dict(cast("Mapping[str, Any]", self._row(table, key)))

    def _note(
        self,
        action: str,
        kind: Kind,
        before: Values | None,
        after: Values,
        scores: Sequence[StoredScore] = (),
        reason: str | None = None,
    ) -> None:
        patient_id = self._patient_of(kind, after)
        if patient_id is not None and kind.entity in {"patient", "episode"}:
            self._renamed.add(patient_id)
        kept = snapshot(after)
        if scores:
            kept["scores"] = {score.code: score.value for score in scores}
        if reason is not None:
            kept[REASON] = reason
        about = (kind.entity, after["id"], patient_id)
        self._entries.append(self._entry(action, about, None if before is None else snapshot(before), kept))
        version = 0 if before is None else before["version"]
        self.changes.append(Change(kind.entity, after["id"], version, after["version"]))

    def _entry(
        self,
        action: str,
        about: tuple[str | None, str | None, str | None],
        before: Snapshot | None,
        after: Snapshot | None,
    ) -> Entry:
        entity, entity_id, patient_id = about
        return Entry(
            transaction_id=self.transaction_id,
            at=stamp_text(self.now),
            actor=self.actor,
            action=action,
            entity=entity,
            entity_id=entity_id,
            patient_id=patient_id,
            before=before,
            after=after,
        )

    def _stamps(self) -> Values:
        return {"version": 1, "created_at": self.now, "changed_at": self.now, "deleted_at": None}

    def _update(self, table: Table, key: str, values: Values) -> None:
        self._connection.execute(table.update().where(table.c.id == key).values(values))

    def _unlink_events(self, column: str, key: str) -> None:
        kind = KINDS[AdverseEvent]
        query = select(kind.table).where(kind.table.c[column] == key, kind.table.c.deleted_at.is_(None))
        for row in self._connection.execute(query).mappings().all():
            self.write(kind, dict(row), {column: None}, "change")

    def _patient_of(self, kind: Kind, row: Values) -> str | None:
        if kind.entity == "patient":
            return str(row["id"])
        if kind.entity == "app_user":
            return None
        if "patient_id" in row:
            return str(row["patient_id"])
        owner: type[Record] = Episode if kind.entity == "treatment" else Visit
        return str(self.row(KINDS[owner].table, row[kind.owner or ""])["patient_id"])

    def _refresh_search(self, patient_id: str) -> None:
        table = KINDS[Patient].table
        patient = to_record(Patient, self.row(table, patient_id))
        found = search_text(patient, (episode.condition for episode in self.of(Episode, patient_id)))
        self._update(table, patient_id, {"search": found})


_HANGING: Mapping[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Patient: ((AdverseEvent, "patient_id"), (Episode, "patient_id"), (Visit, "patient_id")),
    Episode: ((Assessment, "episode_id"), (Treatment, "episode_id")),
    Visit: ((Assessment, "visit_id"),),
}
_LINKS: Mapping[type[Record], tuple[str, ...]] = {Episode: ("episode_id",), Treatment: ("treatment_id",)}
