"""The strip under the grid: what the current cell is, and every key that matters there as a button for the mouse."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tracker.core.messages import Message, msg, say, tr
from tracker.scales.isncsci.exam import NON_KEY_CELLS
from tracker.scales.isncsci.levels import KEY_LEVELS
from tracker.scales.isncsci.record import ANAL_CELLS, ASSUME_NAMES, REASON_NAMES, Assume, normal_grade
from tracker.ui.entry.keys import Key, Press
from tracker.ui.exam import places
from tracker.ui.exam.asking import QUESTIONS, Asking, Phase
from tracker.ui.exam.looks import full_name, shown, star_words
from tracker.ui.exam.sheet import ExamSheet
from tracker.ui.widgets import label, restyle

TITLE_WIDTH = 236
Choice = tuple[Key, str, str]
"""The key, the words on its button, its hint."""


def _digit(digit: str, words: str = "") -> Choice:
    return Key(Press.DIGIT, digit), f"{digit} {words}".rstrip(), ""


def _letter(char: str, words: str, hint: str = "") -> Choice:
    return Key(Press.LETTER, char), f"{char} {words}", hint


def choices(sheet: ExamSheet) -> list[Choice]:
    """Return the keys that matter now."""
    state = sheet.state
    if state.asking is not None:
        return list(_asked(state.asking))
    found = list(_answers(state.at))
    found.append((Key(Press.ERASE), "\N{ERASE TO THE LEFT}", tr("blank (Backspace)")))
    if state.at in places.GRADED:
        found.append(_letter("D", tr("fill down"), tr("the blank cells below get this grade")))
        found.append(_letter("R", tr("rest normal"), tr("the blank cells from here down are normal")))
    found.append(_letter("A", tr("all normal"), tr("every blank motor and sensory cell is normal")))
    return found


def _answers(cell: str) -> Iterator[Choice]:
    if cell in NON_KEY_CELLS:
        for number, level in enumerate(KEY_LEVELS, start=1):
            yield _digit(str(number % 10), level)
        return
    if cell in ANAL_CELLS:
        yield _digit("1", tr("yes"))
        yield _digit("0", tr("no"))
    else:
        yield from (_digit(str(grade)) for grade in range(normal_grade(cell) + 1))
    yield _letter("N", tr("NT"), tr("not testable"))
    if cell in places.GRADED:
        yield _letter("S", "\N{BLACK STAR}", tr("star: not due to the injury"))


def _asked(asking: Asking) -> Iterator[Choice]:
    if asking.phase is Phase.GRADE:
        yield from (_digit(str(grade)) for grade in range(normal_grade(asking.cells[0])))
        yield _letter("N", tr("NT"), tr("not testable"))
    for digit, choice in asking.choices().items():
        names: Message = ASSUME_NAMES[choice] if isinstance(choice, Assume) else REASON_NAMES[choice]
        yield _digit(digit, say(names))
    if asking.had_star and asking.phase is Phase.ASSUME:
        yield _digit("0", tr("no star"))
    yield Key(Press.ESCAPE), tr("Esc"), ""


class Strip(QWidget):
    """One line: cell and state at the left, keys as buttons, the question about a star in the same place."""

    pressed = Signal(object)
    """A key, as if it were typed."""
    reason_given = Signal(str)
    """Why a cell is starred, in words; empty to go back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.state_words = label("", "heading"), label("", "small")
        self.reason = QLineEdit()
        self.reason.setMaxLength(120)
        self.reason.setMinimumWidth(260)
        self.reason.returnPressed.connect(lambda: self.reason_given.emit(self.reason.text()))
        self.buttons: list[QPushButton] = []
        self._shown: list[Choice] = []
        left = QWidget()
        left.setFixedWidth(TITLE_WIDTH)
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for line in (self.title, self.state_words):
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            lines.addWidget(line)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(left)
        self._row.addWidget(self.reason)
        self._row.addStretch(1)

    def show_sheet(self, sheet: ExamSheet) -> None:
        """Show what the current cell takes."""
        state = sheet.state
        cells = sheet.selected
        title = tr("{count} cells selected", count=len(cells)) if len(cells) > 1 else full_name(state.at)
        self._say(self.title, title[:1].upper() + title[1:])
        restyle(self.state_words, "tone", "warn" if sheet.refused else "small")
        self._say(self.state_words, self._words(sheet))
        wants_text = state.asking is not None and state.asking.phase is Phase.TEXT
        if wants_text != self.reason.isVisibleTo(self):
            self.reason.clear()
        self.reason.setVisible(wants_text)
        self.reason.setAccessibleName(say(QUESTIONS[Phase.TEXT]))
        self.reason.setPlaceholderText(tr("reason, then Enter"))
        self._offer(choices(sheet) if not sheet.locked else [])

    @staticmethod
    def _words(sheet: ExamSheet) -> str:
        if sheet.said is not None:
            return say(sheet.said)
        state = sheet.state
        if state.asking is not None:
            return tr("\N{BLACK STAR} {question}", question=say(QUESTIONS[state.asking.phase]))
        value = sheet.value(state.at)
        if value is None:
            return say(_BLANK)
        star = star_words(state.responses, state.at)
        held = shown(state.at, value)
        return tr("{value}, {words}", value=held, words=star) if star else held

    @staticmethod
    def _say(line: QWidget, text: str) -> None:
        fitting = line.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, TITLE_WIDTH)
        line.setText(fitting)  # type: ignore[attr-defined]
        line.setToolTip(text)

    def _offer(self, shown_now: list[Choice]) -> None:
        if shown_now == self._shown:
            return
        self._shown = shown_now
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        for place, (key, text, hint) in enumerate(shown_now, start=2):
            made = QPushButton(text)
            made.setProperty("look", "switch")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolTip(hint)
            made.setStyleSheet("padding: 3px 8px;")
            made.setMinimumWidth(26)
            made.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            self._row.insertWidget(place, made)
            self.buttons.append(made)


_BLANK = msg("blank")
