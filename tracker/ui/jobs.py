"""Long work off the window's thread: a callable in a pool, its result back on the window's thread."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class Jobs(QObject):
    """Runs callables in a thread pool for widgets that may be closed meanwhile.

    This object is the only owner of the signal that crosses threads, and outlives every widget it reports to.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._posted.connect(self._deliver)

    def run(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run *work* in the pool, then *done* or *failed* on the window's thread, unless *owner* is gone."""

        def job() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - every failure must reach the user
                self.post(owner, failed, error)
            else:
                self.post(owner, done, result)

        self._pool.start(job)

    def post(self, owner: QObject, report: Callable[[Any], None], value: object) -> None:
        """From any thread: call *report* with *value* on the window's thread, unless *owner* is gone."""
        try:
            self._posted.emit((owner, report, value))
        except RuntimeError:
            if isValid(self):  # else the window went while the job ran, and nobody is left to be told
                raise

    @property
    def busy(self) -> bool:
        """Whether anything is running."""
        return self._pool.activeThreadCount() > 0

    def wait(self, milliseconds: int = 5000) -> bool:
        """Let the running jobs end; call before the window closes."""
        return self._pool.waitForDone(milliseconds)

    @Slot(object)
    def _deliver(self, outcome: tuple[QObject, Callable[[object], None], object]) -> None:
        owner, report, value = outcome
        if isValid(owner):
            report(value)
