"""A panel or a whole course as a sheet that leaves the program: the same draw functions, with words and sources.

No name and no number of the patient is on it. What must stand beside the picture stands on it: the sentences, the
band's full name, every doubt shown, citations, scale versions, and for a demo that everything is synthetic.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from tracker import __version__
from tracker.core.messages import say, tr
from tracker.reference.codes import Absent
from tracker.ui import theme
from tracker.ui.chart import texts
from tracker.ui.chart.composed import Composed, panel_name
from tracker.ui.chart.drawing import PanelDrawing, StepDrawing
from tracker.ui.chart.frame import PANEL_MARGINS, Frame
from tracker.ui.chart.grid import Shown
from tracker.ui.chart.page_head import axis_words
from tracker.ui.chart.paint import Fonts, paint_panel
from tracker.ui.chart.paint_lane import LANE_MARGINS, lane_height, paint_lane
from tracker.ui.chart.paint_steps import paint_steps
from tracker.ui.chart.paint_study import paint_swatch
from tracker.ui.chart.palette import Palette
from tracker.ui.theme import scaled

_EDGE, _GAP = 24.0, 18.0
_ONE_WIDTH, _TWO_WIDTH = 640.0, 500.0
_ONE_HEIGHT, _TWO_HEIGHT = 250.0, 180.0
_SWATCH = 22.0
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on the sheet: how high it is, and how it is painted into a rectangle."""

    height: float
    paint: Callable[[QPainter, QRectF], None]


