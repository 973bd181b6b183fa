"""The audit table and the facts beside it, on the connection of a running transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection

from tracker.store.audit import COLUMNS, FIRST_HASH, HEAD_FACT, Entry, Head, chain, head_text, read_head_text
from tracker.store.reading import FACT

_INSERT = f"INSERT INTO audit ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - fixed names


def read_head(connection: Connection) -> Head:
    """Return where the audit chain ends: as kept beside it, so that entries cut off at its end stay missed."""
    last = connection.exec_driver_sql("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1").first()
    kept = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (HEAD_FACT,)).scalar()
    found = Head(0, FIRST_HASH) if last is None else Head(last[0], last[1])
    remembered = read_head_text(kept)
    return remembered if remembered.sequence > found.sequence else found


def append(connection: Connection, head: Head, entries: Iterable[Entry]) -> Head:
    """Write *entries* after *head*; return the new head, which ``keep_head`` must keep before the transaction ends."""
    rows, head = chain(head, entries)
    connection.exec_driver_sql(_INSERT, rows)
    return head


def keep_head(connection: Connection, head: Head) -> None:
    """Keep where the chain ends beside it."""
    write_fact(connection, HEAD_FACT, head_text(head))


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Set a fact about the file, not audited here."""
    connection.execute(FACT.delete().where(FACT.c.name == name))
    connection.execute(FACT.insert().values(name=name, value=value))
