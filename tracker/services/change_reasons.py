"""Whether the file asks why a completed form is changed: never, if the user likes, or always."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import msg

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.store import Store

_FACT = "change_reason"


class Asking(StrEnum):
    """How the reason for a change is asked."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


class ReasonWantedError(TrackerError):
    """The file wants a reason for a change, and none was given."""


class ChangeReasons:
    """One setting for the whole file."""

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def asking(self) -> Asking:
        """Return how the file asks."""
        with self._store.read() as reader:
            return asking_in(reader.facts())

    def choose(self, asking: Asking) -> None:
        """Ask so from now on; it can be undone."""
        if asking is self.asking():
            return
        with self._history.doing(msg("change how reasons for changes are asked")) as work:
            work.set_fact(_FACT, None if asking is Asking.OFF else asking.value)


def asking_in(facts: Mapping[str, str]) -> Asking:
    """Return how a file with these facts asks."""
    kept = facts.get(_FACT)
    return Asking(kept) if kept in set(Asking) else Asking.OFF


def checked_reason(reason: str | None, facts: Mapping[str, str]) -> str | None:
    """Return the reason to be kept; raises ReasonWantedError where the file wants one and there is none."""
    asking = asking_in(facts)
    given = (reason or "").strip()
    if not given and asking is Asking.REQUIRED:
        raise ReasonWantedError(msg("this file wants a reason for each change of a complete form: say why, then save"))
    return given if given and asking is not Asking.OFF else None
