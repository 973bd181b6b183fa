"""What a sheet of paper or a picture file is put together from: texts, a cohort's line, a heading, a plot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from tracker.ui.chart.drawing import Drawn, StepDrawing, StudyDrawing
from tracker.ui.chart.frame import Frame, Margins
from tracker.ui.chart.paint import Fonts, paint_panel
from tracker.ui.chart.paint_steps import paint_steps
from tracker.ui.chart.paint_study import paint_swatch
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.texts import Heading
from tracker.ui.chart.time_axis import TimeAxis

SWATCH = 22.0
_AIR = 4.0


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on a sheet: how high it is, and how it is painted into a rectangle."""

    height: float
    paint: Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class View:
    """What every plot of a sheet shares: the months shown, how they are labelled, colours and fonts."""

    window: tuple[float, float]
    axis: TimeAxis
    palette: Palette
    fonts: Fonts


def height_of(parts: Iterable[Part]) -> float:
    """Return the height of parts that stand one under the other."""
    return sum(part.height for part in parts)


def paint_parts(painter: QPainter, parts: Iterable[Part], left: float, top: float, width: float) -> float:
    """Paint parts one under the other; returns where the next one goes."""
    for part in parts:
        part.paint(painter, QRectF(left, top, width, part.height))
        top += part.height
    return top


def gap(height: float) -> Part:
    """Return empty room."""
    return Part(height, lambda _painter, _box: None)


def text_part(text: str, width: float, font: QFont, colour: QColor, *, air: float = _AIR) -> Part:
    """Return a text in lines no wider than *width*; a word that is wider is broken rather than cut."""
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(colour)
        layout.draw(painter, box.topLeft())

    return Part(height + air, paint)


def study_part(study: StudyDrawing, words: str, width: float, palette: Palette, font: QFont) -> Part:
    """Return the line of a cohort: its bar in small, then its words."""
    text = text_part(words, width - SWATCH, font, palette.soft)

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.save()
        painter.translate(box.topLeft())
        paint_swatch(painter, study, palette)
        painter.restore()
        text.paint(painter, box.adjusted(SWATCH, 0, 0, 0))

    return Part(max(text.height, 18.0), paint)


def heading_part(heading: Heading, palette: Palette, bold: QFont, small: QFont) -> Part:
    """Return the line over a plot: title, range, and which way is better."""
    metrics, minor = QFontMetricsF(bold), QFontMetricsF(small)

    def paint(painter: QPainter, box: QRectF) -> None:
        base = box.top() + metrics.ascent()
        anchor = minor.elidedText(heading.anchor, Qt.TextElideMode.ElideRight, box.width() * 0.55)
        span = minor.horizontalAdvance(heading.range)
        room = box.width() - minor.horizontalAdvance(anchor) - span - 24
        title = metrics.elidedText(heading.name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.setPen(palette.text)
        painter.drawText(QPointF(box.left(), base), title)
        painter.setFont(small)
        painter.setPen(palette.soft)
        painter.drawText(QPointF(box.left() + metrics.horizontalAdvance(title) + 10, base), heading.range)
        painter.setPen(palette.good)
        painter.drawText(QPointF(box.right() - minor.horizontalAdvance(anchor), base), anchor)

    return Part(metrics.height() + 4, paint)


def plot_part(drawing: Drawn, height: float, margins: Margins, view: View) -> Part:
    """Return the plot of a panel, painted as on the page."""

    def paint(painter: QPainter, box: QRectF) -> None:
        frame = Frame.within(box, margins, view.window, drawing.shown, view.axis)
        painter.save()
        if isinstance(drawing, StepDrawing):
            paint_steps(painter, drawing, frame, view.palette, view.fonts)
        else:
            paint_panel(painter, drawing, frame, view.palette, view.fonts)
        painter.restore()

    return Part(height, paint)
