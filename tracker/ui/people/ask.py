"""One thing asked about a user, as a form of a few fields: names, roles and passphrases typed twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.clinic.codes import Role
from tracker.core.messages import Message, msg, say, tr
from tracker.services.rights import ROLE_NAMES
from tracker.ui.form import Form
from tracker.ui.widgets import button, column, label, row

Values = Mapping[str, str]
NAME, ROLE, NOW, NEW, AGAIN = "name", "role", "now", "new", "again"
_TITLES: Mapping[str, Message] = {
    NAME: msg("Name"),
    ROLE: msg("Role"),
    NOW: msg("Passphrase now"),
    NEW: msg("New passphrase"),
    AGAIN: msg("The same again"),
}
_SECRET = (NOW, NEW, AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked, what is done with the answer (off the window's thread), and what is said then."""

    title: str
    words: str
    fields: tuple[str, ...]
    do: Callable[[Values], object]
    done: str
    press: str
    values: Values = field(default_factory=dict)
    optional: bool = False
    """The new passphrase may be left out."""


class AskForm(QWidget):
    """``given`` carries the values once they can be used; ``cancelled`` when nothing is to be done."""

    given = Signal(object)
    cancelled = Signal()

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.form = Form()
        for name in ask.fields:
            self._add(name, ask.values.get(name, ""))
        self.form.end()
        self.form.submitted.connect(self.submit)
        self.form.cancelled.connect(self.cancelled)
        self.press = button(ask.press, self.submit, "main", hint="Ctrl+Enter")
        layout = column(label(ask.title, "heading"), label(ask.words, "soft", wrap=True), self.form, spacing=8)
        layout.addLayout(row(self.press, button(tr("Cancel"), self.cancelled.emit, "quiet", hint="Esc")))
        self.setLayout(layout)

    def start(self) -> None:
        """Put the focus on the first field, or on the button where there is none."""
        if self.ask.fields:
            self.form.start()
        else:
            self.press.setFocus()

    def submit(self) -> None:
        """Give the values, or say beside the field what is missing."""
        self.form.forgive()
        values = {name: self.form.raw(name) for name in self.ask.fields}
        for name in (NAME, NOW) if self.ask.optional else (NAME, NOW, NEW):
            if name in values and not values[name].strip():
                self.form.complain(name, tr("this is needed"))
                return
        if values.get(AGAIN, "") != values.get(NEW, ""):
            self.form.complain(AGAIN, tr("this is not the same as above"))
            return
        self.given.emit(values)

    def _add(self, name: str, value: str) -> None:
        title = say(_TITLES[name])
        if name == ROLE:
            self.form.choice(name, title, [(role.value, say(ROLE_NAMES[role])) for role in Role], value)
            return
        line = self.form.text(name, title, value)
        if name in _SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData
                | Qt.InputMethodHint.ImhNoPredictiveText
                | Qt.InputMethodHint.ImhNoAutoUppercase
            )
