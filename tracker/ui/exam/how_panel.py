"""Under the classification: the comment, how the exam was recorded and by whom."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from tracker.clinic.codes import EntryMode
from tracker.core.messages import tr
from tracker.services.assessments import Said
from tracker.services.change_reasons import Asking
from tracker.ui import words
from tracker.ui.entry.reason_field import ReasonField
from tracker.ui.widgets import ChoiceBox


class HowPanel(QWidget):
    """Comment, mode, assessor, and where the file asks for it why the exam is changed."""

    commented = Signal(str)
    """The comment was edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comment, self.mode, self.assessor = QLineEdit(), ChoiceBox(), QLineEdit()
        self._labels = QLabel(), QLabel(), QLabel()
        form = QFormLayout(self)
        form.setContentsMargins(14, 4, 14, 10)
        form.setVerticalSpacing(5)
        for text, field in zip(self._labels, (self.comment, self.mode, self.assessor), strict=True):
            text.setBuddy(field)
            form.addRow(text, field)
        self.reason = ReasonField()
        form.addRow(self.reason.label, self.reason)
        self.comment.textEdited.connect(self.commented.emit)

    def write(self, asking: Asking) -> None:
        """Write the words, for the exam that is open now."""
        self.reason.ask(asking)
        texts = tr("Comm&ent"), tr("&How recorded"), tr("Ass&essor")
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self.assessor.setPlaceholderText(tr("who examined"))
        chosen = self.chosen_mode()
        self.mode.clear()
        for mode in EntryMode:
            self.mode.addItem(words.label(mode), mode.value)
        self.mode.setCurrentIndex(max(0, self.mode.findData(chosen.value)))

    def show_how(self, mode: EntryMode, assessor: str | None, comment: str, *, new: bool) -> None:
        """Show what was recorded; a *new* exam that does not say keeps what the one before it said."""
        self.comment.setText(comment)
        if mode is not EntryMode.UNKNOWN or not new:
            self.mode.setCurrentIndex(max(0, self.mode.findData(mode.value)))
        if assessor or not new:
            self.assessor.setText(assessor or "")

    def lock(self, *, locked: bool) -> None:
        """Let nothing be changed in an exam that can only be read."""
        self.comment.setReadOnly(locked)
        self.assessor.setReadOnly(locked)
        self.mode.setDisabled(locked)

    def said(self) -> Said:
        """Return what is said about the exam."""
        return {
            "mode": self.chosen_mode(),
            "assessor": self.assessor.text().strip() or None,
            "reason": self.reason.text(),
        }

    def chosen_mode(self) -> EntryMode:
        """Return how the exam was recorded."""
        return EntryMode(self.mode.currentData() or EntryMode.UNKNOWN.value)
