"""``rekey``: give an encrypted file a new recovery key and write all of it anew under the data key of that."""

import argparse
import sys

from tracker.cli.main import DONE
from tracker.cli.recovery_file import add_arguments as add_recovery_file
from tracker.cli.recovery_file import saved_recovery_key
from tracker.cli.secrets import new_passphrase, secret_of, user_of
from tracker.core.messages import tr
from tracker.core.places import file_of, read_place

HELP = tr("give an encrypted file a new recovery key and data key; the old recovery key ends")
OPENS_ITSELF = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the encrypted file"))
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help=tr("read a new passphrase from FILE, where the recovery key is given instead of a passphrase"),
    )
    add_recovery_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file anew and say whose passphrases ended."""
    from tracker.services import security

    path = file_of(read_place(arguments.db))
    security.check_encrypted(path)
    secret, user = secret_of(arguments, path), user_of(arguments, path)
    passphrase = secret
    if security.is_recovery_key(secret):
        passphrase = new_passphrase(arguments.new_passphrase_file, from_environment=False)
        security.check_passphrase(passphrase)
    ended = [name for name in security.people(path) if name != user]
    with saved_recovery_key(arguments) as recovery_key:
        security.rekey(path, secret, recovery_key, passphrase, user)
    sys.stdout.write(tr("{path} has a new recovery key; the old one no longer opens it", path=str(path)) + "\n")
    for name in ended:
        sys.stdout.write(tr("the passphrase of {name} no longer opens it: set a new one", name=name) + "\n")
    return DONE
