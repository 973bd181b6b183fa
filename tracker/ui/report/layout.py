"""Puts a report on pages: an episode has one, with as many charts as stay readable; sources that do not fit follow.

Everything on one page, if that leaves room for four charts; else the sources go to a page of their own where that
gives room for more charts; only where not even one chart has room the cautions go with them, then the events. A
sentence is never cut.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from tracker.core.messages import tr
from tracker.ui.chart.sheet_parts import Part, gap, height_of, paint_parts, text_part
from tracker.ui.report import blocks
from tracker.ui.report.content import Material, episode_report
from tracker.ui.report.model import EpisodeReport, Paper, ReportChoices, ReportHead
from tracker.ui.report.typeface import Typeface, typeface

SIZES = {Paper.A4: (210 / 25.4 * 96, 297 / 25.4 * 96), Paper.LETTER: (8.5 * 96.0, 11.0 * 96.0)}
"""Width and height in pixels of 1/96 inch."""
EDGE = 40.0
MOST_FIGURES, FEW_FIGURES = 9, 4
COLUMNS = {1: 1, 2: 2, 4: 2}
"""Charts side by side, by their number; three for any other."""
LOWEST_PLOT, HIGHEST_PLOT = 96.0, 180.0
_ROW_GAP = 8.0
"""Under a row of charts."""


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page: what is on it, top down."""

    parts: tuple[Part, ...]
    foot: str
    """The line at the bottom; its number comes when all pages are known."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A report laid out: every page, and the content it was laid out from."""

    head: ReportHead
    episodes: tuple[EpisodeReport, ...]
    pages: tuple[Page, ...]
    choices: ReportChoices

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in pixels of 1/96 inch."""
        return SIZES[self.choices.paper]

    @property
    def text(self) -> str:
        """All that is printed, as text."""
        lines = [self.head.name, self.head.person, *(line for one in self.episodes for line in one.words())]
        return "\n".join(line for line in (*lines, self.head.made_with) if line)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint the page with that number (from 0) on a painter of 96 units an inch."""
        face = typeface()
        width, height = self.size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, width, height), face.palette.paper)
        paint_parts(painter, self.pages[number].parts, EDGE, EDGE, width - 2 * EDGE)
        painter.setFont(face.small)
        painter.setPen(face.palette.soft)
        base = height - EDGE + 2
        painter.drawText(QPointF(EDGE, base), self.pages[number].foot)
        place = tr("page {number} of {count}", number=number + 1, count=len(self.pages))
        painter.drawText(QPointF(width - EDGE - QFontMetricsF(face.small).horizontalAdvance(place), base), place)


@dataclass(frozen=True, slots=True)
class _Room:
    """The room for an episode, and how it is filled."""

    width: float
    height: float
    face: Typeface


def lay_out(head: ReportHead, materials: Sequence[Material], choices: ReportChoices) -> Layout:
    """Return the pages of a report: each episode begins a new one."""
    face = typeface()
    width = SIZES[choices.paper][0] - 2 * EDGE
    height = SIZES[choices.paper][1] - 2 * EDGE - 16
    top = tuple(blocks.head_parts(head, width, face))
    room = _Room(width, height - height_of(top), face)
    episodes: list[EpisodeReport] = []
    pages: list[Page] = []
    for material in materials:
        report, body, rest = _fitted(material, room)
        episodes.append(report)
        pages.append(Page((*top, *body), head.made_with))
        pages += [Page((*top, *parts), head.made_with) for parts in _continued(report, rest, room)]
    return Layout(head, tuple(episodes), tuple(pages), choices)


_Tail = Callable[[EpisodeReport, _Room], list[Part]]


def _fitted(material: Material, room: _Room) -> tuple[EpisodeReport, list[Part], list[Part]]:
    """Return the episode with as many charts as fit, the parts of its page, and those that follow on another."""
    whole = _most_charts(material, room, 0)
    if whole is not None and len(whole[0].figures) >= min(FEW_FIGURES, len(material.panels)):
        return whole
    apart = _most_charts(material, room, 1)
    if whole is not None and apart is not None:
        return max(apart, whole, key=lambda one: (len(one[0].figures), one is whole))
    best = whole or apart or _most_charts(material, room, 2) or _most_charts(material, room, 3)
    if best is not None:
        return best
    report = episode_report(material, 0)
    return report, _texts(report, room), [part for tail in _TAILS for part in tail(report, room)]


