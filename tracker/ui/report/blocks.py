"""The blocks of a report's page, made of parts: the head, the lane, the charts, the table, the texts."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.core.messages import tr
from tracker.ui.chart.frame import PANEL_MARGINS, Frame
from tracker.ui.chart.paint_lane import LANE_MARGINS, lane_height, paint_lane
from tracker.ui.chart.sheet_parts import (
    Part,
    View,
    gap,
    height_of,
    paint_parts,
    plot_part,
    study_part,
    text_part,
)
from tracker.ui.report.model import EpisodeReport, Figure, ReportHead
from tracker.ui.report.typeface import Typeface

GAP = 14.0
"""Between two columns of charts."""
COLUMNS = (0.33, 0.15, 0.165, 0.24, 0.115)
"""Shares of the width that the table's columns take."""
LONG_TABLE = 5
"""Rows: a longer table stands in two halves."""


def head_parts(head: ReportHead, width: float, face: Typeface) -> Iterator[Part]:
    """Yield who it is, and large that a demo's patient is nobody."""
    palette = face.palette
    title, metrics = tr("Course report"), QFontMetricsF(face.title)
    name = text_part(head.name, width - metrics.horizontalAdvance(title) - 20, face.name, palette.text, air=1)

    def paint(painter: QPainter, box: QRectF) -> None:
        name.paint(painter, box)
        painter.setFont(face.title)
        painter.setPen(palette.soft)
        painter.drawText(QPointF(box.right() - metrics.horizontalAdvance(title), box.top() + metrics.ascent()), title)

    if head.synthetic:
        yield _banner(tr("SYNTHETIC DEMO DATA: no real patient"), face)
    yield Part(name.height, paint)
    yield text_part(head.person, width, face.body, palette.text, air=3)
    yield _rule(face)


def _banner(text: str, face: Typeface) -> Part:
    metrics = QFontMetricsF(face.heading)

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(face.palette.event, 1.2))
        painter.drawRect(box.adjusted(0, 0, 0, -5))
        painter.setFont(face.heading)
        painter.drawText(box.adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignCenter, text)

    return Part(metrics.height() + 10, paint)


def _rule(face: Typeface) -> Part:
    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(face.palette.axis, 0.8))
        painter.drawLine(QLineF(box.left(), box.top() + 1, box.right(), box.top() + 1))

    return Part(6, paint)


def episode_parts(report: EpisodeReport, width: float, face: Typeface) -> Iterator[Part]:
    """Yield condition, facts, treatments."""
    palette = face.palette
    yield text_part(report.title, width, face.title, palette.text, air=1)
    yield text_part(report.facts, width, face.body, palette.text, air=1)
    for place, line in enumerate(report.treatments):
        last = place == len(report.treatments) - 1
        yield text_part(line, width, face.body, palette.treatment, air=5 if last else 0)


def paragraph_parts(report: EpisodeReport, width: float, face: Typeface) -> Iterator[Part]:
    """Yield the paragraph for the patient."""
    if report.paragraph:
        yield section(tr("For the patient"), face)
        yield text_part(report.paragraph, width, face.body, face.palette.text, air=6)


def lane_parts(report: EpisodeReport, width: float, face: Typeface) -> Iterator[Part]:
    """Yield what the marks mean, and the lane of treatments and events."""
    yield text_part(report.key, width, face.small, face.palette.soft, air=3)
    height = lane_height(report.lane)

    def paint(painter: QPainter, box: QRectF) -> None:
        frame = Frame.within(box.adjusted(0, 0, 0, -4), LANE_MARGINS, report.window, (0, 1), report.axis)
        paint_lane(painter, report.lane, frame, face.palette, face.chart)

    if height:
        yield Part(height + 4, paint)


def words_under(figure: Figure, width: float, face: Typeface) -> list[Part]:
    """Return everything under a plot."""
    palette = face.palette
    parts = [study_part(study, words, width, palette, face.small) for study, words in figure.studies]
    if figure.notes:
        parts.append(text_part(figure.notes, width, face.small, palette.event, air=2))
    if figure.said:
        parts.append(text_part(figure.said, width, face.small, palette.text, air=2))
    return parts


