"""Put a backup back in the place of a file: at every moment there is the whole old file or the whole new one.

What is to come in lies complete beside the file before a marker says so; from then on the exchange is carried through,
by this program or, after a crash, by the next one that opens the file. What it replaces is kept as a backup.
"""

import contextlib
import shutil
from pathlib import Path

from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.store.anchor import ENDING as ANCHOR_ENDING
from tracker.store.backup import BackupTargetError, copy_file, not_written, remove_copy, same_key
from tracker.store.backup_folder import made_beside, new_name
from tracker.store.connect import BEING_RESTORED, check_there
from tracker.store.durable import sync_file, sync_folder
from tracker.store.file_state import key_file_of
from tracker.store.lease import leased
from tracker.store.migrate import needs_migration
from tracker.store.unlocked import forget, hold, key_of

WITH_KEYS = "with its key file"
"""What the marker says where the file that comes in is encrypted."""


def marker_of(path: Path) -> Path:
    """Return the file that says an exchange of *path* has begun."""
    return path.with_name(path.name + BEING_RESTORED)


def _incoming(path: Path) -> Path:
    return path.with_name(path.name + ".restored")


def put_back(path: Path, backup: Path, who: str) -> Path | None:
    """Put *backup*, which stays as it is, in the place of *path*; return where the replaced file is kept."""
    check_there(backup)
    if path.exists() and path.samefile(backup):
        raise BackupTargetError(msg("{path} is the file itself: choose one of its backups", path=str(path)))
    with leased(path, who):
        incoming = _incoming(path)
        if marker_of(path).exists():  # one that a crash interrupted goes first
            finish(path)
        try:
            remove_copy(incoming)
            copy_file(backup, incoming)
            with same_key(backup, incoming):
                needs_migration(incoming)  # a newer schema is refused while the old file is still in its place
            replaced = _keep(path)
            _begin(path)
        except BaseException as error:
            remove_copy(incoming)
            if isinstance(error, OSError):
                raise not_written(path, error) from error
            raise
        finish(path)
        key = key_of(backup)
        if key is None:
            forget(path)
        else:
            hold(path, key)
    return replaced


def finish(path: Path) -> None:
    """Carry an exchange of *path* that has begun to its end."""
    with leased(path, ""):
        marker, incoming = marker_of(path), _incoming(path)
        with_keys = marker.read_text(encoding="utf-8") == WITH_KEYS
        if incoming.exists():
            # A log of the file before must not be replayed into the new one, nor its audit be looked for in it.
            for ending in ("-wal", "-shm", ANCHOR_ENDING):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            if not with_keys:
                key_file_of(path).unlink(missing_ok=True)
            elif key_file_of(incoming).exists():
                key_file_of(incoming).replace(key_file_of(path))
            incoming.replace(path)
        sync_folder(path.parent)
        marker.unlink()


def _begin(path: Path) -> None:
    marker = marker_of(path)
    part = marker.with_name(marker.name + ".part")
    part.write_text(WITH_KEYS if key_file_of(_incoming(path)).exists() else "", encoding="utf-8")
    sync_file(part)
    part.replace(marker)
    sync_folder(path.parent)


def _keep(path: Path) -> Path | None:
    """Keep *path* as a backup; as it is, byte for byte, where it can no longer be read."""
    if not path.exists():
        return None
    folder = made_beside(path)
    kept = new_name(folder, path, now_utc(), "replaced")
    with contextlib.suppress(TrackerError):
        return copy_file(path, kept).path
    for one in (path, path.with_name(path.name + "-wal"), key_file_of(path)):
        if one.exists():
            target = kept.with_name(kept.name + one.name.removeprefix(path.name))
            shutil.copyfile(one, target)
            sync_file(target)
    sync_folder(folder)
    return kept
