"""A folder of the clinic's own files: where it is, what of it could not be used and why, and reading it again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tracker.core.messages import Message, ntr, tr
from tracker.ui.widgets import button, clear, label, row

Problems = Callable[[], tuple[Message, ...]]


class OwnFilesPanel(QWidget):
    """``read_again`` after the files were read anew."""

    read_again = Signal()

    def __init__(self, folder: Path, problems: Problems, again: Problems) -> None:
        super().__init__()
        self.folder = folder
        self._again = again
        self.path = QLineEdit(str(folder))
        self.path.setReadOnly(True)
        self.path.setCursorPosition(0)
        self.path.setToolTip(str(folder))
        self.path.setAccessibleName(tr("Folder of your own files"))
        self.open_button = button(tr("Open the folder"), self._open, hint=tr("Makes the folder if it is not there"))
        self.again_button = button(tr("Read again"), self._read_again)
        self.told: list[str] = []
        self._list = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.path)
        layout.addLayout(row(self.open_button, self.again_button))
        layout.addLayout(self._list)
        layout.addStretch(1)
        self._show(problems())

    def _open(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._tell([tr("the folder {folder} cannot be made: {why}", folder=str(self.folder), why=why)])
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _read_again(self) -> None:
        self._show(self._again())
        self.read_again.emit()

    def _show(self, problems: tuple[Message, ...]) -> None:
        self._tell([str(problem) for problem in problems])

    def _tell(self, problems: list[str]) -> None:
        clear(self._list)
        self.told = problems
        if not problems:
            self._list.addWidget(label(tr("Every file of this folder can be used."), "soft", wrap=True))
            return
        count = ntr("{count} problem:", "{count} problems:", len(problems))
        self._list.addWidget(label(count, "warn", wrap=True))
        for problem in problems:
            self._list.addWidget(label(problem, wrap=True))
