"""The folder of backups: how they are named, which there are, and which have had their time.

Only names that this module gives are ever removed. Copies made before an upgrade or of a file that was replaced stay.
"""

import contextlib
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.store.backup import not_written, remove_copy
from tracker.store.backup_names import FOLDER, NAME, STAMP
from tracker.store.lease import computer
from tracker.store.retention import to_remove

_STALE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    """A backup as its folder shows it."""

    path: Path
    at: datetime
    size: int
    kind: str
    """Empty, ``before-0002`` (before that upgrade) or ``replaced`` (what a restore put aside)."""


def beside(path: Path) -> Path:
    """Return the folder of backups beside *path*."""
    return path.parent / FOLDER


def made_beside(path: Path) -> Path:
    """Return the folder of backups beside *path*, made if it is not there."""
    return made(beside(path))


def made(folder: Path) -> Path:
    """Return *folder*, made if it is not there; raises BackupTargetError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    return folder


def place_in(folder: Path, path: Path) -> Path:
    """Return the folder of *path*'s own backups in a *folder* that several files may share."""
    known_by = f"{computer()}\n{path.resolve()}"
    return folder / f"{path.stem}-{hashlib.sha256(known_by.encode()).hexdigest()[:8]}"


def new_name(folder: Path, path: Path, at: datetime, kind: str = "") -> Path:
    """Return a name in *folder* that is not taken."""
    stamp = at.astimezone(UTC).strftime(STAMP)
    ending = f"-{kind}" if kind else ""
    count = 1
    while True:
        number = "" if count == 1 else f"-{count}"
        target = folder / f"{path.stem}-{stamp}{number}{ending}{path.suffix}"
        if not target.exists():
            return target
        count += 1


def backups_in(folder: Path, path: Path) -> list[BackupFile]:
    """Return the backups of *path* in *folder*, newest first."""
    pattern = re.compile(re.escape(path.stem) + NAME + re.escape(path.suffix))
    found = []
    with contextlib.suppress(OSError):
        for one in folder.iterdir():
            named = pattern.fullmatch(one.name)
            if named is not None and one.is_file():
                at = datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)
                found.append(BackupFile(path=one, at=at, size=one.stat().st_size, kind=named[2] or ""))
    return sorted(found, key=lambda backup: (backup.at, len(backup.path.name), backup.path.name), reverse=True)


def tidy(folder: Path, path: Path, now: datetime) -> list[Path]:
    """Remove the backups that are no longer kept, and what a crash left half written; return what was removed."""
    plain = [backup for backup in backups_in(folder, path) if not backup.kind]
    ended = to_remove((backup.at.astimezone() for backup in plain), now.astimezone())
    gone = [backup.path for backup in plain if backup.at.astimezone() in ended]
    with contextlib.suppress(OSError):
        for old in gone:
            remove_copy(old)
        for part in folder.glob(f"{path.stem}-*{path.suffix}.part*"):
            if datetime.fromtimestamp(part.stat().st_mtime, UTC) < now - _STALE_AFTER:
                part.unlink()
    return gone
