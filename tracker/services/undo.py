"""Undo and redo of this session's changes, each reverted as a new audited change."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.clinic.records import Assessment, StoredScore
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg

if TYPE_CHECKING:
    from tracker.store.store import Store
    from tracker.store.work import Change, Work


class NothingToUndoError(TrackerError):
    """The history has no step in that direction."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction of this session and what the user calls it."""

    transaction_id: str
    label: Message


class UndoHistory:
    """The session's changes, in order; a change made elsewhere in between is never overwritten."""

    def __init__(self, store: "Store", scoring: Callable[[Assessment], Sequence[StoredScore]]) -> None:
        self._store = store
        self._scoring = scoring
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._left: dict[tuple[str, str], int] = {}

    def next_undo(self) -> Message | None:
        """Return what undo would revert, None if there is nothing."""
        return self._done[-1].label if self._done else None

    def next_redo(self) -> Message | None:
        """Return what redo would do again, None if there is nothing."""
        return self._undone[-1].label if self._undone else None

    def undo(self) -> Message:
        """Revert the last change; raises StaleRecordError if it was changed elsewhere since."""
        return self._revert(self._done, self._undone)

    def redo(self) -> Message:
        """Do the last undone change again."""
        return self._revert(self._undone, self._done)

    def forget_redo(self) -> None:
        """Give up what could be redone: something new was typed."""
        self._undone.clear()

    def clear(self) -> None:
        """Forget every step: somebody else works here now."""
        self._done.clear()
        self._undone.clear()

    @contextmanager
    def doing(self, label: Message) -> Iterator["Work"]:
        """Change in one transaction that is kept, and that undo calls *label*."""
        with self._store.work() as work:
            yield work
            work.commit()
        if not work.changes:
            return
        if self._others_were_here(work.changes):
            self._done.clear()  # what came before cannot be reverted safely
        self._remember(work.changes)
        self._done.append(Step(work.transaction_id, label))
        self._undone.clear()

    def _revert(self, steps: list[Step], reverted: list[Step]) -> Message:
        if not steps:
            raise NothingToUndoError(msg("there is nothing to undo or redo"))
        step = steps[-1]
        transaction_id, changes = self._store.revert(step.transaction_id, self._left, self._scoring)
        steps.pop()
        self._remember(changes)
        reverted.append(Step(transaction_id, step.label))
        return step.label

    def _others_were_here(self, changes: "Sequence[Change]") -> bool:
        first = {_key(change): change.before for change in reversed(changes)}
        return any(self._left.get(key, before) != before for key, before in first.items())

    def _remember(self, changes: "Sequence[Change]") -> None:
        for change in changes:
            self._left[_key(change)] = change.after


def _key(change: "Change") -> tuple[str, str]:
    return change.entity, change.entity_id
