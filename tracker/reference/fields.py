"""Strict reading of one TOML table: every key is asked for by name and type, and none may be left over."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, Text, msg
from tracker.core.numbers import Number
from tracker.reference.codes import Absent, Given

NONE = "none"
"""Written where a field has nothing to say by its nature (no parent cohort, no scale of ours)."""

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class InvalidStudyError(TrackerError):
    """A study file that cannot be used: the file, the table and key, and what is wrong there."""


class Table:
    """One table of a study file; knows its place for messages and which of its keys were read."""

    def __init__(self, raw: Any, file: str, place: str) -> None:
        self.file, self.place = file, place
        if not isinstance(raw, dict):
            raise self.refused(msg("a table is expected here"))
        self._raw: Mapping[str, Any] = raw
        self._read: set[str] = set()

    def refused(self, problem: Message, key: str | None = None) -> InvalidStudyError:
        """Return the error that names file, table, key and problem."""
        place = ".".join(part for part in (self.place, key) if part)
        return InvalidStudyError(
            msg("study file {file}, {place}: {problem}", file=self.file, place=place or "top level", problem=problem)
        )

    def take(self, key: str) -> Any:
        """Return the raw value of *key*; a field is never absent."""
        self._read.add(key)
        if key not in self._raw:
            raise self.refused(msg("missing: give a value, “not_reported” or “not_seen”"), key)
        return self._raw[key]

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refused(msg("a text is expected"), key)
        return value

    def words(self, key: str) -> Text:
        """Return a text in both languages."""
        table = Table(self.take(key), self.file, f"{self.place}.{key}" if self.place else key)
        text = Text(table.text("en"), table.text("zh_CN"))
        table.finish()
        return text

    def number(self, key: str) -> Number:
        """Return a finite number."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.refused(msg("a finite number is expected"), key)
        return value

    def whole(self, key: str) -> int:
        """Return a whole number that is not negative."""
        value = self.number(key)
        if not isinstance(value, int) or value < 0:
            raise self.refused(msg("a whole number, 0 or more, is expected"), key)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.refused(msg("true or false is expected"), key)
        return value

    def code(self, key: str, codes: type[E]) -> E:
        """Return one of the closed *codes*."""
        value = self.take(key)
        if value not in list(codes):
            raise self.refused(msg("one of these is expected: {codes}", codes=" ".join(codes)), key)
        return codes(value)

    def pair(self, key: str) -> tuple[Number, Number]:
        """Return two finite numbers in ascending order."""
        raw = self.take(key)
        if not isinstance(raw, list) or len(raw) != 2:
            raise self.refused(msg("two numbers are expected"), key)
        ends = Table({"low": raw[0], "high": raw[1]}, self.file, f"{self.place}.{key}")
        low, high = ends.number("low"), ends.number("high")
        if low > high:
            raise self.refused(msg("the lower number comes first"), key)
        return low, high

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none twice."""
        raw = self._list(key)
        if not all(isinstance(entry, str) and entry for entry in raw) or len(set(raw)) != len(raw):
            raise self.refused(msg("a list of different texts is expected"), key)
        return tuple(raw)

    def numbers(self, key: str) -> tuple[Number, ...]:
        """Return a list of finite numbers."""
        places = {str(index): entry for index, entry in enumerate(self._list(key))}
        entries = Table(places, self.file, f"{self.place}.{key}")
        return tuple(entries.number(place) for place in places)

    def tables(self, key: str, *, shared: Mapping[str, Any] | None = None) -> tuple["Table", ...]:
        """Return a list of tables; *shared* gives the keys that a table of the list need not repeat."""
        return tuple(
            Table(
                {**shared, **entry} if shared is not None and isinstance(entry, dict) else entry,
                self.file,
                f"{self.place}.{key}[{index}]" if self.place else f"{key}[{index}]",
            )
            for index, entry in enumerate(self._list(key))
        )

    def table(self, key: str) -> "Table":
        """Return a table inside this one."""
        return Table(self.take(key), self.file, f"{self.place}.{key}" if self.place else key)

    def given(self, key: str, read: Callable[[str], T]) -> Given[T]:
        """Return the value that *read* finds, or why there is none."""
        raw = self.take(key)
        if isinstance(raw, str) and raw in list(Absent):
            return Absent(raw)
        return read(key)

    def optional(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return the value that *read* finds, or None where the file says ``none`` (or one of Absent)."""
        raw = self.take(key)
        if isinstance(raw, str) and raw in (NONE, *Absent):
            return None
        return read(key)

    def rest(self, *known: str) -> Mapping[str, Any]:
        """Return everything but *known*, as shared keys for the tables below."""
        self._read.update(self._raw)
        return {key: value for key, value in self._raw.items() if key not in known}

    def finish(self) -> None:
        """Refuse a key that nobody asked for."""
        unknown = sorted(str(key) for key in set(self._raw) - self._read)
        if unknown:
            raise self.refused(msg("unknown key: check its spelling"), unknown[0])

    def _list(self, key: str) -> list[Any]:
        raw = self.take(key)
        if not isinstance(raw, list):
            raise self.refused(msg("a list is expected"), key)
        return raw
