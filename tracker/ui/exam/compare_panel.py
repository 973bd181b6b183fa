"""The panel of the comparison: which earlier exam, and what changed since; the grid shows the cells themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from tracker.core.messages import say, tr
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.ui.exam.compared import Compared, as_html
from tracker.ui.exam.session import Dated
from tracker.ui.widgets import ChoiceBox, label


class ComparePanel(QWidget):
    """Another exam of the patient beside the open one."""

    chosen = Signal(str)
    """Compare with this exam (its key)."""
    cell_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self._label = label("", "section"), QLabel()
        self.exams, self.text, self.close_button = ChoiceBox(), QTextBrowser(), QPushButton()
        self._label.setBuddy(self.exams)
        self.exams.activated.connect(lambda: self.chosen.emit(self.exams.currentData()))
        self.text.setOpenLinks(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(0)
        self.text.anchorClicked.connect(self._follow)
        self.close_button.clicked.connect(self.closed.emit)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 9, 12, 8)
        box.addWidget(self.heading)
        box.addWidget(self._label)
        box.addWidget(self.exams)
        box.addWidget(self.text, 1)
        box.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)

    def write(self, exams: Sequence[Dated], chosen: str) -> None:
        """Write the words and offer *exams*, newest first."""
        self.heading.setText(tr("Exam against exam"))
        self._label.setText(tr("Com&pared with the exam of"))
        self.close_button.setText(tr("&End the comparison"))
        self.close_button.setToolTip("Ctrl+M")
        self.exams.clear()
        for exam in reversed(exams):
            self.exams.addItem(exam.date.isoformat(), exam.key)
        self.exams.setCurrentIndex(max(0, self.exams.findData(chosen)))

    def show_busy(self) -> None:
        """Say that the exams are being compared."""
        self.text.setPlainText(tr("Comparing\N{HORIZONTAL ELLIPSIS}"))

    def show_compared(self, found: Compared) -> None:
        """Show what changed."""
        self.text.setHtml(as_html(found))
        self.text.setAccessibleName(tr("What changed since {date}", date=found.before.date.isoformat()))

    def show_problem(self, error: Exception) -> None:
        """Say why the exams cannot be compared."""
        if not isinstance(error, InvalidExamError):
            raise error
        self.text.setPlainText(say(error.message))

    def _follow(self, address: QUrl) -> None:
        self.cell_wanted.emit(address.toString())
