"""``restore``: put a backup in the place of a file, after showing what that would change."""

import argparse
import sys
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr

HELP = tr("put a backup in the place of a file; what it replaces is kept")


class NotAgreedError(TrackerError):
    """Nobody is there to agree."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to be replaced"))
    parser.add_argument("--from", dest="backup", metavar="FILE", required=True, help=tr("the backup to put there"))
    parser.add_argument("--yes", action="store_true", help=tr("do not ask for agreement"))


def run(arguments: argparse.Namespace) -> int:
    """Show the differences, ask, and put the backup back."""
    from tracker.services.backup_words import difference_lines
    from tracker.services.backups import differences, restore

    path, backup = Path(arguments.db), Path(arguments.backup)
    for line in difference_lines(differences(path, backup)):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    if not arguments.yes and not _agreed(path):
        sys.stdout.write(tr("nothing was changed") + "\n")
        return 1
    replaced = restore(path, backup)
    sys.stdout.write(tr("{path} is now what {backup} holds", path=str(path), backup=str(backup)) + "\n")
    if replaced is not None:
        sys.stdout.write(tr("the file before is kept as {path}", path=str(replaced)) + "\n")
    return 0


def _agreed(path: Path) -> bool:
    if not sys.stdin.isatty():
        raise NotAgreedError(msg("nothing was changed: look at the differences, then repeat the command with --yes"))
    sys.stdout.write(tr("Put the backup in the place of {path}? Type yes or no:", path=str(path)) + " ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"yes", "y", tr("yes").casefold()}
