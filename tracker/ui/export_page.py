"""Export to CSV: which kind, which folder; the work runs beside the window, with progress and cancel."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QHBoxLayout, QProgressBar, QRadioButton, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.places import Place
from tracker.ui.form import Form, required
from tracker.ui.jobs import Jobs
from tracker.ui.widgets import button, card, column, label, row

if TYPE_CHECKING:
    from tracker.services.export import ExportReport

PLAIN, EXCEL = 0, 1


def ask_folder(parent: QWidget, start: str) -> str:
    """Ask for a folder; empty if none was chosen. Tests replace this."""
    return QFileDialog.getExistingDirectory(parent, tr("Folder for the export"), start)


class ExportPage(QWidget):
    """Exports the file or server *path*; ``folder_chosen`` carries the folder to be remembered."""

    closed = Signal()
    folder_chosen = Signal(str)

    def __init__(self, path: Place, jobs: Jobs, folder: str, patient: tuple[str, str] | None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._path, self._jobs = path, jobs
        self._patient = patient
        self._cancel = threading.Event()
        self._target: Path | None = None
        self.kinds = QButtonGroup(self)
        self.deidentified = QCheckBox(tr("De-identified: no names, no dates, no free text, new random ids"))
        self.only_patient = QCheckBox(tr("Only {name}", name=patient[1]) if patient else "")
        self.only_patient.setVisible(patient is not None)
        self.replace = QCheckBox(tr("Replace an earlier export in that folder"))
        self.form = Form()
        self.folder = self.form.text("folder", tr("Folder"), folder, tr("a new or empty folder"))
        self.form.submitted.connect(self.start_export)
        self.form.cancelled.connect(self._close)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress of the export"))
        self.progress.hide()
        self.report = label("", wrap=True)
        self._build()

    def _build(self) -> None:
        self.start_button = button(tr("Export"), self.start_export, "main", hint="Ctrl+Enter")
        self.cancel_button = button(tr("Cancel"), self._close, hint="Esc")
        self.show_button = button(tr("Show the folder"), self._show_folder, "quiet")
        self.show_button.hide()
        plain = QRadioButton(tr("CSV for statistics software"))
        excel = QRadioButton(tr("CSV for Excel (with byte order mark)"))
        plain.setChecked(True)
        self.kinds.addButton(plain, PLAIN)
        self.kinds.addButton(excel, EXCEL)
        self.form.end()
        across = QHBoxLayout()
        across.addWidget(self.form, 1)
        across.addWidget(button(tr("Choose..."), self._choose))
        about = tr(
            "One folder: a table for patients, episodes, treatments, visits, assessments, answers, scores and adverse "
            "events, a wide table, a codebook of every column, and a manifest with counts and check sums."
        )
        inside = column(label(tr("Export"), "title"), label(about, "soft", wrap=True), spacing=10)
        for widget in (plain, excel, self.deidentified, self.only_patient, self.replace):
            inside.addWidget(widget)
        inside.addLayout(across)
        inside.addWidget(self.progress)
        inside.addWidget(self.report)
        inside.addLayout(row(self.start_button, self.cancel_button, self.show_button))
        frame = card(inside, 20)
        frame.setMaximumWidth(760)
        outer = column(frame, margins=(24, 18, 24, 18))
        outer.addStretch(1)
        self.setLayout(outer)

    @property
    def running(self) -> bool:
        """Whether an export is under way."""
        return not self.start_button.isEnabled()

    def start_export(self) -> None:
        """Begin; what cannot be is said beside the folder."""
        folder = self.form.read("folder", required)
        if folder is None or self.running:
            return
        self._target = Path(folder).expanduser()
        self.folder_chosen.emit(folder)
        self._cancel = cancel = threading.Event()
        self._set_running(running=True)
        path, target, owner, jobs = self._path, self._target, self, self._jobs
        deidentified, excel = self.deidentified.isChecked(), self.kinds.checkedId() == EXCEL
        replace = self.replace.isChecked()
        patient = self._patient[0] if self._patient and self.only_patient.isChecked() else None

        def work() -> "ExportReport":
            from tracker.services.export import export_csv

            return export_csv(
                path,
                target,
                deidentified=deidentified,
                excel=excel,
                replace=replace,
                patient=patient,
                progress=lambda done, total: jobs.post(owner, owner.show_progress, (done, total)),
                cancelled=cancel.is_set,
            )

        self._jobs.run(self, work, self._done, self._failed)

    def show_progress(self, state: tuple[int, int]) -> None:
        """Show how many rows of how many are written."""
        done, total = state
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(min(done, total))

    def cancel(self) -> None:
        """Ask a running export to stop; what was written of it is removed."""
        self._cancel.set()

    def _set_running(self, *, running: bool) -> None:
        self.start_button.setEnabled(not running)
        self.form.setEnabled(not running)
        self.progress.setVisible(running)
        self.progress.setMaximum(0)
        self.show_button.hide()
        self.cancel_button.setText(tr("Cancel") if running else tr("Close"))
        self.cancel_button.setFocus()  # the fields are locked while it runs, and a locked field loses the keys
        if running:
            self.report.setText(tr("Exporting..."))

    def _done(self, report: "ExportReport") -> None:
        self._set_running(running=False)
        self.report.setText(report_words(report))
        self.show_button.show()

    def _failed(self, error: Exception) -> None:
        self._set_running(running=False)
        self.report.setText("")
        if not isinstance(error, TrackerError):
            raise error
        if self._cancel.is_set():
            self.report.setText(tr("The export was stopped; nothing of it was left behind."))
        else:
            self.form.complain("folder", str(error))

    def _close(self) -> None:
        if self.running:
            self.cancel()
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape stops a running export, else leaves the page, from wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        chosen = ask_folder(self, self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _show_folder(self) -> None:
        if self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))

    def start(self) -> None:
        """Put the focus on the folder."""
        self.folder.setFocus()


def report_words(report: "ExportReport") -> str:
    """Return what was written, in words."""
    rows = sum(report.rows.values())
    return tr(
        "{rows} rows in {files} tables, in {folder}", rows=rows, files=len(report.rows), folder=str(report.folder)
    )
