"""Files that hold what this program never writes: other tables, or values no record has.

Imports no library: the first list is read before any is loaded.
"""

from pathlib import Path

from tracker.core.messages import msg
from tracker.store.errors import DamagedFileError, StoreError

NOT_READABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)
"""What decoding a value raises that this program never wrote."""


class UnreadableRecordError(StoreError):
    """A record holds a value that this program never writes."""


def foreign_tables(path: Path) -> StoreError:
    """Return the error for a file with other tables than its schema's."""
    return DamagedFileError(
        msg(
            "the tables in {path} are not those of this program: keep a copy of the file and restore a backup",
            path=str(path),
        )
    )


def unreadable(what: str, key: object = None) -> UnreadableRecordError:
    """Return the error for a value of the table *what* (in the row *key*) that this program never writes."""
    return UnreadableRecordError(
        msg(
            "a record of this file cannot be read ({what}): the file is damaged or was changed by another program; "
            "keep a copy of it and restore a backup",
            what=what if key is None else f"{what} {str(key)[:36]}",
        )
    )
