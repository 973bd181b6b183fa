"""The closed set of scoring rules: small functions named by the scale files; nothing in a file is ever evaluated.

A rule works in whole numbers (typed decimals as exact fractions) and leaves one division for the end, so that
a score is the exact result rounded once to a float: 37 x 100 / 68, never a sum of rounded parts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.core.messages import msg
from tracker.core.numbers import Number
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import NoScore, Score

Amount = int | Fraction
"""An exact number."""

Values = Sequence[Amount | None]
"""The answers of a form in item order, None where there is none."""


class Exact(NamedTuple):
    """A score before its division, and how many missing items the policy let the mean stand for."""

    numerator: Amount
    denominator: Amount
    imputed: int


Result = Exact | NoScore
Step = Callable[[Values, Sequence[Result]], Result]
"""Answers and the scores made so far -> this score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a rule knows of its score before any form is read."""

    codes: tuple[str, ...]
    """Of the items (or, for a rule over scores, of the scores) it takes."""
    positions: tuple[int, ...]
    """Where those stand in the form (or among the scores)."""
    low: tuple[Amount, ...]
    high: tuple[Amount, ...]
    """Their ranges."""
    minimum: Amount
    maximum: Amount
    """The range of the score itself."""
    missing_allowed: int
    reversed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One named rule."""

    over_scores: bool
    """It takes scores, not items."""
    options: frozenset[str]
    """Settings a file may give it."""
    imputes: bool
    """A policy may let the mean of the answered items stand for missing ones."""
    prepare: Callable[[Plan], Step]
    attainable: Callable[[Plan], tuple[Amount, Amount]]
    """Lowest and highest score the answers allow."""
    problem: Callable[[Plan], bool] = lambda _plan: False
    """True if the rule cannot work on what the plan gives it."""
    check: Callable[[Plan, Values], None] | None = None
    """Refuse answers that contradict each other."""


def exact(value: Number) -> Amount:
    """Return *value* as the exact decimal it was typed as: 0.1 is one tenth."""
    whole = int(value)
    return whole if whole == value else Fraction(repr(value))


@lru_cache(maxsize=8192)
def finish(numerator: Amount, denominator: Amount, imputed: int) -> Score:
    """Do the one division; a whole result stays a whole number."""
    value = Fraction(numerator) / Fraction(denominator)
    return Score(value.numerator if value.denominator == 1 else float(value), imputed)


def _incomplete(plan: Plan, values: Values) -> NoScore:
    missing = tuple(code for code, at in zip(plan.codes, plan.positions, strict=True) if values[at] is None)
    items = ", ".join(missing)
    if plan.missing_allowed == 0:
        return NoScore(msg("missing: {items} (every item is needed)", items=items), missing)
    return NoScore(
        msg("missing: {items} (at most {allowed} may be missing)", items=items, allowed=plan.missing_allowed), missing
    )


