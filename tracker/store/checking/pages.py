"""The file itself: the cipher's seal on every page, the pages against each other, rows that belong to nothing."""

from collections.abc import Iterator
from pathlib import Path

from tracker.core.messages import Message, msg
from tracker.store.checking.finding import Finding
from tracker.store.connect import Connection, connect, explained, opens_read_only

MOST_LINES = 100
"""A damaged file has one line a page; more of them say nothing new."""

SHORT_WAIT_MS = 200
"""Who reads holds its log for long: the seal is then checked another time."""


def check_seal(path: Path) -> tuple[list[Finding], list[Message]]:
    """Check the seal of every page of an encrypted file, as it lies on the disk; return findings and notes."""
    with explained(path):
        read_only = opens_read_only(path)
        connection = connect(path, read_only=read_only, busy_timeout_ms=SHORT_WAIT_MS)
        try:
            if connection.execute("PRAGMA cipher_status").fetchone() not in {("1",), (1,)}:
                return [], []
            # Pages still in the log lie on the disk as they were: to the seal's check each of them looks broken.
            if not _log_is_written(connection, path, read_only=read_only):
                return [], [msg("the seal of the pages was not checked: another program is using the file")]
            lines = connection.execute("PRAGMA cipher_integrity_check").fetchmany(MOST_LINES)
        finally:
            connection.close()
    return [_page(str(line)) for (line,) in lines], []


def _log_is_written(connection: Connection, path: Path, *, read_only: bool) -> bool:
    if read_only:
        log = path.with_name(path.name + "-wal")
        return not (log.exists() and log.stat().st_size)
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def check_pages(connection: Connection) -> Iterator[Finding]:
    """Yield pages and indexes that contradict each other."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({MOST_LINES:d})"):
        if line != "ok":
            yield _page(str(line))


def check_owners(connection: Connection) -> Iterator[Finding]:
    """Yield rows that belong to a row that is not there."""
    for table, rowid, parent, number in connection.execute("PRAGMA foreign_key_check").fetchall():
        column = next(
            (row[3] for row in connection.execute(f"PRAGMA foreign_key_list({_quoted(table)})") if row[0] == number),
            None,
        )
        key = _key(connection, table, rowid)
        message = msg(
            "{table} {key}: column “{column}” names a {parent} that is not there",
            table=table,
            key=key,
            column=column,
            parent=parent,
        )
        yield Finding(table=table, key=key, column=column, message=message)


def _key(connection: Connection, table: str, rowid: int | None) -> str:
    if rowid is None:  # a table of scores: its rows have no number; the missing owner is named by its own check
        return "?"
    row = connection.execute(f"SELECT * FROM {_quoted(table)} WHERE rowid = ?", (rowid,))  # noqa: S608 - quoted
    names = [column[0] for column in row.description]
    found = dict(zip(names, row.fetchone(), strict=True))
    return str(found.get("id", rowid))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _page(line: str) -> Finding:
    first, *others = [part for part in line.splitlines() if not part.startswith("***")] or [line]
    problem = f"{first} (+ {len(others)})" if others else first  # SQLite tells a whole tree in one answer
    message = msg("the file is damaged: {problem}; keep a copy of it and restore a backup", problem=problem)
    return Finding(table="file", message=message)
