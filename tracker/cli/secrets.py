"""Where a passphrase comes from: ``--passphrase-file``, the environment, or the prompt; never an argument.

A recovery key is taken wherever a passphrase is, also from the file that the window saved it to.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr
from tracker.core.places import Place, read_place

VARIABLE = "OUTCOME_TRACKER_PASSPHRASE"
MOST_BYTES = 8192


class NoPassphraseError(TrackerError):
    """No passphrase was given, or none that can be used."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the passphrase of an encrypted file comes from."""
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=tr(
            "read the passphrase or recovery key of an encrypted file from FILE (else {variable}, else a question)",
            variable=VARIABLE,
        ),
    )
    parser.add_argument("--user", metavar="NAME", default="", help=tr("who you are, where several have a passphrase"))


@contextlib.contextmanager
def unlocked(arguments: argparse.Namespace) -> Iterator[None]:
    """Have the file of ``--db`` unlocked and its user signed in for what is inside, where it needs that."""
    from tracker.services import security, signed_in

    place = read_place(arguments.db)
    locked = isinstance(place, Path) and security.is_locked(place)
    secret = None
    try:
        if isinstance(place, Path) and locked:
            secret = secret_of(arguments, place)
            security.unlock(place, secret, user_of(arguments, place))
        sign_in(arguments, place, secret)
        yield
    finally:
        signed_in.forget(place)
        if isinstance(place, Path) and locked:
            security.lock(place)


def sign_in(arguments: argparse.Namespace, place: Place, secret: str | None) -> None:
    """Sign in to *place* if it has users, by *secret* or else by the one that was given."""
    from tracker.services.session import has_users, sign_in_to

    if not has_users(place):
        if arguments.user and secret is None:
            raise NoPassphraseError(msg("{path} has no users: leave out --user", path=str(place)))
        return
    name = arguments.user or (user_of(arguments, place) if isinstance(place, Path) and secret is not None else "")
    if not name:
        raise NoPassphraseError(msg("{path} has users: say who you are with --user NAME", path=str(place)))
    sign_in_to(place, name, secret_of(arguments, place) if secret is None else secret)


def user_of(arguments: argparse.Namespace, path: Path) -> str:
    """Return whose passphrase is meant: the one named, or the only one there is."""
    from tracker.services import security

    if arguments.user:
        return str(arguments.user)
    names = security.people(path)
    return names[0] if len(names) == 1 else ""


def secret_of(arguments: argparse.Namespace, place: Place) -> str:
    """Return the passphrase or recovery key that was given for *place*."""
    given = _given(arguments.passphrase_file)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise NoPassphraseError(
            msg(
                "{path} needs a passphrase: give it by --passphrase-file FILE or in the environment variable "
                "{variable}",
                path=str(place),
                variable=VARIABLE,
            )
        )
    return _ask(tr("Passphrase or recovery key of {path}: ", path=place.name))


def new_passphrase(file: str | None, *, from_environment: bool = True) -> str:
    """Return a new passphrase from *file*, the environment, or the prompt, where it is asked for twice."""
    if file or from_environment:
        given = _given(file)
        if given is not None:
            return given
    if not sys.stdin.isatty():
        raise NoPassphraseError(
            msg("no new passphrase was given: name a file that holds it, or run the command in a terminal")
        )
    first = _ask(tr("New passphrase: "))
    if _ask(tr("The same again: ")) != first:
        raise NoPassphraseError(msg("the two passphrases are not the same: nothing was changed, try again"))
    return first


def _given(file: str | None) -> str | None:
    if file:
        return _read(Path(file))
    return os.environ.get(VARIABLE) or None


def _ask(prompt: str) -> str:
    import getpass

    return getpass.getpass(prompt)


def _read(file: Path) -> str:
    from tracker.services import security

    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    found = security.recovery_key_in(text) or text.rstrip("\r\n")
    if not found or len(content) > MOST_BYTES:
        raise NoPassphraseError(msg("{file} holds no passphrase: write it as the only line, in UTF-8", file=str(file)))
    return found
