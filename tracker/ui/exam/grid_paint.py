"""Paints the grid of cells: blank is an empty slot, 0 is dark, not testable is hatched, a star has its own frame."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from tracker.core.messages import Message, msg, say, tr
from tracker.scales.isncsci.compare import Change
from tracker.scales.isncsci.levels import DERMATOMES
from tracker.scales.isncsci.words import level_name
from tracker.ui.exam import palette, places
from tracker.ui.exam.body_shapes import BACK, FRONT
from tracker.ui.exam.grid_parts import GridParts
from tracker.ui.exam.looks import MARKS, MUSCLES, CellLook, Shade
from tracker.ui.theme import Theme, scaled

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADS: dict[str, Message] = {"motor": msg("Motor"), "lightTouch": msg("Touch"), "pinPrick": msg("Pin")}
_SIDES: dict[str, Message] = {"right": msg("Right"), "left": msg("Left")}
_BOTTOM: dict[str, Message] = {
    places.RIGHT_NON_KEY: msg("Non-key muscle"),
    places.LEFT_NON_KEY: msg("Non-key muscle"),
    "voluntaryAnalContraction": msg("Voluntary anal contraction"),
    "deepAnalPressure": msg("Deep anal pressure"),
}
_LAST_OF_REGION = ("C8", "T12", "L5")


class GridPainter:
    """Paints the grid with one painter; made for each paint event."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont, parts: GridParts) -> None:
        self._painter, self._theme, self._parts = painter, theme, parts
        self._font = QFont(font)
        self._font.setPixelSize(max(11, min(15, round(parts.row * 0.74))))
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = scaled(font, 0.86)
        self._tiny = QFont(self._font)
        self._tiny.setPixelSize(max(10, self._font.pixelSize() - 2))
        self._label, self._mini = QFont(self._tiny), QFont(self._tiny)
        self._label.setPixelSize(12 if parts.row > 20 else 11)
        self._mini.setPixelSize(10)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def heads(self) -> None:
        """Paint the names of sides and columns, and the captions of the figures."""
        heading = scaled(self._small, 1.16, bold=True)
        for side, box in self._parts.sides.items():
            self._text(box, say(_SIDES[side]), "text", heading, _CENTRE)
        for column, box in self._parts.heads.items():
            self._text(box, say(_HEADS[column.partition(".")[2]]), "text_soft", self._tiny, _CENTRE)
        for view, words in ((FRONT, tr("from the front")), (BACK, tr("from behind"))):
            box = self._parts.captions[view].adjusted(16, 0, -16, 0)
            ends = (_SIDES["right"], _SIDES["left"]) if view == FRONT else (_SIDES["left"], _SIDES["right"])
            self._text(box, say(ends[0]), "text_soft", self._tiny, _LEFT)
            self._text(box, words, "text_soft", self._small, _CENTRE)
            self._text(box, say(ends[1]), "text_soft", self._tiny, _RIGHT)

    def levels(self, current: str) -> None:
        """Paint the names of the levels, that of the current cell marked, and the names of the muscles."""
        level = current.rpartition(".")[2] if current in places.GRADED else ""
        for (_side, name), box in self._parts.levels.items():
            here = name == level
            self._text(box, level_name(name), "accent" if here else "text", self._bold, _CENTRE)
        for cell, box in self._parts.muscles.items():
            words = say(MUSCLES[cell.rpartition(".")[2]])
            role = "text" if cell == current else "text_soft"
            self._text(box, words, role, self._label, _RIGHT if cell.startswith("right") else _LEFT)
        for cell, box in self._parts.labels.items():
            flags = _LEFT if cell == places.RIGHT_NON_KEY else _RIGHT
            self._text(box, say(_BOTTOM[cell]), "text" if cell == current else "text_soft", self._label, flags)

    def region_lines(self) -> None:
        """Paint a line under C8, T12 and L5 across the cells of each side."""
        self._painter.setPen(QPen(self._colour("text_faint"), 1.2))
        for side in ("right", "left"):
            for name in _LAST_OF_REGION:
                box = self._parts.levels[side, name]
                start = self._parts.cells[f"{side}.lightTouch.{DERMATOMES[0]}"].left()
                end = self._parts.cells[f"{side}.pinPrick.{DERMATOMES[0]}"].right()
                left, right = min(start, box.left()), max(end, box.right())
                self._painter.drawLine(QPointF(left, box.bottom()), QPointF(right, box.bottom()))

    def totals(self, totals: dict[str, str]) -> None:
        """Paint what each column adds up to."""
        for column, box in self._parts.totals.items():
            self._text(box, totals.get(column, ""), "text_soft", self._bold, _CENTRE)

    def cell(self, box: QRectF, look: CellLook) -> None:
        """Paint one cell."""
        painter = self._painter
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        blank = look.shade is Shade.BLANK and look.change is None
        pen = QPen(self._colour("line_strong"), 1)
        if blank:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(palette.fill(self._theme, look.shade))
        painter.drawRect(inner)
        if look.shade is Shade.UNTESTED:
            painter.fillRect(inner, palette.hatch(self._theme))
        if look.selected:
            over = self._colour("accent")
            over.setAlpha(60)
            painter.fillRect(inner, over)
        if look.change is not None:
            self._changed(inner, look)
        elif look.text or look.star:
            self._value(inner, look)

    def frames(self, box: QRectF, look: CellLook) -> None:
        """Paint what stands out over the neighbours: the star's frame, the mark of the current cell."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.star:
            self._painter.setPen(QPen(self._colour("treatment"), 1.8))
            self._painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        if look.selected:
            self._painter.setPen(QPen(self._colour("accent"), 1))
            self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if look.current:
            self._painter.setPen(QPen(self._colour("accent"), 2.4))
            self._painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)

    def _value(self, box: QRectF, look: CellLook) -> None:
        heavy = look.shade is Shade.ABSENT or bool(look.star)
        font = self._tiny if len(look.text) > 2 or look.shade is Shade.UNTESTED else self._bold if heavy else self._font
        metrics = QFontMetricsF(font)
        wide = metrics.horizontalAdvance(look.text)
        if look.shade is Shade.UNTESTED:
            shield = QRectF(0, 0, wide + 5, metrics.height() - 2)
            shield.moveCenter(box.center() - QPointF(5 if look.star else 0, 0))
            self._painter.fillRect(shield, palette.fill(self._theme, Shade.UNTESTED))
        if not look.star:
            role = "text_soft" if look.compared and not heavy else "text"
            self._text(box, look.text, role, font, _CENTRE)
            return
        self._text(box.adjusted(0, 0, -12, 0), look.text, "text", font, _CENTRE)
        star = QRectF(box.center().x() + wide / 2 - 6, box.top(), 16, box.height())
        self._text(star, look.star, "text" if look.shade is Shade.ABSENT else "treatment", self._tiny, _CENTRE)

    def _changed(self, box: QRectF, look: CellLook) -> None:
        role = {Change.GAINED: "good", Change.LOST: "warn"}.get(look.change or Change.REREAD, "missing")
        self._painter.setPen(QPen(self._colour(role), 1.4))
        self._painter.setBrush(self._colour(f"{role}_soft"))
        self._painter.drawRect(box.adjusted(0.7, 0.7, -0.7, -0.7))
        arrow = QRectF(box.left() + 2, box.top(), 9, box.height())
        self._text(arrow, MARKS[look.change or Change.REREAD], role, self._mini, _CENTRE)
        font = self._mini if len(look.text) > 4 else self._tiny
        self._text(box.adjusted(10, 0, -1, 0), look.text, "text", font, _CENTRE)

    def _colour(self, role: str) -> QColor:
        return QColor(self._theme.colour(role))

    def _text(self, box: QRectF, text: str, role: str, font: QFont, flags: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._colour(role))
        shown = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 2)
        self._painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, shown)
