"""Where each part of the painted grid lies, for a size."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from tracker.scales.isncsci.exam import CONTRACTION, PRESSURE
from tracker.scales.isncsci.levels import DERMATOMES, SIDES
from tracker.ui.exam import places
from tracker.ui.exam.body_shapes import BACK, FRONT, HEIGHT, WIDTH

MARGIN, HEAD, GAP = 14.0, 19.0, 5.0
LEVEL, NARROW_CELL, CELL, WIDE_CELL = 40.0, 38.0, 44.0, 52.0
MUSCLE, ROOM_FOR_MUSCLES, ROOM_FOR_WIDE = 146.0, 940.0, 1080.0
LOWEST_ROW, HIGHEST_ROW = 13.0, 28.0
# the whole grid stands in a window of 1366 x 768 less a title bar, a task bar and one notice
BOTTOM_ROW, BOTTOM_CELL = 1.3, 46.0
ROWS_IN_ALL = len(DERMATOMES) + 1 + BOTTOM_ROW
SMALLEST = 690, round(2 * HEAD + 3 * GAP + ROWS_IN_ALL * LOWEST_ROW) + 4
CAPTION = 17.0


@dataclass(frozen=True, slots=True)
class GridParts:
    """Boxes of everything that is painted."""

    row: float
    cells: Mapping[str, QRectF]
    sides: Mapping[str, QRectF]
    heads: Mapping[str, QRectF]
    levels: Mapping[tuple[str, str], QRectF]
    """(side, level) -> its name beside the cells."""
    muscles: Mapping[str, QRectF]
    """Motor cell -> the name of its muscle; empty where there is no room."""
    totals: Mapping[str, QRectF]
    labels: Mapping[str, QRectF]
    """Cell of the bottom row -> its name."""
    figures: Mapping[str, QRectF]
    captions: Mapping[str, QRectF]

    def cell_at(self, point: QPointF) -> str | None:
        """Return the cell under *point*."""
        return next((cell for cell, box in self.cells.items() if box.contains(point)), None)


def place(width: float, height: float) -> GridParts:
    """Lay out the grid: columns of the right side, the body, columns of the left side, the bottom row."""
    row = (height - 2 * HEAD - 3 * GAP - 2) / ROWS_IN_ALL
    row = max(LOWEST_ROW, min(HIGHEST_ROW, row))
    cell = NARROW_CELL if width < 740 else WIDE_CELL if width >= ROOM_FOR_WIDE else CELL
    muscle = MUSCLE if width >= ROOM_FOR_MUSCLES else 0.0
    block = MARGIN + muscle + 3 * cell + LEVEL
    top = GAP + 2 * HEAD
    under = top + len(DERMATOMES) * row + 2
    lefts = _column_lefts(width, cell, muscle)
    cells = {
        name: QRectF(lefts[column], top + places.row_of(name) * row, cell, row)
        for column in places.TABLE
        for name in places.CELLS_OF[column]
    }
    inner = {"right": block - LEVEL, "left": width - block}
    middle = QRectF(block, GAP, width - 2 * block, under + row - GAP)
    figures = _figures(middle.adjusted(6, 4, -6, -CAPTION - 2))
    bottom, labels = _bottom(QRectF(0, under + row + GAP, width, BOTTOM_ROW * row), lefts, cell, middle)
    return GridParts(
        row=row,
        cells=cells | bottom,
        sides={
            "right": QRectF(lefts["right.motor"], GAP, 3 * cell, HEAD),
            "left": QRectF(lefts["left.lightTouch"], GAP, 3 * cell, HEAD),
        },
        heads={column: QRectF(left, GAP + HEAD, cell, HEAD) for column, left in lefts.items()},
        levels={
            (side, level): QRectF(inner[side], top + at * row, LEVEL, row)
            for side in SIDES
            for at, level in enumerate(DERMATOMES)
        },
        muscles=_muscles(cells, muscle),
        totals={column: QRectF(left, under, cell, row) for column, left in lefts.items()},
        labels=labels,
        figures=figures,
        captions={view: QRectF(box.left(), box.bottom() + 2, box.width(), CAPTION) for view, box in figures.items()},
    )


def _column_lefts(width: float, cell: float, muscle: float) -> dict[str, float]:
    first, last = MARGIN + muscle, width - MARGIN - muscle - 3 * cell
    lefts = {column: first + at * cell for at, column in enumerate(places.TABLE[:3])}
    return lefts | {column: last + at * cell for at, column in enumerate(places.TABLE[3:])}


def _muscles(cells: Mapping[str, QRectF], wide: float) -> dict[str, QRectF]:
    if not wide:
        return {}
    found = {}
    for name in (*places.CELLS_OF["right.motor"], *places.CELLS_OF["left.motor"]):
        box = cells[name]
        left = box.left() - wide if name.startswith("right") else box.right()
        found[name] = QRectF(left, box.top(), wide, box.height()).adjusted(6, 0, -6, 0)
    return found


def _figures(room: QRectF) -> dict[str, QRectF]:
    """Fit the two figures side by side into *room*."""
    scale = min(room.width() / 2 / (WIDTH + 4), room.height() / HEIGHT)
    wide, tall = WIDTH * scale, HEIGHT * scale
    top = room.top() + max(0.0, (room.height() - tall) / 3)
    return {
        view: QRectF(room.left() + room.width() * centre - wide / 2, top, wide, tall)
        for view, centre in ((FRONT, 0.25), (BACK, 0.75))
    }


def _bottom(
    under: QRectF, lefts: Mapping[str, float], cell: float, middle: QRectF
) -> tuple[dict[str, QRectF], dict[str, QRectF]]:
    """Return cells and labels of the bottom row: non-key muscles under the columns, anal findings under the body."""
    top, tall, wide = under.top(), under.height(), 2 * cell + 12
    cells = {
        places.RIGHT_NON_KEY: QRectF(lefts["right.motor"], top, cell, tall),
        places.LEFT_NON_KEY: QRectF(lefts["left.motor"], top, cell, tall),
    }
    labels = {
        places.RIGHT_NON_KEY: QRectF(lefts["right.lightTouch"] + 6, top, wide, tall),
        places.LEFT_NON_KEY: QRectF(lefts["left.motor"] - 6 - wide, top, wide, tall),
    }
    first = lefts["right.lightTouch"] + 6 + wide
    half = middle.center().x() - first
    gap = 6.0
    for name, left in ((CONTRACTION, first), (PRESSURE, middle.center().x())):
        cells[name] = QRectF(left + half - BOTTOM_CELL - gap, top, BOTTOM_CELL, tall)
        labels[name] = QRectF(left, top, half - BOTTOM_CELL - gap - 7, tall)
    return cells, labels
