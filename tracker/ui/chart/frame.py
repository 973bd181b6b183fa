"""From months and values to pixels: the same frame serves the screen, a picture file and paper."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from tracker.ui.chart.time_axis import Tick, TimeAxis

LEFT = 42.0
"""Room for the tick labels of the y axis; the same in every panel so that time lines up."""
RIGHT = 12.0
TOP = 18.0
"""Above the scale's upper end: the strip of visits without a score, which is no value."""
BOTTOM = 20.0

Margins = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
PANEL_MARGINS: Margins = (LEFT, TOP, RIGHT, BOTTOM)

MONTHS = TimeAxis()


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot area in pixels, the months it spans and the values it spans (a scale's full range, or a part of it)."""

    area: QRectF
    from_months: float
    to_months: float
    low: float
    high: float
    axis: TimeAxis = MONTHS
    _left: float = field(init=False, repr=False, compare=False)
    _right: float = field(init=False, repr=False, compare=False)
    _bottom: float = field(init=False, repr=False, compare=False)
    _per_month: float = field(init=False, repr=False, compare=False)
    _per_unit: float = field(init=False, repr=False, compare=False)

    @classmethod
    def within(
        cls,
        outer: QRectF,
        margins: Margins,
        window: tuple[float, float],
        scale: tuple[float, float],
        axis: TimeAxis = MONTHS,
    ) -> "Frame":
        """Return the frame inside *outer*, leaving the margins for the axes."""
        left, top, right, bottom = margins
        area = QRectF(
            outer.left() + left,
            outer.top() + top,
            max(1.0, outer.width() - left - right),
            max(1.0, outer.height() - top - bottom),
        )
        return cls(area, *window, *scale, axis)

    def __post_init__(self) -> None:
        # Kept, for every repaint asks some thousand times.
        object.__setattr__(self, "_left", self.area.left())
        object.__setattr__(self, "_right", self.area.right())
        object.__setattr__(self, "_bottom", self.area.bottom())
        object.__setattr__(self, "_per_month", self.area.width() / (self.to_months - self.from_months))
        object.__setattr__(self, "_per_unit", self.area.height() / (self.high - self.low))

    def x(self, months: float) -> float:
        """Pixel of a month."""
        return self._left + (months - self.from_months) * self._per_month

    def y(self, value: float) -> float:
        """Pixel of a value."""
        return self._bottom - (value - self.low) * self._per_unit

    def at(self, months: float, value: float) -> QPointF:
        """Pixel of a mark."""
        return QPointF(self.x(months), self.y(value))

    def months(self, x: float) -> float:
        """Month at a pixel."""
        return self.from_months + (x - self._left) / self._per_month

    def shows(self, months: float, margin: float = 0.0) -> bool:
        """Whether a month lies inside the plot area (with a margin in pixels)."""
        return self._left - margin <= self.x(months) <= self._right + margin

    @property
    def strip_y(self) -> float:
        """Middle of the strip for visits without a score."""
        return self.area.top() - 10.0


def time_ticks(frame: Frame) -> list[Tick]:
    """Return few labels of the time axis."""
    return frame.axis.ticks(frame.from_months, frame.to_months, frame.area.width())


def value_ticks(low: float, high: float) -> list[float]:
    """Return the ends of the values shown and their middle."""
    return [low, (low + high) / 2, high]


_STEPS = (1, 2, 5)
_OPEN_TOPS = (1, 1.5, 2, 3, 4, 5, 6, 8)
_LEAST_OPEN = 100.0
"""Metres: an axis without an upper end of its own reaches at least so far."""


def zoomed_range(values: Iterable[float], low: float, high: float) -> tuple[float, float]:
    """Return the part of a scale from *low* to *high* that holds *values*, with room and at round numbers."""
    shown = [value for value in values if low <= value <= high]
    if not shown:
        return low, high
    least = (high - low) / 10
    room = max((max(shown) - min(shown)) * 0.15, least / 2)
    bottom, top = min(shown) - room, max(shown) + room
    rough = (top - bottom) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * step for step in _STEPS if power * step >= rough), power * 10)
    return max(low, math.floor(bottom / step) * step), min(high, math.ceil(top / step) * step)


def open_range(values: Iterable[float], low: float) -> tuple[float, float]:
    """Return what is shown of a score that has no upper end: from *low* to a round number with room above *values*."""
    wanted = max(_LEAST_OPEN, *(value * 1.1 for value in values), 0.0)
    power = 10.0 ** math.floor(math.log10(wanted))
    return low, next((power * top for top in _OPEN_TOPS if power * top >= wanted), power * 10)
