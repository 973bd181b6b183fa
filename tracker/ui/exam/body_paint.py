"""Paints the body picture: each dermatome filled by the worse of light touch and pin prick."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from tracker.ui.exam import palette
from tracker.ui.exam.body_shapes import WIDTH, figure, outline
from tracker.ui.exam.looks import Shade, shade_of
from tracker.ui.exam.written import Responses
from tracker.ui.theme import Theme

Place = tuple[str, str]
"""A side and a level."""
_WORST_FIRST = (Shade.ABSENT, Shade.WEAK, Shade.UNTESTED, Shade.NORMAL)


def worse(responses: Responses, side: str, level: str) -> Shade:
    """Return the shade of a dermatome: the worse of what is filled in; nothing filled in is blank."""
    cells = (f"{side}.lightTouch.{level}", f"{side}.pinPrick.{level}")
    found = {shade_of(cell, responses.get(cell)) for cell in cells}
    return next((shade for shade in _WORST_FIRST if shade in found), Shade.BLANK)


@lru_cache(maxsize=8)
def _fitted(view: str, box: tuple[float, float, float]) -> tuple[QPainterPath, tuple[tuple[Place, QPainterPath], ...]]:
    """Return outline and regions of a figure at *box* (left, top, width) of the widget."""
    left, top, width = box
    turned = QTransform().translate(left, top).scale(width / WIDTH, width / WIDTH)
    regions = tuple(((side, level), turned.map(path)) for side, level, path in figure(view))
    return turned.map(outline(view)), regions


def _at(view: str, box: QRectF) -> tuple[QPainterPath, tuple[tuple[Place, QPainterPath], ...]]:
    return _fitted(view, (box.left(), box.top(), box.width()))


def place_at(view: str, box: QRectF, point: QPointF) -> Place | None:
    """Return the dermatome of a figure under *point*."""
    return next((place for place, path in _at(view, box)[1] if path.contains(point)), None)


class BodyPainter:
    """Paints one figure; made for each paint event."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter, self._theme = painter, theme

    def paint(self, view: str, box: QRectF, shades: Mapping[Place, Shade], marked: frozenset[Place]) -> None:
        """Paint a figure with its dermatomes; those *marked* get an outline."""
        edge, regions = _at(view, box)
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.fill(self._theme, Shade.BLANK))
        painter.drawPath(edge)
        # Without antialiasing between them, neighbours of one colour would show a bright seam.
        for place, path in regions:
            self._region(path, shades[place])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.colour("text_faint")), 1.1))
        painter.drawPath(edge)
        painter.setPen(QPen(QColor(self._theme.colour("accent")), 2.2))
        for place, path in regions:
            if place in marked:
                painter.drawPath(path)

    def _region(self, path: QPainterPath, shade: Shade) -> None:
        blank = shade is Shade.BLANK
        pen = QPen(QColor(self._theme.colour("line" if blank else "line_strong")), 0.8)
        self._painter.setPen(pen)
        self._painter.setBrush(palette.fill(self._theme, shade))
        self._painter.drawPath(path)
        if shade is Shade.UNTESTED:
            self._painter.setBrush(palette.hatch(self._theme))
            self._painter.drawPath(path)
