"""A copy of the whole file as it is at one moment, written aside, checked, and only then given its name.

A backup that was not opened and read after writing is a hope. The copy of an encrypted file is encrypted with the same
key, and the file that holds its keys goes with it.
"""

import contextlib
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.store.anchor import anchor_path
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import (
    Connection,
    DriverError,
    check_there,
    connect,
    explained,
    opens_read_only,
    reading,
    schema_of,
)
from tracker.store.durable import replace_file, sync_file, sync_folder
from tracker.store.errors import DamagedFileError, NotADatabaseError, StoreError, explain, not_a_database
from tracker.store.file_state import key_file_of
from tracker.store.unlocked import forget, hold, key_of

PAGES = 100
"""Pages a step: so that a writer waits a tenth of a second at most, and a cancelled copy ends at once."""
Step = Callable[[], None]
"""Called after each step; what it raises ends the copy and leaves nothing."""


class BackupTargetError(StoreError):
    """There is something already where the copy is to go, or nothing can be written there."""


class BackupCheckError(StoreError):
    """The copy does not hold what it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A checked copy."""

    path: Path
    size: int
    rows: Mapping[str, int]
    """Table -> rows."""


def not_written(path: Path, error: OSError) -> BackupTargetError:
    """Return the error for a copy or a folder that the system did not take."""
    return BackupTargetError(
        msg("{path} cannot be written: {problem}", path=str(path), problem=error.strerror or str(error))
    )


def copy_file(source: Path, target: Path, step: Step | None = None) -> Copy:
    """Copy *source* (also while it is in use) to the new file *target* and check it; leaves all of it or nothing."""
    check_there(source)
    if target.exists() or key_file_of(target).exists():
        raise BackupTargetError(
            msg("{path} is there already and is not overwritten: give another name", path=str(target))
        )
    if not target.parent.is_dir():
        raise BackupTargetError(
            msg("there is no folder {folder}: plug the stick in, or choose another folder", folder=str(target.parent))
        )
    part = target.with_name(target.name + ".part")
    try:
        _clear(part)
        with same_key(source, part):
            rows = _write(source, part, step or _nothing)
            sync_file(part)
            copied = check_copy(part, rows)
        if key_file_of(source).exists():
            replace_file(key_file_of(target), key_file_of(source).read_bytes())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        _clear(part)
    return Copy(path=target, size=target.stat().st_size, rows=copied)


@contextlib.contextmanager
def same_key(source: Path, part: Path) -> Iterator[None]:
    """Open *part* with the key of *source* while inside."""
    key = key_of(source)
    if key is not None:
        hold(part, key)
    try:
        yield
    finally:
        forget(part)


def _write(source: Path, part: Path, step: Step) -> Mapping[str, int]:
    with explained(source), contextlib.closing(connect(source, read_only=opens_read_only(source))) as origin:
        # One reading transaction around it all: the copy is of this moment, however busy the file is meanwhile.
        origin.execute("BEGIN")
        rows = count_rows(origin)
        try:
            with contextlib.closing(connect(part)) as copy:
                origin.backup(copy, pages=PAGES, progress=lambda _status, _remaining, _total: step())
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        except DriverError as error:
            found = explain(error, part)
            if isinstance(found, DamagedFileError | NotADatabaseError):  # nothing else is read here
                found = explain(error, source)
            raise (found or error) from error
    with contextlib.suppress(OSError):  # a stick may know no rights
        part.chmod(stat.S_IMODE(source.stat().st_mode) | stat.S_IWUSR)
    return rows


def check_copy(path: Path, rows: Mapping[str, int] | None = None) -> Mapping[str, int]:
    """Read *path* from end to end; raises BackupCheckError unless it is whole and holds *rows*. Returns its rows."""
    with reading(path) as connection:
        if schema_of(connection, path) is None:
            raise not_a_database(path)
        problems = [text for (text,) in connection.execute("PRAGMA integrity_check(3)") if text != "ok"]
        if problems:
            raise _not_whole(path, msg("pages are damaged: {problem}", problem="; ".join(problems)))
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise _not_whole(path, msg("{count} rows lack what they belong to", count=len(broken)))
        found = count_rows(connection)
    if rows is not None and found != rows:
        raise _not_whole(path, msg("it holds other rows than the file it was copied from"))
    if "audit" in found:
        chain = verify_chain(path)
        if chain.broken is not None:
            raise _not_whole(path, chain.broken.message)
    return found


def count_rows(connection: Connection) -> Mapping[str, int]:
    """Return how many rows each table has."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    names = sorted(str(name) for (name,) in tables)
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - the file's own names, quoted


def remove_copy(path: Path) -> None:
    """Remove a backup and what belongs to it."""
    for one in (path, key_file_of(path), anchor_path(path)):
        one.unlink(missing_ok=True)


def _clear(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _nothing() -> None:
    """Go on."""


def _not_whole(path: Path, problem: Message) -> TrackerError:
    return BackupCheckError(
        msg(
            "the copy {path} is not whole ({problem}): keep the file as it is and make another copy elsewhere",
            path=str(path),
            problem=problem,
        )
    )
