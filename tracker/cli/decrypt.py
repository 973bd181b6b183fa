"""``decrypt``: turn an encrypted file into a plain one."""

import argparse
import sys

from tracker.cli.main import DONE
from tracker.cli.secrets import secret_of, user_of
from tracker.core.messages import tr
from tracker.core.places import file_of, read_place

HELP = tr("turn an encrypted file into a plain one that anybody can read")
OPENS_ITSELF = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the encrypted file"))


def run(arguments: argparse.Namespace) -> int:
    """Decrypt the file."""
    from tracker.services import security

    path = file_of(read_place(arguments.db))
    security.check_encrypted(path)
    security.decrypt(path, secret_of(arguments, path), user_of(arguments, path))
    sys.stdout.write(tr("{path} is no longer encrypted", path=str(path)) + "\n")
    return DONE
