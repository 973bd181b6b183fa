"""The two-mode engine over a server: one snapshot to read, one writer at a time to write.

A writer takes the clinic's lock at its start, as BEGIN IMMEDIATE does in a file: what it then reads stays true until
it ends, the audit chain has one writer of its head, and no desk writes while another one migrates.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from tracker.core.places import ServerAddress
from tracker.store.connect import BUSY_TIMEOUT_MS
from tracker.store.server import connect
from tracker.store.server_errors import explain_server

CLINIC_LOCK = 0x6F757463
"""The advisory lock of a database, held by whoever writes."""
ABANDONED_MS = 60_000
"""How long a desk that went silent in the middle of a change keeps the others waiting."""
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def open_server_engine(address: ServerAddress) -> Engine:
    """Return an engine on the server; a connection that died meanwhile is replaced before it is used."""
    return create_engine(
        "postgresql+psycopg://", creator=lambda: connect(address), pool_pre_ping=True, pool_use_lifo=True
    )


def take_lock(connection: Connection, wait_ms: int = BUSY_TIMEOUT_MS) -> None:
    """Wait until no other desk writes; the lock goes with the transaction."""
    connection.exec_driver_sql(
        f"SET LOCAL lock_timeout = {wait_ms:d}; SET LOCAL idle_in_transaction_session_timeout = {ABANDONED_MS:d}; "
        f"SELECT pg_advisory_xact_lock({CLINIC_LOCK:d})"
    )


@contextmanager
def explained_server_sql(address: ServerAddress) -> Iterator[None]:
    """Turn the driver's errors that SQLAlchemy wraps into ones a user can act on; bugs pass as they are."""
    try:
        yield
    except DBAPIError as error:
        found = explain_server(error.orig, address) if error.orig else None
        if found is None:
            raise
        raise found from error