_Fitted = tuple[EpisodeReport, list[Part], list[Part]]


def _most_charts(material: Material, room: _Room, leaving: int) -> _Fitted | None:
    """Return the page with the most charts that fit if so many of the texts at its end go to another page."""
    kept, left = _TAILS[: len(_TAILS) - leaving], _TAILS[len(_TAILS) - leaving :]
    most = min(len(material.panels), MOST_FIGURES)
    for count in range(most, min(most, 1) - 1, -1):
        report = episode_report(material, count)
        body = _body(report, room, [part for tail in kept for part in tail(report, room)])
        if body is not None:
            return report, body, [part for tail in left for part in tail(report, room)]
    return None


def _body(report: EpisodeReport, room: _Room, tails: Sequence[Part]) -> list[Part] | None:
    """Return the parts of the page with the plots as high as there is room; None where they would be too low."""
    above = _above(report, room)
    under = [
        *blocks.shared_parts(report, room.width, room.face),
        *blocks.table_parts(report, room.width, room.face),
        *tails,
    ]
    free = room.height - height_of(above) - height_of(under)
    if not report.figures:
        return [*above, *under] if free >= 0 else None
    charts = _charts(report, room, free)
    return None if charts is None else [*above, *charts, *under]


def _charts(report: EpisodeReport, room: _Room, free: float) -> list[Part] | None:
    """Return the rows of charts in a height of *free*; None where the plots would be too low to read."""
    face, figures = room.face, report.figures
    count = COLUMNS.get(len(figures), 3)
    width = (room.width - blocks.GAP * (count - 1)) / count
    headings = [blocks.heading_of(figure, width, face) for figure in figures]
    words = [blocks.words_under(figure, width, face) for figure in figures]
    rows = [slice(start, start + count) for start in range(0, len(figures), count)]
    heads = [max(one.height for one in headings[row]) for row in rows]
    feet = [max(height_of(one) for one in words[row]) + _ROW_GAP for row in rows]
    height = min(HIGHEST_PLOT, (free - sum(heads) - sum(feet)) / len(rows))
    if height < LOWEST_PLOT:
        return None
    charts = []
    for row, head in zip(rows, heads, strict=True):
        cards = [
            [Part(head, heading.paint), blocks.plot_of(figure, height, report, face), *said]
            for heading, figure, said in zip(headings[row], figures[row], words[row], strict=True)
        ]
        charts += [blocks.side_by_side(cards, width, blocks.GAP), gap(_ROW_GAP)]
    return charts


def _texts(report: EpisodeReport, room: _Room) -> list[Part]:
    return [*_above(report, room), *blocks.table_parts(report, room.width, room.face)]


def _above(report: EpisodeReport, room: _Room) -> list[Part]:
    """Return what stands over the charts; a patient reads the paragraph first."""
    return [
        *blocks.episode_parts(report, room.width, room.face),
        *blocks.paragraph_parts(report, room.width, room.face),
        *blocks.lane_parts(report, room.width, room.face),
    ]


def _events(report: EpisodeReport, room: _Room) -> list[Part]:
    return list(blocks.list_parts(tr("Adverse events"), report.events, room.width, room.face))


def _cautions(report: EpisodeReport, room: _Room) -> list[Part]:
    return list(blocks.list_parts(tr("Before you read"), report.cautions, room.width, room.face))


def _sources(report: EpisodeReport, room: _Room) -> list[Part]:
    return list(blocks.list_parts(tr("Sources"), report.sources, room.width, room.face, soft=True))


_TAILS: tuple[_Tail, ...] = (_events, _cautions, _sources)
"""What stands under the table, in this order; the last go to another page first."""


def _continued(report: EpisodeReport, rest: Sequence[Part], room: _Room) -> Iterator[list[Part]]:
    """Yield the pages of what did not fit."""
    title = text_part(
        tr("{episode}, continued", episode=report.title), room.width, room.face.title, room.face.palette.text
    )
    page = [title]
    for part in rest:
        if len(page) > 1 and height_of(page) + part.height > room.height:
            yield page
            page = [title]
        page.append(part)
    if len(page) > 1:
        yield page
