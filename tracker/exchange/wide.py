"""The rows of ``scores_wide.csv``: one a visit and episode, one column a score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tracker.clinic.codes import Context
from tracker.exchange.cells import Keys, Writer, months
from tracker.exchange.tables import whole
from tracker.exchange.text import number_cell
from tracker.scales.model import Scale

ScoreKey = tuple[str, str, str]
"""Scale, score, context."""
Row = tuple[Any, ...]


def wide_columns(scales: Iterable[Scale], used: Iterable[ScoreKey]) -> dict[ScoreKey, str]:
    """Return the score columns: every score and context of *scales*, then whatever else the file holds."""
    keys = [(scale.id, score.code, context) for scale in scales for score in scale.scores for context in scale.contexts]
    keys += sorted(used)
    return {key: _column(key) for key in dict.fromkeys(keys)}


def _column(key: ScoreKey) -> str:
    scale, score, context = key
    return f"{scale}__{score}" if context == Context.UNSPECIFIED else f"{scale}__{score}__{context}"


def wide_lines(
    patient: Row, rows: Mapping[str, Sequence[Row]], columns: Sequence[ScoreKey], writer: Writer, keys: Keys
) -> Iterator[str]:
    """Yield the lines of one patient from *rows* of the streams ``episode``, ``visit`` and ``score``.

    A score without an episode is about the person and stands in every episode's row.
    """
    patient_id, number, *_ = patient
    cells = _cells(rows["score"])
    episodes = [(key, condition, side, origin) for key, _, condition, _, side, *_, origin in rows["episode"]]
    for visit_id, _, day, *_ in rows["visit"]:
        shared = cells.get((visit_id, None), {})
        for episode_id, condition, side, origin in episodes or [(None, None, None, None)]:
            since = months(origin, day)
            fixed = (patient_id, keys.number(patient_id, number), episode_id, condition, side, visit_id, day, since)
            own = shared if episode_id is None else {**shared, **cells.get((visit_id, episode_id), {})}
            yield writer.line(fixed) + "," + ",".join([own.get(column, "") for column in columns]) + "\n"


def _cells(scores: Iterable[Row]) -> dict[tuple[str, str | None], dict[ScoreKey, str]]:
    found: dict[tuple[str, str | None], dict[ScoreKey, str]] = {}
    for _, episode_id, visit_id, _, scale, _, _, context, code, _, value, *_ in scores:
        found.setdefault((visit_id, episode_id), {})[scale, code, context] = number_cell(whole(value))
    return found
