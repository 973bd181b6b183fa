"""The tables and columns of the CSV export and their closed codes, read from ``resources/codebook.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracker.core.messages import Text
from tracker.data import resource


class CellType(StrEnum):
    """How a cell is written and read."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    STAMP = "stamp"
    NUMBER = "number"
    INTEGER = "integer"
    ANSWER = "answer"
    """A number, or for some items a code or text."""


class Deidentified(StrEnum):
    """What the de-identified export does to a column."""

    KEEP = "keep"
    REPLACE = "replace"
    LOSE = "lose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: name, type, meaning, and what de-identifying does to it."""

    name: str
    type: CellType
    meaning: Text
    codes: str | None
    unit: str | None
    deidentified: Deidentified


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the export."""

    name: str
    meaning: Text
    columns: tuple[Column, ...]

    @property
    def file_name(self) -> str:
        """Name of its file."""
        return f"{self.name}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        """The header."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole export: tables by name, in order, and the closed code lists."""

    tables: Mapping[str, Table]
    codes: Mapping[str, Mapping[str, Text]]


@cache
def layout() -> Layout:
    """Return the export's layout."""
    raw = tomllib.loads(resource("codebook.toml").read_text(encoding="utf-8"))
    tables = (
        Table(
            name=table["name"],
            meaning=Text(**table["meaning"]),
            columns=tuple(
                Column(
                    name=column["name"],
                    type=CellType(column["type"]),
                    meaning=Text(column["en"], column["zh_CN"]),
                    codes=column.get("codes"),
                    unit=column.get("unit"),
                    deidentified=Deidentified(column.get("deidentified", "keep")),
                )
                for column in table["columns"]
            ),
        )
        for table in raw["tables"]
    )
    codes = {
        name: {code: Text(text["en"], text["zh_CN"]) for code, text in entries.items()}
        for name, entries in raw["codes"].items()
    }
    return Layout(tables={table.name: table for table in tables}, codes=codes)
