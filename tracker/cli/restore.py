"""``restore``: put a backup in the place of a file, after showing what that would change."""

import argparse
import sys
from pathlib import Path

from tracker.cli import secrets
from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr

HELP = tr("put a backup in the place of a file; what it replaces is kept")
OPENS_ITSELF = True


class NotAgreedError(TrackerError):
    """Nobody is there to agree."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to be replaced"))
    parser.add_argument("--from", dest="backup", metavar="FILE", required=True, help=tr("the backup to put there"))
    parser.add_argument("--yes", action="store_true", help=tr("do not ask for agreement"))


def run(arguments: argparse.Namespace) -> int:
    """Show the differences, ask, and put the backup back."""
    from tracker.core.places import file_of, read_place

    path, backup = file_of(read_place(arguments.db)), Path(arguments.backup)
    try:
        _unlock(arguments, path, backup)
        return _restore(path, backup, agreed=arguments.yes)
    finally:
        _lock(path, backup)


def _unlock(arguments: argparse.Namespace, path: Path, backup: Path) -> None:
    """Unlock the backup, and the file where the same key or passphrase opens it: it is compared if it can be.

    Whoever puts a backup in the place of a file that has users signs in to that file, as long as it can be read.
    """
    from tracker.services import security
    from tracker.services.backups import opens_like

    secret = None
    if security.is_locked(backup):
        secret = secrets.secret_of(arguments, backup)
        security.unlock(backup, secret, secrets.user_of(arguments, backup))
        opens_like(backup, path)
    elif security.is_locked(path):
        secret = secrets.secret_of(arguments, path)
        security.unlock(path, secret, secrets.user_of(arguments, path))
    secrets.sign_in(arguments, path, secret)


def _lock(path: Path, backup: Path) -> None:
    from tracker.services import security, signed_in

    signed_in.forget(path)
    security.lock(path)
    security.lock(backup)


def _restore(path: Path, backup: Path, *, agreed: bool) -> int:
    from tracker.services.backup_words import difference_lines
    from tracker.services.backups import differences, restore

    for line in difference_lines(differences(path, backup)):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    if not agreed and not _agreed(path):
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
