"""Who has signed in to which file in this process, so that what opens the file again works under the same name."""

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.places import Place

if TYPE_CHECKING:  # asked before the first paint, which needs no records
    from tracker.clinic.records import User

_users: "dict[Place, User]" = {}


def remember(place: Place, user: "User") -> None:
    """Take it that *user* has signed in to *place*, until it is forgotten."""
    _users[_same(place)] = user


def user_of(place: Place) -> "User | None":
    """Return the user who has signed in to *place*, None if nobody has."""
    return _users.get(_same(place)) if _users else None


def name_at(place: Place) -> str | None:
    """Return the name of who has signed in to *place*, for the audit; None in a file of one person."""
    user = user_of(place)
    return None if user is None else user.name


def forget(place: Place) -> None:
    """Have nobody signed in to *place* any more."""
    _users.pop(_same(place), None)


def _same(place: Place) -> Place:
    return place.resolve() if isinstance(place, Path) else place
