"""Which automatic backups are kept: the last ten, then one a day for two weeks, then one a month for a year."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LAST = 10
DAYS = 14
MONTHS = 12


def to_remove(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of the backups *made* at these times that are no longer kept; never the newest, nor a future one.

    A backup from the future was made before the clock was set back: nobody can say how old it is.
    """
    past = sorted((time for time in made if time <= now), reverse=True)
    kept = set(past[:LAST])
    first_day = (now - timedelta(days=DAYS - 1)).date()
    first_month = now.year * 12 + now.month - MONTHS + 1
    days, months = set(), set()
    for time in past:  # newest first: the newest of each day and month stays
        month = time.year * 12 + time.month
        if time.date() >= first_day and time.date() not in days:
            days.add(time.date())
            kept.add(time)
        if month >= first_month and month not in months:
            months.add(month)
            kept.add(time)
    return frozenset(past) - kept
