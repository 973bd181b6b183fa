"""Column types that behave the same on SQLite and PostgreSQL: ISO text for dates and stamps, canonical JSON."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from tracker.store.canonical import canonical_json
from tracker.store.unreadable import NOT_READABLE, unreadable


class IsoDate(TypeDecorator[date]):
    """A local date without zone, kept as ``YYYY-MM-DD``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write a date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read a date."""
        try:
            return None if value is None else date.fromisoformat(value)
        except NOT_READABLE as error:
            raise unreadable("date") from error


class UtcStamp(TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO text; refuses a moment without zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write a moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stamp needs its zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read a moment."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except NOT_READABLE as error:
            raise unreadable("stamp") from error


class CanonicalJson(TypeDecorator[Any]):
    """A JSON document kept as canonical text, so that it hashes the same everywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write a document."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Read a document."""
        if value == "{}":  # most documents of a long course: not worth a parser
            return {}
        try:
            return None if value is None else json.loads(value)
        except NOT_READABLE as error:
            raise unreadable("json") from error
