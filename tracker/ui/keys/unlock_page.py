"""The page over everything while a file is locked: who, passphrase or recovery key, nothing of a patient."""

import math
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import ntr, tr
from tracker.core.places import Place
from tracker.ui.jobs import Jobs
from tracker.ui.keys.secret_field import SecretField
from tracker.ui.widgets import ChoiceBox, button, card, column, label, row

WIDTH = 580
Try = Callable[[str, str], object]
"""Tries a secret and whose it is, off the window's thread; raises TrackerError."""


class UnlockPage(QWidget):
    """``unlocked`` carries whether the file is to be remembered on this computer."""

    unlocked = Signal(bool)
    other_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, place: Place, jobs: Jobs, attempt: Try, *, encrypted: bool = True) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place, self._jobs, self._attempt, self._encrypted = place, jobs, attempt, encrypted
        self._free_at = 0.0
        if encrypted:
            self.secret = SecretField(tr("Passphrase or recovery key"), tr("passphrase, or the recovery key"))
        else:
            self.secret = SecretField(tr("Passphrase"), tr("passphrase"))
        self.secret.line.returnPressed.connect(self.submit)
        self.people = ChoiceBox()
        self.people.setAccessibleName(tr("Who"))
        self.people.hide()
        self.trouble = label("", "warn", wrap=True)
        self.remember = QCheckBox(tr("Remember on this computer: whoever signs in to it here opens the file"))
        self.remember.hide()
        self.press = button(tr("Unlock") if encrypted else tr("Sign in"), self.submit, "main")
        self._busy = label("", "soft")
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._count_down)
        self._build()

    def _build(self) -> None:
        self.title = label(tr("{file} is locked", file=self.place.name), "title", wrap=True)
        where = self.place.parent if isinstance(self.place, Path) else self.place
        place = label(str(where), "small", wrap=True)
        if self._encrypted:
            words = tr(
                "Everything in this file is encrypted. If the passphrase is forgotten, the recovery key opens it."
            )
        else:
            words = tr("Sign in with your own passphrase. If it is forgotten, an administrator sets a new one.")
        inside = column(self.title, place, label(words, "soft", wrap=True), spacing=10)
        for widget in (self.people, self.secret, self.remember, self.trouble):
            inside.addWidget(widget)
        inside.addLayout(row(self.press, self._busy))
        others = row(
            button(tr("Open another file"), self.other_wanted.emit, "quiet"),
            button(tr("Open the demo"), self.demo_wanted.emit, "quiet"),
        )
        centre = QWidget()  # of a fixed width, or the words that wrap are given the height of another width
        centre.setFixedWidth(WIDTH)
        in_centre = column(card(inside, 24), spacing=8)
        in_centre.addLayout(others)
        centre.setLayout(in_centre)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(centre)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
        self.setFocusProxy(self.secret)

    @property
    def usable(self) -> bool:
        """Whether a secret can be typed."""
        return self.secret.isVisible() and self.secret.isEnabled()

    def name_people(self, names: tuple[str, ...]) -> None:
        """Ask whose passphrase it is, where several people have one."""
        chosen = self.people.currentData()
        self.people.clear()
        for name in names:
            self.people.addItem(name or tr("(no name)"), name)
        self.people.setCurrentIndex(max(0, self.people.findData(chosen)))
        self.people.setVisible(len(names) > 1)

    def offer_to_remember(self, *, usable: bool) -> None:
        """Offer the keyring, where there is one."""
        self.remember.setVisible(usable)

    def submit(self) -> None:
        """Try what is typed."""
        secret = self.secret.text
        if not secret or not self.press.isEnabled():
            return
        name = str(self.people.currentData() or "")
        attempt = self._attempt
        self.trouble.setText("")
        self._set_busy(tr("Unlocking..."))
        self._jobs.run(self, lambda: attempt(secret, name), self._done, self._failed)

    def say(self, text: str) -> None:
        """Say what went wrong."""
        self.trouble.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: a key typed beside the field is meant for it."""
        if event.text().isprintable() and event.text() and not self.secret.line.hasFocus():
            self.secret.setFocus()
            self.secret.line.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _set_busy(self, text: str) -> None:
        self._busy.setText(text)
        self.press.setEnabled(not text)
        self.secret.setEnabled(not text)

    def _done(self, _by: object) -> None:
        self._set_busy("")
        self.secret.line.clear()
        self.unlocked.emit(self.remember.isChecked() and not self.remember.isHidden())

    def _failed(self, error: Exception) -> None:
        self._set_busy("")
        if not isinstance(error, TrackerError):
            raise error
        self.trouble.setText(str(error))
        if names := getattr(error, "names", ()):  # it has users, and nobody was named
            self.name_people(names)
        self._free_at = time.monotonic() + getattr(error, "seconds", 0)
        self.secret.hide_text()
        self.secret.line.selectAll()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wait()

    def wait(self) -> None:
        """Let the next try wait if failed ones came before."""
        from tracker.services.security import seconds_to_wait

        if not self.secret.isEnabled():  # a try is under way
            return
        counted = seconds_to_wait(self.place) if isinstance(self.place, Path) else 0
        self._left = max(counted, math.ceil(self._free_at - time.monotonic()), 0)
        self._show_wait()
        if self._left:
            self._seconds.start()

    def _count_down(self) -> None:
        self.wait()
        if not self._left:
            self._seconds.stop()
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_wait(self) -> None:
        waiting = self._left > 0
        self.press.setEnabled(not waiting)
        words = ntr(
            "the next try is possible in {count} second", "the next try is possible in {count} seconds", self._left
        )
        self._busy.setText(words if waiting else "")
