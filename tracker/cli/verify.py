"""``verify``: everything that can be checked in a file, a sentence for each thing that is wrong."""

import argparse
import sys
from typing import TYPE_CHECKING

from tracker.cli.main import DONE, FOUND_A_PROBLEM, complain
from tracker.cli.own_files import use_own_scales
from tracker.core.errors import TrackerError
from tracker.core.messages import msg, ntr, tr
from tracker.core.places import read_place

if TYPE_CHECKING:
    from tracker.store.anchor import Anchor

HELP = tr("check a file: pages, owners, audit chain, rows against the audit, scores against new ones")


class BadHeadError(TrackerError):
    """A head of the audit that cannot be read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to check"))
    parser.add_argument(
        "--head",
        metavar="HEAD",
        action="append",
        default=[],
        help=tr("where the audit ended when it was noted down, as an earlier check printed it (may be given again)"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the file and say what was found; 1 if anything was."""
    from tracker.services.verification import enter, verify_file

    heads = tuple(_head(text) for text in arguments.head)
    use_own_scales()
    made = verify_file(read_place(arguments.db), heads=heads)
    enter(made)
    sys.stdout.writelines(f"{finding.message}\n" for finding in made.findings)
    left = made.found - len(made.findings)
    if left:
        sys.stdout.write(ntr("and {count} more", "and {count} more", left) + "\n")
    for note in made.notes:
        complain(str(note))
    if made.head is not None and made.head.sequence:
        head = f"{made.head.sequence}:{made.head.hash}"
        said = tr("the audit ends at {head} (note it down elsewhere; --head checks it later)", head=head)
        sys.stdout.write(said + "\n")
    summary = tr(
        "{entries} audit entries, {rows} rows and {scored} scored assessments were checked",
        entries=made.entries,
        rows=made.rows,
        scored=made.assessments,
    )
    problems = ntr("{count} problem was found", "{count} problems were found", made.found)
    sys.stdout.write(f"{summary}: {problems}\n")
    return FOUND_A_PROBLEM if made.found else DONE


def _head(text: str) -> "Anchor":
    from tracker.store.anchor import Anchor
    from tracker.store.audit import read_head_text

    head = read_head_text(text.strip().replace(":", " ", 1))
    if not head.sequence or len(head.hash) != 64:
        raise BadHeadError(
            msg("“{text}” is no end of an audit: give NUMBER:HASH as an earlier check printed it", text=text)
        )
    return Anchor(text, head)
