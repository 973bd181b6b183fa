"""The users of a file by plain SQL, for what looks at it before it is opened for work; imports no SQLAlchemy."""

from contextlib import closing
from dataclasses import dataclass

from tracker.clinic.codes import Role
from tracker.core.places import Place, file_of
from tracker.store.connect import Connection, check_there, connect, explained, reading, schema_of
from tracker.store.unreadable import NOT_READABLE, unreadable

FIRST_WITH_USERS = "0002"


@dataclass(frozen=True, slots=True)
class Listed:
    """A user of the file as its table says."""

    id: str
    name: str
    role: Role
    disabled: bool
    password_hash: str


def users(connection: Connection, place: Place) -> tuple[Listed, ...]:
    """Return the users of an open file, none for a file of one person."""
    schema = schema_of(connection, place)
    if schema is None or schema < FIRST_WITH_USERS:
        return ()
    found = connection.execute(
        "SELECT id, name, role, disabled, password_hash FROM app_user WHERE deleted_at IS NULL"
    ).fetchall()
    try:
        return tuple(Listed(key, name, Role(role), bool(disabled), kept) for key, name, role, disabled, kept in found)
    except NOT_READABLE as error:
        raise unreadable("app_user") from error


def users_of(place: Place, key: bytes | None = None) -> tuple[Listed, ...]:
    """Return the users of the file at *place*; *key*: its data key, if it is not unlocked."""
    if key is None:
        with reading(place) as connection:
            return users(connection, place)
    path = file_of(place)
    check_there(path)
    with explained(path), closing(connect(path, read_only=True, key=key)) as connection:
        return users(connection, path)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one user's: case and spaces around do not tell people apart."""
    return one.strip().casefold() == other.strip().casefold()
