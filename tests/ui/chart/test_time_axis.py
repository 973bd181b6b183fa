"""The time axis: months, dates, age and onset label the same course; nothing moves."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.core.dates import PartialDate, months_between
from tracker.ui.chart.time_axis import TimeAxis, TimeChoice

ORIGIN = datetime.date(2025, 3, 1)


def texts(axis, first=-1.0, last=13.0, width=400.0):
    return [(tick.text, tick.months) for tick in axis.ticks(first, last, width)]


def test_dates_stand_at_first_days_of_months():
    found = texts(TimeAxis(TimeChoice.DATE, ORIGIN))
    assert [text for text, _ in found] == ["2025-04", "2025-07", "2025-10", "2026-01"]
    assert found[0][1] == months_between(ORIGIN, datetime.date(2025, 4, 1))


def test_a_long_course_is_labelled_by_years():
    assert [text for text, _ in texts(TimeAxis(TimeChoice.DATE, ORIGIN), 0, 60)] == [
        "2026",
        "2027",
        "2028",
        "2029",
        "2030",
    ]


def test_ages_stand_at_birthdays_and_between_them():
    found = texts(TimeAxis(TimeChoice.AGE, ORIGIN, PartialDate(1991, 6, 10)), 0, 24)
    assert [text for text, _ in found] == ["34", "34 y 6 m", "35", "35 y 6 m"]
    assert found[0][1] == months_between(ORIGIN, datetime.date(2025, 6, 10))


def test_a_year_of_birth_gives_a_range_of_ages_and_no_birthday():
    found = texts(TimeAxis(TimeChoice.AGE, ORIGIN, PartialDate(1991)), 0, 36)
    assert [text for text, _ in found] == ["34–35", "35–36", "36–37"]
    assert found[0][1] == months_between(ORIGIN, datetime.date(2026, 1, 1))


def test_a_birthday_on_the_29th_of_february_is_on_the_28th_of_other_years():
    found = texts(TimeAxis(TimeChoice.AGE, ORIGIN, PartialDate(2000, 2, 29)), -2, 40)
    assert dict(found)["26"] == months_between(ORIGIN, datetime.date(2026, 2, 28))


def test_months_since_the_onset_are_shifted_by_what_lies_before_treatment():
    axis = TimeAxis(TimeChoice.ONSET, ORIGIN, PartialDate(2024, 12, 1))
    shift = months_between(datetime.date(2024, 12, 1), ORIGIN)
    assert [(text, months + shift) for text, months in texts(axis)][:2] == [("3", 3.0), ("6", 6.0)]


@given(
    st.sampled_from(TimeChoice), st.floats(-120, 0), st.floats(0.5, 240), st.floats(150, 900),
    st.sampled_from([PartialDate(1950, 2, 29 - 1), PartialDate(1999, 12), PartialDate(1960)]),
)  # fmt: skip
def test_every_label_is_inside_and_they_are_few_and_in_order(choice, first, span, width, start):
    ticks = TimeAxis(choice, ORIGIN, start).ticks(first, first + span, width)
    months = [tick.months for tick in ticks]
    assert months == sorted(months)
    assert all(first <= month <= first + span for month in months)
    assert len(ticks) <= width / 44 + 2
