"""From months and values to pixels: the same frame serves the screen, a picture file and paper."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

LEFT = 42.0
"""Room for the tick labels of the y axis; the same in every panel so that time lines up."""
RIGHT = 12.0
TOP = 18.0
"""Above the scale's upper end: the strip of visits without a score, which is no value."""
BOTTOM = 20.0

Margins = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
PANEL_MARGINS: Margins = (LEFT, TOP, RIGHT, BOTTOM)

_STEPS = (1, 3, 6, 12, 24, 36, 60, 120, 240)
_TICK_ROOM = 44.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot area in pixels, the months it spans and the scale's full range."""

    area: QRectF
    from_months: float
    to_months: float
    low: float
    high: float

    @classmethod
    def within(
        cls, outer: QRectF, margins: Margins, window: tuple[float, float], scale: tuple[float, float]
    ) -> "Frame":
        """Return the frame inside *outer*, leaving the margins for the axes."""
        left, top, right, bottom = margins
        area = QRectF(
            outer.left() + left,
            outer.top() + top,
            max(1.0, outer.width() - left - right),
            max(1.0, outer.height() - top - bottom),
        )
        return cls(area, *window, *scale)

    def x(self, months: float) -> float:
        """Pixel of a month."""
        span = self.to_months - self.from_months
        return self.area.left() + (months - self.from_months) / span * self.area.width()

    def y(self, value: float) -> float:
        """Pixel of a value."""
        return self.area.bottom() - (value - self.low) / (self.high - self.low) * self.area.height()

    def at(self, months: float, value: float) -> QPointF:
        """Pixel of a mark."""
        return QPointF(self.x(months), self.y(value))

    def months(self, x: float) -> float:
        """Month at a pixel."""
        span = self.to_months - self.from_months
        return self.from_months + (x - self.area.left()) / self.area.width() * span

    def shows(self, months: float, margin: float = 0.0) -> bool:
        """Whether a month lies inside the plot area (with a margin in pixels)."""
        return self.area.left() - margin <= self.x(months) <= self.area.right() + margin

    @property
    def strip_y(self) -> float:
        """Middle of the strip for visits without a score."""
        return self.area.top() - 10.0


def month_ticks(frame: Frame) -> list[int]:
    """Return few, whole months to label, zero among them."""
    span = frame.to_months - frame.from_months
    room = max(2.0, frame.area.width() / _TICK_ROOM)
    step = next((step for step in _STEPS if span / step <= room), _STEPS[-1])
    first = int(frame.from_months // step) * step
    ticks = range(first, int(frame.to_months) + step, step)
    return [tick for tick in ticks if frame.from_months <= tick <= frame.to_months]


def value_ticks(low: float, high: float) -> list[float]:
    """Return the ends of the scale and its middle."""
    return [low, (low + high) / 2, high]
