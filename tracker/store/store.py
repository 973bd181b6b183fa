"""One opened file or server: short transactions to read and to write, each on a connection of its own."""

import getpass
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.core.places import Place, file_of
from tracker.store.audit import CREATE_FILE
from tracker.store.audit_rows import keep_head, read_head, write_fact
from tracker.store.bulk import Batch, BulkWriter, Stamp
from tracker.store.connect import BUSY_TIMEOUT_MS
from tracker.store.keeping import is_empty, keep
from tracker.store.lease import Access
from tracker.store.migrate import create as create_file
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
    """Records that were found, checked and brought to this program's schema."""

    def __init__(
        self,
        place: Place,
        *,
        actor: str | None = None,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
        access: Access = Access.SHARE,
    ) -> None:
        self.place = place
        self.actor = actor or system_user()
        self._keeping = keep(place, self.actor, access, busy_timeout_ms)
        self.held_by = self._keeping.held_by
        """Who else has the file open for writing; it is then read only here."""
        self.read_only = self._keeping.read_only

    @property
    def path(self) -> Path:
        """The file; raises NotAFileError on a server."""
        return file_of(self.place)

    @classmethod
    def create(
        cls,
        place: Place,
        *,
        kind: str = "clinic",
        actor: str | None = None,
        facts: Mapping[str, str] | None = None,
        stamp: Stamp | None = None,
    ) -> "Store":
        """Make a new file, or set up an empty database, and open it; what is there already is opened as it is.

        The audit begins with the facts the file is made with (under *stamp*, where a file is to be repeatable).
        """
        known = {"kind": kind, "software": __version__, **(facts or {})}
        made = is_empty(place) and create_file(place, known)
        store = cls(place, actor=actor)
        if not made:
            return store
        with store.work() as work:
            if stamp is not None:
                work.now, work.actor, work.transaction_id = stamp.at, stamp.actor, stamp.transaction_id
            work.act(CREATE_FILE, {"facts": known})
            work.commit()
        return store

    def close(self) -> None:
        """Let go of the file or the server."""
        self._keeping.close()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Read in one transaction: all that is read belongs together."""
        with self._keeping.reading() as connection:
            yield Reader(connection)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Change in one transaction; rolls back unless ``commit()`` is reached."""
        with self._keeping.writing() as connection:
            work = Work(connection, self.actor)
            yield work
        if work.committed and work.head is not None:
            self._keeping.write_down(work.head)

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

    def revert(self, transaction_id: str, left: Versions, scoring: Scoring) -> tuple[str, list[Change]]:
        """Undo a transaction as a new one; return its id and what it changed."""
        with self.work() as work:
            revert(work, transaction_id, left, scoring)
            work.commit()
        return work.transaction_id, work.changes

    def bulk(
        self,
        batches: Iterable[Batch],
        stamp: Stamp,
        facts: Mapping[str, str] | None = None,
        finish: Callable[[Work], None] | None = None,
    ) -> int:
        """Write many new records, and *facts* about the file, in one transaction; return how many.

        *finish* adds audited changes of its own to the same transaction.
        """
        with self._keeping.writing() as connection:
            writer = BulkWriter(connection, stamp, read_head(connection))
            for batch in batches:
                writer.write(batch)
            for name, value in (facts or {}).items():
                write_fact(connection, name, value)
            keep_head(connection, writer.head)
            work = Work(connection, self.actor)
            if finish is not None:
                finish(work)
            work.commit()
        self._keeping.write_down(work.head or writer.head)
        return writer.written
