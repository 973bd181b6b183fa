"""What putting a backup back would change: what comes back, what is lost, what becomes another version."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.core.errors import TrackerError
from tracker.core.messages import Message
from tracker.store.backup import check_copy
from tracker.store.connect import Connection, reading

TABLES = ("patient", "visit", "assessment")
MOST_LISTED = 5
_LIVE = "SELECT id, version || ' ' || changed_at FROM {table} WHERE deleted_at IS NULL"
_AUDIT = "SELECT hash, at || char(9) || action || char(9) || coalesce(entity, '') FROM audit ORDER BY sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many records of a kind come back, are lost, and are there in another version."""

    gained: int
    lost: int
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An audit entry that the backup does not have."""

    at: str
    action: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The backup against the file as it is now."""

    tallies: dict[str, Tally]
    """patient, visit, assessment, audit."""
    newest_lost: tuple[Lost, ...]
    """The newest changes of records that would be lost, by time and kind, without anybody's name."""
    unreadable: Message | None
    """Why the file as it is now could not be compared; the tallies then count the backup alone."""

    @property
    def loses(self) -> bool:
        """Whether anything that is there now would be lost or become another version."""
        return any(tally.lost or tally.changed for tally in self.tallies.values())


def differences(path: Path, backup: Path) -> Differences:
    """Compare the whole *backup* (checked from end to end first) with *path*; raises StoreError for a bad backup."""
    check_copy(backup)
    with reading(backup) as connection:
        new = _contents(connection)
    unreadable = None
    old: dict[str, dict[Any, Any]] = {name: {} for name in new}
    if path.exists():
        try:
            with reading(path) as connection:
                old = _contents(connection)
        except TrackerError as error:
            unreadable = error.message
    lost = [text for key, text in old["audit"].items() if key not in new["audit"] and not text.endswith("\t")]
    entries = (text.split("\t") for text in reversed(lost[-MOST_LISTED:]))
    return Differences(
        tallies={name: _tally(old[name], new[name]) for name in new},
        newest_lost=tuple(Lost(at=at, action=action, entity=entity) for at, action, entity in entries),
        unreadable=unreadable,
    )


def _contents(connection: Connection) -> dict[str, dict[Any, Any]]:
    found = {table: dict(connection.execute(_LIVE.format(table=table))) for table in TABLES}
    return {**found, "audit": dict(connection.execute(_AUDIT))}


def _tally(old: dict[Any, Any], new: dict[Any, Any]) -> Tally:
    return Tally(
        gained=len(new.keys() - old.keys()),
        lost=len(old.keys() - new.keys()),
        changed=sum(1 for key in old.keys() & new.keys() if old[key] != new[key]),
    )
