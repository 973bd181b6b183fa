"""Reviews: when a patient's course was last looked over, by whom, and what was completed or changed since then."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import msg

if TYPE_CHECKING:
    from tracker.store.store import Store

_ACTION = "review"


class CannotReviewError(TrackerError):
    """The file takes no review."""


@dataclass(frozen=True, slots=True)
class Review:
    """The last review of a patient."""

    at: datetime.datetime
    by: str
    changed: frozenset[str]
    """The patient's assessments completed, changed or brought back since then."""


class Reviews:
    """Reviews of patients; each is an entry in the audit, seen on every computer that opens the file."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def last(self, patient_id: str) -> Review | None:
        """Return the last review of a patient, by whomever; None: there was none."""
        with self._store.read() as reader:
            found = reader.last_act(patient_id, _ACTION)
            if found is None:
                return None
            sequence, at, by = found
            return Review(at=at, by=by, changed=reader.assessments_changed_after(patient_id, sequence))

    def mark(self, patient_id: str) -> None:
        """Enter that a patient was reviewed now; raises CannotReviewError for a file that can only be read."""
        if self._store.read_only:
            raise CannotReviewError(msg("this file can only be read: the review is not kept"))
        with self._store.acting(_ACTION, {}, patient_id):
            pass
