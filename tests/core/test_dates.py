import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.dates import DAYS_PER_MONTH, NotADateError, PartialDate, months_between, now_utc, parse_date

DAY = datetime.date(2026, 6, 30)
dates = st.dates(datetime.date(1850, 1, 1), datetime.date(2200, 12, 31))


@pytest.mark.parametrize("text", ["2026-06-30", " 2026-6-30 ", "2026/06/30", "2026.06.30", "20260630"])
def test_a_date_is_read_as_people_write_it(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-02-30", "30-06-2026", "2026-06", "yesterday", "2026063", "2026-06-30-1", "-"),
        *("26-06-30", "0001-01-01", "9999-12-31", "20260-06-30", "9" * 30 + "-01-01"),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(NotADateError, match="for example 2026-06-30"):
        parse_date(text)


@given(dates)
def test_a_written_date_reads_back(day):
    assert parse_date(day.isoformat()) == day


@given(dates, dates)
def test_months_are_days_over_a_mean_month_unrounded_and_signed(start, day):
    assert months_between(start, day) == (day - start).days / 30.4375
    assert months_between(start, day) == -months_between(day, start)
    assert DAYS_PER_MONTH == 365.25 / 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1980", PartialDate(1980)), ("1980-04", PartialDate(1980, 4)), (" 1980/4/17 ", PartialDate(1980, 4, 17))],
)
def test_a_birth_date_may_be_a_year_or_a_month(text, expected):
    assert PartialDate.parse(text) == expected
    assert PartialDate.parse(str(expected)) == expected


@pytest.mark.parametrize("text", ["", "80s", "1980-13", "1980-02-30", "1980-1-1-1", "0", "9" * 30])
def test_what_is_no_birth_date_is_refused(text):
    with pytest.raises(NotADateError, match="write 1980, 1980-04 or 1980-04-17"):
        PartialDate.parse(text)


def test_a_birth_date_written_in_another_order_is_named_as_it_was_typed():
    with pytest.raises(NotADateError, match=r"“31\.3\.1962” is not a birth date"):
        PartialDate.parse("31.3.1962")


def test_a_day_needs_its_month():
    with pytest.raises(NotADateError, match="needs its month"):
        PartialDate(1980, None, 3)


@pytest.mark.parametrize(
    ("born", "ages"),
    [
        ("1980-06", (46, 46)),
        ("1980", (45, 46)),
        ("1980-07", (45, 45)),
        ("1980-06-30", (46, 46)),
        ("1980-07-01", (45, 45)),
    ],
)
def test_an_age_is_a_range_where_the_birth_date_is_not_whole(born, ages):
    assert PartialDate.parse(born).age_on(DAY) == ages


@given(st.integers(1, 9998), st.none() | st.integers(1, 12))
def test_the_first_and_last_possible_day_hold_the_whole_of_it(year, month):
    partial = PartialDate(year, month)
    assert partial.earliest <= partial.latest
    for day, step in ((partial.earliest, -1), (partial.latest, 1)):
        outside = datetime.date.fromordinal(max(1, day.toordinal() + step))
        assert outside == day or (outside.year, outside.month if month else None) != (year, month)


def test_the_present_has_its_zone():
    assert now_utc().utcoffset() == datetime.timedelta(0)
