"""Fields for a passphrase: hidden while typed, shown on request; the words for its strength."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from tracker.core.messages import tr
from tracker.ui.widgets import button

HIDDEN, SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
LONGEST = 1024


class SecretField(QWidget):
    """A line that hides what is typed, with a button that shows it."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(HIDDEN)
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        # Not to be learnt by an input method, and not to be offered again.
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.eye: QPushButton = button(tr("Show"), self._turn, "quiet")
        self.eye.setAccessibleName(tr("Show what is typed"))
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.eye)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def hide_text(self) -> None:
        """Hide what is typed again."""
        self.line.setEchoMode(HIDDEN)
        self.eye.setText(tr("Show"))

    def _turn(self) -> None:
        shown = self.line.echoMode() is HIDDEN
        self.line.setEchoMode(SHOWN if shown else HIDDEN)
        self.eye.setText(tr("Hide") if shown else tr("Show"))
        self.line.setFocus()
