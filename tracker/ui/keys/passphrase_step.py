"""Asks for a new passphrase twice, with its strength in words; for a file that has one, for that first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.services import passphrases
from tracker.services.passphrases import Strength
from tracker.services.security import check_passphrase, is_recovery_key
from tracker.ui.keys.secret_field import SecretField
from tracker.ui.widgets import label, restyle

TONES = {Strength.WEAK: "warn", Strength.FAIR: "soft", Strength.GOOD: "good", Strength.STRONG: "good"}


class PassphraseStep(QWidget):
    """``submitted`` on Enter in the last field. *asks_now*: the passphrase in use is asked for first.

    *new_if_recovery*: a new passphrase is asked for only where the recovery key is given instead of the one in use.
    """

    submitted = Signal()

    def __init__(self, *, asks_now: bool, new_if_recovery: bool = False) -> None:
        super().__init__()
        self._asks_now, self._new_if_recovery = asks_now, new_if_recovery
        self.now = SecretField(tr("Passphrase or recovery key"))
        self.new = SecretField(tr("New passphrase"), tr("several words you remember, in any language"))
        self.again = SecretField(tr("The same again"))
        self.strength = label("", "soft", wrap=True)
        self.trouble = label("", "warn", wrap=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QWidget, QWidget]] = []
        for title, field in (
            (tr("Passphrase or recovery key"), self.now),
            (tr("New passphrase") if asks_now else tr("Passphrase"), self.new),
            (tr("The same again"), self.again),
        ):
            self._add(title, field)
        line = self._grid.rowCount()
        self._grid.addWidget(self.strength, line, 1)
        self._grid.addWidget(self.trouble, line + 1, 1)
        self.now.line.textChanged.connect(self._show_fields)
        self.new.line.textChanged.connect(self._show_strength)
        self._show_fields()

    def _add(self, title: str, field: SecretField) -> None:
        shown = label(title, "soft")
        line = self._grid.rowCount()
        self._grid.addWidget(shown, line, 0)
        self._grid.addWidget(field, line, 1)
        self._rows.append((shown, field))
        field.line.returnPressed.connect(lambda: self._entered(field))
        field.line.textEdited.connect(lambda _text: self.trouble.setText(""))

    @property
    def asks_new(self) -> bool:
        """Whether a new passphrase is asked for."""
        return not self._new_if_recovery or is_recovery_key(self.now.text)

    def start(self) -> None:
        """Put the focus on the first field."""
        (self.now if self._asks_now else self.new).setFocus()

    def read(self) -> tuple[str, str] | None:
        """Return the passphrase in use and the new one; None, with words beside the fields, if something is amiss."""
        now = self.now.text if self._asks_now else ""
        problem = self._problem(now)
        self.trouble.setText(problem)
        if problem:
            amiss = self.now if self._asks_now and not now else self.new
            amiss.setFocus()
            amiss.line.selectAll()
            return None
        return now, self.new.text if self.asks_new else now

    def clear(self) -> None:
        """Forget what was typed."""
        for _title, field in self._rows:
            if isinstance(field, SecretField):
                field.line.clear()
                field.hide_text()

    def _problem(self, now: str) -> str:
        if self._asks_now and not now:
            return tr("give the passphrase in use, or the recovery key")
        if not self.asks_new:
            return ""
        try:
            check_passphrase(self.new.text)
        except TrackerError as error:
            return str(error)
        return "" if self.new.text == self.again.text else tr("the two passphrases are not the same")

    def _show_fields(self) -> None:
        for (title, field), shown in zip(self._rows, (self._asks_now, self.asks_new, self.asks_new), strict=True):
            title.setVisible(shown)
            field.setVisible(shown)
        self.strength.setVisible(self.asks_new)

    def _show_strength(self, text: str) -> None:
        if not text:
            self.strength.setText("")
            return
        found = passphrases.strength(text)
        self.strength.setText(say(passphrases.WORDS[found]))
        restyle(self.strength, "tone", TONES[found])

    def _entered(self, field: SecretField) -> None:
        shown = [one for _title, one in self._rows if not one.isHidden()]
        following = shown[shown.index(field) + 1 :]
        if following:
            following[0].setFocus()
        else:
            self.submitted.emit()
