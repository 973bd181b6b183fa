import datetime

import pytest

from tracker.clinic.lifetime import check_after_birth, check_birth
from tracker.clinic.records import InvalidRecordError, Patient
from tracker.core.dates import PartialDate

DAY = datetime.date(1980, 4, 17)


def born(*parts):
    return Patient(id="p", patient_number="1", name="Ann", birth_date=PartialDate(*parts) if parts else None)


@pytest.mark.parametrize("parts", [(), (1980,), (1980, 4), (1980, 4, 17), (1979, 12, 31)])
def test_a_day_that_may_lie_after_birth_is_taken(parts):
    check_after_birth(born(*parts), DAY)
    check_birth(born(*parts), [DAY])


@pytest.mark.parametrize("parts", [(1981,), (1980, 5), (1980, 4, 18)])
def test_a_day_before_birth_is_refused_with_both_dates(parts):
    with pytest.raises(InvalidRecordError, match="1980-04-17 lies before the patient’s birth") as refused:
        check_after_birth(born(*parts), DAY)
    assert refused.value.field == "date"
    with pytest.raises(InvalidRecordError, match="of 1980-04-17 is recorded") as refused:
        check_birth(born(*parts), [DAY, DAY + datetime.timedelta(days=9)])
    assert refused.value.field == "birth_date"


def test_a_birth_date_with_nothing_recorded_is_taken():
    check_birth(born(2020), [])