def heading_of(figure: Figure, width: float, face: Typeface) -> Part:
    """Return what stands over a plot: the title in full, range, and which way is better."""
    heading, palette = figure.shown.heading, face.palette
    parts = [
        text_part(heading.name, width, face.small_bold, palette.text, air=0),
        text_part(f"{heading.range}   {heading.anchor}", width, face.small, palette.good, air=0),
    ]
    return Part(height_of(parts), lambda painter, box: _paint_all(painter, parts, box))


def _paint_all(painter: QPainter, parts: Sequence[Part], box: QRectF) -> None:
    paint_parts(painter, parts, box.left(), box.top(), box.width())


def plot_of(figure: Figure, height: float, report: EpisodeReport, face: Typeface) -> Part:
    """Return a plot of that height."""
    view = View(report.window, report.axis, face.palette, face.chart)
    return plot_part(figure.shown.drawing, height, PANEL_MARGINS, view)


def shared_parts(report: EpisodeReport, width: float, face: Typeface) -> Iterator[Part]:
    """Yield the sentences that stand under several charts."""
    if report.shared:
        yield text_part(" ".join(report.shared), width, face.small, face.palette.text, air=5)


def side_by_side(columns: Sequence[Sequence[Part]], width: float, between: float) -> Part:
    """Return columns of parts, each *width* wide, as one part."""

    def paint(painter: QPainter, box: QRectF) -> None:
        for place, parts in enumerate(columns):
            left = box.left() + place * (width + between)
            _paint_all(painter, parts, QRectF(left, box.top(), width, box.height()))

    return Part(max(height_of(parts) for parts in columns), paint)


def table_parts(report: EpisodeReport, width: float, face: Typeface) -> Iterator[Part]:
    """Yield the table of numbers, with what has no chart."""
    if not report.rows:
        return
    yield section(tr("All scores"), face)
    halves = 2 if len(report.rows) > LONG_TABLE else 1
    room = (width - GAP * (halves - 1)) / halves
    middle = -(-len(report.rows) // halves)
    if halves > 1 and not report.rows[middle - 1].name:
        middle -= 1  # the name of a scale stands over its scores
    columns = []
    for part in (report.rows[:middle], report.rows[middle:])[:halves]:
        rows = [_row(row.cells, room, face, bold=False) for row in part]
        columns.append([_row(report.headings, room, face, bold=True), *rows])
    yield side_by_side(columns, room, GAP)
    words = " ".join(text for text in (report.legend, report.not_drawn) if text)
    yield text_part(words, width, face.small, face.palette.soft, air=5)


def _row(cells: Sequence[str], width: float, face: Typeface, *, bold: bool) -> Part:
    font = face.small_bold if bold or len(cells) == 1 else face.small
    shares = COLUMNS[: len(cells)] if len(cells) > 1 else (1.0,)
    widths = [share * width / sum(shares) for share in shares]
    parts = [
        text_part(cell, room - 5, font, face.palette.text, air=1) for cell, room in zip(cells, widths, strict=True)
    ]
    height = max(part.height for part in parts)

    def paint(painter: QPainter, box: QRectF) -> None:
        left = box.left()
        for part, room in zip(parts, widths, strict=True):
            part.paint(painter, QRectF(left, box.top(), room, height))
            left += room
        painter.setPen(QPen(face.palette.axis, 0.4))
        painter.drawLine(QLineF(box.left(), box.bottom() - 0.5, box.right(), box.bottom() - 0.5))

    return Part(height, paint)


def list_parts(title: str, lines: Sequence[str], width: float, face: Typeface, *, soft: bool = False) -> Iterator[Part]:
    """Yield a section of lines."""
    if not lines:
        return
    yield section(title, face)
    colour = face.palette.soft if soft else face.palette.text
    for line in lines:
        yield text_part(line, width, face.small, colour, air=1)
    yield gap(5)


def section(title: str, face: Typeface) -> Part:
    """Return the heading of a section."""
    return text_part(title, 10_000, face.heading, face.palette.text, air=1)
