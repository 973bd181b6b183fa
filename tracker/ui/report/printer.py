"""Prints a report for the command line: without a window, and without a display."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from tracker.clinic.records import Episode, Patient
from tracker.services.workspace import Workspace
from tracker.ui.report.document import make_report, save_pdf
from tracker.ui.report.model import ReportChoices
from tracker.ui.widgets import today


def print_report(
    workspace: Workspace, patient: Patient, episodes: Sequence[Episode], path: Path, choices: ReportChoices
) -> int:
    """Write the PDF and enter it in the audit; returns its pages."""
    application = QGuiApplication.instance() or QGuiApplication(_arguments())
    layout = make_report(workspace, patient, episodes, choices, today())
    save_pdf(workspace, layout, episodes, path)
    del application  # it must live until the last font is used
    return len(layout.pages)


def _arguments() -> list[str]:
    """Ask for no display where Qt would abort without one; elsewhere the system's fonts need its own platform."""
    return ["outcome-tracker", "-platform", "offscreen"] if sys.platform.startswith("linux") else ["outcome-tracker"]
