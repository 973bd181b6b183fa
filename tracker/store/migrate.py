"""Bring a file to the schema of this program: back it up first, all or nothing, refuse what is newer.

Whether anything is to be done is found by plain SQL; Alembic is imported only to migrate.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.dates import now_utc
from tracker.core.messages import msg
from tracker.core.places import Place, ServerAddress
from tracker.store.connect import may_write, opens_read_only, reading, schema_of
from tracker.store.errors import CannotOpenError, MigrationError, OldReadOnlyError, newer_schema, not_a_database
from tracker.store.server_migrate import create_on_server, upgrade_server

if TYPE_CHECKING:
    from sqlalchemy import Connection

KNOWN = ("0001", "0002")
"""The revisions this program knows, oldest first."""
HEAD = KNOWN[-1]
SCRIPTS = "tracker.store:migrations"


def needs_migration(path: Path, known: tuple[str, ...] = KNOWN) -> str | None:
    """Return the schema an upgrade would start from ("" for an empty file), None if *path* is up to date.

    Raises NewerSchemaError for a schema this program does not know, OldReadOnlyError if an upgrade is needed but the
    file cannot be written.
    """
    with reading(path) as connection:
        schema = schema_of(connection, path)
    if schema is not None and check_known(path, schema, known):
        return None
    if opens_read_only(path):
        raise OldReadOnlyError(
            msg(
                "{path} was written by an older version and needs an upgrade, but it cannot be written: copy it to a "
                "folder of your own and open the copy",
                path=str(path),
            )
        )
    return schema or ""


def check_known(path: Place, schema: str, known: tuple[str, ...] = KNOWN) -> bool:
    """Whether *schema* is the newest; raises NewerSchemaError for one this program does not know."""
    if schema not in known:
        raise newer_schema(path, schema)
    return schema == known[-1]


def upgrade(place: Place, *, scripts: str = SCRIPTS, known: tuple[str, ...] = KNOWN) -> Path | None:
    """Bring *place* to the newest of *known* if it is not there; return the backup made before, if one was.

    Raises NotADatabaseError for an empty file: it may be all that is left of a clinic's records, so it is not opened
    as if it were new.
    """
    if isinstance(place, ServerAddress):
        upgrade_server(place, scripts, known)
        return None
    path = place
    schema = needs_migration(path, known)
    if schema is None:
        return None
    if not schema:
        raise not_a_database(path)
    backup = _back_up(path, schema)
    _migrate(path, scripts, {})
    return backup


def create(place: Place, facts: Mapping[str, str], *, scripts: str = SCRIPTS) -> bool:
    """Make a new file with the newest schema and *facts* about it; *place* must not exist or be empty.

    Return False for a database that another desk has set up meanwhile: it stays as it is.
    """
    if isinstance(place, ServerAddress):
        return create_on_server(place, facts, scripts, KNOWN)
    path = place
    if not (path.parent.is_dir() and may_write(path.parent)):
        raise CannotOpenError(
            msg(
                "no file can be made in {folder}: choose a folder that exists and that you may write to",
                folder=str(path.parent),
            )
        )
    existed = path.exists()
    try:
        _migrate(path, scripts, facts)
    except BaseException:
        if not existed:
            for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                leftover.unlink(missing_ok=True)
        raise
    if not existed:
        _forget_ends(path)
    return True


def _forget_ends(path: Path) -> None:
    """Take away where the audit of another file ended that was in this place before."""
    from tracker.store.anchor import anchor_path  # noqa: PLC0415 - it loads SQLAlchemy

    anchor_path(path).unlink(missing_ok=True)


def _back_up(path: Path, schema: str) -> Path:
    """Keep a checked copy of *path* as it is before the upgrade."""
    from tracker.store.backup import copy_file  # noqa: PLC0415 - only to migrate
    from tracker.store.backup_folder import made_beside, new_name  # noqa: PLC0415

    folder = made_beside(path)
    return copy_file(path, new_name(folder, path, now_utc(), f"before-{schema}")).path


def _migrate(path: Path, scripts: str, facts: Mapping[str, str]) -> None:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - start-up paints without SQLAlchemy

    from tracker.store.engine import explained_sql, open_engine  # noqa: PLC0415

    engine = open_engine(path, for_migration=True)
    try:
        with explained_sql(path), engine.begin() as connection:
            run_alembic(connection, scripts)
            for name, value in facts.items():
                connection.exec_driver_sql("INSERT INTO fact (name, value) VALUES (?, ?)", (name, value))
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise migration_failed(path, f"{len(broken)} rows would lose what they belong to")
    except DBAPIError as error:
        raise migration_failed(path, str(error.orig)) from error
    finally:
        engine.dispose()


def run_alembic(connection: "Connection", scripts: str) -> None:
    """Bring the database of a running transaction to the newest schema."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migration_failed(place: Place, problem: str) -> MigrationError:
    """Return the error for an upgrade that was rolled back."""
    return MigrationError(
        msg(
            "{path} could not be upgraded and is as it was before ({problem}): keep the file and report this",
            path=str(place),
            problem=problem,
        )
    )
