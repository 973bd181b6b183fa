"""The two-mode engine over sqlcipher3: plain BEGIN to read, BEGIN IMMEDIATE to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from tracker.store.connect import BUSY_TIMEOUT_MS, DriverError, connect
from tracker.store.errors import explain

WRITING = {"begin_with": "BEGIN IMMEDIATE"}
"""Execution options of a connection that will write: under plain BEGIN a read that turns into a write fails at once,
whatever the timeout."""


def open_engine(
    path: Path, *, read_only: bool = False, for_migration: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS
) -> Engine:
    """Return an engine on *path*; a migration has foreign keys off, or rebuilding a table deletes its children."""

    def opening() -> Any:
        connection = connect(path, read_only=read_only, foreign_keys=not for_migration, busy_timeout_ms=busy_timeout_ms)
        if not read_only:  # only a file known to be ours comes here: the mode stays in the file
            connection.execute("PRAGMA journal_mode=WAL")
        return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=opening, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin_with", "BEGIN"))

    return engine.execution_options(**WRITING) if for_migration else engine


@contextmanager
def explained_sql(path: Path) -> Iterator[None]:
    """Turn the driver's errors, also those SQLAlchemy wraps, into ones a user can act on; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, DriverError, UnicodeDecodeError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        found = explain(cause, path) if cause else None
        if found is None:
            raise
        raise found from error
