"""The recovery key: shown once, to be copied, saved or printed; then typed or loaded back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.services.recovery_files import read_recovery_file, recovery_text, save_recovery_file
from tracker.services.security import parse_recovery_key
from tracker.ui.widgets import button, column, label, restyle, row


def ask_file_to_save(parent: QWidget, folder: str) -> str:
    """Ask where the recovery key is saved; empty if nowhere. Tests replace this."""
    return QFileDialog.getSaveFileName(parent, tr("Save the recovery key"), folder, tr("Text (*.txt)"))[0]


def ask_file_to_load(parent: QWidget) -> str:
    """Ask for the file of a recovery key; empty if none was chosen. Tests replace this."""
    return QFileDialog.getOpenFileName(parent, tr("Load the recovery key"), "", tr("Text (*.txt)"))[0]


class ShowStep(QWidget):
    """Shows the key and offers ways to keep it."""

    def __init__(self, path: Path, key: str) -> None:
        super().__init__()
        self._path, self._key = path, key
        self.shown = label(_in_lines(key))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(QGuiApplication.font().pointSize() + 5)
        self.shown.setFont(font)
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.shown.setAccessibleName(tr("Recovery key"))
        self.shown.setContentsMargins(12, 12, 12, 12)
        words = tr(
            "This key opens the file if the passphrase is forgotten or the key file beside it is lost. It is shown "
            "only now and kept nowhere else: print it or write it down, and keep it apart from this computer, as you "
            "would the key of the drug cabinet. Without it a forgotten passphrase means that the records are gone."
        )
        self.told = label("", "soft", wrap=True)
        self.save_button = button(tr("Save to a file..."), self._save)
        layout = column(label(tr("Recovery key"), "heading"), label(words, "soft", wrap=True), self.shown, spacing=10)
        layout.addLayout(row(button(tr("Print..."), self._print), self.save_button, button(tr("Copy"), self._copy)))
        layout.addWidget(self.told)
        self.setLayout(layout)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self.told.setText(tr("Copied; the clipboard is emptied when this is done."))

    def _save(self) -> None:
        chosen = ask_file_to_save(self, str(self._path.parent / f"{self._path.stem}-recovery-key.txt"))
        if not chosen:
            return
        try:
            save_recovery_file(Path(chosen), self._path, self._key)
        except TrackerError as error:
            self.told.setText(str(error))
            return
        self.told.setText(tr("Saved in {file}: move it to a stick that does not stay with this computer.", file=chosen))

    def _print(self) -> None:
        from tracker.ui.exam.printing import preview

        preview(self, recovery_text(self._path, self._key), tr("Print the recovery key"))


class ProveStep(QWidget):
    """Takes the key back. ``submitted`` on Enter."""

    submitted = Signal()

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Recovery key"))
        self.line.setPlaceholderText("XXXX-XXXX-...")
        self.line.setMaxLength(200)
        self.line.returnPressed.connect(self.submitted)
        self.line.textEdited.connect(lambda _text: self.complain(""))
        self.trouble = label("", "warn", wrap=True)
        self.load_button = button(tr("Load from a file..."), self._load)
        words = tr(
            "Type it from the paper, or load the file you saved: only then is it sure that it can be found again."
        )
        layout = column(label(tr("Prove the recovery key"), "heading"), label(words, "soft", wrap=True), spacing=10)
        layout.addWidget(self.line)
        layout.addWidget(self.trouble)
        layout.addLayout(row(self.load_button))
        self.setLayout(layout)
        self.setFocusProxy(self.line)

    def read(self) -> str | None:
        """Return the key typed back; None, with words, if it is another one."""
        try:
            typed = parse_recovery_key(self.line.text())
        except TrackerError as error:
            self.complain(str(error))
            return None
        if typed != self._key:
            self.complain(tr("this is a recovery key, but not the one shown before"))
            return None
        return typed

    def complain(self, text: str) -> None:
        """Say what is wrong with the key."""
        self.trouble.setText(text)
        restyle(self.line, "wrong", "true" if text else "false")

    def _load(self) -> None:
        chosen = ask_file_to_load(self)
        if not chosen:
            return
        try:
            self.line.setText(read_recovery_file(Path(chosen)))
        except TrackerError as error:
            self.complain(str(error))
            return
        self.complain("")
        self.submitted.emit()


def _in_lines(key: str) -> str:
    groups = key.split("-")
    return "\n".join("  ".join(groups[start : start + 3]) for start in range(0, len(groups), 3))
