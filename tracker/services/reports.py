"""Reports of a patient's course: what leaves on paper or as a file is entered in the audit."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.store.migrate import HEAD

if TYPE_CHECKING:
    from tracker.store.store import Store

T = TypeVar("T")


class Reports:
    """Lets reports, pictures and the data of charts out."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    @property
    def schema(self) -> str:
        """The schema of the file, as it stands on every report."""
        return HEAD

    def release(self, patient_id: str, details: Mapping[str, Any], send: Callable[[], None]) -> None:
        """Send a report out and enter it in the audit: both or neither; a file that can only be read takes no entry."""
        with self._store.acting("report", details, patient_id):
            send()

    def pass_on(self, patient_id: str, details: Mapping[str, Any], send: Callable[[], T]) -> T:
        """Send a picture or the data of a chart out as ``release`` does a report, entered as an export."""
        with self._store.acting("export", details, patient_id):
            return send()
