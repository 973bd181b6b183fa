"""``import``: the folder of an export read into a file, all or nothing."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from tracker.cli.main import DONE, FOUND_A_PROBLEM, complain
from tracker.cli.own_files import use_own_scales
from tracker.core.messages import ntr, tr
from tracker.core.places import read_place

HELP = tr("read the CSV folder of an export into a file, all or nothing")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--db",
        metavar="FILE",
        required=True,
        help=tr("the file to read into; a new one is made in the window (File, New clinic file)"),
    )
    parser.add_argument("source", metavar="SOURCE", help=tr("the folder of an export"))
    parser.add_argument("--dry-run", action="store_true", help=tr("check everything, change nothing"))


def run(arguments: argparse.Namespace) -> int:
    """Import, or name every row that stands in the way."""
    from tracker.services.imports import import_folder
    from tracker.services.workspace import Access, Workspace

    use_own_scales()
    access = Access.VISIT if arguments.dry_run else Access.WRITE
    with closing(Workspace.open(read_place(arguments.db), access=access)) as workspace:
        report = import_folder(workspace, Path(arguments.source), dry_run=arguments.dry_run)
    for problem in report.problems:
        complain(str(problem))
    if report.problems:
        count = len(report.problems) + report.more_problems
        complain(
            ntr(
                "{count} problem found: nothing was imported; mend it and import again",
                "{count} problems found: nothing was imported; mend them and import again",
                count,
            )
        )
        return FOUND_A_PROBLEM
    said = (
        ntr("{count} patient imported", "{count} patients imported", report.patients)
        if report.written
        else ntr("{count} patient could be imported", "{count} patients could be imported", report.patients)
    )
    details = tr("{visits} visits, {assessments} assessments", visits=report.visits, assessments=report.assessments)
    sys.stdout.write(f"{said} ({details})\n")
    return DONE
