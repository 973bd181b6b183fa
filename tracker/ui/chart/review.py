"""When a patient was last marked as reviewed on this computer, and which visits are new since then."""

import datetime

from tracker.core.dates import now_utc
from tracker.services.courses import CoursePoint
from tracker.ui import settings

_GROUP = "reviewed"


def reviewed_at(patient_id: str) -> datetime.datetime | None:
    """Return when a patient was last marked as reviewed; None: never on this computer."""
    try:
        return datetime.datetime.fromisoformat(settings.remembered(_GROUP, patient_id))
    except ValueError:
        return None


def mark_reviewed(patient_id: str) -> datetime.datetime:
    """Mark a patient as reviewed now; returns the moment."""
    now = now_utc()
    settings.remember(_GROUP, patient_id, now.isoformat())
    return now


def is_new(point: CoursePoint, reviewed: datetime.datetime | None) -> bool:
    """Whether a form was completed since the last review; nothing is new where there was none."""
    return reviewed is not None and point.completed_at is not None and point.completed_at > reviewed
