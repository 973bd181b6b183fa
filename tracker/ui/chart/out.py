"""Out of the chart: a picture to the clipboard or a file, the data behind it as CSV; all off the window's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.core.errors import TrackerError
from tracker.core.messages import say, tr
from tracker.services.chart_data import write_chart_data
from tracker.services.rights import Right
from tracker.ui.chart.composed import Composed, panel_name
from tracker.ui.chart.panel_menu import PanelDeed
from tracker.ui.chart.picture import Sheet
from tracker.ui.chart.picture_file import image_of, write_picture
from tracker.ui.chart.time_window import TimeWindow
from tracker.ui.jobs import Jobs, T

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace


def ask_picture_file(parent: QWidget, name: str) -> str:
    """Ask where a picture is to be saved; empty if nowhere. Tests replace this."""
    kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
    path, kind = QFileDialog.getSaveFileName(parent, tr("Save the picture"), f"{name}.png", kinds)
    return path if not path or Path(path).suffix else f"{path}.{kind.split('.')[-1].rstrip(')')}"


def ask_data_file(parent: QWidget, name: str) -> str:
    """Ask where the data are to be saved; empty if nowhere. Tests replace this."""
    return QFileDialog.getSaveFileName(parent, tr("Save the data"), f"{name}.csv", "CSV (*.csv)")[0]


class Out(QObject):
    """Does one thing with a panel, or with the whole course; ``told`` says what became of it."""

    told = Signal(str)

    def __init__(self, parent: QWidget, jobs: Jobs, window: TimeWindow, workspace: "Workspace") -> None:
        super().__init__(parent)
        self._widget, self._jobs, self._window, self._workspace = parent, jobs, window, workspace
        self._synthetic = workspace.kind == "demo"

    def do(self, deed: PanelDeed, composed: Composed, name: str) -> None:
        """Do *deed* with the panel of that name, with all panels shown where the name is empty."""
        panels = tuple(one for one in composed.panels if not name or one.name == name)
        if not panels:
            return
        refused = self._workspace.session.why_not(Right.TRANSFER)
        if refused is not None:  # said before a file is asked for
            self.told.emit(say(refused))
            return
        if deed is PanelDeed.DATA:
            self._save_data(composed, {one.name for one in panels}, name)
            return
        window, font = self._window.range, QFont(self._widget.font())
        font.setPixelSize(QFontInfo(font).pixelSize())  # the sheet is laid out in pixels, whatever points are here

        def laid_out() -> Sheet:
            return Sheet(composed, panels, window, font, synthetic=self._synthetic)

        if deed is PanelDeed.COPY:
            self._run(composed, "picture", None, lambda: image_of(laid_out()), self._copied)
        elif deed is PanelDeed.SAVE:
            chosen = ask_picture_file(self._widget, file_name(name))
            if chosen:
                path = Path(chosen)
                self._run(composed, "picture", path, lambda: write_picture(laid_out(), path), self._saved)

    def _save_data(self, composed: Composed, names: set[str], name: str) -> None:
        chosen = ask_data_file(self._widget, file_name(name))
        if not chosen:
            return
        drawn = {study.cohort: None for one in composed.scores for study in one.studies}

        def write() -> Path:
            write_chart_data(
                Path(chosen),
                composed.comparison,
                wanted=lambda panel: panel_name(panel) in names,
                cohorts=tuple(drawn),
                synthetic=self._synthetic,
            )
            return Path(chosen)

        self._run(composed, "chart data", Path(chosen), write, self._saved)

    def _run(
        self, composed: Composed, what: str, path: Path | None, work: Callable[[], T], done: Callable[[T], None]
    ) -> None:
        details = {"what": what, "file": None if path is None else str(path)}
        patient, pass_on = composed.comparison.course.episode.patient_id, self._workspace.reports.pass_on
        self._jobs.run(self, lambda: pass_on(patient, details, work), done, self._failed)

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.told.emit(tr("The picture is on the clipboard."))

    def _saved(self, path: Path) -> None:
        self.told.emit(tr("Saved: {path}", path=str(path)))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            raise error
        self.told.emit(str(error))


def file_name(name: str) -> str:
    """Return the name offered for a file: it says which score, never who."""
    return "course" if not name else "course-" + name.replace("|unspecified", "").replace("|", "-")
