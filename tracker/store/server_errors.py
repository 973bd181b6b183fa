"""What can go wrong with a server, each with a sentence that says what to do; never with a password or a value.

Knows the driver's errors by their codes only and does not import it.
"""

from collections.abc import Callable
from typing import Any

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.core.places import ServerAddress
from tracker.store.errors import (
    DamagedFileError,
    LockedError,
    NotADatabaseError,
    OldReadOnlyError,
    ReadOnlyFileError,
    StoreError,
    StoreFullError,
    StoreWriteError,
    conflict,
)


class ServerUnreachableError(StoreError):
    """The server does not answer."""


class ServerRefusedError(StoreError):
    """The server answers but does not let us in."""


class WrongPasswordError(ServerRefusedError):
    """The server does not accept the name and password, or wants one."""


class EmptyServerError(NotADatabaseError):
    """The database holds nothing yet: records can be kept there from now on."""


def cannot_connect(error: Any, address: ServerAddress) -> StoreError:
    """Return the error a user can act on for one met while connecting."""
    said = str(error)
    if getattr(error.pgconn, "needs_password", False):
        return WrongPasswordError(msg("the server of {path} wants a password: give it", path=str(address)))
    if "FATAL" in said:
        return _refused(said, address)
    if "SSL" in said or "certificate" in said:
        return ServerRefusedError(
            msg(
                "no protected connection to {path} can be made ({problem}): let the server speak TLS, or, only where "
                "nobody else can listen, add ?sslmode=disable to the address",
                path=str(address),
                problem=_last_line(said),
            )
        )
    return ServerUnreachableError(
        msg(
            "the server of {path} does not answer: check the address, that the server runs and that this computer is "
            "on the clinic's network, then try again",
            path=str(address),
        )
    )


def _refused(said: str, address: ServerAddress) -> StoreError:
    if "password authentication failed" in said:
        return WrongPasswordError(
            msg(
                "the server of {path} does not accept this user with this password: check both; nothing was changed",
                path=str(address),
            )
        )
    if "database" in said and "does not exist" in said:
        return ServerRefusedError(
            msg(
                "there is no database {database} on the server of {path}: check its name, or have it made there "
                "(createdb)",
                database=address.database,
                path=str(address),
            )
        )
    return ServerRefusedError(
        msg(
            "the server of {path} does not let us in ({problem}): ask who looks after it",
            path=str(address),
            problem=_last_line(said),
        )
    )


def _last_line(said: str) -> str:
    return said.strip().splitlines()[0].rpartition("failed: ")[2].removeprefix("FATAL:").strip()


def empty_server(address: ServerAddress) -> EmptyServerError:
    """Return the error for a database without a table."""
    return EmptyServerError(
        msg(
            "the database of {path} is empty: open it in the window to keep the clinic's records there",
            path=str(address),
        )
    )


def foreign_server(address: ServerAddress) -> NotADatabaseError:
    """Return the error for a database of another program."""
    return NotADatabaseError(
        msg(
            "the database of {path} is not one of this program: choose another one, or have an empty one made",
            path=str(address),
        )
    )


def read_only_server(address: ServerAddress) -> ReadOnlyFileError:
    """Return the error for a change where only reading is allowed."""
    return ReadOnlyFileError(
        msg(
            "the records of {path} can only be read with this user, nothing was saved: ask who looks after the server "
            "for the right to change them",
            path=str(address),
        )
    )


def old_read_only_server(address: ServerAddress) -> OldReadOnlyError:
    """Return the error for an upgrade that this user may not make."""
    return OldReadOnlyError(
        msg(
            "the records of {path} need an upgrade that this user may not make: open them once as the user who owns "
            "the tables",
            path=str(address),
        )
    )


def server_gone(address: ServerAddress) -> ServerUnreachableError:
    """Return the error for a connection that broke."""
    return ServerUnreachableError(
        msg(
            "the connection to {path} was lost: what you typed stays in the window and nothing stored is harmed; when "
            "the server answers again, look whether the last change is there, then go on",
            path=str(address),
        )
    )


def _locked(address: ServerAddress) -> StoreError:
    return LockedError(
        msg(
            "another desk is writing to {path} and did not finish in time; nothing was saved and what you typed is "
            "kept: wait a moment, then try again",
            path=str(address),
        )
    )


def _full(address: ServerAddress) -> StoreError:
    return StoreFullError(
        msg(
            "the server of {path} has no room left: nothing was saved, nothing stored before is lost and what you "
            "typed stays in the window; tell who looks after the server",
            path=str(address),
        )
    )


def _trouble(address: ServerAddress) -> StoreError:
    return StoreWriteError(
        msg(
            "the server of {path} could not do it: nothing was saved and what you typed stays in the window; try "
            "again, and tell who looks after the server if it goes on",
            path=str(address),
        )
    )


def _damaged(address: ServerAddress) -> StoreError:
    return DamagedFileError(
        msg("the records of {path} are damaged: stop working and have the server's backup restored", path=str(address))
    )


_BY_CODE: dict[str, Callable[[ServerAddress], StoreError]] = {
    "08": server_gone,  # connection exception
    "57P": server_gone,  # operator intervention: shut down, crashed, starting
    "55P03": _locked,  # lock not available
    "57014": _locked,  # a statement that took too long
    "40": _locked,  # deadlock, serialization failure
    "25006": read_only_server,  # read-only transaction
    "25P03": server_gone,  # idle in transaction for too long
    "42501": read_only_server,  # insufficient privilege
    "53100": _full,  # disk full
    "53": _trouble,  # insufficient resources
    "58": _trouble,  # system error
    "XX001": _damaged,  # data corrupted
    "XX002": _damaged,  # index corrupted
}
_UNFITTING = ("22", "23", "54")
"""Data exceptions, integrity constraints and program limits: the record does not fit."""


def explain_server(error: Any, address: ServerAddress) -> TrackerError | None:
    """Return the error a user can act on for one the driver raised, None for a bug."""
    code = error.sqlstate
    if code is None:  # met by the driver itself: a lost connection, or a value that cannot be sent
        kind = type(error).__name__
        return server_gone(address) if kind in {"OperationalError", "InterfaceError"} else _unfitting(error)
    if code.startswith(_UNFITTING):
        # Without the detail, which repeats the record's values.
        return conflict(error.diag.message_primary, error.diag.constraint_name or "")
    make = next((make for start, make in _BY_CODE.items() if code.startswith(start)), None)
    return make(address) if make else None


def _unfitting(error: Any) -> TrackerError | None:
    return conflict(str(error)) if type(error).__name__ == "DataError" else None
