"""Sets up a file's keys in three steps: passphrase, recovery key shown, recovery key proven."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.services.security import is_recovery_key, new_recovery_key
from tracker.ui.jobs import Jobs
from tracker.ui.keys.passphrase_step import PassphraseStep
from tracker.ui.keys.recovery_steps import ProveStep, ShowStep
from tracker.ui.widgets import button, card, column, label, row, scrolled

WIDTH = 660


class Kind(StrEnum):
    """What the keys are set up for."""

    NEW = "new"
    ENCRYPT = "encrypt"
    REKEY = "rekey"


class SetUpPage(QWidget):
    """``submitted`` carries the secret in use (empty for a new file), the passphrase and the recovery key proven."""

    closed = Signal()
    submitted = Signal(str, str, str)

    def __init__(self, kind: Kind, path: Path, jobs: Jobs, check: Callable[[str], object], whose: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self._jobs, self._check = jobs, check
        self._is_own = kind is Kind.ENCRYPT and bool(whose)
        """The file has users: the passphrase is the one that *whose* signs in with, and is checked."""
        self._key = new_recovery_key()
        self._secrets = ("", "")
        self.passphrase = PassphraseStep(asks_now=kind is Kind.REKEY, new_if_recovery=kind is Kind.REKEY)
        self.show_key = ShowStep(path, self._key)
        self.prove = ProveStep(self._key)
        self.step = 0
        self.passphrase.submitted.connect(self.go_on)
        self.prove.submitted.connect(self.go_on)
        first = QWidget()
        words = _about(kind)
        if self._is_own:
            words += " " + tr("Give the passphrase you sign in with; the other users are given new ones afterwards.")
        first.setLayout(column(label(words, "soft", wrap=True), self.passphrase, spacing=12))
        self._steps = (first, self.show_key, self.prove)
        self._number = label("", "soft")
        self.next = button(tr("Continue"), self.go_on, "main")
        self.previous = button(tr("Back"), self.go_back)
        title = label(_title(kind, path), "title", wrap=True)
        outer = column(title, self._number, *self._steps, spacing=12)
        outer.addLayout(row(self.next, self.previous, button(tr("Cancel"), self._cancel, "quiet", hint="Esc")))
        frame = card(outer, 24)
        frame.setFixedWidth(WIDTH)
        page = QWidget()
        place = column(frame, margins=(24, 18, 24, 18))
        place.addStretch(1)
        page.setLayout(place)
        self.setLayout(column(scrolled(page)))
        self._show_step(0)

    def start(self) -> None:
        """Put the focus on the first field."""
        self.passphrase.start()

    def go_on(self) -> None:
        """Go to the next step if this one is done; after the last, submit."""
        if self.step == 0:
            self._take_passphrase()
        elif self.step == 1:
            self._show_step(2)
        else:
            typed = self.prove.read()
            if typed is not None:
                self._empty_clipboard()
                self.submitted.emit(*self._secrets, typed)

    def go_back(self) -> None:
        """Go to the step before."""
        self._show_step(max(0, self.step - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape leaves; nothing was changed yet."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _take_passphrase(self) -> None:
        read = self.passphrase.read()
        if read is None:
            return
        self._secrets = read
        proof = read[1] if self._is_own else read[0]
        if not proof:
            self._show_step(1)
            return
        self.next.setEnabled(False)
        check = self._check
        self._jobs.run(self, lambda: check(proof), lambda _found: self._show_step(1), self._wrong)

    def _wrong(self, error: Exception) -> None:
        self.next.setEnabled(True)
        if not isinstance(error, TrackerError):
            raise error
        self.passphrase.trouble.setText(str(error))

    def _show_step(self, number: int) -> None:
        self.step = number
        for at, step in enumerate(self._steps):
            step.setVisible(at == number)
        self.next.setEnabled(True)
        self.next.setText(tr("Check and finish") if number == 2 else tr("Continue"))
        self.previous.setVisible(number > 0)
        self._number.setText(tr("Step {number} of 3", number=number + 1))
        (self.passphrase.new, self.next, self.prove)[number].setFocus()

    def _cancel(self) -> None:
        self._empty_clipboard()
        self.closed.emit()

    def _empty_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if is_recovery_key(clipboard.text()):
            clipboard.clear()


def _title(kind: Kind, path: Path) -> str:
    if kind is Kind.NEW:
        return tr("New clinic file: {file}", file=path.name)
    if kind is Kind.ENCRYPT:
        return tr("Encrypt {file}", file=path.name)
    return tr("New recovery key for {file}", file=path.name)


def _about(kind: Kind) -> str:
    if kind is Kind.NEW:
        return tr(
            "The file is encrypted: whoever takes this computer cannot read it. You type the passphrase whenever you "
            "open the file; it is stored nowhere."
        )
    if kind is Kind.ENCRYPT:
        return tr(
            "An encrypted copy is written beside the file, compared with it line by line, and then takes its place. "
            "Copies made earlier stay as they are and are named at the end."
        )
    return tr(
        "Everything is written anew under a new key: for a recovery key that was lost or seen by others. The old "
        "recovery key, and the passphrases of other people, end. Backups made earlier still open with the old ones."
    )
