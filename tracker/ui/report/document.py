"""Makes a report from a workspace and puts it on a device: a PDF, the preview, a printer."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from tracker import __version__
from tracker.clinic.records import Episode, Patient
from tracker.core.errors import TrackerError
from tracker.core.messages import msg, speaking, tr
from tracker.scales.isncsci.findings import ALGORITHM
from tracker.services.workspace import Workspace
from tracker.ui import fonts
from tracker.ui.patient_list import in_both_scripts
from tracker.ui.report.content import material
from tracker.ui.report.layout import Layout, lay_out
from tracker.ui.report.model import Paper, ReportChoices, ReportHead
from tracker.ui.report.typeface import typeface
from tracker.ui.report.words import person_words

UNITS = 96
"""Layout units an inch."""
PDF_RESOLUTION = 1200
_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


class ReportError(TrackerError):
    """A report that cannot be made or written, and why."""


def make_report(
    workspace: Workspace,
    patient: Patient,
    episodes: Sequence[Episode],
    choices: ReportChoices,
    day: datetime.date,
) -> Layout:
    """Return the report of a patient's episodes, laid out; raises ReportError where there is none to report."""
    with speaking(choices.language):
        if not episodes:
            raise ReportError(
                msg("patient {number} has no episode: there is no course to report", number=patient.patient_number)
            )
        comparisons = [workspace.comparisons.of(episode.id) for episode in episodes]
        name = in_both_scripts(patient.name, patient.latin_name)
        missing = fonts.unprintable(name, typeface().name)
        person = person_words(patient, day)
        if missing:
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in missing)
            person += " · " + tr("this computer has no font for {characters} of the name", characters=codes)
        head = ReportHead(
            name=name,
            person=person,
            printed=day,
            synthetic=workspace.kind == "demo",
            made_with=_made_with(workspace, choices, day),
        )
        return lay_out(head, [material(one, choices.voice, day) for one in comparisons], choices)


def _made_with(workspace: Workspace, choices: ReportChoices, day: datetime.date) -> str:
    paper = {Paper.A4: "A4", Paper.LETTER: "US Letter"}[choices.paper]
    return tr(
        "Printed {date} · {program} {version}, schema {schema}, scoring {version}, ISNCSCI {algorithm} · {paper}",
        date=day.isoformat(),
        program=tr("Outcome tracker"),
        version=__version__,
        schema=workspace.reports.schema,
        algorithm=ALGORITHM,
        paper=paper,
    )


def page_layout(paper: Paper) -> QPageLayout:
    """Return the whole sheet, upright; the report has margins of its own."""
    return QPageLayout(QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, QMarginsF())


def paint_on(layout: Layout, device: QPagedPaintDevice, resolution: int) -> bool:
    """Paint every page on a device with that many dots an inch; returns whether it took them."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    with speaking(layout.choices.language):
        for number in range(len(layout.pages)):
            if number and not device.newPage():
                painter.end()
                return False
            painter.save()
            painter.scale(resolution / UNITS, resolution / UNITS)
            layout.paint(painter, number)
            painter.restore()
    return painter.end()


def pdf_of(layout: Layout) -> bytes:
    """Return the report as PDF, its fonts embedded."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout(layout.choices.paper))
    writer.setResolution(PDF_RESOLUTION)
    with speaking(layout.choices.language):
        writer.setTitle(tr("Course report"))
    writer.setCreator(f"Outcome tracker {__version__}")
    if not paint_on(layout, writer, PDF_RESOLUTION):
        raise ReportError(msg("the PDF could not be made"))
    return bytes(buffer.data().data())


def details_of(layout: Layout, episodes: Sequence[Episode], **how: str) -> dict[str, Any]:
    """Return what the audit keeps of a report that was printed."""
    choices = layout.choices
    return {
        "what": "course",
        "episodes": [episode.id for episode in episodes],
        "paper": str(choices.paper),
        "language": str(choices.language),
        "voice": str(choices.voice),
        "pages": len(layout.pages),
        **how,
    }


def save_pdf(
    workspace: Workspace, layout: Layout, episodes: Sequence[Episode], path: Path, *, replace: bool = False
) -> Path:
    """Write the PDF and enter the report in the audit, both or neither; *replace*: the user was asked already."""
    data = pdf_of(layout)
    details = details_of(layout, episodes, format="pdf", file=str(path))
    workspace.reports.release(episodes[0].patient_id, details, lambda: _write(path, data, replace=replace))
    return path


def _write(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a whole file or none; a file that is there stays as it is unless it is to be replaced."""
    target = path.with_name(f".{path.name}.part") if replace else path
    try:
        with target.open("wb" if replace else "xb") as file:
            file.write(data)
        if replace:
            target.replace(path)
    except FileExistsError as error:
        raise ReportError(msg("{path} is there already: give another name", path=str(path))) from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise ReportError(
            msg("{path} cannot be written: {problem}", path=str(path), problem=error.strerror or str(error))
        ) from error
