"""The security part of the settings: passphrase, recovery key, encryption on and off, this computer, auto-lock."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, tr
from tracker.services import security
from tracker.ui.jobs import Jobs
from tracker.ui.keys.passphrase_step import PassphraseStep
from tracker.ui.keys.secret_field import SecretField
from tracker.ui.widgets import ChoiceBox, button, column, label, restyle, row

MINUTES = ("1", "2", "5", "10", "15", "30", "60", "0")


@dataclass(frozen=True, slots=True)
class FileKeys:
    """What the panel has to know of the open file."""

    path: Path
    encrypted: bool
    changeable: bool
    """False for the demo and for a file that can only be read."""
    name: str = ""
    """Whose passphrase opened it."""
    remembered: bool = False
    refused: str = ""
    """Why who is signed in may not change the key of the whole file; empty: they may."""


class SecurityPanel(QWidget):
    """What closes the file is done by whoever listens; a change of passphrase is done here."""

    encrypt_wanted = Signal()
    rekey_wanted = Signal()
    decrypt_wanted = Signal(str)
    forget_wanted = Signal()
    minutes_chosen = Signal(str)

    def __init__(self, about: FileKeys | None, jobs: Jobs, minutes: str) -> None:
        super().__init__()
        self._about, self._jobs = about, jobs
        self.buttons: dict[str, QPushButton] = {}
        self.told = label("", "soft", wrap=True)
        self.change = PassphraseStep(asks_now=True)
        self.change_button = button(tr("Change it"), self.change_passphrase, "main")
        self.plain_secret = SecretField(tr("Passphrase or recovery key"), tr("passphrase, or the recovery key"))
        self.plain_button = button(tr("Turn into a plain file"), self.decrypt, "main")
        self._changing, self._decrypting = QWidget(), QWidget()
        layout = column(label(tr("Security"), "section"), spacing=8)
        if about is not None:
            layout.addWidget(label(_state(about), "soft", wrap=True))
            self._offer(about)
            layout.addLayout(row(*self.buttons.values()))
        for part in (self._changing, self._decrypting):
            part.hide()
            layout.addWidget(part)
        self._fill_parts()
        layout.addWidget(self.told)
        self.minutes = ChoiceBox()
        self.minutes.setAccessibleName(tr("Lock an encrypted file when nobody is there"))
        for code in MINUTES:
            words = ntr("after {count} minute", "after {count} minutes", int(code)) if int(code) else tr("never")
            self.minutes.addItem(words, code)
        self.minutes.setCurrentIndex(max(0, self.minutes.findData(minutes)))
        self.minutes.activated.connect(lambda _row: self.minutes_chosen.emit(str(self.minutes.currentData())))
        layout.addLayout(row(label(tr("Lock an encrypted file when nobody is there"), "soft"), self.minutes))
        self.setLayout(layout)

    def _offer(self, about: FileKeys) -> None:
        if not about.changeable:
            return
        if not about.encrypted:
            self.buttons["encrypt"] = button(tr("Encrypt this file..."), self.encrypt_wanted.emit, "main")
            self._refuse(about)
            return
        self.buttons["passphrase"] = button(tr("Change passphrase..."), lambda: self._open(self._changing))
        self.buttons["rekey"] = button(tr("New recovery key..."), self.rekey_wanted.emit)
        self.buttons["decrypt"] = button(tr("Make it a plain file..."), lambda: self._open(self._decrypting))
        if about.remembered:
            self.buttons["forget"] = button(tr("Forget it on this computer"), self._forget)
        self._refuse(about)

    def _refuse(self, about: FileKeys) -> None:
        """Disable what only an administrator may do, and say why."""
        for name in ("encrypt", "rekey", "decrypt"):
            if about.refused and name in self.buttons:
                self.buttons[name].setEnabled(False)
                self.buttons[name].setToolTip(about.refused)

    def _fill_parts(self) -> None:
        inside = column(self.change, spacing=8)
        inside.addLayout(row(self.change_button, button(tr("Cancel"), self._shut, "quiet")))
        self._changing.setLayout(inside)
        self.change.submitted.connect(self.change_passphrase)
        words = tr(
            "Anybody who has the file can then read every record: on this computer, in each copy, on each stick."
        )
        inside = column(label(words, "warn", wrap=True), self.plain_secret, spacing=8)
        inside.addLayout(row(self.plain_button, button(tr("Cancel"), self._shut, "quiet")))
        self._decrypting.setLayout(inside)
        self.plain_secret.line.returnPressed.connect(self.decrypt)

    def change_passphrase(self) -> None:
        """Change the passphrase in the background and say how it went."""
        read, about = self.change.read(), self._about
        if read is None or about is None:
            return
        now, new = read
        self.change_button.setEnabled(False)

        def changed(_done: object) -> None:
            self._shut()
            self._say(tr("The passphrase is changed. The recovery key is the same as before."), "good")

        self._jobs.run(
            self, lambda: security.change_passphrase(about.path, now, new, about.name), changed, self._not_changed
        )

    def decrypt(self) -> None:
        """Ask for the plain file once the passphrase is found right."""
        about, secret = self._about, self.plain_secret.text
        if about is None or not secret:
            return
        self.plain_button.setEnabled(False)
        self._jobs.run(
            self,
            lambda: security.check(about.path, secret, about.name),
            lambda _found: self.decrypt_wanted.emit(secret),
            self._not_changed,
        )

    def _not_changed(self, error: Exception) -> None:
        self.change_button.setEnabled(True)
        self.plain_button.setEnabled(True)
        if not isinstance(error, TrackerError):
            raise error
        self._say(str(error), "warn")

    def _open(self, part: QWidget) -> None:
        self._shut()
        part.show()
        if part is self._changing:
            self.change.start()
        else:
            self.plain_secret.setFocus()

    def _shut(self) -> None:
        self.change.clear()
        self.plain_secret.line.clear()
        self.change_button.setEnabled(True)
        self.plain_button.setEnabled(True)
        self._changing.hide()
        self._decrypting.hide()
        self._say("", "soft")

    def _forget(self) -> None:
        self.forget_wanted.emit()
        self.buttons["forget"].hide()
        self._say(tr("This computer no longer opens the file by itself."), "soft")

    def _say(self, text: str, tone: str) -> None:
        self.told.setText(text)
        restyle(self.told, "tone", tone)


def _state(about: FileKeys) -> str:
    if about.encrypted:
        return tr("{file} is encrypted; a passphrase or the recovery key opens it.", file=about.path.name)
    if about.changeable:
        return tr("{file} is not encrypted: whoever has the file reads every record.", file=about.path.name)
    return tr("{file} is not encrypted.", file=about.path.name)
