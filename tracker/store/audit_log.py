"""The audit's entries, read back in their order: by plain SQL, one after the other, constant memory."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tracker.store.audit import COLUMNS, computed_hash
from tracker.store.connect import Connection, stream

_COLUMNS = ", ".join(f'"{name}"' for name in COLUMNS)
_SELECT = f"SELECT {_COLUMNS} FROM audit"  # noqa: S608 - fixed names
_OF_PATIENT = " INDEXED BY ix_audit_patient_id WHERE patient_id = ?"
_WORDS = " AND (actor LIKE ? ESCAPE '\\' OR action LIKE ? ESCAPE '\\' OR \"at\" LIKE ? ESCAPE '\\')"


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """One entry as stored; ``before`` and ``after`` are JSON texts."""

    sequence: int
    transaction_id: str
    at: str
    actor: str
    action: str
    entity: str | None
    entity_id: str | None
    patient_id: str | None
    before: str | None
    after: str | None
    previous_hash: str
    hash: str

    @property
    def intact(self) -> bool:
        """Whether the entry is as it was written; of one that is not, nothing can be believed."""
        stored = [getattr(self, name) for name in COLUMNS[:-2]]
        return computed_hash(self.previous_hash, stored) == self.hash


def entries(connection: Connection, patient_id: str | None = None) -> Iterator[LoggedEntry]:
    """Yield the entries (of one patient only, if given), oldest first."""
    if patient_id is None:
        found = stream(connection, f"{_SELECT} ORDER BY sequence")
    else:
        found = iter(connection.execute(f"{_SELECT}{_OF_PATIENT} ORDER BY sequence", (patient_id,)))
    for row in found:
        yield LoggedEntry(*row)


def newest(
    connection: Connection, words: str = "", *, before: int | None = None, limit: int = 200
) -> list[LoggedEntry]:
    """Return the newest entries whose who, action or day holds every word of *words*, before a sequence if given."""
    sql = f"{_SELECT} WHERE sequence < ?"
    values: list[int | str] = [2**62 if before is None else before]
    for word in words.split():
        sql += _WORDS
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values += [f"%{escaped}%"] * 3
    found = connection.execute(f"{sql} ORDER BY sequence DESC LIMIT ?", [*values, limit])
    return [LoggedEntry(*row) for row in found]


def patient_numbers(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """Return the numbers of patients by their ids, of removed ones too."""
    marks = ",".join("?" * len(keys))
    sql = f"SELECT id, patient_number FROM patient WHERE id IN ({marks})"  # noqa: S608 - marks only
    return dict(connection.execute(sql, list(keys)).fetchall()) if keys else {}
