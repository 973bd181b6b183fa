"""A file's patient list before the file is opened for work: what the window paints first. Imports no SQLAlchemy."""

from pathlib import Path

from tracker.core.places import Place
from tracker.services.rights import NotSignedInError, not_signed_in
from tracker.services.signed_in import user_of
from tracker.store import first_look as looking
from tracker.store.connect import reading
from tracker.store.errors import EncryptedFileError
from tracker.store.file_state import FileState, state_of
from tracker.store.first_look import LIMIT, FirstLook, PatientList, find_patients
from tracker.store.unlocked import key_of
from tracker.store.users import users

__all__ = [
    "EncryptedFileError",
    "FirstLook",
    "NotSignedInError",
    "PatientList",
    "first_look",
    "is_encrypted",
    "is_free",
    "is_unlocked",
    "search_file",
]


def first_look(place: Place, limit: int = LIMIT) -> FirstLook:
    """Return the first lines of the file's list; raises NotSignedInError where somebody has to sign in first."""
    found = looking.first_look(place, limit)
    if found.has_users and user_of(place) is None:
        raise not_signed_in()
    return found


def is_encrypted(place: Place) -> bool:
    """Whether *place* is a file that nobody reads without its key."""
    return isinstance(place, Path) and state_of(place) is FileState.ENCRYPTED


def is_free(path: Path) -> bool:
    """Whether no other program has *path* open for writing."""
    from tracker.store.lease import give_back, take  # noqa: PLC0415 - after the first paint

    if take(path, "") is not None:
        return False
    give_back(path)
    return True


def is_unlocked(place: Place) -> bool:
    """Whether *place* is an encrypted file whose key is held in this process."""
    return isinstance(place, Path) and key_of(place) is not None


def search_file(place: Place, text: str, limit: int = LIMIT) -> PatientList:
    """Return what ``Patients.search`` would, by plain SQL on a connection of its own."""
    with reading(place) as connection:
        if user_of(place) is None and users(connection, place):
            raise not_signed_in()
        return find_patients(connection, text, limit)
