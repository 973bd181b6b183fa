"""A panel or a whole course as a sheet that leaves the program: the same draw functions, with words and sources.

No name and no number of the patient is on it. What must stand beside the picture stands on it: the sentences, the
band's full name, every doubt shown, citations, scale versions, and for a demo that everything is synthetic.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from tracker import __version__
from tracker.core.messages import say, tr
from tracker.reference.codes import Absent
from tracker.ui import theme
from tracker.ui.chart import texts
from tracker.ui.chart.cited import limits_shown
from tracker.ui.chart.composed import Composed, panel_name
from tracker.ui.chart.drawing import PanelDrawing
from tracker.ui.chart.frame import PANEL_MARGINS, Frame
from tracker.ui.chart.page_head import axis_words
from tracker.ui.chart.paint import Fonts
from tracker.ui.chart.paint_lane import LANE_MARGINS, lane_height, paint_lane
from tracker.ui.chart.palette import Palette
from tracker.ui.chart.sheet_parts import (
    Part,
    View,
    heading_part,
    height_of,
    paint_parts,
    plot_part,
    study_part,
    text_part,
)
from tracker.ui.chart.shown import Shown
from tracker.ui.theme import scaled

_EDGE, _GAP = 24.0, 18.0
_ONE_WIDTH, _TWO_WIDTH = 640.0, 500.0
_ONE_HEIGHT, _TWO_HEIGHT = 250.0, 180.0


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
        self.height = 2 * _EDGE + height_of(self._head) + sum(self._row_heights()) + height_of(self._foot)

    def paint(self, painter: QPainter) -> None:
        """Paint the whole sheet."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), self._palette.paper)
        whole = self.width - 2 * _EDGE
        top = paint_parts(painter, self._head, _EDGE, _EDGE, whole)
        columns = 1 if self._is_one else 2
        for row, height in enumerate(self._row_heights()):
            for place, parts in enumerate(self._cards[row * columns : (row + 1) * columns]):
                paint_parts(painter, parts, _EDGE + place * (self._column + _GAP), top, self._column)
            top += height
        paint_parts(painter, self._foot, _EDGE, top, whole)

    def words(self) -> tuple[str, ...]:
        """Return the lines under the panels: sources, versions, what the picture is."""
        return tuple(self._foot_words())

    def _row_heights(self) -> list[float]:
        columns = 1 if self._is_one else 2
        rows = [self._cards[start : start + columns] for start in range(0, len(self._cards), columns)]
        return [max(height_of(parts) for parts in row) + _GAP for row in rows]

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
        yield heading_part(one.heading, self._palette, self._bold, self._small)
        height = _ONE_HEIGHT if self._is_one else _TWO_HEIGHT
        margins = (LANE_MARGINS[0], *PANEL_MARGINS[1:]) if self._is_one else PANEL_MARGINS
        yield plot_part(drawing, height, margins, View(self._window, self._composed.axis, self._palette, self._fonts))
        if isinstance(drawing, PanelDrawing):
            for study in drawing.studies:
                yield study_part(study, texts.study_words(study), width, self._palette, self._small)
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
        limits = [limit for panel, score in zip(own, scores, strict=True) for limit in limits_shown(panel, score)]
        for citation in dict.fromkeys(limit.citation for limit in limits):
            yield tr("Limit: {citation}", citation=citation)
        if self._synthetic:
            yield tr("Synthetic demo data: no real patient")
        yield tr("Outcome tracker {version}. No advice, no forecast.", version=__version__)

    def _text(self, text: str, width: float, font: QFont, colour: QColor) -> Part:
        return text_part(text, width, font, colour)

    def _paint_lane(self, painter: QPainter, box: QRectF) -> None:
        frame = Frame.within(box.adjusted(0, 0, 0, -6), LANE_MARGINS, self._window, (0, 1), self._composed.axis)
        paint_lane(painter, self._composed.lane, frame, self._palette, self._fonts)
