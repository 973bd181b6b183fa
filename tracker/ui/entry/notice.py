"""A calm bar that says something in place and offers what can be done; never a dialog."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

Choice = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """One sentence with its buttons; hidden while there is nothing to say."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("kind", kind)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self._words, 1)
        self.buttons: list[QPushButton] = []
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says, empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, choices: Sequence[Choice] = ()) -> None:
        """Say *sentence* and offer *choices*."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        for text, act in choices:
            button = QPushButton(text)
            button.setAutoDefault(True)
            button.clicked.connect(act)
            self._row.addWidget(button)
            self.buttons.append(button)
        self.show()
