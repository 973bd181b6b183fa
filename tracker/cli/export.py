"""``export``: the whole file, or one patient, as a folder of CSV files."""

import argparse
import sys
from pathlib import Path

from tracker.cli.own_files import use_own_scales
from tracker.core.errors import TrackerError
from tracker.core.messages import msg, ntr, tr
from tracker.core.places import read_place

HELP = tr("write the records as a folder of CSV files with codebook and manifest")
FORMATS = ("csv",)


class UnknownFormatError(TrackerError):
    """A format this version does not write."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to export"))
    parser.add_argument("--out", metavar="FOLDER", required=True, help=tr("the folder to make"))
    parser.add_argument("--format", metavar="FORMAT", default="csv", help=tr("formats, separated by commas: csv"))
    parser.add_argument(
        "--deidentified", action="store_true", help=tr("no names, no free text, no dates, new random keys")
    )
    parser.add_argument("--patient", metavar="P", help=tr("only the patient with this number or id"))
    parser.add_argument("--excel", action="store_true", help=tr("start each CSV file with a byte order mark"))
    parser.add_argument("--replace", action="store_true", help=tr("overwrite a folder that an export made"))


def run(arguments: argparse.Namespace) -> int:
    """Write the folder and say what was written."""
    from tracker.services.export import export_csv

    _check_formats(arguments.format)
    use_own_scales()
    report = export_csv(
        read_place(arguments.db),
        Path(arguments.out),
        deidentified=arguments.deidentified,
        excel=arguments.excel,
        patient=arguments.patient,
        replace=arguments.replace,
    )
    patients = report.rows["patients.csv"]
    said = ntr(
        "{count} patient exported to {folder}",
        "{count} patients exported to {folder}",
        patients,
        folder=str(report.folder),
    )
    if report.synthetic:
        said += " " + tr("(synthetic)")
    sys.stdout.write(said + "\n")
    return 0


def _check_formats(text: str) -> None:
    unknown = [name for name in text.split(",") if name.strip() not in FORMATS]
    if unknown:
        raise UnknownFormatError(
            msg("format “{format}” is not known: there is {known}", format=unknown[0].strip(), known=", ".join(FORMATS))
        )
