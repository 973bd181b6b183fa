"""``backup``: a checked copy of the whole file, also while the window has it open."""

import argparse
import sys
from pathlib import Path

from tracker.core.messages import tr

HELP = tr("copy the whole file, also while it is in use, and check the copy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to copy"))
    parser.add_argument("--out", metavar="FILE", required=True, help=tr("the copy; nothing may be there yet"))


def run(arguments: argparse.Namespace) -> int:
    """Write the copy and say what it holds."""
    from tracker.core.places import file_of, read_place
    from tracker.services.backups import back_up

    copied = back_up(file_of(read_place(arguments.db)), Path(arguments.out))
    said = tr(
        "{path}: {size} bytes, {patients} patients, {assessments} assessments; opened and checked",
        path=str(copied.path),
        size=copied.size,
        patients=copied.rows["patient"],
        assessments=copied.rows["assessment"],
    )
    sys.stdout.write(said + "\n")
    return 0
