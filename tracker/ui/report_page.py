"""A bug's report, to copy: what the program was doing, without anything of a patient."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tracker.core.messages import tr
from tracker.ui.settings import log_folder
from tracker.ui.widgets import button, column, label, row


class ReportPage(QWidget):
    """Shows one report; ``closed`` when it is left."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Report"))
        words = tr(
            "The program met a fault of its own and goes on. What you entered is saved up to the last key. Send this "
            "report to whoever looks after the program; it holds no names, numbers or answers. It is also in {folder}.",
            folder=str(log_folder()),
        )
        buttons = row(
            button(tr("Copy the report"), self._copy, "main"), button(tr("Back"), self.closed.emit, hint="Esc")
        )
        layout = column(label(tr("Something went wrong"), "title"), label(words, "soft", wrap=True), spacing=10)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self.setLayout(layout)

    def show_report(self, report: str) -> None:
        """Show *report*."""
        self.text.setPlainText(report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
