"""Saves the draft after each keystroke, says when, and keeps asking when it fails: no answer is ever lost silently."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.ui.entry.notice import Notice
from tracker.ui.widgets import label


class DraftKeeper(QObject):
    """Runs *save* once the event loop is free, and shows how it went; False: it waits for a choice of the user's."""

    retried = Signal()
    """The user asked to try again."""
    abandoned = Signal()
    """The user closes the form without saving."""

    def __init__(self, save: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._save = save
        self.unsaved = False
        self.words = label("", "small")
        self.trouble = Notice("warn")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.save_now)

    def start(self) -> None:
        """Begin with nothing to save."""
        self.forget()
        self.trouble.hide()
        self.words.setText("")

    def forget(self) -> None:
        """Drop what is not saved (it was completed or discarded)."""
        self._soon.stop()
        self.unsaved = False

    def answers_changed(self) -> None:
        """Save soon."""
        self.unsaved = True
        self._soon.start(0)

    def save_now(self) -> bool:
        """Save; a failure is said in place and the next key tries again."""
        self._soon.stop()
        if not self.unsaved:
            return True
        try:
            settled = self._save()
        except TrackerError as error:
            problem = say(error.message).rstrip(".")
            sentence = tr("The draft is not saved: {problem}. Your answers stay here.", problem=problem)
            choices = [(tr("&Try again"), self._retry), (tr("Close &without saving"), self.abandoned.emit)]
            self.trouble.say(sentence, choices)
            self.words.setText(tr("Draft not saved"))
            return False
        self.trouble.hide()
        if not settled:
            self.words.setText(tr("Waits for your choice"))
            return False
        self.unsaved = False
        time = datetime.now().astimezone().strftime("%H:%M:%S")
        self.words.setText(tr("Draft saved {time}", time=time))
        return True

    def _retry(self) -> None:
        self.save_now()
        self.retried.emit()
