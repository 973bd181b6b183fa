"""The rows of ``scores.csv``: what an assessment's scores share is written once an assessment."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tracker.exchange.cells import Writer, months
from tracker.exchange.tables import Row, Shaping, reason_text, whole

_SHARED, _OWN = 8, 13
"""Columns before the score's own, and where those end."""


class ScoreLines:
    """Makes the lines of scores from rows of the stream."""

    def __init__(self, writer: Writer, shaping: Shaping) -> None:
        self._head = writer.part(0, _SHARED).line
        self._own = writer.part(_SHARED, _OWN).line
        self._tail = writer.part(_OWN, len(writer.cells)).line
        self._read_reason = shaping.read_reason

    def of(self, rows: Sequence[Row]) -> Iterator[str]:
        """Yield the lines of *rows*, which come assessment by assessment."""
        for _, scores in groupby(rows, itemgetter(3)):
            head = tail = ""
            for row in scores:
                *_, code, series, value, reason, imputed, day, status, index_date = row
                if not head:
                    head = self._head(row[:_SHARED])
                    tail = self._tail((day, months(index_date, day), status))
                why = None if reason is None else reason_text(reason, self._read_reason)
                yield f"{head},{self._own((code, series, whole(value), why, imputed))},{tail}\n"
