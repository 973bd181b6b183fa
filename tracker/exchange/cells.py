"""Cells that are computed or changed on the way out: months, ages, keys of a de-identified export."""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tracker.core.dates import DAYS_PER_MONTH, PartialDate
from tracker.core.messages import Message, Text
from tracker.exchange.columns import CellType, Column, Deidentified, Table
from tracker.exchange.text import number_cell, quoted, text_cell

OLDEST_AGE = 90
"""In a de-identified export everybody of this age or older is one group."""
Cell = Callable[[Any], str]


@lru_cache(maxsize=65536)
def _day_number(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def months(origin: str | None, day: str | None) -> float | None:
    """Return the months from one ISO date to another; None where one of them is not known."""
    if origin is None or day is None:
        return None
    return (_day_number(day) - _day_number(origin)) / DAYS_PER_MONTH


@lru_cache(maxsize=4096)
def _born(text: str) -> PartialDate:
    return PartialDate.parse(text)


def ages(born: str | None, day: str, *, deidentified: bool) -> tuple[int | None, int | None]:
    """Return the youngest and oldest possible age on *day*."""
    if born is None:
        return None, None
    youngest, oldest = _born(born).age_on(date.fromisoformat(day))
    return (min(youngest, OLDEST_AGE), min(oldest, OLDEST_AGE)) if deidentified else (youngest, oldest)


def in_english(message: Message) -> str:
    """Say a message in English, whatever language is in use: data do not depend on who exports them."""
    return message.text.format(**{name: _english_value(value) for name, value in message.values.items()})


def _english_value(value: object) -> object:
    if isinstance(value, Text):
        return value.en
    return in_english(value) if isinstance(value, Message) else value


class Keys:
    """The keys of the export: as stored, or new ones by a secret that is forgotten with this object.

    A keyed hash instead of a table of random numbers: as random to the reader, the same in every file, and it needs
    no memory however many rows there are.
    """

    def __init__(self, *, deidentified: bool) -> None:
        self.deidentified = deidentified
        self._secret = secrets.token_bytes(32)

    def key(self, key: str | None) -> str:
        """Return the cell of a key."""
        if not key:
            return ""
        return str(uuid.UUID(bytes=self._digest(key), version=4)) if self.deidentified else quoted(key)

    def number(self, patient_id: str, patient_number: str) -> str:
        """Return the patient number to write."""
        return "P" + self.order(patient_id)[:12] if self.deidentified else patient_number

    def order(self, key: str) -> str:
        """Return what a de-identified export is ordered by, so that nothing of the old order is left."""
        return self._digest(key).hex()

    def _digest(self, key: str) -> bytes:
        return hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the fixed columns of one table, given their values in order."""

    cells: Sequence[Cell]

    def line(self, values: Sequence[object]) -> str:
        """Return the cells of one row, without the line end."""
        return ",".join([cell(value) for cell, value in zip(self.cells, values, strict=True)])

    def part(self, start: int, stop: int) -> "Writer":
        """Return the writer of some columns that stand together."""
        return Writer(self.cells[start:stop])


def writer(table: Table, keys: Keys) -> Writer:
    """Return the writer of *table*'s fixed columns."""
    return Writer([_cell(column, keys) for column in table.columns])


def _cell(column: Column, keys: Keys) -> Cell:
    if keys.deidentified and column.deidentified is Deidentified.LOSE:
        return _lost
    if column.type is CellType.ID:
        return keys.key
    return number_cell if column.type in _NUMBERS else text_cell


_NUMBERS = frozenset({CellType.NUMBER, CellType.INTEGER})


def _lost(_value: object) -> str:
    return ""
