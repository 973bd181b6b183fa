"""Where the cells of the exam stand and which one is next: columns side by side, one row a level. Knows no Qt."""

from collections.abc import Mapping

from tracker.scales.isncsci.exam import COLUMNS, CONTRACTION, NON_KEY, PRESSURE
from tracker.scales.isncsci.levels import DERMATOMES

RIGHT_NON_KEY, LEFT_NON_KEY = f"right.{NON_KEY}", f"left.{NON_KEY}"
TABLE: tuple[str, ...] = (
    "right.motor",
    "right.lightTouch",
    "right.pinPrick",
    "left.lightTouch",
    "left.pinPrick",
    "left.motor",
)
"""The columns as they stand on the page, from left to right; also the order in which they are typed."""

BOTTOM = (RIGHT_NON_KEY, CONTRACTION, PRESSURE, LEFT_NON_KEY)
"""The row under the table, from left to right."""

ROWS: Mapping[str, int] = {level: row for row, level in enumerate(DERMATOMES)}
CELLS_OF: Mapping[str, tuple[str, ...]] = {
    column: tuple(f"{column}.{level}" for level in COLUMNS[column.partition(".")[2]]) for column in TABLE
}
ORDER = (
    *(cell for column in TABLE for cell in CELLS_OF[column]),
    CONTRACTION,
    PRESSURE,
    RIGHT_NON_KEY,
    LEFT_NON_KEY,
)
"""Every cell in the order of typing."""

GRADED = frozenset(cell for cells in CELLS_OF.values() for cell in cells)
_BELOW = {
    "right.motor": RIGHT_NON_KEY,
    "right.lightTouch": CONTRACTION,
    "right.pinPrick": CONTRACTION,
    "left.lightTouch": PRESSURE,
    "left.pinPrick": PRESSURE,
    "left.motor": LEFT_NON_KEY,
}
_ABOVE = {
    RIGHT_NON_KEY: "right.motor",
    CONTRACTION: "right.pinPrick",
    PRESSURE: "left.lightTouch",
    LEFT_NON_KEY: "left.motor",
}


def column_of(cell: str) -> str:
    """Return the column of a graded cell, empty for one of the bottom row."""
    return cell.rpartition(".")[0] if cell in GRADED else ""


def row_of(cell: str) -> int:
    """Return the row of a graded cell; the bottom row comes after all."""
    return ROWS[cell.rpartition(".")[2]] if cell in GRADED else len(DERMATOMES)


def after(cell: str) -> str:
    """Return the next cell in the order of typing, the last one itself.

    Typing ends with deep anal pressure: the optional muscles are gone to on purpose, for one key too many must not
    record one.
    """
    if cell == PRESSURE:
        return cell
    return ORDER[min(ORDER.index(cell) + 1, len(ORDER) - 1)]


def vertical(cell: str, by: int) -> str:
    """Return the cell *by* places further down (negative: up) in the column, then the bottom row."""
    if cell in BOTTOM:
        return cell if by >= 0 else CELLS_OF[_ABOVE[cell]][by]
    cells = CELLS_OF[column_of(cell)]
    place = cells.index(cell) + by
    return _BELOW[column_of(cell)] if place >= len(cells) else cells[max(0, place)]


def horizontal(cell: str, by: int) -> str:
    """Return the cell in the column *by* places to the right (negative: left), as near to the same row as may be."""
    if cell in BOTTOM:
        return BOTTOM[max(0, min(BOTTOM.index(cell) + by, len(BOTTOM) - 1))]
    place = max(0, min(TABLE.index(column_of(cell)) + by, len(TABLE) - 1))
    row = row_of(cell)
    return min(CELLS_OF[TABLE[place]], key=lambda other: abs(row_of(other) - row))


def ends(cell: str) -> tuple[str, str]:
    """Return the first and the last cell of the column (or of the bottom row) of *cell*."""
    cells = CELLS_OF[column_of(cell)] if cell in GRADED else BOTTOM
    return cells[0], cells[-1]


def group(cell: str) -> int:
    """Return which Tab stop *cell* belongs to: a column, or the bottom row."""
    return TABLE.index(column_of(cell)) if cell in GRADED else len(TABLE)


def cells_of_group(number: int) -> tuple[str, ...]:
    """Return the cells of a Tab stop in the order of typing; empty outside."""
    if number == len(TABLE):
        return (CONTRACTION, PRESSURE, RIGHT_NON_KEY, LEFT_NON_KEY)
    return CELLS_OF[TABLE[number]] if 0 <= number < len(TABLE) else ()


def between(one: str, other: str) -> tuple[str, ...]:
    """Return the graded cells of the rectangle from *one* to *other*, column by column; empty with the bottom row."""
    if one not in GRADED or other not in GRADED:
        return ()
    first, last = sorted((TABLE.index(column_of(one)), TABLE.index(column_of(other))))
    top, bottom = sorted((row_of(one), row_of(other)))
    return tuple(
        cell for column in TABLE[first : last + 1] for cell in CELLS_OF[column] if top <= row_of(cell) <= bottom
    )
