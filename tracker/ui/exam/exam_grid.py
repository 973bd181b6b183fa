"""The entry grid: both sides, the body between them, the anal findings below; keys and mouse. Knows the sheet only."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.core.messages import msg, tr
from tracker.scales.isncsci.levels import DERMATOMES, SIDES
from tracker.ui.entry.keys import Key, Press, read_character, read_key
from tracker.ui.exam import grid_parts, places
from tracker.ui.exam.asking import Phase
from tracker.ui.exam.body_paint import BodyPainter, Place, place_at, worse
from tracker.ui.exam.grid_paint import GridPainter
from tracker.ui.exam.looks import CellLook, cell_look, cell_words
from tracker.ui.exam.sheet import ExamSheet
from tracker.ui.theme import Theme

_ARROWS = {
    Qt.Key.Key_Left: (places.horizontal, -1),
    Qt.Key.Key_Right: (places.horizontal, 1),
    Qt.Key.Key_Up: (places.vertical, -1),
    Qt.Key.Key_Down: (places.vertical, 1),
    Qt.Key.Key_PageUp: (places.vertical, -8),
    Qt.Key.Key_PageDown: (places.vertical, 8),
}
_SHIFT_ONLY = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_COMPARING = msg("end the comparison to change a grade")
Overlay = Callable[[str, CellLook], CellLook]


class ExamGrid(QWidget):
    """The painted grid of one open exam."""

    changed = Signal()
    """What is written changed."""
    moved = Signal()
    """Something else a person sees changed: the current cell, what is asked, a refusal."""
    text_wanted = Signal()
    """A star needs its reason in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.sheet = ExamSheet({})
        self.column_totals: Mapping[str, str] = {}
        self.overlay: Overlay | None = None
        """Set while two exams are compared: changes how each cell looks, and stops typing."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(*grid_parts.SMALLEST)
        self.setMouseTracking(True)
        self._parts = grid_parts.place(*grid_parts.SMALLEST)
        self._shown = self._seen()

    def show_sheet(self, sheet: ExamSheet) -> None:
        """Show another exam."""
        self.sheet = sheet
        self._shown = self._seen()
        self._describe()
        self.update()

    def go_to(self, cell: str) -> None:
        """Make *cell* current and take the keyboard."""
        self.sheet.go(cell)
        self.sync()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: Key) -> bool:
        """Do what a key means; False if the grid has no use for it."""
        used = self._letter(key.char) if key.press is Press.LETTER else self._act(key)
        self.sync()
        return used

    def undo(self) -> None:
        """Take the last change back."""
        if self.overlay is None:
            self.sheet.undo()
            self.sync()

    def redo(self) -> None:
        """Bring a change back."""
        if self.overlay is None:
            self.sheet.redo()
            self.sync()

    def sync(self) -> None:
        """Show what changed in the sheet, and say so."""
        before, now = self._shown, self._seen()
        if before == now:
            return
        self._shown = now
        self._describe()
        self.update()
        if before[0] != now[0]:
            self.changed.emit()
        self.moved.emit()
        asking = self.sheet.state.asking
        if asking is not None and asking.phase is Phase.TEXT:
            self.text_wanted.emit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of *theme*."""
        self.theme = theme
        self.update()

    def look(self, cell: str) -> CellLook:
        """Return what *cell* shows now."""
        found = cell_look(self.sheet, cell, frozenset(self.sheet.selected))
        return self.overlay(cell, found) if self.overlay is not None else found

    def parts(self) -> grid_parts.GridParts:
        """Return where everything lies now."""
        return self._parts

    # Qt's.

    def sizeHint(self) -> QSize:
        """Return the size at which the figures are well to see."""
        return QSize(780, 560)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from column to column first."""
        if self.sheet.tab(1 if forward else -1):
            self.sync()
            return True
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Claim single keys before the window's shortcuts see them."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (read_key(event) is not None or self._arrow(event) is not None)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on a key."""
        arrow = self._arrow(event)
        select = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = read_key(event)
        if arrow is not None:
            self.sheet.move(*arrow, select=select)
            self.sync()
        elif key is not None and key.press in (Press.FIRST, Press.LAST):
            self.sheet.go(places.ends(self.sheet.state.at)[key.press is Press.LAST], select=select)
            self.sync()
        elif key is None or not self.press(key):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take characters an input method delivers all the same."""
        for char in event.commitString():
            key = read_character(char)
            if key is not None:
                self.press(key)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the clicked cell, or the cell of the clicked dermatome, current."""
        if event.button() is Qt.MouseButton.LeftButton:
            cell = self.cell_at(event.position())
            if cell is not None:
                self.sheet.go(cell, select=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                self.sync()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select by dragging; say what lies under the pointer."""
        point = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            cell = self._parts.cell_at(point)
            if cell is not None and cell != self.sheet.state.at and cell in places.GRADED:
                self.sheet.go(cell, select=True)
                self.sync()
            return
        under = self.cell_at(point)
        self.setCursor(Qt.CursorShape.PointingHandCursor if under is not None else Qt.CursorShape.ArrowCursor)
        self.setToolTip(cell_words(self.sheet, under) if under is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        self._parts = grid_parts.place(self.width(), self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint everything."""
        painter = QPainter(self)
        grid = GridPainter(painter, self.theme, self.font(), self._parts)
        at = self.sheet.state.at
        grid.heads()
        grid.levels(at)
        looks = {cell: self.look(cell) for cell in self._parts.cells}
        for cell, box in self._parts.cells.items():
            grid.cell(box, looks[cell])
        grid.region_lines()
        for cell, box in self._parts.cells.items():
            grid.frames(box, looks[cell])
        grid.totals(dict(self.column_totals))
        self._paint_body(painter)
        painter.end()

    # How it is done.

    def cell_at(self, point: QPointF) -> str | None:
        """Return the cell at *point*, in the grid or on the body picture."""
        cell = self._parts.cell_at(point)
        if cell is not None:
            return cell
        for view, box in self._parts.figures.items():
            found = place_at(view, box, point)
            if found is not None:
                column = places.column_of(self.sheet.state.at).partition(".")[2]
                return f"{found[0]}.{'pinPrick' if column == 'pinPrick' else 'lightTouch'}.{found[1]}"
        return None

    def _paint_body(self, painter: QPainter) -> None:
        responses = self.sheet.state.responses
        shades = {(side, level): worse(responses, side, level) for side in SIDES for level in DERMATOMES}
        at = self.sheet.state.at
        marked: frozenset[Place] = frozenset()
        if at in places.GRADED:
            side, _column, level = at.split(".")
            marked = frozenset({(side, level)})
        body = BodyPainter(painter, self.theme)
        for view, box in self._parts.figures.items():
            body.paint(view, box, shades, marked)

    @staticmethod
    def _arrow(event: QKeyEvent) -> tuple[Callable[[str, int], str], int] | None:
        return _ARROWS.get(Qt.Key(event.key())) if not event.modifiers() & ~_SHIFT_ONLY else None

    def _letter(self, char: str) -> bool:
        sheet = self.sheet
        acts = {"N": sheet.not_testable, "S": sheet.star, "Y": sheet.yes}
        fills = {"D": sheet.fill_down, "R": sheet.rest_normal, "A": sheet.all_normal}
        if char not in acts and char not in fills:
            return False
        if self.overlay is not None:
            sheet.refuse(_COMPARING)
        elif sheet.state.asking is None or char == "N":
            (acts | fills)[char]()
        return True

    def _act(self, key: Key) -> bool:
        sheet = self.sheet
        if key.press is Press.ESCAPE:
            return sheet.cancel()
        if key.press is Press.ACCEPT:
            sheet.accept()
            return True
        writes: dict[Press, Callable[[], None]] = {
            Press.DIGIT: lambda: sheet.digit(key.char),
            Press.MISSING: sheet.not_testable,
            Press.TEN: sheet.star,
            Press.ERASE: sheet.erase,
            Press.CLEAR: sheet.erase,
        }
        if key.press in writes:
            writes[key.press]() if self.overlay is None else sheet.refuse(_COMPARING)
        return key.press in writes

    def _describe(self) -> None:
        name = cell_words(self.sheet, self.sheet.state.at)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setAccessibleDescription(tr("Exam grid: digits set a grade and move on, arrows move"))

    def _seen(self) -> tuple[object, object]:
        state = self.sheet.state
        return state.responses, (state.at, state.anchor, state.asking, self.sheet.said)
