"""``encrypt``: turn a plain file into an encrypted one, with a passphrase and a recovery key."""

import argparse
import sys

from tracker.cli.main import DONE
from tracker.cli.recovery_file import add_arguments as add_recovery_file
from tracker.cli.recovery_file import saved_recovery_key
from tracker.cli.secrets import new_passphrase
from tracker.core.messages import tr
from tracker.core.places import file_of, read_place

HELP = tr("encrypt a plain file")
OPENS_ITSELF = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the plain file"))
    add_recovery_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Encrypt the file and say which copies are still plain."""
    from tracker.services import security

    path = file_of(read_place(arguments.db))
    security.check_plain(path)
    passphrase = new_passphrase(arguments.passphrase_file)
    security.check_passphrase(passphrase)
    with saved_recovery_key(arguments) as recovery_key:
        left = security.encrypt(path, passphrase, recovery_key, arguments.user)
    security.lock(path)
    sys.stdout.write(tr("{path} is encrypted", path=str(path)) + "\n")
    for copy in left:
        sys.stdout.write(tr("{path} is an older copy that is not encrypted: remove it", path=str(copy)) + "\n")
    return DONE
