"""One way to reach a PostgreSQL server, and our plain SQL said in its words.

The driver is an extra of the installation and is imported only when a server is to be reached. Plain SQL is written
once, for SQLite; what PostgreSQL says otherwise is put into its words here.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from tracker.core.messages import msg
from tracker.core.places import ServerAddress
from tracker.store.errors import StoreError
from tracker.store.server_errors import cannot_connect, explain_server, foreign_server

if TYPE_CHECKING:
    import psycopg

CONNECT_TIMEOUT_S = 10
ROWS_AT_ONCE = 2000
_IN_POSTGRESQL = (
    (re.compile(r" INDEXED BY \w+"), ""),
    (re.compile(r"\bCROSS JOIN\b"), "JOIN"),
    (re.compile(r"\binstr\("), "strpos("),
    (re.compile(r"%"), "%%"),
    (re.compile(r"\?"), "%s"),
)


class DriverMissingError(StoreError):
    """The program was installed without the driver for a server."""


def driver() -> Any:
    """Return the module ``psycopg``; raises DriverMissingError where it is not installed."""
    try:
        import psycopg  # noqa: PLC0415 - an extra that most clinics do not need
    except ImportError as error:
        raise DriverMissingError(
            msg(
                "this installation cannot reach a server: install the program with its extra “server” "
                "(outcome-tracker[server]), then open the address again"
            )
        ) from error
    return psycopg


def connect(address: ServerAddress) -> "psycopg.Connection":
    """Reach the server; raises StoreError with what stands in the way, never with the password."""
    psycopg = driver()
    settings = {
        "connect_timeout": str(CONNECT_TIMEOUT_S),
        "application_name": "outcome-tracker",
        "client_encoding": "utf8",
        # A desk that was unplugged is noticed, on both sides, within half a minute.
        "keepalives_idle": "20",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": "15000",
    }
    try:
        return psycopg.connect(**(settings | dict(address.connecting)))  # type: ignore[no-any-return]
    except psycopg.Error as error:
        raise cannot_connect(error, address) from None  # the driver's error holds the password


@cache
def in_postgresql(sql: str) -> str:
    """Return plain SQL of ours as PostgreSQL says it."""
    for pattern, words in _IN_POSTGRESQL:
        sql = pattern.sub(words, sql)
    return sql


class ServerConnection:
    """The driver's connection with the manners of SQLite's: question marks, and rows as they come."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._streams = 0

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run plain SQL; the cursor that comes back holds all rows."""
        return self._connection.execute(in_postgresql(sql).encode(), list(values))

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows in constant memory."""
        self._streams += 1
        with self._connection.cursor(name=f"stream_{self._streams}") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(in_postgresql(sql).encode(), [])
            yield from cursor


@contextmanager
def reading_server(address: ServerAddress) -> Iterator[ServerConnection]:
    """Reach the server for one consistent reading by plain SQL, in one transaction."""
    psycopg = driver()
    with explained_server(address), closing(connect(address)) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield ServerConnection(connection)


@contextmanager
def explained_server(address: ServerAddress) -> Iterator[None]:
    """Turn the driver's errors inside into ones a user can act on; bugs pass as they are."""
    psycopg = driver()
    try:
        yield
    except psycopg.Error as error:
        found = explain_server(error, address)
        if found is None:
            raise
        raise found from error


def server_schema(connection: ServerConnection, address: ServerAddress) -> str | None:
    """Return the schema's revision, None for an empty database; raises NotADatabaseError for a foreign one."""
    tables = {
        name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    }
    if not tables:
        return None
    ours = tables >= {"alembic_version", "fact", "patient"}
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if ours else None
    if row is None:
        raise foreign_server(address)
    return str(row[0])
