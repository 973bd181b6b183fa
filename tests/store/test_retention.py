from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.store.retention import DAYS, LAST, MONTHS, to_remove

NOW = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
TIMES = st.lists(st.integers(-1100 * 24, 200 * 24).map(lambda hours: NOW + timedelta(hours=hours)), unique=True)


def kept(times, now=NOW):
    return sorted(set(times) - to_remove(times, now), reverse=True)


def test_the_last_ten_are_kept_whenever_they_were_made():
    times = [NOW - timedelta(minutes=minute) for minute in range(30)]
    assert kept(times) == times[:LAST]


def test_one_a_day_is_kept_for_two_weeks_then_one_a_month_for_a_year():
    times = [NOW - timedelta(hours=6 * turn) for turn in range(4 * 500)]
    days = {time.date() for time in kept(times)}
    assert {(NOW - timedelta(days=day)).date() for day in range(DAYS)} <= days
    months = {(time.year, time.month) for time in kept(times)}
    assert len(months) == MONTHS
    assert (2025, 12) in months
    assert (2025, 11) not in months
    assert len(kept(times)) <= LAST + DAYS + MONTHS


def test_of_a_day_or_a_month_the_newest_is_kept():
    times = [NOW - timedelta(minutes=minute) for minute in range(LAST)]
    evening, morning = NOW - timedelta(days=1), NOW - timedelta(days=1, hours=8)
    late, early = datetime(2026, 6, 20, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC)
    assert to_remove([*times, evening, morning, late, early], NOW) == {morning, early}


def test_a_backup_from_the_future_stays_for_the_clock_was_set_back():
    times = [NOW + timedelta(days=day) for day in range(1, 40)]
    assert to_remove([*times, NOW - timedelta(days=900)], NOW) == frozenset()


@given(TIMES)
def test_the_newest_always_stays_and_few_are_kept(times):
    left = kept(times)
    past = [time for time in times if time <= NOW]
    assert not past or max(past) in left
    assert set(left) <= set(times)
    assert len([time for time in left if time <= NOW]) <= LAST + DAYS + MONTHS


@given(TIMES)
def test_removing_twice_removes_nothing_more(times):
    left = kept(times)
    assert to_remove(left, NOW) == frozenset()
