"""Bring a server's database to the schema of this program, or set up an empty one: all or nothing, one desk at a time.

There is no copy before: the server's own backup is made by who looks after it (README).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.core.places import ServerAddress
from tracker.store.errors import ConflictError, ReadOnlyFileError, newer_schema
from tracker.store.server import ServerConnection, reading_server, server_schema
from tracker.store.server_errors import empty_server, old_read_only_server

if TYPE_CHECKING:
    from sqlalchemy import Connection

WAIT_MS = 120_000
"""How long a desk waits for another one that migrates."""
# A file sorts text by its bytes and holds it at any length: so does the server, whatever the database was made with.
_OTHER_TEXT = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying')
      AND (data_type <> 'text' OR collation_name IS DISTINCT FROM 'C')
"""
# Holds the whole text that is searched, which may be longer than an index of PostgreSQL allows.
_TOO_LONG_INDEX = "ix_patient_search_live"


def upgrade_server(address: ServerAddress, scripts: str, known: tuple[str, ...]) -> None:
    """Bring the database to the newest of *known* if it is not there; raises EmptyServerError for an empty one."""
    with reading_server(address) as connection:
        schema = server_schema(connection, address)
    if schema is None:
        raise empty_server(address)
    if schema not in known:
        raise newer_schema(address, schema)
    if schema == known[-1]:
        return
    try:
        _migrate(address, scripts, known, None)
    except ReadOnlyFileError as error:
        raise old_read_only_server(address) from error


def create_on_server(address: ServerAddress, facts: Mapping[str, str], scripts: str, known: tuple[str, ...]) -> bool:
    """Set up an empty database with the newest schema and *facts*; return False for one that was set up before."""
    with reading_server(address) as connection:
        if server_schema(connection, address) is not None:
            return False
    return _migrate(address, scripts, known, facts)


def _migrate(address: ServerAddress, scripts: str, known: tuple[str, ...], new_facts: Mapping[str, str] | None) -> bool:
    """Return False where another desk was first."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - start-up paints without SQLAlchemy

    from tracker.store.migrate import migration_failed, run_alembic  # noqa: PLC0415
    from tracker.store.server_engine import explained_server_sql, open_server_engine, take_lock  # noqa: PLC0415

    engine = open_server_engine(address)
    try:
        with explained_server_sql(address), engine.begin() as connection:
            take_lock(connection, WAIT_MS)
            own = ServerConnection(connection.connection.dbapi_connection)
            schema = server_schema(own, address)
            if schema == known[-1] or (new_facts is not None and schema is not None):
                return False
            run_alembic(connection, scripts)
            _settle(connection)
            for name, value in (new_facts or {}).items():
                connection.exec_driver_sql("INSERT INTO fact (name, value) VALUES (%s, %s)", (name, value))
    except (DBAPIError, ConflictError) as error:
        raise migration_failed(address, str(error)) from error
    finally:
        engine.dispose()
    return True


def _settle(connection: "Connection") -> None:
    """Make text behave as it does in a file."""
    for table, column in connection.exec_driver_sql(_OTHER_TEXT).fetchall():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {_TOO_LONG_INDEX}")
