"""The audit as text and as JSON, an entry a line, for the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tracker.core.messages import msg
from tracker.core.places import Place
from tracker.services.rights import Right
from tracker.services.session import require
from tracker.store.audit_log import LoggedEntry, entries
from tracker.store.checking.untrusted import reading_as_it_is
from tracker.store.connect import Connection
from tracker.store.errors import UnknownRecordError

__all__ = ["LoggedEntry", "changed", "document", "open_entries"]

_FIND = "SELECT id FROM patient WHERE id = ? OR (patient_number = ? AND deleted_at IS NULL)"


@contextmanager
def open_entries(place: Place, patient: str | None = None) -> Iterator[Iterator[LoggedEntry]]:
    """Open the audit of *place*, of one patient only if a number or an id (also of one removed) is given.

    The whole audit is for who may take data out.
    """
    require(place, Right.TRANSFER if patient is None else Right.SEE)
    with reading_as_it_is(place) as connection:
        yield entries(connection, None if patient is None else _patient(connection, patient.strip()))


def _patient(connection: Connection, wanted: str) -> str:
    keys = [str(key) for (key,) in connection.execute(_FIND, (wanted, wanted))]
    if not keys:
        raise UnknownRecordError(msg("there is no patient with number or id {wanted}", wanted=wanted))
    if len(keys) > 1:
        raise UnknownRecordError(
            msg("{wanted} is one patient's number and another's id: give the other one's", wanted=wanted)
        )
    return keys[0]


def document(entry: LoggedEntry) -> dict[str, Any]:
    """Return the entry for JSON; ``before`` and ``after`` are objects."""
    return {
        name: _opened(getattr(entry, name)) if name in {"before", "after"} else _plain(getattr(entry, name))
        for name in LoggedEntry.__slots__
    }


def changed(entry: LoggedEntry) -> list[tuple[str, object, object]]:
    """Return the columns that the entry changed, each with the value before and after (None: not there)."""
    before, after = _opened(entry.before), _opened(entry.after)
    was = before if isinstance(before, dict) else {}
    now = after if isinstance(after, dict) else {}
    names = [name for name in now if name not in was] + list(was)
    return [
        (name, was.get(name), now.get(name))
        for name in names
        if was.get(name) != now.get(name) and name not in {"version", "id", "created_at"}
    ]


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _opened(text: str | None) -> object:
    """Return a snapshot; one that was tampered with stays the text it is."""
    try:
        return None if text is None else json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return str(text)
