"""One opened file: short transactions to read and to write, each on a connection of its own."""

import getpass
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tracker import __version__
from tracker.store.anchor import write_down
from tracker.store.audit import CREATE_FILE
from tracker.store.audit_rows import keep_head, read_head, write_fact
from tracker.store.bulk import Batch, BulkWriter, Stamp
from tracker.store.connect import BUSY_TIMEOUT_MS, check_there, opens_read_only
from tracker.store.engine import WRITING, explained_sql, open_engine
from tracker.store.errors import file_gone, held, read_only
from tracker.store.lease import Access, Holder, give_back, said, take
from tracker.store.migrate import create as create_file
from tracker.store.migrate import needs_migration, upgrade
from tracker.store.reading import Reader
from tracker.store.reverting import Scoring, Versions, revert
from tracker.store.work import Change, Work


def system_user() -> str:
    """Return the name the operating system knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "unknown"


class Store:
    """A file that was found, checked and brought to this program's schema."""

    def __init__(
        self,
        path: Path,
        *,
        actor: str | None = None,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
        access: Access = Access.SHARE,
    ) -> None:
        check_there(path)
        self.path = path
        self.actor = actor or system_user()
        self._leased = False
        self.held_by = self._claim(access)
        """Who else has the file open for writing; it is then read only here."""
        self.read_only = self.held_by is not None or opens_read_only(path)
        self._identity = _identity(path)
        self._engine = open_engine(path, read_only=self.read_only, busy_timeout_ms=busy_timeout_ms)
        self._writing = self._engine.execution_options(**WRITING)

    def _claim(self, access: Access) -> Holder | None:
        """Take the lease where *access* asks for it, or return who has it; a file of an older schema is upgraded."""
        old = needs_migration(self.path) is not None
        holder = None
        if not opens_read_only(self.path) and (old or access is not Access.VISIT):
            holder = take(self.path, self.actor)
            self._leased = holder is None
        if holder is not None and (old or access is Access.WRITE):
            raise held(self.path, said(holder))
        try:
            if old:
                upgrade(self.path)
        except BaseException:
            self._let_go()
            raise
        if access is Access.VISIT:
            self._let_go()
        return holder

    def _let_go(self) -> None:
        if self._leased:
            self._leased = False
            give_back(self.path)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        kind: str = "clinic",
        actor: str | None = None,
        facts: Mapping[str, str] | None = None,
        stamp: Stamp | None = None,
    ) -> "Store":
        """Make a new file and open it; a file that is there already is opened as it is.

        The audit begins with the facts the file is made with (under *stamp*, where a file is to be repeatable).
        """
        if _identity(path) and path.stat().st_size:
            return cls(path, actor=actor)
        known = {"kind": kind, "software": __version__, **(facts or {})}
        create_file(path, known)
        store = cls(path, actor=actor)
        with store.work() as work:
            if stamp is not None:
                work.now, work.actor, work.transaction_id = stamp.at, stamp.actor, stamp.transaction_id
            work.act(CREATE_FILE, {"facts": known})
            work.commit()
        return store

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        self._let_go()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Read in one transaction: all that is read belongs together."""
        with explained_sql(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection, self.path)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Change in one transaction; rolls back unless ``commit()`` is reached."""
        with self._transaction() as connection:
            work = Work(connection, self.path, self.actor)
            yield work
        if work.committed and work.head is not None:
            write_down(self.path, work.head)

    @contextmanager
    def acting(self, action: str, details: Mapping[str, Any], patient_id: str | None = None) -> Iterator[None]:
        """Do what is inside and enter it in the audit: both or neither; a file that can only be read takes no entry."""
        if self.read_only:
            yield
            return
        with self.work() as work:
            work.act(action, details, patient_id)
            yield
            work.commit()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self.held_by is not None:
            raise held(self.path, said(self.held_by))
        if self.read_only:
            raise read_only(self.path)
        if _identity(self.path) != self._identity:
            raise file_gone(self.path)
        with explained_sql(self.path), self._writing.connect() as connection:
            connection.begin()
            yield connection

    def revert(self, transaction_id: str, left: Versions, scoring: Scoring) -> tuple[str, list[Change]]:
        """Undo a transaction as a new one; return its id and what it changed."""
        with self.work() as work:
            revert(work, transaction_id, left, scoring)
            work.commit()
        return work.transaction_id, work.changes

    def bulk(self, batches: Iterable[Batch], stamp: Stamp, facts: Mapping[str, str] | None = None) -> int:
        """Write many new records, and *facts* about the file, in one transaction; return how many."""
        with self._transaction() as connection:
            writer = BulkWriter(connection, stamp, read_head(connection))
            for batch in batches:
                writer.write(batch)
            for name, value in (facts or {}).items():
                write_fact(connection, name, value)
            keep_head(connection, writer.head)
            connection.commit()
        write_down(self.path, writer.head)
        return writer.written


def _identity(path: Path) -> tuple[int, int] | None:
    # On most systems a removed file that is still open takes writes that nobody will ever see.
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
