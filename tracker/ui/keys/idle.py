"""Notices that nobody is at the computer: warns some seconds ahead, then asks for the lock.

Watches the window system's own events, which come before those of the widgets and are few. The time away counts by the
clock on the wall too: a computer that slept through it is locked when it wakes.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

SIGNS = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    )
)
WARNED_AHEAD = 30
"""Seconds."""
Clock = Callable[[], float]


class Idle(QObject):
    """``warned`` carries the seconds left, each second; ``came_back`` ends that; ``away`` asks for the lock."""

    warned = Signal(int)
    came_back = Signal()
    away = Signal()

    def __init__(
        self, parent: QObject | None = None, clocks: tuple[Clock, Clock] = (time.monotonic, time.time)
    ) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._limit = 0.0
        self._since = (0.0, 0.0)
        self._warning = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)

    def watch(self, minutes: float) -> None:
        """Ask for the lock after *minutes* without a sign of life; 0: never."""
        self._limit = minutes * 60
        self._warning = False
        self.timer.stop()
        if minutes:
            self._since = self._now()
            self._arm()

    def stop(self) -> None:
        """Watch no longer."""
        self.watch(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: every sign of life counts; none is taken away."""
        if self._limit and event.type() in SIGNS:
            self.seen()
        return super().eventFilter(watched, event)

    def seen(self) -> None:
        """Somebody is there: begin to count anew, unless the time was over already."""
        if self._away() >= self._limit:
            self.look()
            return
        self._since = self._now()
        if self._warning:
            self._warning = False
            self.came_back.emit()
            self._arm()

    def look(self) -> None:
        """Warn, ask for the lock, or look again when it is time to."""
        if not self._limit:
            return
        left = self._limit - self._away()
        if left <= 0:
            self.stop()
            self.away.emit()
            return
        if left <= self._ahead():
            self._warning = True
            self.warned.emit(max(1, round(left)))
        self._arm()

    def _ahead(self) -> float:
        return min(WARNED_AHEAD, self._limit / 2)

    def _arm(self) -> None:
        left = self._limit - self._away()
        wait = min(1.0, left) if self._warning else left - self._ahead()
        self.timer.start(max(1, int(wait * 1000) + 1))

    def _now(self) -> tuple[float, float]:
        steady, wall = self._clocks
        return steady(), wall()

    def _away(self) -> float:
        steady, wall = self._now()
        return max(steady - self._since[0], wall - self._since[1])
