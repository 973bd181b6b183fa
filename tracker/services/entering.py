"""Enter a file and leave it: its key, and where it has users who works there, come and go together."""

from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.core.places import Place
from tracker.services import security, signed_in
from tracker.services.session import sign_in_to, user_names


class WhoError(TrackerError):
    """The file has users and nobody was named, as with a recovery key alone; ``names`` are theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(msg("this file has users: choose who you are"))
        self.names = names


def names(place: Place) -> tuple[str, ...]:
    """Return who can be asked for at *place*: its users, or while it is locked the names in its key file."""
    if isinstance(place, Path) and security.is_locked(place):
        return security.people(place)
    return user_names(place)


def enter(place: Place, secret: str, name: str = "") -> None:
    """Unlock *place* and sign in there; raises TrackerError and leaves it as it was if either is refused.

    Raises WhoError, and leaves it unlocked, where nobody was named.
    """
    was_open = True
    if isinstance(place, Path) and security.state_of(place) is security.FileState.ENCRYPTED:
        was_open = security.is_unlocked(place)
        security.unlock(place, secret, name)
    users = user_names(place)
    if not users:
        return
    if not name:
        raise WhoError(users)
    try:
        sign_in_to(place, name, secret)
    except BaseException:
        if isinstance(place, Path) and not was_open:
            security.lock(place)
        raise


def leave(place: Place) -> None:
    """Have nobody signed in to *place* and forget its key; what is open must be closed before."""
    signed_in.forget(place)
    if isinstance(place, Path):
        security.lock(place)