class Sheet:
    """A laid out sheet; ``width`` and ``height`` in pixels of 1/96 inch."""

    def __init__(
        self,
        composed: Composed,
        panels: tuple[Shown, ...],
        window: tuple[float, float],
        font: QFont,
        *,
        synthetic: bool,
    ) -> None:
        self._composed, self._panels, self._window = composed, panels, window
        self._synthetic = synthetic
        self._palette = Palette.of(theme.load(theme.LIGHT))
        self._base, self._small, self._bold = font, scaled(font, 0.88), scaled(font, 1.15, bold=True)
        self._fonts = Fonts(font)
        self._is_one = len(panels) == 1
        self._column = _ONE_WIDTH if self._is_one else _TWO_WIDTH
        self.width = 2 * _EDGE + (self._column if self._is_one else 2 * self._column + _GAP)
        whole = self.width - 2 * _EDGE
        self._head = list(self._head_parts(whole))
        self._cards = [list(self._panel_parts(one, self._column)) for one in panels]
        self._foot = list(self._foot_parts(whole))
        self.height = 2 * _EDGE + _sum(self._head) + sum(self._row_heights()) + _sum(self._foot)

    def paint(self, painter: QPainter) -> None:
        """Paint the whole sheet."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), self._palette.paper)
        whole = self.width - 2 * _EDGE
        top = _paint_parts(painter, self._head, _EDGE, _EDGE, whole)
        columns = 1 if self._is_one else 2
        for row, height in enumerate(self._row_heights()):
            for place, parts in enumerate(self._cards[row * columns : (row + 1) * columns]):
                _paint_parts(painter, parts, _EDGE + place * (self._column + _GAP), top, self._column)
            top += height
        _paint_parts(painter, self._foot, _EDGE, top, whole)

    def words(self) -> tuple[str, ...]:
        """Return the lines under the panels: sources, versions, what the picture is."""
        return tuple(self._foot_words())

    def _row_heights(self) -> list[float]:
        columns = 1 if self._is_one else 2
        rows = [self._cards[start : start + columns] for start in range(0, len(self._cards), columns)]
        return [max(_sum(parts) for parts in row) + _GAP for row in rows]

    # -- what is on it ----------------------------------------------------------------------------------------------

    def _head_parts(self, width: float) -> Iterator[Part]:
        course = self._composed.comparison.course
        facts = [str(course.condition.label), course.condition.site_label(course.episode.body_site)]
        facts.append(axis_words(course, self._composed.axis.choice))
        yield self._text(" · ".join(fact for fact in facts if fact), width, self._small, self._palette.soft)
        if self._synthetic:
            yield self._text(tr("Synthetic demo data: no real patient"), width, self._bold, self._palette.event)
        height = lane_height(self._composed.lane)
        if height:
            yield Part(height + 6, self._paint_lane)

    def _panel_parts(self, one: Shown, width: float) -> Iterator[Part]:
        drawing = one.drawing
        yield Part(QFontMetricsF(self._bold).height() + 4, lambda painter, box: self._paint_heading(painter, box, one))
        height = _ONE_HEIGHT if self._is_one else _TWO_HEIGHT
        yield Part(height, lambda painter, box: self._paint_plot(painter, box, one))
        if isinstance(drawing, PanelDrawing):
            for study in drawing.studies:
                words = self._text(texts.study_words(study), width - _SWATCH, self._small, self._palette.soft)

                def paint(painter: QPainter, box: QRectF, study=study, words=words) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
                    painter.save()
                    painter.translate(box.topLeft())
                    paint_swatch(painter, study, self._palette)
                    painter.restore()
                    words.paint(painter, box.adjusted(_SWATCH, 0, 0, 0))

                yield Part(max(words.height, 18.0), paint)
                cautions = texts.sentences((*study.warnings, *study.details))
                if cautions:
                    yield self._text(cautions, width, self._small, self._palette.event)
        if drawing.recovery is not None:
            yield self._text(say(drawing.recovery), width, self._small, self._palette.event)
        said = texts.sentences(drawing.said)
        if said:
            yield self._text(said, width, self._base, self._palette.text)

    def _foot_parts(self, width: float) -> Iterator[Part]:
        for line in self._foot_words():
            yield self._text(line, width, self._small, self._palette.soft)

    def _foot_words(self) -> Iterator[str]:
        scores = [one.drawing for one in self._panels if isinstance(one.drawing, PanelDrawing)]
        compared = {panel_name(panel): panel for panel in self._composed.comparison.panels}
        own = [compared[one.name] for one in self._panels if one.name in compared]
        points = [point.point for panel in own for point in panel.points]
        versions = {f"{point.scale} {point.scale_version} ({point.policy})": None for point in points}
        if versions:
            yield tr("Scales with version (and rule for missing items): {scales}.", scales="; ".join(versions))
        drawn = {study.cohort for score in scores for study in score.studies}
        studies = {one.study.id: one.study for panel in own for one in panel.cohorts if one.key in drawn}
        for study in studies.values():
            doi = "" if isinstance(study.doi, Absent) else f" doi {study.doi}."
            yield tr("Study: {citation}", citation=study.citation) + doi
        for citation in {line.threshold.citation: None for panel, score in zip(own, scores, strict=True)
                         for line in panel.lines
                         if line.threshold and line.code in {drawn.code for drawn in score.lines}}:  # fmt: skip
            yield tr("Limit: {citation}", citation=citation)
        if self._synthetic:
            yield tr("Synthetic demo data: no real patient")
        yield tr("Outcome tracker {version}. No advice, no forecast.", version=__version__)

    # -- painting ---------------------------------------------------------------------------------------------------

    def _text(self, text: str, width: float, font: QFont, colour: QColor) -> Part:
        box = QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), _WRAPPED, text)

        def paint(painter: QPainter, place: QRectF) -> None:
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(place, _WRAPPED, text)

        return Part(box.height() + 4, paint)

    def _paint_lane(self, painter: QPainter, box: QRectF) -> None:
        frame = Frame.within(box.adjusted(0, 0, 0, -6), LANE_MARGINS, self._window, (0, 1), self._composed.axis)
        paint_lane(painter, self._composed.lane, frame, self._palette, self._fonts)

    def _paint_heading(self, painter: QPainter, box: QRectF, one: Shown) -> None:
        metrics = QFontMetricsF(self._bold)
        base = box.top() + metrics.ascent()
        painter.setFont(self._bold)
        painter.setPen(self._palette.text)
        small = QFontMetricsF(self._small)
        anchor, span = small.horizontalAdvance(one.heading.anchor), small.horizontalAdvance(one.heading.range)
        title = metrics.elidedText(one.heading.title, Qt.TextElideMode.ElideRight, box.width() - anchor - span - 24)
        painter.drawText(QPointF(box.left(), base), title)
        painter.setFont(self._small)
        painter.setPen(self._palette.soft)
        painter.drawText(QPointF(box.left() + metrics.horizontalAdvance(title) + 10, base), one.heading.range)
        painter.setPen(self._palette.good)
        painter.drawText(QPointF(box.right() - anchor, base), one.heading.anchor)

    def _paint_plot(self, painter: QPainter, box: QRectF, one: Shown) -> None:
        drawing = one.drawing
        margins = (LANE_MARGINS[0], *PANEL_MARGINS[1:]) if self._is_one else PANEL_MARGINS
        frame = Frame.within(box, margins, self._window, drawing.shown, self._composed.axis)
        painter.save()
        if isinstance(drawing, StepDrawing):
            paint_steps(painter, drawing, frame, self._palette, self._fonts)
        else:
            paint_panel(painter, drawing, frame, self._palette, self._fonts)
        painter.restore()


def _sum(parts: list[Part]) -> float:
    return sum(part.height for part in parts)


def _paint_parts(painter: QPainter, parts: list[Part], left: float, top: float, width: float) -> float:
    for part in parts:
        part.paint(painter, QRectF(left, top, width, part.height))
        top += part.height
    return top
