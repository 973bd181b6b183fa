"""Typed reading of a TOML table: every refusal names the file, the key and what was expected there."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.core.messages import Message, Text, msg
from tracker.core.numbers import Number
from tracker.scales.errors import InvalidScaleError

LONGEST_SET = 1001
"""Values in one closed set; a range wider than this is a slip of the pen."""

LARGEST = 10**9
"""Magnitude of a number in a scale file (NaN and infinity fall outside it)."""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


class Table:
    """One table of a file; remembers which keys were read, so that unknown ones are refused."""

    def __init__(self, raw: Mapping[str, Any], file: str, key: str = "") -> None:
        self._raw = raw
        self._unread = set(raw)
        self.file = file
        self.key = key

    def path(self, name: str) -> str:
        """Return the full key of *name*."""
        return f"{self.key}.{name}" if self.key else name

    def refuse(self, name: str, why: Message) -> InvalidScaleError:
        """Return the error for the key *name*, to be raised."""
        return InvalidScaleError(self.file, self.path(name), why)

    def has(self, name: str) -> bool:
        """Return whether the key is given."""
        return name in self._raw

    def _take(self, name: str) -> Any:
        self._unread.discard(name)
        if name not in self._raw:
            raise self.refuse(name, msg("is missing"))
        return self._raw[name]

    def text(self, name: str) -> str:
        """Read a text that is not empty."""
        value = self._take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(name, msg("must be a text"))
        return value

    def optional_text(self, name: str) -> str | None:
        """Read a text that may be absent."""
        return self.text(name) if self.has(name) else None

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """Read one of a few words."""
        value = self.text(name)
        if value not in choices:
            raise self.refuse(name, msg("must be one of: {choices}", choices=", ".join(choices)))
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Read true or false."""
        if default is not None and not self.has(name):
            return default
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.refuse(name, msg("must be true or false"))
        return value

    def number(self, name: str) -> Number:
        """Read a finite number."""
        value = self._take(name)
        if not _is_number(value):
            raise self.refuse(name, msg("must be a number"))
        return int(value) if float(value).is_integer() else value

    def whole(self, name: str) -> int:
        """Read a whole number that is not negative."""
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse(name, msg("must be a whole number, 0 or more"))
        return value

    def words(self, name: str) -> Text:
        """Read a text in both languages."""
        table = self.table(name)
        text = Text(table.text("en"), table.text("zh_CN"))
        table.finish()
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of texts, none of them twice."""
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise self.refuse(name, msg("must be a list of texts"))
        for entry in value:
            if value.count(entry) > 1:
                raise self.refuse(name, msg("holds “{entry}” twice", entry=entry))
        return tuple(value)

    def number_set(self, name: str) -> tuple[Number, ...]:
        """Read a closed set of numbers: a list in rising order, or whole ones as a text like ``"0-10"``."""
        value = self._take(name)
        if isinstance(value, str):
            first, _, last = value.partition("-")
            if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
                raise self.refuse(name, msg("must be a list of numbers or a text like {example}", example="0-10"))
            value = list(range(int(first), min(int(last), int(first) + LONGEST_SET) + 1))
        elif not isinstance(value, list) or not all(_is_number(entry) for entry in value):
            raise self.refuse(name, msg("must be a list of numbers or a text like {example}", example="0-10"))
        if not 2 <= len(value) <= LONGEST_SET:
            raise self.refuse(name, msg("must hold 2 to {most} values", most=LONGEST_SET))
        if value != sorted(set(value)):
            raise self.refuse(name, msg("must rise, each value once"))
        return tuple(int(entry) if float(entry).is_integer() else entry for entry in value)

    def table(self, name: str) -> "Table":
        """Read a table."""
        value = self._take(name)
        if not isinstance(value, dict):
            raise self.refuse(name, msg("must be a table"))
        return Table(value, self.file, self.path(name))

    def tables(self, name: str, label: str) -> Iterator["Table"]:
        """Read a list of tables; their keys are shown with the value of *label* where they have one."""
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.refuse(name, msg("must be a list of tables"))
        for place, entry in enumerate(value, start=1):
            shown = entry.get(label)
            yield Table(entry, self.file, f"{self.path(name)}.{shown if isinstance(shown, str) and shown else place}")

    def names(self) -> tuple[str, ...]:
        """Return the keys of a table whose keys are codes; all count as read."""
        self._unread.clear()
        return tuple(self._raw)

    def finish(self) -> None:
        """Refuse a key that nothing has read."""
        for name in sorted(self._unread):
            raise self.refuse(name, msg("is not a key of a scale file here"))
