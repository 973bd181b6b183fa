"""A new recovery key on the command line: written to a file and read back, or shown and typed back in a terminal."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.cli.secrets import NoPassphraseError
from tracker.core.messages import msg, tr


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the recovery key goes."""
    parser.add_argument(
        "--recovery-file",
        metavar="FILE",
        help=tr("write the recovery key to the new file FILE (else it is shown and must be typed back)"),
    )


@contextlib.contextmanager
def saved_recovery_key(arguments: argparse.Namespace) -> Iterator[str]:
    """Give a new recovery key as it came back from where it is kept; its file goes again if what is inside fails."""
    from tracker.services import security
    from tracker.services.recovery_files import recovery_text

    key = security.new_recovery_key()
    if arguments.recovery_file:
        file = Path(arguments.recovery_file)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
            opened.write(recovery_text(Path(arguments.db), key))
        try:
            yield security.recovery_key_in(file.read_text(encoding="utf-8")) or ""
        except BaseException:
            file.unlink(missing_ok=True)
            raise
    else:
        yield _typed_back(key)


def _typed_back(key: str) -> str:
    from tracker.services import security

    if not sys.stdin.isatty():
        raise NoPassphraseError(
            msg("a recovery key must be kept: give --recovery-file FILE, or run the command in a terminal")
        )
    sys.stdout.write(tr("Recovery key, shown only now. Write it down and keep it apart from the computer:") + "\n\n")
    sys.stdout.write(f"    {key}\n\n" + tr("Type it back: "))
    sys.stdout.flush()
    typed = security.parse_recovery_key(sys.stdin.readline())
    if typed != key:
        raise NoPassphraseError(msg("this is another recovery key than the one shown: nothing was changed, try again"))
    return typed
