"""What the score cards beside a form say: value, change since the last visit, or what is still to come. No Qt.

A blank item is "to go", never "missing": a rule that fills a missing item with the mean of the others is not shown at
work until each blank has an answer or a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from tracker.clinic.records import StoredScore
from tracker.core.messages import say, tr
from tracker.core.numbers import DASH, Number, plain_number, show_number
from tracker.scales.model import Direction, Item, NoScore, Outcome, Policy, Scale, Score, ScoreDefinition
from tracker.scales.rules import RULES

JUMP = 0.75
"""Share of an item's range from which an answer that differs from the last visit's is asked about."""


class Verdict(Enum):
    """Which way a score went since the last visit."""

    BETTER = auto()
    WORSE = auto()
    SAME = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """One score as its card shows it."""

    code: str
    title: str
    value: str
    maximum: str
    """``20``, ``100 mm``; empty where a score has no upper end (its value then names the unit)."""
    part: float | None
    """Place of the value in the range, 0 to 1; None without a value."""
    last_part: float | None
    change: str
    verdict: Verdict | None
    note: str
    charted: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What the form holds, as far as the scores care: answers, and items with a reason instead."""

    responses: Mapping[str, Number]
    missing: frozenset[str]


def score_items(scale: Scale, score: ScoreDefinition) -> tuple[str, ...]:
    """Return the codes of all items a score rests on, through the scores it adds."""
    if not RULES[score.rule].over_scores:
        return score.items
    parts = [score_items(scale, scale.score(code)) for code in score.items]
    return tuple(dict.fromkeys(code for part in parts for code in part))


def read_scores(
    scale: Scale,
    outcomes: Mapping[str, Outcome],
    answered: Answered,
    last: Mapping[str, StoredScore],
    policy: Policy,
) -> tuple[Reading, ...]:
    """Return one reading a score, in the order of the definition."""
    return tuple(_read(scale, score, outcomes.get(score.code), answered, last, policy) for score in scale.scores)


def _read(
    scale: Scale,
    score: ScoreDefinition,
    outcome: Outcome | None,
    answered: Answered,
    last: Mapping[str, StoredScore],
    policy: Policy,
) -> Reading:
    codes = [code for code in score_items(scale, score) if not scale.item(code).optional]
    to_go = [code for code in codes if _blank(scale.item(code), answered)]
    shown = outcome if isinstance(outcome, Score) and not (to_go and outcome.imputed_items) else None
    stored = last.get(score.code)
    before = stored.value if stored is not None else None
    change, verdict = _change(score, shown, before)
    return Reading(
        code=score.code,
        title=str(score.label),
        value=_value(score, shown.value) if shown is not None else DASH,
        maximum=_maximum(score),
        part=_part(score, shown.value if shown is not None else None),
        last_part=_part(score, before),
        change=change,
        verdict=verdict,
        note=_note(shown or outcome, len(to_go), len(codes), policy) if codes or shown else tr("optional"),
        charted=score.charted,
    )


def _blank(item: Item, answered: Answered) -> bool:
    return item.code not in answered.responses and item.code not in answered.missing


def _value(score: ScoreDefinition, value: Number) -> str:
    text = show_number(value, score.decimals)
    return f"{text} {score.unit}" if score.open_ended and score.unit else text


def _maximum(score: ScoreDefinition) -> str:
    if score.open_ended:
        return ""
    return f"{plain_number(score.maximum)} {score.unit}" if score.unit else plain_number(score.maximum)


def _part(score: ScoreDefinition, value: Number | None) -> float | None:
    if value is None or score.open_ended:
        return None
    return float((value - score.minimum) / (score.maximum - score.minimum))


def _change(score: ScoreDefinition, shown: Score | None, before: Number | None) -> tuple[str, Verdict | None]:
    if shown is None or before is None:
        return "", None
    difference = shown.value - before
    if abs(difference) < 1e-9:
        return tr("same as last visit"), Verdict.SAME
    good = (difference > 0) == (score.direction is Direction.HIGHER_BETTER)
    signed = show_number(difference, score.decimals, signed=True)
    arrow = "\N{UPWARDS ARROW}" if difference > 0 else "\N{DOWNWARDS ARROW}"
    if good:
        return tr("{arrow} {change} since last visit, better", arrow=arrow, change=signed), Verdict.BETTER
    return tr("{arrow} {change} since last visit, worse", arrow=arrow, change=signed), Verdict.WORSE


def _note(outcome: Outcome | None, to_go: int, count: int, policy: Policy) -> str:
    if isinstance(outcome, Score) and not (to_go and outcome.imputed_items):
        return _imputed(outcome.imputed_items, count, policy)
    if to_go and count == 1:
        return tr("no answer yet")
    if to_go:
        return tr("{count} of {items} items to go", count=to_go, items=count)
    return say(outcome.reason) if isinstance(outcome, NoScore) else ""


def _imputed(imputed: int, count: int, policy: Policy) -> str:
    if not imputed:
        return ""
    text = tr(
        "{count} of {items} items missing: the mean of the answered ones stands in",
        count=imputed,
        items=count,
    )
    return text if policy.verified else tr("{sentence} (unverified rule)", sentence=text)


def policy_name(policy: Policy) -> str:
    """Return the name of a rule for missing items, marked where it is unverified."""
    name, mark = str(policy.label), tr("unverified")
    if policy.verified or mark in name:
        return name
    return tr("{name} ({mark})", name=name, mark=mark)


def jumped(item: Item, value: Number, last: Number) -> bool:
    """Whether an answer is so far from the last visit's that it is worth a question.

    Items of two values are never asked about: each change would be one.
    """
    if item.allowed is not None and len(item.allowed) < 3:
        return False
    return abs(value - last) >= JUMP * (item.maximum - item.minimum)
