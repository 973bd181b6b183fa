"""All rows of the form under their headings: scrolling, keys and focus. Knows the sheet, no service."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from tracker.clinic.codes import MissingReason
from tracker.core.messages import say
from tracker.core.numbers import Number
from tracker.scales.model import Scale
from tracker.ui.entry.grid_body import LOW, NEIGHBOURS, GridBody
from tracker.ui.entry.headings import label, tag
from tracker.ui.entry.item_row import ItemRow
from tracker.ui.entry.keys import Key, Press, read_character, read_key
from tracker.ui.entry.row_paint import RowLook
from tracker.ui.entry.sheet import REASON_KEYS, Sheet
from tracker.ui.theme import Theme


class EntryGrid(QScrollArea):
    """The rows of one open form."""

    changed = Signal()
    """Answers or reasons changed."""
    moved = Signal()
    """Something a person sees changed: the current row, what is held, a refusal."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: GridBody | None = None
        self.theme = theme
        self.setObjectName("plain")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(30)
        self._sheet: Sheet | None = None
        self._last: Mapping[str, Number] = {}
        self._labels: list[str] = []
        self._tags: list[str] = []
        self._shown = self._seen()

    def show_sheet(self, sheet: Sheet, last: Mapping[str, Number]) -> None:
        """Show *sheet*, with the answers of the last visit."""
        self._sheet, self._last = sheet, last
        self._labels = [label(sheet.scale, item) for item in sheet.scale.items]
        self._tags = [tag(sheet.scale, item) for item in sheet.scale.items]
        self._body = GridBody(self, sheet, self.look)
        self._body.end.installEventFilter(self)
        self.setWidget(self._body)
        self._shown = self._seen()
        self._lay_out()
        self._body.refresh()

    def show_nothing(self) -> None:
        """Let go of the sheet."""
        self._sheet = self._body = None
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet shown."""
        return self._sheet

    def rows(self) -> tuple[ItemRow, ...]:
        """Return all rows, in order."""
        return tuple(self._body.rows) if self._body is not None else ()

    def row(self, code: str) -> ItemRow:
        """Return the row of an item; raises KeyError."""
        if self._sheet is None or self._body is None:
            raise KeyError(code)
        return self._body.rows[_index(self._sheet.scale, code)]

    def take_focus(self) -> None:
        """Put the keyboard on the current row."""
        if self._sheet is not None and self._body is not None:
            target = self._body.rows[self._sheet.state.row] if self._sheet.item is not None else self._body.end
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal()

    def go_to(self, code: str) -> None:
        """Make the row of an item current."""
        if self._sheet is not None:
            self._sheet.go(_index(self._sheet.scale, code))
            self.sync()
            self.take_focus()

    def press(self, key: Key) -> bool:
        """Do what a key means; False if the form has no use for it now."""
        sheet = self._sheet
        if sheet is None:
            return False
        used = self._letter(sheet, key.char) if key.press is Press.LETTER else self._act(sheet, key)
        if used:
            self.sync()
        return used

    def undo(self) -> None:
        """Take the last keystroke back."""
        if self._sheet is not None:
            self._sheet.undo()
            self.sync()

    def redo(self) -> None:
        """Bring a keystroke back."""
        if self._sheet is not None:
            self._sheet.redo()
            self.sync()

    def sync(self) -> None:
        """Show what changed in the sheet, and say so."""
        before, now = self._shown, self._seen()
        if self._body is None or before == now:
            return
        self._shown = now
        answers = before[1:3] != now[1:3]
        if answers:
            self._body.refresh()
        else:
            for index in {before[0], now[0]}:
                if index < len(self._body.rows):
                    self._body.rows[index].refresh()
            self._body.write_end()
        self._lay_out()
        if before[0] != now[0] and self.focusWidget() is not None:
            self.take_focus()
        self._reveal()
        if answers:
            self.changed.emit()
        self.moved.emit()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in the colours of *theme*."""
        self.theme = theme
        if self._body is not None:
            self._body.update()

    def entered(self, index: int) -> bool:
        """Make row *index* current."""
        sheet = self._sheet
        if sheet is None:
            return False
        sheet.go(index)
        self.sync()
        if sheet.state.row != index:
            QTimer.singleShot(0, self, self.take_focus)
        return sheet.state.row == index

    def leave(self) -> bool:
        """Accept what is held before the focus moves."""
        if self._sheet is None:
            return True
        settled = self._sheet.settle()
        self.sync()
        return settled

    def picked(self, index: int, value: Number) -> None:
        """Answer with a clicked value."""
        if self._sheet is not None:
            self._sheet.answer(index, value)
            self.sync()

    def picked_missing(self, index: int) -> None:
        """Ask for the reason of a clicked row, or stop asking."""
        if self._sheet is not None:
            if self._sheet.state.choosing:
                self._sheet.cancel()
            else:
                self._sheet.ask_reason()
            self.sync()

    def picked_reason(self, index: int, reason: MissingReason | None) -> None:
        """Take a clicked reason."""
        if self._sheet is not None:
            if reason is None:
                self._sheet.clear()
            else:
                self._sheet.reason(reason, move=0)
            self.sync()

    def committed(self, text: str) -> None:
        """Take the characters an input method delivers."""
        for char in text:
            key = read_character(char)
            if key is not None:
                self.press(key)

    # Qt's events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the form's keys; leave all others to the page."""
        key = read_key(event)
        if key is None or not self.press(key):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the new size."""
        super().resizeEvent(event)
        self._lay_out()
        self._reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make the end of the form current when it gets the focus."""
        if self._body is not None and watched is self._body.end and event.type() is QEvent.Type.FocusIn:
            self.entered(len(self._body.rows))
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Return a size at which most forms need no scrolling."""
        return QSize(760, 640)

    # How keys act.

    def _letter(self, sheet: Sheet, char: str) -> bool:
        if sheet.item is None:
            return False
        if sheet.state.choosing:
            if char in REASON_KEYS:
                sheet.reason(REASON_KEYS[char])
            return True
        if char == "M":
            sheet.ask_reason()
        elif char == "T":
            sheet.ten()
        return char in {"M", "T"}

    def _act(self, sheet: Sheet, key: Key) -> bool:
        if key.press is Press.ESCAPE:
            return sheet.cancel()
        page = max(1, int(self.viewport().height() / LOW) - NEIGHBOURS)
        steps = {Press.UP: -1, Press.DOWN: 1, Press.PAGE_UP: -page, Press.PAGE_DOWN: page}
        if key.press in steps:
            sheet.move(steps[key.press])
        elif key.press is Press.DIGIT:
            sheet.digit(key.char)
        else:
            {
                Press.POINT: sheet.point,
                Press.TEN: sheet.ten,
                Press.MISSING: sheet.ask_reason,
                Press.ACCEPT: sheet.accept,
                Press.ERASE: sheet.erase,
                Press.CLEAR: sheet.clear,
                Press.FIRST: sheet.first,
                Press.LAST: sheet.last,
            }[key.press]()
        return True

    # What is shown.

    def look(self, index: int) -> RowLook:
        """Return what row *index* shows now."""
        if self._sheet is None or self._body is None:
            raise IndexError(index)
        state, scale = self._sheet.state, self._sheet.scale
        item = scale.items[index]
        current = index == state.row
        score = next((score for score in scale.scores if item.code in score.items), scale.scores[0])
        return RowLook(
            item=item,
            label=self._labels[index],
            tag=self._tags[index],
            value=state.responses.get(item.code),
            reason=state.missing.get(item.code),
            last=self._last.get(item.code),
            held=state.held if current else "",
            current=current,
            choosing=current and state.choosing,
            refused=say(self._sheet.refused) if current and self._sheet.refused is not None else "",
            hovered=self._body.rows[index].hovered,
            anchors=(str(score.low_anchor), str(score.high_anchor)),
        )

    def _lay_out(self) -> None:
        if self._body is not None:
            self._body.lay_out(self.viewport().size())

    def _reveal(self) -> None:
        if self._body is None or self._sheet is None:
            return
        box = self._body.around(self._sheet.state.row)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if box.top() < bar.value():
            bar.setValue(box.top())
        elif box.bottom() >= bar.value() + height:
            bar.setValue(box.bottom() + 1 - height)

    def _seen(self) -> tuple[int, object, object, object]:
        if self._sheet is None:
            return (0, None, None, None)
        state = self._sheet.state
        return (state.row, state.responses, state.missing, (state.held, state.choosing, self._sheet.refused))


def _index(scale: Scale, code: str) -> int:
    return [item.code for item in scale.items].index(code)
