"""What a check found: where, and in one sentence what is wrong there."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.core.messages import Message

Tick = Callable[[int], None]
"""Told how many rows were looked at since the last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it must be; ``sequence`` is the audit entry that shows it."""

    table: str
    key: str | None = None
    column: str | None = None
    sequence: int | None = None
    message: Message


def no_tick(_rows: int) -> None:
    """Tell nobody."""
