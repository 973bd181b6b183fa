"""Writes a sheet as PNG, SVG or PDF, or makes the image for the clipboard; may run in any thread."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from tracker import __version__
from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr
from tracker.ui.chart.picture import Sheet

DPI = 96
SCALE = 2
"""Pixels of an image a pixel of the sheet: sharp on paper too."""
KINDS = ("png", "svg", "pdf")


class PictureError(TrackerError):
    """A picture that could not be written, and why."""


def image_of(sheet: Sheet) -> QImage:
    """Return the sheet as an image."""
    image = QImage(QSize(round(sheet.width * SCALE), round(sheet.height * SCALE)), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    sheet.paint(painter)
    painter.end()
    return image


def write_picture(sheet: Sheet, path: Path) -> Path:
    """Write the sheet in the form the name's ending asks for; raises PictureError."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise PictureError(msg("“{name}”: end the name with .png, .svg or .pdf", name=path.name))
    try:
        path.touch()
    except OSError as error:
        raise PictureError(
            msg("{path} cannot be written: {problem}", path=str(path), problem=error.strerror or str(error))
        ) from error
    written = {"png": _write_png, "svg": _write_svg, "pdf": _write_pdf}[kind](sheet, path)
    if not written:
        raise PictureError(
            msg("{path} cannot be written: {problem}", path=str(path), problem=tr("no room or no right"))
        )
    return path


def _write_png(sheet: Sheet, path: Path) -> bool:
    image = image_of(sheet)
    image.setText("Software", f"Outcome tracker {__version__}")
    image.setText("Description", "\n".join(sheet.words()))
    return image.save(str(path))


def _write_svg(sheet: Sheet, path: Path) -> bool:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(QSize(round(sheet.width), round(sheet.height)))
    generator.setViewBox(QRect(0, 0, round(sheet.width), round(sheet.height)))
    generator.setResolution(DPI)
    generator.setTitle(tr("Course of a patient"))
    generator.setDescription("\n".join(sheet.words()))
    painter = QPainter(generator)
    sheet.paint(painter)
    return painter.end()


def _write_pdf(sheet: Sheet, path: Path) -> bool:
    writer = QPdfWriter(str(path))
    inches = QSizeF(sheet.width / DPI, sheet.height / DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    writer.setResolution(DPI)
    writer.setTitle(tr("Course of a patient"))
    writer.setCreator(f"Outcome tracker {__version__}")
    painter = QPainter(writer)
    sheet.paint(painter)
    return painter.end()
