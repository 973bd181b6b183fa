"""``passphrase``: change the passphrase of an encrypted file; the data are not written anew."""

import argparse
import sys

from tracker.cli.main import DONE
from tracker.cli.secrets import new_passphrase, secret_of, user_of
from tracker.core.messages import tr
from tracker.core.places import file_of, read_place

HELP = tr("change the passphrase of an encrypted file, or set a forgotten one by the recovery key")
OPENS_ITSELF = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the encrypted file"))
    parser.add_argument(
        "--new-passphrase-file", metavar="FILE", help=tr("read the new passphrase from FILE (else it is asked for)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Change the passphrase."""
    from tracker.services import security

    path = file_of(read_place(arguments.db))
    security.check_encrypted(path)
    secret = secret_of(arguments, path)
    new = new_passphrase(arguments.new_passphrase_file, from_environment=False)
    security.change_passphrase(path, secret, new, user_of(arguments, path))
    sys.stdout.write(tr("the passphrase of {path} is changed", path=str(path)) + "\n")
    return DONE
