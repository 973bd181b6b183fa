"""What a store stands on: one file or one server, each with its own way to begin a reading and a change."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, event

from tracker.core.places import Place, ServerAddress
from tracker.store.anchor import write_down
from tracker.store.audit import Head
from tracker.store.connect import BUSY_TIMEOUT_MS, check_there, opens_read_only, reading
from tracker.store.engine import WRITING, explained_sql, open_engine
from tracker.store.errors import file_gone, newer_schema, read_only
from tracker.store.lease import Access, Holder, give_back, held, said, take
from tracker.store.migrate import HEAD, needs_migration, upgrade
from tracker.store.server_engine import READING, explained_server_sql, open_server_engine, take_lock
from tracker.store.server_errors import read_only_server


class Keeping(Protocol):
    """Short transactions on what holds the records."""

    read_only: bool
    held_by: Holder | None
    """Who else has it open for writing, if only one may."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Begin a reading: all that is read belongs together."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a change, as the only writer; rolls back unless committed."""

    def write_down(self, head: Head) -> None:
        """Note outside the records where the audit ended with a change that was kept."""

    def close(self) -> None:
        """Let go."""


def keep(place: Place, who: str, access: Access, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Keeping:
    """Return what keeps the records of *place*, brought to this program's schema."""
    if isinstance(place, ServerAddress):
        return ServerKeeping(place, busy_timeout_ms)
    return FileKeeping(place, who, access, busy_timeout_ms)


class FileKeeping:
    """A file of SQLite."""

    def __init__(self, path: Path, who: str, access: Access, busy_timeout_ms: int) -> None:
        check_there(path)
        self._path = path
        self._leased = False
        self.held_by = self._claim(who, access)
        self.read_only = self.held_by is not None or opens_read_only(path)
        self._identity = identity(path)
        self._engine = open_engine(path, read_only=self.read_only, busy_timeout_ms=busy_timeout_ms)
        self._writing = self._engine.execution_options(**WRITING)

    def _claim(self, who: str, access: Access) -> Holder | None:
        """Take the lease where *access* asks for it, or return who has it; a file of an older schema is upgraded."""
        old = needs_migration(self._path) is not None
        holder = None
        if not opens_read_only(self._path) and (old or access is not Access.VISIT):
            holder = take(self._path, who)
            self._leased = holder is None
        if holder is not None and (old or access is Access.WRITE):
            raise held(self._path, said(holder))
        try:
            if old:
                upgrade(self._path)
        except BaseException:
            self._let_go()
            raise
        if access is Access.VISIT:
            self._let_go()
        return holder

    def _let_go(self) -> None:
        if self._leased:
            self._leased = False
            give_back(self._path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a reading."""
        with explained_sql(self._path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a change."""
        if self.held_by is not None:
            raise held(self._path, said(self.held_by))
        if self.read_only:
            raise read_only(self._path)
        if identity(self._path) != self._identity:
            raise file_gone(self._path)
        with explained_sql(self._path), self._writing.connect() as connection:
            connection.begin()
            yield connection

    def write_down(self, head: Head) -> None:
        """Note it beside the file."""
        write_down(self._path, head)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        self._let_go()


class ServerKeeping:
    """A database of PostgreSQL."""

    def __init__(self, address: ServerAddress, busy_timeout_ms: int) -> None:
        upgrade(address)
        self.held_by: Holder | None = None
        self.read_only = _only_reads(address)
        self._address = address
        self._busy_timeout_ms = busy_timeout_ms
        self._engine = open_server_engine(address)
        self._reading = self._engine.execution_options(**READING)
        self._closed = False
        event.listen(self._engine, "checkin", self._came_back)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a reading."""
        with explained_server_sql(self._address), self._reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a change."""
        if self.read_only:
            raise read_only_server(self._address)
        with explained_server_sql(self._address), self._engine.connect() as connection:
            connection.begin()
            take_lock(connection, self._busy_timeout_ms)
            # Another desk may have been given a newer version of the program while this one was open.
            schema = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            if schema != HEAD:
                raise newer_schema(self._address, str(schema))
            yield connection

    def write_down(self, head: Head) -> None:
        """Do nothing: a desk has no place beside the records of a server."""

    def _came_back(self, connection: Any, _record: object) -> None:
        if self._closed:  # one that was still at work when the others were let go
            connection.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._closed = True
        self._engine.dispose()


def _only_reads(address: ServerAddress) -> bool:
    with reading(address) as connection:
        found = connection.execute(
            "SELECT pg_is_in_recovery() OR NOT has_table_privilege('patient', 'INSERT')"
            " OR current_setting('default_transaction_read_only')::boolean"
        )
        return bool(found.fetchone()[0])


def is_empty(place: Place) -> bool:
    """Whether nothing is there yet; whether a database is empty is seen under its lock, when it is set up."""
    return isinstance(place, ServerAddress) or identity(place) is None or place.stat().st_size == 0


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells this file from another one of its name, None if there is none."""
    # On most systems a removed file that is still open takes writes that nobody will ever see.
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
