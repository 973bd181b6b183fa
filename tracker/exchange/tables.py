"""What each stored row becomes in its file: plain tuples from the store in, values in column order out.

The order of the tuples is that of ``tracker/store/streams.py``; nothing here knows the database.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tracker.clinic.conditions import conditions
from tracker.core.messages import Message
from tracker.core.numbers import Number
from tracker.exchange.cells import Keys, ages, in_english, months

Row = tuple[Any, ...]
ATTRIBUTES = ("ais", "level", "phase", "grade", "course")
"""The attributes that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Shaping:
    """What the shaping of rows needs to know: the keys, and how a stored reason is read."""

    keys: Keys
    read_reason: Callable[[str], Message]


def patient(row: Row, shaping: Shaping) -> Row:
    """Shape a patient: only the number may change."""
    key, number, *rest = row
    return key, shaping.keys.number(key, number), *rest


def episode(row: Row, shaping: Shaping) -> Row:
    """Shape an episode: attributes become columns; de-identified, only codes of the condition files stay."""
    *before, site, side, onset, attributes, cohorts, index_date = row
    condition = before[-1]
    values: dict[str, str] = json.loads(attributes)
    if shaping.keys.deidentified:
        site = site if site in _sites(condition) else None
        values = {code: value for code, value in values.items() if value in _choices(condition).get(code, ())}
    own = [values.pop(code, None) for code in ATTRIBUTES]
    others = json.dumps(values, ensure_ascii=False, sort_keys=True) if values else None
    to_treatment = months(onset, index_date) if onset and len(onset) == 10 else None
    against = " ".join(json.loads(cohorts))
    return *before, site, side, onset, to_treatment, index_date, *own, others, against


def _sites(condition: str) -> frozenset[str]:
    known = conditions().get(condition)
    return frozenset(site.code for site in known.sites) if known else frozenset()


def _choices(condition: str) -> Mapping[str, frozenset[str]]:
    known = conditions().get(condition)
    lists = known.attributes if known else ()
    return {attribute.code: frozenset(choice.code for choice in attribute.choices) for attribute in lists}


def treatment(row: Row, _shaping: Shaping) -> Row:
    """Shape a treatment: months go beside its day."""
    key, episode_id, patient_id, day, *given, flag, note, index_date = row
    return key, episode_id, patient_id, day, months(index_date, day), *given, str(flag), note


def visits(rows: Sequence[Row], born: str | None, shaping: Shaping) -> Iterator[Row]:
    """Shape the visits of one patient, who was born on *born*: months since treatment and first visit, ages."""
    for key, patient_id, day, timing, note, index_date in rows:
        age = ages(born, day, deidentified=shaping.keys.deidentified)
        yield key, patient_id, day, months(index_date, day), months(rows[0][2], day), *age, timing, note


def assessment(row: Row, _shaping: Shaping) -> Row:
    """Shape an assessment without its answers."""
    return *row[:9], *row[12:16]


def adverse_event(row: Row, _shaping: Shaping) -> Row:
    """Shape an adverse event: months go beside its days."""
    *keys, day, end, term, grade, relatedness, note, index_date = row
    return *keys, day, end, months(index_date, day), months(index_date, end), term, grade, relatedness, note


def whole(value: float | None) -> Number | None:
    """Return a stored score as the number it stands for."""
    return int(value) if value is not None and value.is_integer() else value


@lru_cache(maxsize=4096)
def reason_text(stored: str, read_reason: Callable[[str], Message]) -> str:
    """Return in English why there is no score."""
    return in_english(read_reason(stored))


SHAPES: Mapping[str, Callable[[Row, Shaping], Row]] = {
    "patients": patient,
    "episodes": episode,
    "treatments": treatment,
    "adverse_events": adverse_event,
}
"""The tables shaped row by row; assessments with their responses, visits and scores have ways of their own."""
STREAMS: Mapping[str, str] = {
    "patients": "patient",
    "episodes": "episode",
    "treatments": "treatment",
    "adverse_events": "adverse_event",
}
"""Table -> the stream of the store it is made from."""
