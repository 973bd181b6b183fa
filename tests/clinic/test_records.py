import datetime

import pytest

from tracker.clinic.codes import Role
from tracker.clinic.records import AdverseEvent, InvalidRecordError, Patient, Treatment, User

DAY = datetime.date(2026, 3, 1)


def event(**more):
    return AdverseEvent(**({"id": "x", "patient_id": "p", "date": DAY, "term": "pain", "grade": 1} | more))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Patient(id="p", patient_number=" ", name="Ann"), "patient_number"),
        (lambda: Patient(id="p", patient_number="1", name="\t"), "name"),
        (lambda: Treatment(id="t", episode_id="e", date=DAY, product=""), "product"),
        (lambda: User(id="u", name=" ", role=Role.VIEWER), "name"),
        (lambda: User(id="u", name="x" * 81, role=Role.VIEWER), "name"),
        (lambda: event(term=" "), "term"),
        (lambda: event(grade=0), "grade"),
        (lambda: event(grade=6), "grade"),
        (lambda: event(end_date=DAY - datetime.timedelta(days=1)), "end_date"),
    ],
)
def test_a_record_that_cannot_be_names_the_field(make, field):
    with pytest.raises(InvalidRecordError) as caught:
        make()
    assert caught.value.field == field
    assert len(str(caught.value)) > 15


def test_an_event_may_end_the_day_it_begins():
    assert event(end_date=DAY, grade=5).grade == 5
