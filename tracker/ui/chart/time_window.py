"""The months all panels show: one range for the whole page, changed by keys, wheel and drag."""

from PySide6.QtCore import QObject, Signal

from tracker.ui.chart.time_axis import TimeAxis

SMALLEST_SPAN = 0.5
"""Months: closer than two weeks there is nothing more to see."""
ZOOM_STEP = 1.25
PAN_STEP = 0.15
_ROOM = 0.05


class TimeWindow(QObject):
    """The shared range of months and its home; emits ``changed`` with the new range."""

    changed = Signal(float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = (-1.0, 12.0)
        self._range = self._home
        self.axis = TimeAxis()
        """How the months are labelled in every panel."""

    @property
    def range(self) -> tuple[float, float]:
        """First and last month shown."""
        return self._range

    @property
    def home(self) -> tuple[float, float]:
        """The range that shows everything."""
        return self._home

    def set_home(self, first: float, last: float, *, go: bool = True) -> None:
        """Take the range that shows everything (with a little room) and go there, or stay where one had zoomed to."""
        was_home = self._range == self._home
        room = max(1.0, last - first) * _ROOM
        self._home = (first - room, last + room)
        if go or was_home:
            self.reset()

    def reset(self) -> None:
        """Show everything."""
        self._set(self._home)

    def show(self, first: float, last: float) -> None:
        """Show a range; one that is too narrow or lies wholly outside is brought back."""
        span = min(max(last - first, SMALLEST_SPAN), 1.5 * (self._home[1] - self._home[0]))
        middle = (first + last) / 2
        middle = min(max(middle, self._home[0]), self._home[1])
        self._set((middle - span / 2, middle + span / 2))

    def _set(self, wanted: tuple[float, float]) -> None:
        if wanted != self._range:
            self._range = wanted
            self.changed.emit(*wanted)

    def zoom(self, factor: float, anchor: float | None = None) -> None:
        """Show *factor* times the span, keeping the month *anchor* where it is."""
        first, last = self._range
        at = (first + last) / 2 if anchor is None else anchor
        self.show(at - (at - first) * factor, at + (last - at) * factor)

    def pan(self, share: float) -> None:
        """Move by a share of the span."""
        first, last = self._range
        step = (last - first) * share
        self.show(first + step, last + step)
