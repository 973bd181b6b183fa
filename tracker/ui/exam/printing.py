"""The classification with every step on paper, or as a PDF by the system's own print dialog."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from tracker.core.messages import tr

if TYPE_CHECKING:
    from tracker.ui.exam.exam_page import ExamPage


def paper(text: str) -> QTextDocument:
    """Return *text* laid out for paper: its first line is the heading."""
    heading, _, rest = text.partition("\n")
    document = QTextDocument()
    document.setDefaultFont(QGuiApplication.font())
    lines = "<br>".join(escape(line).replace("  ", "&nbsp;&nbsp;") for line in rest.splitlines())
    document.setHtml(f"<h3>{escape(heading)}</h3><p>{lines}</p>")
    return document


def preview(page: QWidget, text: str, title: str) -> QPrintPreviewDialog:
    """Show how *text* will print; printing itself, the printer and PDF are chosen there."""
    dialog = QPrintPreviewDialog(QPrinter(), page)
    dialog.setWindowTitle(title)
    dialog.paintRequested.connect(lambda printer: paper(text).print_(printer))
    dialog.open()
    return dialog


def print_exam(page: "ExamPage", text: str) -> str:
    """Show the print preview of the classification *text*; that it was shown to be printed is what the audit holds."""
    preview(page, text, tr("Print the classification"))
    return ""


def copy_exam(text: str) -> str:
    """Copy the classification *text* as plain text; returns what is said about it."""
    QGuiApplication.clipboard().setText(text)
    return tr("Copied")
