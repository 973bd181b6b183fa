"""Paints what a study reported: at its reported months only, paler than the patient."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from tracker.ui.chart.drawing import CentreMark, StudyDrawing
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.labels import bar_span
from tracker.ui.chart.palette import Palette, StudyColours


def paint_studies(painter: QPainter, studies: tuple[StudyDrawing, ...], frame: Frame, palette: Palette) -> None:
    """Paint every chosen cohort: bars, the dashed link of what was not reported, the centres."""
    for study in studies:
        colours = palette.studies[study.rank]
        _paint_links(painter, study, frame, colours)
        for band in study.bands:
            left, right = bar_span(frame, band.months, study.rank, len(studies))
            bar = QRectF(QPointF(left, frame.y(band.upper)), QPointF(right, frame.y(band.lower)))
            _paint_bar(painter, bar, colours)
        for centre in study.centres:
            _paint_centre(painter, centre, bar_span(frame, centre.months, study.rank, len(studies)), frame, colours)


def _paint_bar(painter: QPainter, bar: QRectF, colours: StudyColours) -> None:
    painter.setPen(QPen(colours.edge, 1))
    painter.setBrush(QBrush(colours.fill))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    if colours.hatched:
        painter.setBrush(QBrush(colours.edge, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(bar, 2.5, 2.5)


def _paint_links(painter: QPainter, study: StudyDrawing, frame: Frame, colours: StudyColours) -> None:
    pen = QPen(colours.centre, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([5, 5] if study.rank == 0 else [2, 4])
    painter.setPen(pen)
    for link in study.links:
        painter.drawLine(QLineF(frame.at(link.from_months, link.from_value), frame.at(link.to_months, link.to_value)))


def _paint_centre(
    painter: QPainter, centre: CentreMark, span: tuple[float, float], frame: Frame, colours: StudyColours
) -> None:
    y = frame.y(centre.value)
    middle = QPointF((span[0] + span[1]) / 2, y)
    painter.setPen(QPen(colours.centre, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if centre.is_as_printed:
        painter.setPen(QPen(colours.centre, 1.3))
        painter.drawEllipse(middle, 3.5, 3.5)
    elif centre.is_median:
        painter.setPen(QPen(colours.centre, 1.4))
        painter.drawPolygon([middle + QPointF(*step) for step in ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0))])
    else:
        painter.drawLine(QLineF(span[0], y, span[1], y))


def paint_swatch(painter: QPainter, study: StudyDrawing, palette: Palette) -> None:
    """Paint the small picture of a cohort: its bar with the centre, or the mark it is drawn with."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = palette.studies[study.rank]
    if study.bands:
        _paint_bar(painter, QRectF(2, 2, 12, 13), colours)
    kinds = study.centres[:1] or (CentreMark(0, 0, "", is_median=False, is_as_printed=False),)
    frame = Frame(QRectF(0, 8, 16, 1), 0, 1, 0, 1)
    small = CentreMark(0, 0.5, "", is_median=kinds[0].is_median, is_as_printed=kinds[0].is_as_printed)
    _paint_centre(painter, small, (2, 14), frame, colours)
