"""Keep a file's data key in the operating system's keyring, if the user asks for that and there is one.

The keyring gives it to whoever is signed in to this account on this computer. ``keyring`` is an optional dependency;
without it, or without a service behind it, nothing is offered.
"""

import contextlib
from pathlib import Path
from typing import Any

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.services.security import lock
from tracker.services.session import has_users
from tracker.store import unlocking
from tracker.store.unlocked import key_of
from tracker.store.wrapping import KEY_BYTES

SERVICE = "outcome-tracker"


class KeyringError(TrackerError):
    """The keyring did not take the key."""


def can_remember() -> bool:
    """Whether this computer has a keyring that works."""
    return _keyring() is not None


def remember(path: Path) -> None:
    """Give the data key of the unlocked file *path* to the keyring; raises KeyringError."""
    keyring, key = _keyring(), key_of(path)
    if keyring is None or key is None:
        raise KeyringError(msg("this computer has no keyring that could remember the file"))
    try:
        keyring.set_password(SERVICE, _name(path), key.hex())
    except Exception as error:
        raise KeyringError(
            msg("the keyring of this computer did not take the key: {problem}", problem=error)
        ) from error


def unlock_remembered(path: Path) -> bool:
    """Unlock *path* by the key this computer remembers; False if it remembers none, or one that no longer fits."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        kept = bytes.fromhex(keyring.get_password(SERVICE, _name(path)) or "")
    except Exception:  # noqa: BLE001 - as if nothing were remembered: the passphrase is asked for
        return False
    if len(kept) != KEY_BYTES:
        return False
    try:
        unlocking.unlock_with_key(path, kept)
    except TrackerError:
        return False
    if has_users(path):  # each of them has to say who they are
        lock(path)
        return False
    return True


def forget(path: Path) -> None:
    """Take the data key of *path* out of the keyring."""
    keyring = _keyring()
    if keyring is not None:
        with contextlib.suppress(Exception):  # nothing is kept there
            keyring.delete_password(SERVICE, _name(path))


def _name(path: Path) -> str:
    return str(path.resolve())


def _keyring() -> Any:
    try:
        import keyring  # noqa: PLC0415 - optional, and only wanted when asked for
    except ImportError:
        return None
    try:
        usable = keyring.get_keyring().priority > 0
    except Exception:  # noqa: BLE001 - a keyring that cannot say so is none
        return None
    return keyring if usable else None
