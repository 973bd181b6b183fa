"""The report as it will be printed, with what can be chosen; Qt's own dialogs only for a file name and a printer."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from tracker.clinic.records import Episode, Patient
from tracker.core.errors import TrackerError
from tracker.core.messages import Language, current_language, msg, tr
from tracker.services.workspace import Workspace
from tracker.ui import settings
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.patient_list import episode_words
from tracker.ui.report.document import ReportError, details_of, make_report, page_layout, paint_on, save_pdf
from tracker.ui.report.layout import Layout
from tracker.ui.report.model import Paper, ReportChoices
from tracker.ui.widgets import ChoiceBox, button, column, label, row, today

_GROUP = "report"


def ask_pdf_file(parent: QWidget, name: str) -> str:
    """Ask where the report is to be saved (and whether a file there is to be replaced); empty if nowhere."""
    path = QFileDialog.getSaveFileName(parent, tr("Save the report"), name, "PDF (*.pdf)")[0]
    return path if not path or Path(path).suffix else f"{path}.pdf"


def ask_printer(printer: QPrinter, parent: QWidget) -> bool:
    """Ask for a printer; False if it is not to be printed. Tests replace this."""
    return QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted


class ReportPreview(QWidget):
    """Shows the report of a patient, of the episode *chosen* to begin with; ``closed`` when it is left."""

    closed = Signal()

    def __init__(self, workspace: Workspace, patient: Patient, episodes: Sequence[Episode], chosen: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._workspace, self._patient, self._all = workspace, patient, tuple(episodes)
        self._layout: Layout | None = None
        self.episode = self._box(
            tr("Episode"), [*((one.id, episode_words(one)) for one in episodes), ("", tr("all episodes"))], chosen
        )
        self.episode.setVisible(len(self._all) > 1)
        self.paper = self._box(
            tr("Paper"),
            [(Paper.A4.value, "A4"), (Paper.LETTER.value, tr("US Letter"))],
            _kept("paper", Paper, Paper.A4),
        )
        self.language = self._box(
            tr("Language of the report"),
            [(Language.EN.value, "English"), (Language.ZH_CN.value, "\u4e2d\u6587")],
            _kept("language", Language, current_language()),
        )
        self.voice = self._box(
            tr("Words"),
            [(Voice.CLINICIAN.value, tr("for a clinician")), (Voice.PATIENT.value, tr("for the patient"))],
            _kept("voice", Voice, Voice.CLINICIAN),
        )
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # asks no printer how it would look
        self._printer.setFullPage(True)
        self.preview = QPrintPreviewWidget(self._printer)
        self.preview.setAccessibleName(tr("The report as it will be printed"))
        self.preview.paintRequested.connect(self._paint)
        self.told = label("", "soft", wrap=True)
        self._build()
        self._compose()

    def _build(self) -> None:
        self.save_button = button(tr("Save as PDF..."), self.save, "main", hint="Ctrl+S")
        self.print_button = button(tr("Print..."), self.print, hint="Ctrl+P")
        self.whole_button = button(tr("Whole page"), self.preview.fitInView, "quiet", hint="0")
        self.width_button = button(tr("Page width"), self.preview.fitToWidth, "quiet", hint="1")
        top = row(self.save_button, self.print_button, self.episode, self.paper, self.language, self.voice)
        for one in (self.width_button, self.whole_button, button(tr("Back"), self.closed.emit, "quiet", hint="Esc")):
            top.addWidget(one)
        layout = column(spacing=6, margins=(14, 8, 14, 8))
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.preview, 1)
        self.setLayout(layout)
        for key, deed in (
            ("Ctrl+S", self.save),
            ("0", self.preview.fitInView),
            ("1", self.preview.fitToWidth),
            ("+", self.preview.zoomIn),
            ("-", self.preview.zoomOut),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def _box(self, name: str, entries: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
        box = ChoiceBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        for value, words in entries:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.currentIndexChanged.connect(self._chosen)
        return box

    @property
    def choices(self) -> ReportChoices:
        """What is chosen."""
        return ReportChoices(
            Paper(self.paper.currentData()), Language(self.language.currentData()), Voice(self.voice.currentData())
        )

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """The episodes that are printed."""
        key = self.episode.currentData()
        return tuple(one for one in self._all if not key or one.id == key)

    @property
    def shown(self) -> Layout:
        """The report as it is shown, saved and printed."""
        assert self._layout is not None
        return self._layout

    def start(self) -> None:
        """Put the focus where one goes on."""
        self.save_button.setFocus()

    def save(self) -> None:
        """Ask for a name and write the PDF."""
        chosen = ask_pdf_file(self, tr("report.pdf"))
        if not chosen:
            return
        try:
            path = save_pdf(self._workspace, self.shown, self.episodes, Path(chosen), replace=True)
        except TrackerError as error:
            self._tell(str(error))
        else:
            self._tell(tr("Saved: {path}", path=str(path)))

    def print(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self.choices.paper))
        printer.setFullPage(True)
        if not ask_printer(printer, self):
            return
        details = details_of(self.shown, self.episodes, format="paper", printer=printer.printerName())
        try:
            self._workspace.reports.release(self._patient.id, details, lambda: self._send(printer))
        except TrackerError as error:
            self._tell(str(error))
        else:
            self._tell(tr("Sent to the printer."))

    def _send(self, printer: QPrinter) -> None:
        if not paint_on(self.shown, printer, printer.resolution()):
            raise ReportError(msg("the printer did not take the report"))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _chosen(self) -> None:
        choices = self.choices
        for name, value in (("paper", choices.paper), ("language", choices.language), ("voice", choices.voice)):
            settings.remember(_GROUP, name, value.value)
        self._compose()

    def _compose(self) -> None:
        self._tell("")
        self._layout = make_report(self._workspace, self._patient, self.episodes, self.choices, today())
        self._printer.setPageLayout(page_layout(self.choices.paper))
        self.preview.updatePreview()
        self.preview.setAccessibleDescription(self._layout.text)

    def _paint(self, printer: QPrinter) -> None:
        paint_on(self.shown, printer, printer.resolution())


def _kept(name: str, kind: type[StrEnum], otherwise: StrEnum) -> str:
    """Return what was chosen last on this computer."""
    kept = settings.remembered(_GROUP, name)
    return kept if kept in [one.value for one in kind] else otherwise.value
