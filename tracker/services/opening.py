"""A file's patient list before the file is opened for work: what the window paints first. Imports no SQLAlchemy."""

from pathlib import Path

from tracker.core.places import Place
from tracker.store.connect import reading
from tracker.store.first_look import LIMIT, FirstLook, PatientList, find_patients, first_look
from tracker.store.lease import give_back, take

__all__ = ["FirstLook", "PatientList", "first_look", "is_free", "search_file"]


def is_free(path: Path) -> bool:
    """Whether no other program has *path* open for writing."""
    if take(path, "") is not None:
        return False
    give_back(path)
    return True


def search_file(place: Place, text: str, limit: int = LIMIT) -> PatientList:
    """Return what ``Patients.search`` would, by plain SQL on a connection of its own."""
    with reading(place) as connection:
        return find_patients(connection, text, limit)
