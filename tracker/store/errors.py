"""What can go wrong with a file, each with a sentence that says what to do; the driver's codes become these.

Imports no library: the window says these before SQLAlchemy is loaded.
"""

from collections.abc import Callable
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.places import Place
from tracker.store.backup_names import is_backup
from tracker.store.file_state import FileState, state_of


class StoreError(TrackerError):
    """Something is wrong with the file itself."""


class FileMissingError(StoreError):
    """There is no file at the given place."""


class FileGoneError(StoreError):
    """The file was moved or removed while it was open."""


class NotADatabaseError(StoreError):
    """The file is not one of this program, or it is encrypted or damaged at its start."""


class EncryptedFileError(NotADatabaseError):
    """The file is encrypted and no key is held that opens it."""


class NotEncryptedError(StoreError):
    """A passphrase was given for a file that has none."""


class WrongKeyError(StoreError):
    """Neither a passphrase nor the recovery key of this file; nothing was changed."""


class TooSoonError(StoreError):
    """Too many failed attempts: the next one has to wait."""

    def __init__(self, message: Message, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class KeyFileError(StoreError):
    """The key file beside an encrypted file cannot be read or written."""


class ConversionError(StoreError):
    """A file could not be turned into an encrypted or a plain one; it is as it was."""


class DamagedFileError(StoreError):
    """The file's pages contradict each other."""


class NewerSchemaError(StoreError):
    """The file was written by a newer version of the program."""


class OldReadOnlyError(StoreError):
    """The file needs an upgrade, but it cannot be written."""


class MigrationError(StoreError):
    """The upgrade failed; the file is as it was."""


class ReadOnlyFileError(StoreError):
    """A change was asked of a file that is open for reading only."""


class LockedError(StoreError):
    """Another program is writing to the file and did not finish in time."""


class StoreFullError(StoreError):
    """The disk is full; the transaction was rolled back."""


class StoreWriteError(StoreError):
    """The disk refused to read or write; the transaction was rolled back."""


class CannotOpenError(StoreError):
    """The file is there but the system does not let it be opened."""


class RecordError(TrackerError):
    """Something is wrong with one record."""


class UnknownRecordError(RecordError):
    """No such record, or it has been removed."""


class StaleRecordError(RecordError):
    """The record was changed elsewhere since it was read."""


class ConflictError(RecordError):
    """The database refuses the record beside the others."""


def file_missing(path: Path) -> FileMissingError:
    """Return the error for a file that is not there."""
    return FileMissingError(msg("there is no file {path}: check the name, or create a new file there", path=str(path)))


def not_a_database(path: Place) -> NotADatabaseError:
    """Return the error for a file that is not ours to read."""
    return NotADatabaseError(
        msg(
            "{path} is not a file of this program, or it is encrypted or damaged: choose another file or a backup",
            path=str(path),
        )
    )


def _no_database(path: Path) -> StoreError:
    if state_of(path) is FileState.ENCRYPTED:
        return encrypted(path)
    return not_a_database(path)


def encrypted(path: Path) -> EncryptedFileError:
    """Return the error for an encrypted file that is not unlocked."""
    return EncryptedFileError(
        msg("{path} is encrypted: give its passphrase or its recovery key to open it", path=str(path))
    )


def wrong_key(path: Path) -> WrongKeyError:
    """Return the error for a passphrase or recovery key that does not open the file."""
    return WrongKeyError(
        msg(
            "this passphrase or recovery key does not open {path}; the file was not changed: check capitals and "
            "keyboard, then try again, or use the recovery key",
            path=str(path),
        )
    )


def too_soon(path: Path, seconds: int) -> TooSoonError:
    """Return the error for an attempt that comes too early after failed ones."""
    return TooSoonError(
        msg(
            "after several failed attempts {path} can be tried again in {seconds} s",
            path=str(path),
            seconds=seconds,
        ),
        seconds,
    )


def read_only(path: Path) -> ReadOnlyFileError:
    """Return the error for a change to a file open for reading only."""
    if is_backup(path):
        return ReadOnlyFileError(
            msg(
                "{path} is a backup and is open for reading only, nothing was saved: open its file, there File > "
                "Backups puts it in the file's place",
                path=str(path),
            )
        )
    return ReadOnlyFileError(
        msg(
            "{path} is open for reading only, nothing was saved: ask for the right to write to the file and its "
            "folder, or copy it to a folder of your own",
            path=str(path),
        )
    )


def in_use(path: Path) -> StoreError:
    """Return the error for a file that another program is writing to."""
    return LockedError(
        msg(
            "another program is writing to {path} (a second window of this program, a backup or a synchronisation); "
            "nothing was saved and what you typed is kept: close the other program or wait, then try again",
            path=str(path),
        )
    )


def _full(path: Path) -> StoreError:
    return StoreFullError(
        msg(
            "the disk that holds {path} is full: nothing was saved, nothing stored before is lost and what you typed "
            "stays in the window; free some space, then save again",
            path=str(path),
        )
    )


def _disk(path: Path) -> StoreError:
    return StoreWriteError(
        msg(
            "the disk that holds {path} did not accept the change: nothing was saved and what you typed stays in the "
            "window; check that the disk or network folder is connected and has space, then save again",
            path=str(path),
        )
    )


def damaged(path: Path) -> StoreError:
    """Return the error for a file whose pages contradict each other."""
    return DamagedFileError(
        msg("{path} is damaged: close the program, keep a copy of the file and restore a backup", path=str(path))
    )


def cannot_open(path: Path) -> StoreError:
    """Return the error for a file the system does not open."""
    return CannotOpenError(
        msg(
            "{path} cannot be opened: check that you may read the file and its folder and that it is not a folder",
            path=str(path),
        )
    )


def file_gone(path: Path) -> FileGoneError:
    """Return the error for a file moved or removed while it was open."""
    return FileGoneError(
        msg(
            "{path} was moved, replaced or removed while it was open; nothing was saved and what you typed stays in "
            "the window: put the file back in its place, or close the program and open the file where it is now",
            path=str(path),
        )
    )


def newer_schema(path: Place, schema: str) -> NewerSchemaError:
    """Return the error for a file of a newer version of the program."""
    return NewerSchemaError(
        msg(
            "{path} was written by a newer version of this program (its schema is {schema}): install that version; "
            "the file was not changed",
            path=str(path),
            schema=schema,
        )
    )


_BY_WORDS = {
    "attempt to write a readonly database": 8,
    "database disk image is malformed": 11,
    "database is locked": 5,
    "database or disk is full": 13,
    "disk I/O error": 10,
    "file is not a database": 26,
    "unable to open database file": 14,
}
_BY_CODE: dict[int, Callable[[Path], StoreError]] = {
    5: in_use,  # SQLITE_BUSY
    6: in_use,  # SQLITE_LOCKED
    8: read_only,  # SQLITE_READONLY
    10: _disk,  # SQLITE_IOERR
    11: damaged,  # SQLITE_CORRUPT
    13: _full,  # SQLITE_FULL
    14: cannot_open,  # SQLITE_CANTOPEN
    26: _no_database,  # SQLITE_NOTADB
}


def explain(error: BaseException, path: Path) -> TrackerError | None:
    """Return the error a user can act on for one the driver raised, None for a bug."""
    if isinstance(error, UnicodeDecodeError):  # the driver's own words, quoting what lies in the file
        return damaged(path)
    if str(error).startswith(("Could not decode to UTF-8", "malformed database schema", "unsupported file format")):
        return damaged(path)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver's backup gives the words only
        code = _BY_WORDS.get(str(error))
    if code is None:
        return None
    primary = code & 0xFF
    if primary == 19:  # SQLITE_CONSTRAINT
        return conflict(str(error))
    make = _BY_CODE.get(primary)
    return make(path) if make else None


def conflict(problem: str, index: str = "") -> ConflictError:
    """Return the error for a record that the database refuses; SQLite names columns in *problem*, a server *index*."""
    found = msg("the record does not fit the others: {problem}", problem=problem)
    if "patient.patient_number" in problem or index == "uq_patient_number_live":
        found = msg("this patient number is already in use: give another one")
    elif "app_user.name" in problem or index == "uq_app_user_name_live":
        found = msg("there is a user of this name already: give another name")
    return ConflictError(found)
