"""Paints the row of an item: blank, 0 and missing are three different pictures."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from tracker.clinic.codes import MissingReason
from tracker.core.messages import tr
from tracker.core.numbers import DASH, Number, plain_number
from tracker.scales.model import Item
from tracker.ui import words
from tracker.ui.entry.grammar import allowed_words, span_words
from tracker.ui.entry.row_parts import MARGIN, TALL, RowParts, shows_code
from tracker.ui.entry.sheet import REASON_KEYS
from tracker.ui.theme import Theme, scaled

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row shows."""

    item: Item
    label: str
    tag: str
    """Subscale, where the form keeps the questionnaire's order instead of groups."""
    value: Number | None
    reason: MissingReason | None
    last: Number | None
    held: str
    current: bool
    choosing: bool
    refused: str
    hovered: QPointF | None
    anchors: tuple[str, str]
    """What the two ends of a drawn line mean."""


class RowPainter:
    """Paints one row with one painter; made for each paint event."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont) -> None:
        self._painter = painter
        self._theme = theme
        self._font = font
        self._bold = scaled(font, 1.0, bold=True)
        self._small = scaled(font, 0.86)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, look: RowLook, parts: RowParts, bounds: QRectF) -> None:
        """Paint the whole row."""
        self._ground(look, bounds)
        first = parts.label
        code = QRectF(MARGIN + 4, first.top(), first.left() - MARGIN - 6, first.height())
        if shows_code(look.item):
            self._text(code, look.item.code, "text_soft", self._small, _LEFT)
        self._label(look, first)
        for value, cell in parts.cells:
            self._cell(look, value, cell)
        if parts.cells and look.held:
            self._typed(look.held, first)
        if parts.field is not None and parts.unit is not None:
            self._field(look, parts.field)
            self._text(parts.unit.adjusted(MARGIN, 0, 0, 0), look.item.unit or "", "text_soft", self._font, _LEFT)
        if parts.line is not None:
            self._line(look, parts.line)
        self._missing(look, parts.missing)
        if look.choosing:
            self._reasons(look, parts)
        elif look.refused:
            self._text(parts.second.adjusted(0, 0, 0, -4), look.refused, "warn", self._small, _LEFT)

    def _colour(self, role: str) -> QColor:
        return QColor(self._theme.colour(role))

    def _text(self, box: QRectF, text: str, role: str, font: QFont, flags: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._colour(role))
        shown = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        self._painter.drawText(box, flags, shown)

    def _box(self, box: QRectF, fill: str | None, edge: str | None, *, dashed: bool = False, width: float = 1) -> None:
        pen = QPen(self._colour(edge), width) if edge else QPen(Qt.PenStyle.NoPen)
        if dashed:
            pen.setDashPattern([3, 2.5])
        self._painter.setPen(pen)
        self._painter.setBrush(self._colour(fill) if fill else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _ground(self, look: RowLook, bounds: QRectF) -> None:
        box = bounds.adjusted(0, 1, 0, -1)
        self._box(box, "accent_soft" if look.current else "surface", "accent" if look.current else "line")
        if look.current:
            self._painter.fillRect(QRectF(box.left() + 1, box.top() + 5, 3, box.height() - 10), self._colour("accent"))

    def _label(self, look: RowLook, box: QRectF) -> None:
        self._text(box, look.label, "text", self._bold if look.current else self._font, _LEFT)
        used = self._painter.fontMetrics().horizontalAdvance(look.label) + 14
        if look.tag and used < box.width():
            self._text(box.adjusted(used, 0, 0, 0), look.tag, "text_soft", self._small, _LEFT)

    def _cell(self, look: RowLook, value: Number, cell: QRectF) -> None:
        shown = plain_number(value)
        if look.value == value:
            self._box(cell, "accent", "accent")
            self._text(cell, shown, "on_accent", self._bold, _CENTRE)
            return
        fitting = bool(look.held) and shown.startswith(look.held)
        hovered = look.hovered is not None and cell.contains(look.hovered)
        if look.last == value:
            self._box(cell, "surface", "text_soft", dashed=True, width=1.2)
        else:
            self._box(cell, "surface", "accent" if fitting or hovered else "line")
        if fitting:
            self._box(cell, None, "accent", width=1.6)
        quiet = look.reason is not None
        self._text(cell, shown, "text_faint" if quiet else "text_soft", self._font, _CENTRE)

    def _typed(self, held: str, label: QRectF) -> None:
        box = QRectF(label.right() - 34, label.top(), 34, label.height())
        self._box(box, "surface", "accent", width=1.6)
        self._text(box.adjusted(7, 0, 0, 0), held, "text", self._bold, _LEFT)
        caret = box.left() + 8.5 + self._painter.fontMetrics().horizontalAdvance(held)
        self._painter.fillRect(QRectF(caret, box.top() + 4, 1.4, box.height() - 8), self._colour("accent"))

    def _field(self, look: RowLook, box: QRectF) -> None:
        edge = "warn" if look.refused else "accent" if look.current else "line_strong"
        self._box(box, "surface", edge, width=1.6 if look.current else 1)
        inner = box.adjusted(9, 0, -9, 0)
        if look.held:
            self._text(inner, look.held, "text", self._bold, _LEFT)
            caret = inner.left() + self._painter.fontMetrics().horizontalAdvance(look.held) + 1.5
        elif look.value is not None:
            self._text(inner, plain_number(look.value), "text", self._bold, _RIGHT)
            return
        else:
            self._text(inner, span_words(look.item), "text_faint", self._font, _RIGHT)
            caret = inner.left()
        if look.current:
            self._painter.fillRect(QRectF(caret, box.top() + 5, 1.4, box.height() - 10), self._colour("accent"))

    def _line(self, look: RowLook, box: QRectF) -> None:
        middle = box.center().y() - (8 if box.height() >= TALL - 6 else 0)
        tick = 7.0 if box.height() >= TALL - 6 else 5.0
        self._painter.setPen(QPen(self._colour("text_soft"), 1.4))
        self._painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        for end in (box.left(), box.right()):
            self._painter.drawLine(QPointF(end, middle - tick), QPointF(end, middle + tick))
        if look.last is not None:
            pen = QPen(self._colour("text_soft"), 1.6)
            pen.setDashPattern([2, 1.6])
            self._painter.setPen(pen)
            at = self._along(look, box, look.last)
            self._painter.drawLine(QPointF(at, middle - tick - 3), QPointF(at, middle + tick + 3))
        if look.value is not None:
            self._painter.setPen(QPen(self._colour("surface"), 1.5))
            self._painter.setBrush(self._colour("accent"))
            self._painter.drawEllipse(QPointF(self._along(look, box, look.value), middle), tick, tick)
        if box.height() >= TALL - 6:
            below = QRectF(box.left(), middle + tick + 2, box.width(), box.bottom() - middle - tick - 2)
            half = below.width() / 2 - 6
            self._text(below.adjusted(0, 0, -half - 6, 0), look.anchors[0], "text_soft", self._small, _LEFT)
            self._text(below.adjusted(half + 6, 0, 0, 0), look.anchors[1], "text_soft", self._small, _RIGHT)

    @staticmethod
    def _along(look: RowLook, box: QRectF, value: Number) -> float:
        span = look.item.maximum - look.item.minimum
        return float(box.left() + (value - look.item.minimum) / span * box.width())

    def _missing(self, look: RowLook, box: QRectF) -> None:
        if look.reason is None:
            hovered = look.hovered is not None and box.contains(look.hovered)
            edge = "accent" if hovered or look.choosing else "line"
            self._box(box, "missing_soft" if hovered or look.choosing else "window", edge)
            self._text(box, DASH, "missing", self._font, _CENTRE)
            return
        self._box(box, "missing", None)
        self._text(box.adjusted(5, 0, -5, 0), words.label(look.reason), "surface", self._small, _CENTRE)

    def _reasons(self, look: RowLook, parts: RowParts) -> None:
        keys = {reason: key for key, reason in REASON_KEYS.items()}
        for reason, box in parts.reasons:
            chosen = look.reason is reason
            hovered = look.hovered is not None and box.contains(look.hovered)
            self._box(box, "missing" if chosen else "surface", "accent" if hovered else "missing")
            self._text(box.adjusted(9, 0, -4, 0), keys[reason], "surface" if chosen else "accent", self._bold, _LEFT)
            inset = self._painter.fontMetrics().horizontalAdvance(keys[reason]) + 15
            role = "surface" if chosen else "text"
            self._text(box.adjusted(inset, 0, -2, 0), words.label(reason), role, self._small, _LEFT)
        if look.value is not None or look.reason is not None:
            self._box(parts.clear, "surface", "line_strong")
            self._text(parts.clear, "\N{ERASE TO THE LEFT}", "text_soft", self._small, _CENTRE)


def accessible_name(look: RowLook) -> str:
    """Return what a screen reader says of a row: item and state (blank, an answer, or why there is none)."""
    if look.reason is not None:
        state = tr("missing: {reason}", reason=words.label(look.reason))
    elif look.value is not None:
        state = tr("answer {value}", value=plain_number(look.value))
    else:
        state = tr("no answer yet, takes {allowed}", allowed=allowed_words(look.item))
    parts = [look.item.code, look.label, state]
    if look.held:
        parts.append(tr("typed {text}", text=look.held))
    if look.last is not None:
        parts.append(tr("last visit {value}", value=plain_number(look.last)))
    if look.refused:
        parts.append(look.refused)
    return ", ".join(parts)
