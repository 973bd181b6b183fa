"""Where the parts of an item's row lie: one geometry for painting and for the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from tracker.clinic.codes import MissingReason
from tracker.core.numbers import Number
from tracker.scales.model import Item
from tracker.ui import words
from tracker.ui.entry.grammar import cell_values
from tracker.ui.entry.sheet import REASON_KEYS

CODE_WIDTH, NO_CODE_WIDTH = 46.0, 8.0
CELL, NARROW_CELL, CELL_GAP = 36.0, 25.0, 4.0
MISSING, MISSING_WITH_REASON = 36.0, 112.0
FIELD, LINE, SHORT_LINE, LABEL = 84.0, 330.0, 120.0, 205.0
MARGIN = 8.0
WIDE = 640.0
"""From this width on the cell for missing is wide enough for its reason."""
LONGEST_CODE = 5
TALL = 60.0
"""From this height on a drawn line has its anchors written below it."""


@dataclass(frozen=True, slots=True)
class RowParts:
    """The rectangles of a row."""

    label: QRectF
    cells: tuple[tuple[Number, QRectF], ...]
    line: QRectF | None
    field: QRectF | None
    unit: QRectF | None
    missing: QRectF
    clear: QRectF
    """Only while a reason is chosen: makes the item blank again."""
    reasons: tuple[tuple[MissingReason, QRectF], ...]
    second: QRectF
    """Second line, where a refusal or the reasons stand; empty height without them."""

    def value_at(self, point: QPointF, item: Item) -> Number | None:
        """Return the value a click at *point* means, or None."""
        for value, cell in self.cells:
            if cell.contains(point):
                return value
        if self.line is not None and self.line.adjusted(-6, 0, 6, 0).contains(point):
            part = min(1.0, max(0.0, (point.x() - self.line.left()) / self.line.width()))
            return int(item.minimum + part * (item.maximum - item.minimum) + 0.5)
        return None


def has_line(item: Item) -> bool:
    """Whether the item is a visual analogue scale, drawn as a line (millimetres say so)."""
    return item.allowed is None and item.unit == "mm"


def place(item: Item, width: float, height: float, second_line: float, font: QFontMetricsF) -> RowParts:
    """Lay out the row of *item*: a first line of *height*, and a second one below it where it is needed."""
    top, tall = 3.0, height - 6.0
    code = CODE_WIDTH if shows_code(item) else NO_CODE_WIDTH
    reason_width = MISSING_WITH_REASON if width >= WIDE else MISSING
    right = width - MARGIN - reason_width
    box_height = min(tall, font.height() + 10)
    missing = QRectF(right, top + (tall - box_height) / 2, reason_width, box_height)
    right -= 2 * CELL_GAP
    cells: tuple[tuple[Number, QRectF], ...] = ()
    line = field = unit = None
    values = cell_values(item)
    if values:
        cells = _cells(values, QRectF(code, top, right - code, tall))
        left = cells[0][1].left()
    else:
        unit_width = font.horizontalAdvance(item.unit) + MARGIN if item.unit else 0.0
        unit = QRectF(right - unit_width, top, unit_width, tall)
        field = QRectF(unit.left() - FIELD, top + (tall - box_height) / 2, FIELD, box_height)
        left = field.left()
        if has_line(item):
            long = min(LINE, max(SHORT_LINE, left - code - 2 * MARGIN - LABEL - 26))
            line = QRectF(left - long - 18, top, long, tall)
            left = line.left() - 8
    second = QRectF(code + MARGIN, height - 2, width - code - 2 * MARGIN, second_line)
    reasons, clear = _reasons(second, font) if second_line else ((), QRectF())
    label = QRectF(code + MARGIN, top, max(0.0, left - code - 2 * MARGIN), tall)
    return RowParts(label, cells, line, field, unit, missing, clear, reasons, second)


def shows_code(item: Item) -> bool:
    """Whether the item's code stands on the clinic's paper form (``P1``, ``2A``) rather than being a name of ours."""
    return len(item.code) <= LONGEST_CODE and any(char.isdigit() for char in item.code)


def _cells(allowed: tuple[Number, ...], room: QRectF) -> tuple[tuple[Number, QRectF], ...]:
    count = len(allowed)
    most = (room.width() - 2 * MARGIN - LABEL) / count - CELL_GAP
    size = max(NARROW_CELL, min(CELL, most))
    left = room.right() - count * size - (count - 1) * CELL_GAP
    return tuple(
        (value, QRectF(left + place * (size + CELL_GAP), room.top(), size, room.height()))
        for place, value in enumerate(allowed)
    )


def _reasons(second: QRectF, font: QFontMetricsF) -> tuple[tuple[tuple[MissingReason, QRectF], ...], QRectF]:
    left, height = second.left(), second.height() - 5
    wishes = [font.horizontalAdvance(f"{key} {words.label(reason)}") * 0.9 + 22 for key, reason in REASON_KEYS.items()]
    room = second.width() - height - CELL_GAP * (len(wishes) + 2)
    fit = min(1.0, room / sum(wishes))
    placed = []
    for reason, wish in zip(REASON_KEYS.values(), wishes, strict=True):
        placed.append((reason, QRectF(left, second.top(), wish * fit, height)))
        left += wish * fit + CELL_GAP
    return tuple(placed), QRectF(left + CELL_GAP, second.top(), height, height)
