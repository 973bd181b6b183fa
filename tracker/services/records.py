"""What episodes, treatments, visits and adverse events share: list, get, add, change, remove, each undoable."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment, Visit
from tracker.core.messages import Message

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.store import Store
    from tracker.store.work import Work

T = TypeVar("T", Episode, Treatment, Visit, AdverseEvent)


class Records(Generic[T]):
    """The records of one kind, each belonging to an owner."""

    _record: type[T]
    _owner: ClassVar[type[Patient] | type[Episode]] = Patient

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def of(self, owner_id: str) -> tuple[T, ...]:
        """Return the records of *owner_id* in order of date and entry."""
        with self._store.read() as reader:
            return reader.of(self._record, owner_id)

    def get(self, key: str) -> T:
        """Return one record; raises UnknownRecordError."""
        with self._store.read() as reader:
            return reader.get(self._record, key)

    def add(self, record: T) -> T:
        """Store a new record."""
        with self._history.doing(self._label("add", record)) as work:
            self.check(work, record)
            return work.add(record)

    def change(self, record: T) -> T:
        """Store a changed record; raises StaleRecordError if it was changed elsewhere since it was read."""
        with self._history.doing(self._label("change", record)) as work:
            self.check(work, record)
            return work.change(record)

    def remove(self, key: str) -> None:
        """Remove a record and what hangs on it, in one step that can be undone."""
        with self._history.doing(self._label("delete", self.get(key))) as work:
            work.get(self._record, key)
            work.remove(self._record, key)

    def check(self, work: "Work", record: T) -> None:
        """Refuse what does not fit the other records; raises TrackerError."""
        raise NotImplementedError

    def _label(self, verb: str, record: T) -> Message:
        """Return what undo calls the step; *verb* is add, change or delete."""
        raise NotImplementedError
