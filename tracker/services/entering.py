"""Enter an encrypted file and leave it: its key, and where it has users who works there, come and go together."""

from pathlib import Path

from tracker.services import security, signed_in
from tracker.services.session import has_users, sign_in_to


def enter(path: Path, secret: str, name: str = "") -> None:
    """Unlock *path* and sign in there; raises TrackerError and leaves it as it was if either is refused."""
    was_open = security.is_unlocked(path)
    security.unlock(path, secret, name)
    try:
        if has_users(path):
            sign_in_to(path, name, secret)
    except BaseException:
        if not was_open:
            security.lock(path)
        raise


def leave(path: Path) -> None:
    """Have nobody signed in to *path* and forget its key; what is open must be closed before."""
    signed_in.forget(path)
    security.lock(path)
