"""Backups of a file: when one is due, making it, which there are, and putting one back."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.services.rights import Right
from tracker.services.session import require, require_if_readable
from tracker.services.signed_in import name_at
from tracker.store.backup import Copy, check_copy, copy_file
from tracker.store.backup_differences import Differences, Lost, Tally, differences
from tracker.store.backup_folder import BackupFile, backups_in, beside, made, new_name, place_in, tidy
from tracker.store.file_state import FileState, state_of
from tracker.store.lease import Access
from tracker.store.restoring import put_back
from tracker.store.unlocked import hold, key_of
from tracker.store.unlocking import opens

if TYPE_CHECKING:
    from tracker.store.reading import Reader
    from tracker.store.store import Store

__all__ = [
    "BackupFile",
    "Backups",
    "Copy",
    "Differences",
    "Lost",
    "Made",
    "Tally",
    "back_up",
    "check",
    "differences",
    "opens_like",
    "restore",
]

_ALL = "SELECT at, after FROM audit WHERE entity_id IS NULL AND action = 'backup' ORDER BY sequence DESC"
"""By the index on entity_id: of a large audit only what is about no row is read."""
_LAST = _ALL + " LIMIT 1"
_HEAD = "SELECT coalesce(max(sequence), 0) FROM audit"
_RECORDED = "SELECT 1 FROM audit WHERE sequence > ? AND entity IS NOT NULL LIMIT 1"
_TYPED = """
    SELECT count(*) || ' ' || max(changed_at) || ' ' || sum(length(responses) + length(missing)) || ' '
           || sum(length(coalesce(amendment, ''))) FROM assessment
"""
"""What drafts hold is not audited; this changes with it, also where the clock was set back."""


class StoppedError(TrackerError):
    """The copy was stopped before its end; nothing was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made and checked."""

    copy: Copy
    missing: Path | None
    """The chosen folder, if it was not there: the backup then lies beside the file."""


class Backups:
    """The backups of one open file. *folder*: the one chosen for them, None for the one beside the file."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    @property
    def possible(self) -> bool:
        """Whether the records are in a file; a server is backed up by who looks after it."""
        return isinstance(self._store.place, Path)

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def beside(self) -> Path:
        """The folder of backups beside the file."""
        return beside(self.path)

    def checked(self) -> tuple[str, ...]:
        """Return the files that were made and checked as backups, as the audit names them."""
        with self._store.read() as reader:
            return tuple(json.loads(after)["file"] for _at, after in reader.driver.execute(_ALL).fetchall())

    def last(self) -> datetime | None:
        """Return when the last checked backup was made, None if none ever was."""
        with self._store.read() as reader:
            row = reader.driver.execute(_LAST).fetchone()
        return None if row is None else datetime.fromisoformat(row[0])

    def due(self) -> bool:
        """Whether anything was recorded or typed since the last backup."""
        with self._store.read() as reader:
            last = reader.driver.execute(_LAST).fetchone()
            held = json.loads(last[1]) if last else {}
            recorded = reader.driver.execute(_RECORDED, (held.get("sequence", 0),)).fetchone() is not None
            return recorded or (bool(held) and held.get("typed") != _now_in(reader)["typed"])

    def make(self, folder: Path | None = None, stopped: Callable[[], bool] | None = None) -> Made:
        """Make a backup, check it, enter it in the audit, and remove those that have had their time."""
        path, missing = self._store.path, None
        place = beside(path)
        if folder is not None and folder.is_dir():
            place = place_in(folder, path)
        elif folder is not None:
            missing = folder
        made(place)
        now = now_utc()
        with self._store.read() as reader:
            before = _now_in(reader)  # read first: what comes in while it is copied makes the next one due
        copied = copy_file(path, new_name(place, path, now), _stop_if(stopped))
        with self._store.acting("backup", {**_details(copied), **before}):
            pass
        tidy(place, path, now)
        return Made(copy=copied, missing=missing)

    def listed(self, folder: Path | None = None) -> list[BackupFile]:
        """Return the backups there are, beside the file and in the chosen folder, newest first."""
        path = self._store.path
        found = backups_in(beside(path), path)
        if folder is not None:
            found += backups_in(place_in(folder, path), path)
        return sorted(found, key=lambda backup: (backup.at, len(backup.path.name), backup.path.name), reverse=True)


def way_back(path: Path) -> Message | None:
    """Say which backup beside a file that does not open is the newest and how to put it back; None without one."""
    newest = next((one.path for one in backups_in(beside(path), path) if one.kind != "replaced"), None)
    if newest is None:
        return None
    return msg(
        "The newest backup is {backup}. This puts it in the place of the file, which is kept:\n"
        'outcome-tracker restore --db "{file}" --from "{backup}"',
        backup=str(newest),
        file=str(path),
    )


def back_up(path: Path, target: Path, actor: str | None = None) -> Copy:
    """Copy *path* to the new file *target*, checked, and enter that in the audit where the file can be written."""
    from tracker.store.migrate import needs_migration  # noqa: PLC0415 - a copy alone needs none of it
    from tracker.store.store import Store  # noqa: PLC0415

    require(path, Right.TRANSFER)
    if needs_migration(path) is not None:  # an old file is copied as it is
        return copy_file(path, target)
    with closing(Store(path, actor=name_at(path) or actor, access=Access.VISIT)) as store:
        with store.read() as reader:
            before = _now_in(reader)
        copied = copy_file(path, target)
        with store.acting("backup", {**_details(copied), **before}):
            pass
    return copied


def opens_like(path: Path, backup: Path) -> bool:
    """Whether *backup* can be read: it is plain or unlocked, or the key held for *path* opens it too."""
    key = key_of(path)
    if key_of(backup) is None and key is not None and state_of(backup) is FileState.ENCRYPTED and opens(backup, key):
        hold(backup, key)
    return key_of(backup) is not None or state_of(backup) is not FileState.ENCRYPTED


def check(path: Path) -> None:
    """Read a backup from end to end; raises StoreError with what is wrong with it."""
    check_copy(path)


def restore(path: Path, backup: Path, actor: str | None = None) -> Path | None:
    """Put *backup* in the place of *path*, enter that in its audit; return where the replaced file is kept."""
    from tracker.store.store import Store, system_user  # noqa: PLC0415 - SQLAlchemy only where it is wanted

    require_if_readable(path, Right.ADMINISTER)
    who = name_at(path) or actor or system_user()
    replaced = put_back(path, backup, who)
    details = {"from": str(backup), "replaced": str(replaced) if replaced else None}
    with closing(Store(path, actor=who)) as store, store.acting("restore", details):
        pass
    return replaced


def _now_in(reader: "Reader") -> dict[str, object]:
    (sequence,) = reader.driver.execute(_HEAD).fetchone()
    return {"sequence": sequence, "typed": reader.driver.execute(_TYPED).fetchone()[0]}


def _details(copied: Copy) -> dict[str, object]:
    return {"file": str(copied.path), "size": copied.size, "checked": True}


def _stop_if(stopped: Callable[[], bool] | None) -> Callable[[], None]:
    def step() -> None:
        if stopped is not None and stopped():
            raise StoppedError(msg("the backup was stopped before its end; no unfinished file was left"))

    return step
