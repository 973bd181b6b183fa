"""What the window shows while no file or no patient is open: three ways to begin, or the keys that matter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.core.messages import tr
from tracker.ui.widgets import button, card, column, label


class WelcomePage(QWidget):
    """Offers the demo, a new clinic file, or another file; says what went wrong with the last one."""

    demo_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.trouble = QFrame()
        self.trouble.setObjectName("notice")
        self.trouble.setProperty("kind", "warn")
        self._trouble_text = label("", wrap=True)
        self._trouble_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble.setLayout(
            column(label(tr("This file was not opened"), "heading"), self._trouble_text, margins=(14, 10, 14, 12))
        )
        self.trouble.hide()
        self._busy = label("", "soft")
        self.choices: list[QPushButton] = []
        inside = QVBoxLayout()
        inside.setSpacing(14)
        inside.addWidget(label(tr("Outcome tracker"), "title"))
        inside.addWidget(
            label(
                tr("Scores at each visit, the course they make, and where the published studies stood."),
                "soft",
                wrap=True,
            )
        )
        inside.addWidget(self.trouble)
        inside.addLayout(self._cards())
        inside.addWidget(self._busy)
        middle = QWidget()
        middle.setLayout(inside)
        middle.setMaximumWidth(900)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 8)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)

    def _cards(self) -> QGridLayout:
        entries = (
            (
                tr("Open the demo"),
                tr("120 synthetic patients over all conditions, to try everything out. Nothing you do there matters."),
                self.demo_wanted,
            ),
            (
                tr("Start a new clinic file"),
                tr("An empty, encrypted file in your data folder. Everything you enter is saved at once."),
                self.new_wanted,
            ),
            (
                tr("Open another file"),
                tr("A file of this program that you have already, on any disk."),
                self.open_wanted,
            ),
        )
        grid = QGridLayout()
        grid.setSpacing(14)
        for place, (title, words, wanted) in enumerate(entries):
            press = button(title, wanted.emit, "main" if place == 0 else "")
            self.choices.append(press)
            inside = column(press, label(words, "soft", wrap=True), spacing=10)
            inside.addStretch(1)
            grid.addWidget(card(inside, 16), 0, place)
            grid.setColumnStretch(place, 1)
        return grid

    def warn(self, text: str) -> None:
        """Say what is wrong with a file and what to do; nothing takes it away."""
        self._trouble_text.setText(text)
        self.trouble.setVisible(bool(text))
        self.set_busy("")

    def set_busy(self, text: str) -> None:
        """Say what is going on; meanwhile nothing else can be begun."""
        self._busy.setText(text)
        for press in self.choices:
            press.setEnabled(not text)

    def start(self) -> None:
        """Put the focus on the first choice."""
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)


class HintPage(QWidget):
    """Shown while a file is open and no patient is: the keys to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        keys = (
            (tr("type"), tr("a name, a number or a condition; Chinese names by pinyin or initials too")),
            ("\u2193  \u2191", tr("move in the list while you type, Enter opens the patient")),
            (">", tr("an action by its words, with its key")),
            ("Ctrl+N", tr("new patient")),
            ("Ctrl+E", tr("enter the scores of today's visit")),
            ("Ctrl+L", tr("the studies, each with its doubts")),
            ("Ctrl+Shift+K", tr("lock an encrypted file")),
            ("F1", tr("all keys, and how things work")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        for place, (key, words) in enumerate(keys):
            shown = label(key)
            shown.setProperty("chip", "plain")
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(shown, place, 0)
            grid.addWidget(label(words, "soft"), place, 1)
        middle = QVBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(label(tr("Choose a patient"), "title"))
        middle.addLayout(grid)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(middle)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