def _picker(positions: tuple[int, ...]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    if len(positions) == 1:
        only = positions[0]
        return lambda values: (values[only],)
    return itemgetter(*positions) if positions else lambda _values: ()


def _tally(plan: Plan) -> Callable[[Values], tuple[Amount, int]]:
    """Return a function that adds up the answered items (reversed ones turned over) and counts them."""
    flags = [code in plan.reversed for code in plan.codes]
    ends = [low + high for low, high in zip(plan.low, plan.high, strict=True)]
    turn = sum(end for end, flag in zip(ends, flags, strict=True) if flag)
    pick = _picker(plan.positions)
    pick_reversed = _picker(tuple(at for at, flag in zip(plan.positions, flags, strict=True) if flag))
    size = len(plan.codes)

    def tally(values: Values) -> tuple[Amount, int]:
        given = pick(values)
        if None not in given:
            return sum(given) + turn - 2 * sum(pick_reversed(values)), size
        answered = [
            end - value if flag else value
            for value, end, flag in zip(given, ends, flags, strict=True)
            if value is not None
        ]
        return sum(answered), len(answered)

    return tally


def _over_items(plan: Plan, combine: Callable[[Amount, int], tuple[Amount, Amount]]) -> Step:
    """Return a step for *combine*, which gets the sum and the number of the answered items."""
    tally = _tally(plan)
    size = len(plan.codes)
    fewest = max(size - plan.missing_allowed, 1)

    def step(values: Values, _scores: Sequence[Result]) -> Result:
        total, answered = tally(values)
        if answered < fewest:
            return _incomplete(plan, values)
        numerator, denominator = combine(total, answered)
        return Exact(numerator, denominator, size - answered)

    return step


def _sum(plan: Plan) -> Step:
    size = len(plan.codes)
    return _over_items(plan, lambda total, answered: (total * size, answered))


def _mean_rescaled(plan: Plan) -> Step:
    low, width = plan.low[0], plan.high[0] - plan.low[0]
    minimum, span = plan.minimum, plan.maximum - plan.minimum
    return _over_items(
        plan,
        lambda total, answered: (
            (total - answered * low) * span + minimum * answered * width,
            answered * width,
        ),
    )


def _unscored_parts(parts: Sequence[Result]) -> NoScore:
    lacking = [part for part in parts if isinstance(part, NoScore)]
    missing = tuple(dict.fromkeys(code for part in lacking for code in part.missing))
    return NoScore(msg("missing: {items} (each part must be scored)", items=", ".join(missing)), missing)


def _sum_of_scores(plan: Plan) -> Step:
    pick = _picker(plan.positions)

    def step(_values: Values, scores: Sequence[Result]) -> Result:
        numerator, denominator, imputed = 0, 1, 0
        parts = pick(scores)
        for part in parts:
            if isinstance(part, NoScore):
                return _unscored_parts(parts)
            numerator = numerator * part.denominator + part.numerator * denominator
            denominator *= part.denominator
            imputed += part.imputed
        return Exact(numerator, denominator, imputed)

    return step


def _rescaled(plan: Plan) -> Step:
    source = plan.positions[0]
    low, width = plan.low[0], plan.high[0] - plan.low[0]
    minimum, span = plan.minimum, plan.maximum - plan.minimum

    def step(_values: Values, scores: Sequence[Result]) -> Result:
        part = scores[source]
        if isinstance(part, NoScore):
            return part
        return Exact(
            (part.numerator - low * part.denominator) * span + minimum * part.denominator * width,
            part.denominator * width,
            part.imputed,
        )

    return step


def _given_or_sum(plan: Plan) -> Step:
    whole, *parts = plan.positions

    def step(values: Values, _scores: Sequence[Result]) -> Result:
        given = values[whole]
        if given is not None:
            return Exact(given, 1, 0)
        amounts = [values[at] for at in parts]
        known = [amount for amount in amounts if amount is not None]
        if len(known) == len(amounts):
            return Exact(sum(known), 1, 0)
        code, *others = plan.codes
        return NoScore(msg("missing: {item} (or all of {parts} instead)", item=code, parts=", ".join(others)), (code,))

    return step


def _check_given_or_sum(plan: Plan, values: Values) -> None:
    whole, *parts = (values[at] for at in plan.positions)
    if whole is None:
        return
    least = sum(low if part is None else part for part, low in zip(parts, plan.low[1:], strict=True))
    most = sum(high if part is None else part for part, high in zip(parts, plan.high[1:], strict=True))
    if not least <= whole <= most:
        code, *others = plan.codes
        names = " + ".join(others)
        raise InvalidResponseError(code, msg("{item} contradicts {parts}: check these answers", item=code, parts=names))


def _added(plan: Plan) -> tuple[Amount, Amount]:
    return sum(plan.low), sum(plan.high)


def _own(plan: Plan) -> tuple[Amount, Amount]:
    return plan.minimum, plan.maximum


def _one_and_parts(plan: Plan) -> bool:
    return len(plan.codes) < 3 or (sum(plan.low[1:]), sum(plan.high[1:])) != (plan.low[0], plan.high[0])


NONE: frozenset[str] = frozenset()
REVERSED = frozenset({"reversed"})

RULES: Mapping[str, Rule] = {
    # The answers added up; a missing one counts as the mean of the others: sum x n / answered.
    "sum": Rule(over_scores=False, options=REVERSED, imputes=True, prepare=_sum, attainable=_added),
    # The mean answer, carried from the items' common range to the score's own: 1-5 to 0-100 is (mean - 1) x 25.
    "mean_rescaled": Rule(
        over_scores=False,
        options=REVERSED,
        imputes=True,
        prepare=_mean_rescaled,
        attainable=_own,
        problem=lambda plan: len(set(plan.low)) > 1 or len(set(plan.high)) > 1,
    ),
    # Scores added up; none if one of them is lacking.
    "sum_of_scores": Rule(over_scores=True, options=NONE, imputes=False, prepare=_sum_of_scores, attainable=_added),
    # One score carried from its range to this one's: raw x 100 / max.
    "rescaled": Rule(
        over_scores=True,
        options=NONE,
        imputes=False,
        prepare=_rescaled,
        attainable=_own,
        problem=lambda plan: len(plan.codes) != 1,
    ),
    # The first item as given; where it is absent, the sum of the others; a contradiction is refused.
    "given_or_sum": Rule(
        over_scores=False,
        options=NONE,
        imputes=False,
        prepare=_given_or_sum,
        attainable=lambda plan: (plan.low[0], plan.high[0]),
        problem=_one_and_parts,
        check=_check_given_or_sum,
    ),
}
