"""The audit table and the facts beside it, on the connection of a running transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection, column, select, table

from tracker.store.audit import COLUMNS, FIRST_HASH, HEAD_FACT, Entry, Head, chain, head_text, read_head_text
from tracker.store.reading import FACT

_AUDIT = table("audit", *(column(name) for name in COLUMNS))
"""With the columns as they are stored: what is hashed is what is written."""


def read_head(connection: Connection) -> Head:
    """Return where the audit chain ends: as kept beside it, so that entries cut off at its end stay missed."""
    last = connection.execute(
        select(_AUDIT.c.sequence, _AUDIT.c.hash).order_by(_AUDIT.c.sequence.desc()).limit(1)
    ).first()
    kept = connection.execute(select(FACT.c.value).where(FACT.c.name == HEAD_FACT)).scalar()
    found = Head(0, FIRST_HASH) if last is None else Head(last[0], last[1])
    remembered = read_head_text(kept)
    return remembered if remembered.sequence > found.sequence else found


def append(connection: Connection, head: Head, entries: Iterable[Entry]) -> Head:
    """Write *entries* after *head*; return the new head, which ``keep_head`` must keep before the transaction ends."""
    rows, head = chain(head, entries)
    connection.execute(_AUDIT.insert(), [dict(zip(COLUMNS, row, strict=True)) for row in rows])
    return head


def keep_head(connection: Connection, head: Head) -> None:
    """Keep where the chain ends beside it."""
    write_fact(connection, HEAD_FACT, head_text(head))


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Set a fact about the file, not audited here."""
    connection.execute(FACT.delete().where(FACT.c.name == name))
    connection.execute(FACT.insert().values(name=name, value=value))
