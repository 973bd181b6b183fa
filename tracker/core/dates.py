"""Dates without zones, birth dates that may be a year, and months since treatment."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tracker.core.errors import TrackerError
from tracker.core.messages import msg

DAYS_PER_MONTH = 30.4375
"""Mean length of a month of the Julian year (365.25 / 12); months are never rounded in data."""


_YEARS = range(1850, 2201)
"""Years that a typed date may have: ``26-06-30`` and ``20260-06-30`` are slips of the hand."""


class NotADateError(TrackerError):
    """A text that is not an ISO 8601 date."""


def months_between(start: date, day: date) -> float:
    """Months from *start* to *day* (negative before it), unrounded."""
    return (day - start).days / DAYS_PER_MONTH


def parse_date(text: str) -> date:
    """Read ``2026-06-30`` (also with ``/`` or ``.``, or eight digits); raises NotADateError."""
    cleaned = text.strip().replace("/", "-").replace(".", "-")
    try:
        year, month, day = (
            (cleaned[:4], cleaned[4:6], cleaned[6:]) if cleaned.isdigit() and len(cleaned) == 8 else cleaned.split("-")
        )
        read = date(int(year), int(month), int(day))
    except (ValueError, OverflowError) as error:
        raise _not_a_date(text) from error
    if read.year not in _YEARS:
        raise _not_a_date(text)
    return read


def _not_a_date(text: str) -> NotADateError:
    return NotADateError(msg("“{text}” is not a date: write year-month-day, for example 2026-06-30", text=text))


def now_utc() -> datetime:
    """Return the present moment, for row stamps."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth date as known: a year, a year and month, or a whole date."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise NotADateError(msg("a day needs its month"))
        try:
            date(self.year, self.month or 1, self.day or 1)
        except (ValueError, OverflowError) as error:
            raise NotADateError(msg("“{text}” is not a date", text=str(self))) from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``1980``, ``1980-04`` or ``1980-04-17``; raises NotADateError."""
        parts = text.strip().replace("/", "-").replace(".", "-").split("-")
        try:
            return cls(*(int(part) for part in parts))
        except (ValueError, TypeError, NotADateError) as error:
            raise NotADateError(
                msg("“{text}” is not a birth date: write 1980, 1980-04 or 1980-04-17", text=text)
            ) from error

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """First day this may stand for."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day this may stand for."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is not None:
            return self.earliest
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def age_on(self, day: date) -> tuple[int, int]:
        """Youngest and oldest possible age in whole years on *day*."""
        return _whole_years(self.latest, day), _whole_years(self.earliest, day)


def _whole_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
