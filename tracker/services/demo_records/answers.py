"""Answers to any scale from how well a person is: 0 the worst, 1 the best; gaps and unfinished forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from tracker.clinic.codes import MissingReason
from tracker.core.numbers import Number
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.model import Direction, Scale

_REASONS = (
    MissingReason.DECLINED,
    MissingReason.UNABLE,
    MissingReason.NOT_APPLICABLE,
    MissingReason.NOT_ASKED,
    MissingReason.UNCLEAR,
    MissingReason.OTHER,
)


@dataclass(frozen=True, slots=True)
class _Question:
    code: str
    allowed: tuple[Number, ...] | None
    low: Number
    high: Number
    better_is_higher: bool


@cache
def _questions(scale_id: str, version: str) -> tuple[_Question, ...]:
    scale = find_scale(scale_id, version)
    found = []
    for item in scale.items:
        if item.optional:
            continue
        score = next(score for score in scale.scores if item.code in score.items)
        reverse = score.options.get("reversed", ())
        reversed_here = isinstance(reverse, tuple) and item.code in reverse
        higher = (score.direction is Direction.HIGHER_BETTER) != reversed_here
        found.append(_Question(item.code, item.typed, item.minimum, item.maximum, higher))
    return tuple(found)


def answer(scale: Scale, wellness: float, random: Random, spread: float = 0.08) -> dict[str, Number]:
    """Return an allowed answer to each item of *scale*, scattered about *wellness*."""
    responses: dict[str, Number] = {}
    for question in _questions(scale.id, scale.version):
        place = min(1.0, max(0.0, wellness + random.gauss(0, spread)))
        if not question.better_is_higher:
            place = 1.0 - place
        if question.allowed is not None:
            responses[question.code] = question.allowed[int(place * (len(question.allowed) - 1) + 0.5)]
        else:
            responses[question.code] = _measured(question, place, random)
    return responses


def walked(wellness: float, random: Random) -> dict[str, Number]:
    """Return a six-minute walk on a course of 30 m."""
    metres = 120 + 480 * min(1.0, max(0.0, wellness + random.gauss(0, 0.04)))
    return {"metres": int(metres), "test": 1, "aid": int(wellness < 0.35), "course": 30}


def _measured(question: _Question, place: float, random: Random) -> Number:
    """Return a measured length: whole millimetres, now and then a half."""
    value = int(question.low + place * (question.high - question.low))
    return value + 0.5 if value < question.high and value > question.low and random.random() < 0.1 else value


def with_gaps(
    responses: dict[str, Number], count: int, random: Random
) -> tuple[dict[str, Number], dict[str, MissingReason]]:
    """Take *count* answers away and say why they are missing."""
    gone = set(random.sample(sorted(responses), min(count, len(responses))))
    kept = {code: value for code, value in responses.items() if code not in gone}
    return kept, {code: random.choice(_REASONS) for code in sorted(gone)}


def first_answers(responses: dict[str, Number], random: Random) -> dict[str, Number]:
    """Return the answers of a form that was left unfinished."""
    count = random.randint(0, max(0, len(responses) - 1))
    return dict(list(responses.items())[:count])


@dataclass(frozen=True, slots=True)
class _Ladder:
    """For items ``place..`` of SCIM-III: which sums they can still reach."""

    codes: tuple[str, ...]
    allowed: tuple[tuple[int, ...], ...]
    reach: tuple[frozenset[int], ...]


_REACHED_LATE = {"9": 0.15, "10": 0.2, "11": 0.25, "12": 0.2, "13": 0.3, "14": 0.3, "15": 0.7, "16": 0.35, "17": 0.5}
"""Share of the whole scale below which an ability is seldom there: transfers and walking come after self-care."""


@cache
def _scim_ladder() -> _Ladder:
    items = find_scale("scim-iii").items
    allowed = tuple(tuple(map(int, item.allowed or ())) for item in items)
    reach: list[frozenset[int]] = [frozenset({0})]
    for values in reversed(allowed):
        reach.append(frozenset(value + rest for value in values for rest in reach[-1]))
    return _Ladder(tuple(item.code for item in items), allowed, tuple(reversed(reach)))


def scim_items(total: int, random: Random) -> dict[str, Number]:
    """Return SCIM-III items of allowed values that add up to *total*, abilities coming in a likely order."""
    ladder = _scim_ladder()
    likely = [_likely(code, values, total / 100) for code, values in zip(ladder.codes, ladder.allowed, strict=True)]
    excess = list(accumulate(reversed(likely), initial=0.0))[::-1]
    left = total
    responses: dict[str, Number] = {}
    for place, (code, values) in enumerate(zip(ladder.codes, ladder.allowed, strict=True)):
        # What is left above or below the likely course is shared out in proportion as one goes.
        scale = left / excess[place] if excess[place] else 1.0
        wanted = likely[place] * scale + random.gauss(0, 0.12) * values[-1]
        fitting: Iterable[int] = (value for value in values if left - value in ladder.reach[place + 1])
        chosen = min(fitting, key=lambda value: abs(value - wanted))
        responses[code] = chosen
        left -= chosen
    return responses


def _likely(code: str, values: tuple[int, ...], share: float) -> float:
    start = _REACHED_LATE.get(code, 0.0)
    grown = min(1.0, max(0.02, (share - start) / (1.0 - start)) * (1.0 if start else 1.25))
    return grown * values[-1]
