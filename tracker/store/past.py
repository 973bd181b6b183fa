"""A patient as the audit says they were at an earlier moment: a small database in memory that the services read.

Nothing of it touches the disk. Answers of forms that were not complete then are not in it: keystrokes are not audited.
"""

import datetime
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment
from tracker.core.messages import msg
from tracker.store.audit_log import LoggedEntry, entries
from tracker.store.mapping import KINDS, RECORDS, from_snapshot, score_values, stamp_text, to_record
from tracker.store.models import Base
from tracker.store.reading import SCORE, Reader
from tracker.store.reverting import Scoring
from tracker.store.unreadable import UnreadableRecordError

_ORDER = ("patient", "episode", "treatment", "visit", "assessment", "adverse_event")


class PastStore:
    """What ``Store.read`` gives, of one patient at one moment; there is no ``work``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Read in one transaction."""
        with self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    def close(self) -> None:
        """Let go of the memory."""
        self._engine.dispose()


def past_of(reader: Reader, patient_id: str, until: datetime.datetime, scoring: Scoring) -> PastStore:
    """Return the patient as the entries stamped up to *until* leave them."""
    last = stamp_text(until)
    kept = []
    for entry in entries(reader.driver, patient_id):
        if not entry.intact:
            raise changed_past_the_program(entry.sequence)
        if entry.at <= last:
            kept.append(entry)
    engine = create_engine("sqlite://", module=dbapi2, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        _fill(connection, kept, scoring)
    return PastStore(engine)


def changed_past_the_program(sequence: int) -> UnreadableRecordError:
    """Return the error for a past that nobody can vouch for."""
    return UnreadableRecordError(
        msg(
            "audit entry {sequence} of this patient is not as it was written, so that their past cannot be shown: "
            "verify the file",
            sequence=sequence,
        )
    )


def _fill(connection: Connection, kept: Sequence[LoggedEntry], scoring: Scoring) -> None:
    last: dict[tuple[str, str], LoggedEntry] = {}
    begun: dict[tuple[str, str], str] = {}
    for entry in kept:
        if entry.entity in _ORDER and entry.entity_id is not None and entry.after is not None:
            last[entry.entity, entry.entity_id] = entry
            begun.setdefault((entry.entity, entry.entity_id), entry.at)
    for entity in _ORDER:
        for (name, key), entry in last.items():
            if name == entity:
                _put(connection, entry, begun[name, key], scoring)


def _put(connection: Connection, entry: LoggedEntry, begun: str, scoring: Scoring) -> None:
    record = RECORDS[str(entry.entity)]
    kind = KINDS[record]
    after: dict[str, Any] = json.loads(entry.after or "{}")
    deleted = after.get("deleted_at")
    row: dict[str, Any] = {"created_at": datetime.datetime.fromisoformat(begun)} | from_snapshot(kind, after)
    row |= {
        "id": entry.entity_id,
        "version": after["version"],
        "changed_at": datetime.datetime.fromisoformat(entry.at),
        "deleted_at": None if deleted is None else datetime.datetime.fromisoformat(deleted),
    }
    if entry.entity == "patient":
        row["search"] = ""
    connection.execute(kind.table.insert().values(row))
    if record is Assessment and row["status"] == AssessmentStatus.COMPLETE.value:
        scores = scoring(to_record(Assessment, row))
        if scores:
            connection.execute(SCORE.insert(), [score_values(str(entry.entity_id), score) for score in scores])
