"""``demo``: write a synthetic registry."""

import argparse
import sys

from tracker.core.messages import ntr, tr
from tracker.core.places import read_place

HELP = tr("write a synthetic registry")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to write"))
    parser.add_argument("--patients", metavar="N", type=int, default=120, help=tr("how many patients (default 120)"))
    parser.add_argument("--seed", metavar="S", type=int, default=1, help=tr("another seed, other patients (default 1)"))
    parser.add_argument("--today", metavar="DATE", help=tr("the day the demo stands still at (default 2026-06-30)"))
    parser.add_argument("--replace", action="store_true", help=tr("overwrite a file that is a demo itself"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say what was written."""
    from tracker.core.dates import parse_date
    from tracker.services.demo import TODAY, write_demo

    report = write_demo(
        read_place(arguments.db),
        patients=arguments.patients,
        seed=arguments.seed,
        today=parse_date(arguments.today) if arguments.today else TODAY,
        replace=arguments.replace,
    )
    said = ntr(
        "{count} synthetic patient in {path}",
        "{count} synthetic patients in {path}",
        report.patients,
        path=str(report.place),
    )
    sys.stdout.write(said + "\n")
    return 0
