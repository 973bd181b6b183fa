"""What is recorded of a patient lies in that patient's life."""

import datetime
from collections.abc import Iterable

from tracker.clinic.records import InvalidRecordError, Patient
from tracker.core.messages import msg


def check_after_birth(patient: Patient, day: datetime.date, field_name: str = "date") -> None:
    """Refuse a day that lies before the patient's birth, whatever day of a year or month that was."""
    born = patient.birth_date
    if born is not None and day < born.earliest:
        raise InvalidRecordError(
            field_name,
            msg(
                "{date} lies before the patient’s birth ({born}): mend the date, or the birth date of the patient",
                date=day.isoformat(),
                born=str(born),
            ),
        )


def check_birth(patient: Patient, days: Iterable[datetime.date]) -> None:
    """Refuse a birth date that lies after a day something was recorded on."""
    first = min(days, default=None)
    if first is not None and patient.birth_date is not None and first < patient.birth_date.earliest:
        raise InvalidRecordError(
            "birth_date",
            msg("a visit or treatment of {date} is recorded, before this birth date", date=first.isoformat()),
        )
