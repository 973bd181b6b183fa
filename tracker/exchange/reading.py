"""CSV in: the rows of one file with their line numbers, each cell read by its type; what is wrong is collected.

A file is data from outside: cells and lines are limited, nothing in it is run. One leading apostrophe is taken off, as
the export put it on.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from tracker.clinic.records import InvalidRecordError
from tracker.core.dates import PartialDate
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.exchange.text import GUARD

LONGEST_CELL = 100_000
MOST_PROBLEMS = 200
"""How many problems are listed; more are counted."""

T = TypeVar("T")
Code = TypeVar("Code", bound=StrEnum)


class NotReadableError(TrackerError):
    """The files as a whole cannot be read: nothing was imported."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where: file, line, column ("" for the whole line)."""

    file: str
    line: int
    column: str
    message: Message

    def __str__(self) -> str:
        """Say it in one line."""
        place = ", ".join(part for part in (f"{self.file}:{self.line}", self.column) if part)
        return f"{place}: {self.message}"


@dataclass(slots=True)
class Problems:
    """What was found wrong so far."""

    found: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int, column: str, message: Message) -> None:
        """Note one more."""
        self.count += 1
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(Problem(file, line, column, message))


class CellError(Exception):
    """A cell of a row that cannot be used."""

    def __init__(self, column: str, message: Message) -> None:
        super().__init__(str(message))
        self.column = column
        self.message = message


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file and its cells by column, guards taken off."""

    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str | None:
        """Return a text, None for an empty cell."""
        cell = self.cells[column]
        return (cell[1:] if cell.startswith(GUARD) else cell) or None

    def needed(self, column: str) -> str:
        """Return a text that must be there."""
        found = self.text(column)
        if found is None:
            raise CellError(column, msg("is empty and must not be"))
        return found

    def code(self, column: str, codes: type[Code]) -> Code:
        """Return one of a closed list of codes."""
        found = self.needed(column)
        try:
            return codes(found)
        except ValueError as error:
            known = ", ".join(code.value for code in codes)
            raise CellError(column, msg("“{code}” is not one of: {known}", code=found, known=known)) from error

    def day(self, column: str) -> date:
        """Return a date."""
        return self._parsed(column, date.fromisoformat, msg("is not a date like 2026-03-31"))

    def day_if_given(self, column: str) -> date | None:
        """Return a date, None for an empty cell."""
        return None if self.text(column) is None else self.day(column)

    def partial_day(self, column: str) -> PartialDate | None:
        """Return a year, a month or a date, None for an empty cell."""
        if self.text(column) is None:
            return None
        return self._parsed(column, PartialDate.parse, msg("is not a year, a month or a date like 2026-03-31"))

    def stamp(self, column: str) -> datetime | None:
        """Return a moment with its zone, None for an empty cell."""
        if self.text(column) is None:
            return None
        wrong = msg("is not a moment like 2026-03-31T08:00:00.000000Z")
        found = self._parsed(column, datetime.fromisoformat, wrong)
        if found.tzinfo is None:
            raise CellError(column, wrong)
        return found

    def whole(self, column: str) -> int:
        """Return a whole number."""
        return self._parsed(column, _whole, msg("is not a whole number"))

    def wrong(self, column: str, message: Message) -> CellError:
        """Return the error of a cell, to be raised."""
        return CellError(column, message)

    def _parsed(self, column: str, parse: Callable[[str], T], wrong: Message) -> T:
        found = self.needed(column)
        try:
            return parse(found)
        except (ValueError, OverflowError, TrackerError) as error:
            raise CellError(column, wrong) from error


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def rows(path: Path, columns: tuple[str, ...], problems: Problems) -> Iterator[Row]:
    """Yield the rows of *path*, which must have *columns* (in any order; more are passed over).

    Reads UTF-8 with and without byte order mark. A row of another length is a problem and is passed over; raises
    NotReadableError for what is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            missing = [name for name in columns if name not in header]
            if missing:
                raise NotReadableError(
                    msg("{file} lacks the column {column}: is it of an export?", file=path.name, column=missing[0])
                )
            start = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(header):
                    told = msg("has {found} cells instead of {wanted}", found=len(cells), wanted=len(header))
                    problems.add(path.name, start, "", told)
                elif any(len(cell) > LONGEST_CELL for cell in cells):
                    problems.add(path.name, start, "", msg("has a cell that is too long"))
                else:
                    yield Row(start, dict(zip(header, cells, strict=True)))
                start = reader.line_num + 1
    except FileNotFoundError as error:
        raise NotReadableError(msg("there is no {file}: an export has it", file=str(path))) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotReadableError(msg("{file} cannot be read: {why}", file=str(path), why=why)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotReadableError(
            msg("{file} is not CSV in UTF-8: {problem}", file=path.name, problem=str(error))
        ) from error


def records(
    path: Path, columns: tuple[str, ...], problems: Problems, make: Callable[[Row], T]
) -> Iterator[tuple[Row, T]]:
    """Yield each row of *path* with what *make* makes of it; a row it cannot use is a problem."""
    for row in rows(path, columns, problems):
        try:
            yield row, make(row)
        except CellError as error:
            problems.add(path.name, row.line, error.column, error.message)
        except InvalidRecordError as error:
            problems.add(path.name, row.line, error.field, error.message)
