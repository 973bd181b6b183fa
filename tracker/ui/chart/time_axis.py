"""What the time axis reads: months since treatment, calendar dates, age, or months since the onset.

Only the labels differ: every mark stays at its months since treatment, so switching moves nothing.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.dates import DAYS_PER_MONTH, PartialDate, months_between
from tracker.core.messages import tr
from tracker.core.numbers import DASH, MINUS


class TimeChoice(StrEnum):
    """What the time axis is labelled with."""

    MONTHS = "months"
    DATE = "date"
    AGE = "age"
    ONSET = "onset"


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the time axis and the month since treatment at which it stands."""

    months: float
    text: str


_MONTH_STEPS = (1, 3, 6, 12, 24, 36, 60, 120, 240)
_DATE_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
_NARROW, _WIDE = 44.0, 66.0
"""Pixels a label of its kind needs."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """How months since *origin* are labelled; *start* is the birth or the onset where those are counted."""

    choice: TimeChoice = TimeChoice.MONTHS
    origin: datetime.date | None = None
    start: PartialDate | None = None

    @property
    def unit(self) -> str:
        """What stands left of the labels."""
        words = {
            TimeChoice.MONTHS: tr("month"),
            TimeChoice.DATE: tr("date"),
            TimeChoice.AGE: tr("age"),
            TimeChoice.ONSET: tr("month"),
        }
        return words[self.choice]

    def ticks(self, first: float, last: float, width: float) -> list[Tick]:
        """Return few labels for the months from *first* to *last* on *width* pixels."""
        if self.choice is TimeChoice.DATE and self.origin is not None:
            return list(self._dates(self.origin, first, last, width))
        if self.choice is TimeChoice.AGE and self.origin is not None and self.start is not None:
            return list(self._ages(self.origin, self.start, first, last, width))
        return list(_counted(first, last, width, self._shift()))

    def _shift(self) -> float:
        """Months from the onset to the origin; an onset known by its month stands for the middle of it."""
        if self.choice is not TimeChoice.ONSET or self.origin is None or self.start is None:
            return 0.0
        return (months_between(self.start.earliest, self.origin) + months_between(self.start.latest, self.origin)) / 2

    def _dates(self, origin: datetime.date, first: float, last: float, width: float) -> Iterator[Tick]:
        step = _step(_DATE_STEPS, last - first, width / _WIDE)
        for day in _firsts(_day(origin, first), _day(origin, last), step):
            months = months_between(origin, day)
            if first <= months <= last:
                yield Tick(months, f"{day.year}" if step >= 12 else f"{day.year}-{day.month:02d}")

    def _ages(
        self, origin: datetime.date, born: PartialDate, first: float, last: float, width: float
    ) -> Iterator[Tick]:
        """Yield birthdays; between them months of age, where the birthday is known."""
        known = born.day is not None
        steps = _DATE_STEPS[1:] if known else (12, 24, 60, 120, 240)
        step = _step(steps, last - first, width / _WIDE)
        start = born.earliest
        from_months = int(months_between(start, _day(origin, first)) // step) * step
        for age in range(max(0, from_months), int(months_between(start, _day(origin, last))) + 2, step):
            day = _months_later(start, age)
            months = months_between(origin, day)
            if first <= months <= last:
                yield Tick(months, _age_words(born, day, age))


def _counted(first: float, last: float, width: float, shift: float) -> Iterator[Tick]:
    step = _step(_MONTH_STEPS, last - first, max(2.0, width / _NARROW))
    for tick in range(int((first + shift) // step) * step, int(last + shift) + step, step):
        if first <= tick - shift <= last:
            yield Tick(tick - shift, str(tick).replace("-", MINUS))


def _step(steps: tuple[int, ...], span: float, room: float) -> int:
    return next((step for step in steps if span / step <= max(1.0, room)), steps[-1])


def _day(origin: datetime.date, months: float) -> datetime.date:
    days = origin.toordinal() + round(months * DAYS_PER_MONTH)
    return datetime.date.fromordinal(min(max(days, 1), datetime.date.max.toordinal()))


def _firsts(first: datetime.date, last: datetime.date, step: int) -> Iterator[datetime.date]:
    """Yield first days of every *step*-th month, counted from January."""
    index = first.year * 12 + (first.month - 1)
    for month in range(-(-index // step) * step, last.year * 12 + last.month, step):
        day = datetime.date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            yield day


def _months_later(start: datetime.date, months: int) -> datetime.date:
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    for day in range(start.day, 27, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    return datetime.date(year, month, min(start.day, 28))


def _age_words(born: PartialDate, day: datetime.date, months: int) -> str:
    youngest, oldest = born.age_on(day)
    if youngest != oldest:
        return f"{youngest}{DASH}{oldest}"
    if months % 12 == 0:
        return str(months // 12)
    return tr("{years} y {months} m", years=months // 12, months=months % 12)
