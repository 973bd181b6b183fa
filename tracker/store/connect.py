"""One way to open the file: sqlcipher3 with the settings every connection needs.

Knows no row and does not import SQLAlchemy: the first look, the streams and the engine all open files here.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from tracker.core.places import Place, ServerAddress
from tracker.store.backup_names import is_backup
from tracker.store.errors import cannot_open, explain, file_missing, in_use, not_a_database
from tracker.store.server import ServerConnection, reading_server, server_schema
from tracker.store.unlocked import key_of
from tracker.store.unreadable import foreign_tables, unreadable

BUSY_TIMEOUT_MS = 5000
"""How long a second writer waits before it says that the file is locked."""
CACHE_KIB = 65536
PRINTS: dict[object, str] = {"0001": "52cea5f57950bf46", "0002": "22e9d34582c41ee9"}
"""Revision -> digest of its tables and indexes. A file of ours has neither more nor less: a trigger or view in a file
from elsewhere would be code that runs with ours."""
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_'"
BEING_RESTORED = ".restoring"
"""Ending of the file that says that a restore of the file beside it has begun and must be carried to its end."""
DriverError: type[Exception] = dbapi2.Error
Connection = Any
"""A connection of sqlcipher3 (the driver has no types), or a ServerConnection."""


def connect(
    path: Path,
    *,
    read_only: bool = False,
    foreign_keys: bool = True,
    busy_timeout_ms: int = BUSY_TIMEOUT_MS,
    key: bytes | None = None,
) -> Connection:
    """Open *path* with our settings; transactions are begun explicitly, so that DDL rolls back too.

    *key*: the data key of an encrypted file; if not given, the one that is held for *path* while it is unlocked.
    """
    if read_only:
        connection = _connect_read_only(path)
    else:
        _free_log(path)
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection, key or key_of(path), busy_timeout_ms, foreign_keys=foreign_keys)
    except DriverError:  # with another key the first statement that reads the file fails
        connection.close()
        raise
    return connection


def _set_up(connection: Connection, key: bytes | None, busy_timeout_ms: int, *, foreign_keys: bool) -> None:
    connection.execute("PRAGMA cipher_log_level=none")
    if key is not None:  # before anything that reads the file
        connection.execute(f"PRAGMA key = {key_text(key)}")
    connection.execute(f"PRAGMA busy_timeout={busy_timeout_ms:d}")
    connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB:d}")
    connection.execute("PRAGMA trusted_schema=OFF")  # a file from elsewhere runs no function by its schema
    connection.execute("PRAGMA cell_size_check=ON")  # damaged pages are found where they are read
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=1")  # macOS only hands the disk its work on this; elsewhere it does nothing


def take_alone(connection: Connection, path: Path) -> None:
    """Keep everybody else out of *path* until *connection* closes, with its log emptied; raises LockedError."""
    connection.execute("PRAGMA busy_timeout=500")  # what another window holds open it will not soon let go of
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise in_use(path)


def key_text(key: bytes) -> str:
    """Write a data key for a statement, which takes no bound values here: raw, so that no derivation runs."""
    return f"\"x'{key.hex()}'\""


def _connect_read_only(path: Path) -> Connection:
    # A WAL file needs its -shm beside it; where the folder cannot be written nobody can add to the file either, so
    # it is opened as unchanging. So is a backup, beside which nothing is to be left.
    frozen = (is_backup(path) or not may_write(path.parent)) and not _has_unfinished_changes(path)
    mode = "?mode=ro&immutable=1" if frozen else "?mode=ro"
    return dbapi2.connect(path.absolute().as_uri() + mode, uri=True, isolation_level=None, check_same_thread=False)


def _free_log(path: Path) -> None:
    # Who reads a write-protected file leaves a log index with the file's protection; it would lock out the writer the
    # file is later given back to.
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        with suppress(OSError):
            if beside.exists() and not may_write(beside):
                beside.chmod(stat.S_IMODE(path.stat().st_mode))


def _has_unfinished_changes(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def may_write(path: Path) -> bool:
    """Whether the system lets this user write to the file or folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def opens_read_only(path: Path) -> bool:
    """Whether *path* can be read but not changed: it or its folder is write-protected, or it is a backup."""
    return is_backup(path) or not (may_write(path) and may_write(path.parent))


def check_there(place: Place) -> None:
    """Raise FileMissingError or CannotOpenError unless there is a file to open at *place*; a server is asked later."""
    if isinstance(place, ServerAddress):
        return
    path = place
    if os.path.lexists(path.with_name(path.name + BEING_RESTORED)):  # False for a folder one may not enter
        from tracker.store.restoring import finish  # noqa: PLC0415 - after a crash only

        finish(path)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise file_missing(path) from error
    except OSError as error:
        raise cannot_open(path) from error
    if not stat.S_ISREG(found.st_mode):
        raise cannot_open(path)


@contextmanager
def reading(place: Place) -> Iterator[Connection]:
    """Open *place* for one consistent reading by plain SQL, in one transaction; never changes it."""
    if isinstance(place, ServerAddress):
        with reading_server(place) as on_server:
            yield on_server
        return
    path = place
    check_there(path)
    with explained(path):
        connection = connect(path, read_only=opens_read_only(path))
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()


def any_text(stored: bytes) -> str:
    """Read a text also where it is no UTF-8, marked as such: a ``text_factory`` for files not to be trusted."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return "\N{REPLACEMENT CHARACTER}" + stored.decode("utf-8", "backslashreplace")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the driver's errors inside into ones a user can act on."""
    try:
        yield
    except (DriverError, UnicodeDecodeError) as error:
        explained_error = explain(error, path)
        if explained_error is None:
            raise
        raise explained_error from error


def checked_facts(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """Return the facts about the file; raises UnreadableRecordError for one that is no text."""
    facts: dict[str, str] = {}
    for name, value in rows:
        if not (isinstance(name, str) and isinstance(value, str)):
            raise unreadable("fact", name)
        facts[name] = value
    return facts


def stream(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of plain SQL in constant memory."""
    return connection.stream(sql) if isinstance(connection, ServerConnection) else iter(connection.execute(sql))


def schema_of(connection: Connection, path: Place) -> str | None:
    """Return the file's schema revision, None for an empty file.

    Raises NotADatabaseError for a foreign file, DamagedFileError if its tables are not exactly those of its revision.
    """
    if isinstance(path, ServerAddress):
        return server_schema(connection, path)
    found = connection.execute(_SCHEMA).fetchall()
    if not found:
        return None
    if not {name for kind, name, _ in found if kind == "table"} >= {"alembic_version", "fact", "patient"}:
        raise not_a_database(path)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise not_a_database(path)
    if PRINTS.get(row[0], "") not in {"", schema_print(found)}:
        raise foreign_tables(path)
    return str(row[0])


def schema_print(found: Iterable[Sequence[object]]) -> str:
    """Return a digest of a schema given as rows of type, name and SQL."""
    return hashlib.sha256(repr(sorted(map(repr, found))).encode()).hexdigest()[:16]
