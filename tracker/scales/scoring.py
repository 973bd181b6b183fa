"""Responses to scores: ``score()`` and ``check_responses()``, both over a scorer prepared once a scale and policy."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from tracker.core.messages import msg
from tracker.core.numbers import Number, plain_number
from tracker.scales.errors import InvalidResponseError, UnknownPolicyError
from tracker.scales.exams import EXAMS
from tracker.scales.model import Item, NoScore, Outcome, Policy, Responses, Scale, ScoreDefinition
from tracker.scales.rules import RULES, Amount, Exact, Plan, Result, Values, exact, finish

__all__ = ["InvalidResponseError", "Scorer", "allowed_text", "check_responses", "find_policy", "score", "scorer"]

MOST_NAMED = 4
"""Items not testable that a reason names one by one."""
MOST_SHOWN = 12
"""Allowed values listed in a message; longer runs of whole numbers are shown by their ends."""


def find_policy(scale: Scale, policy_id: str | None = None) -> Policy:
    """Return the named policy of *scale* (None: its default); raises UnknownPolicyError."""
    if policy_id is None:
        return scale.policies[0]
    for policy in scale.policies:
        if policy.id == policy_id:
            return policy
    raise UnknownPolicyError(
        msg(
            "{scale} has no policy “{policy}”; it has: {policies}",
            scale=scale.id,
            policy=policy_id,
            policies=", ".join(policy.id for policy in scale.policies),
        )
    )


def make_plan(scale: Scale, score: ScoreDefinition, policy: Policy) -> Plan:
    """Return what the rule of *score* needs to know; raises KeyError for an unknown rule, item or score."""
    sources: Sequence[Item | ScoreDefinition] = scale.scores if RULES[score.rule].over_scores else scale.items
    places = {source.code: (at, source) for at, source in enumerate(sources)}
    found = [places[code] for code in score.items]
    reverse = score.options.get("reversed", ())
    return Plan(
        codes=score.items,
        positions=tuple(at for at, _ in found),
        low=tuple(exact(source.minimum) for _, source in found),
        high=tuple(exact(source.maximum) for _, source in found),
        minimum=exact(score.minimum),
        maximum=exact(score.maximum),
        missing_allowed=policy.missing_allowed.get(score.code, 0),
        reversed=frozenset(reverse if isinstance(reverse, tuple) else ()),
    )


class Scorer:
    """The scoring of one scale under one policy, prepared once: no look-up by name is left for each form."""

    def __init__(self, scale: Scale, policy: Policy) -> None:
        self.scale = scale
        plans = [make_plan(scale, score, policy) for score in scale.scores]
        rules = [RULES[score.rule] for score in scale.scores]
        self._steps = [
            (score.code, rule.prepare(plan)) for score, rule, plan in zip(scale.scores, rules, plans, strict=True)
        ]
        self._checks: list[Callable[[Values], None]] = [
            partial(rule.check, plan) for rule, plan in zip(rules, plans, strict=True) if rule.check is not None
        ]
        self._blank: list[Amount | None] = [None] * len(scale.items)
        # A whole answer is accepted by one look into this table; everything else goes to the careful reading.
        self._accepts = {
            item.code: (
                at,
                frozenset(item.allowed)
                if item.allowed is not None
                else range(math.ceil(item.minimum), math.floor(item.maximum) + 1),
            )
            for at, item in enumerate(scale.items)
        }
        self._needed = [at for at, item in enumerate(scale.items) if not item.optional]
        self._form_limit = policy.form_missing_allowed
        self._exam = None if scale.exam is None else EXAMS[scale.exam]

    def answers(self, responses: Responses) -> Values:
        """Return the checked answers in item order; raises InvalidResponseError."""
        if self._exam is not None:
            self._exam.check(responses)
        values = self._blank.copy()
        accepts = self._accepts
        for code, value in responses.items():
            place = accepts.get(code)
            if place is None:
                raise InvalidResponseError(code, msg("{scale} has no item “{item}”", scale=self.scale.id, item=code))
            if type(value) is int and value in place[1]:
                values[place[0]] = value
            elif value is not None:
                values[place[0]] = read_answer(self.scale.items[place[0]], value)
        for check in self._checks:
            check(values)
        return values

    def outcomes(self, values: Values) -> dict[str, Outcome]:
        """Return each score, or the reason there is none."""
        if self._form_limit is not None and None in values:
            refused = self._refuse_form(values, self._form_limit)
            if refused is not None:
                return dict.fromkeys((code for code, _ in self._steps), refused)
        results: list[Result] = []
        outcomes: dict[str, Outcome] = {}
        for code, step in self._steps:
            result = step(values, results)
            results.append(result)
            outcomes[code] = finish(*result) if isinstance(result, Exact) else result
        return outcomes

    def _refuse_form(self, values: Values, limit: int) -> NoScore | None:
        missing = tuple(self.scale.items[at].code for at in self._needed if values[at] is None)
        if len(missing) <= limit:
            return None
        return NoScore(
            msg(
                "{missing} of {count} items missing: with more than {allowed} the form is not scored",
                missing=len(missing),
                count=len(self._needed),
                allowed=limit,
            ),
            missing,
        )


def read_answer(item: Item, value: object) -> Amount | None:
    """Return the exact value of an answer that is not a plain allowed whole number, None for a code, text or blank.

    Raises InvalidResponseError.
    """
    if isinstance(value, str) and (item.free_text or value in item.codes or (item.codes and not value)):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidResponseError(item.code, msg("item {item}: the answer is not a number", item=item.code))
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidResponseError(item.code, msg("item {item}: the answer is not a finite number", item=item.code))
    if item.allowed is not None and value in item.allowed:
        return exact(value)
    if item.allowed is None and item.minimum <= value <= item.maximum:
        return exact(value)
    raise InvalidResponseError(
        item.code,
        msg(
            "item {item}: {value} is not allowed; allowed: {allowed}",
            item=item.code,
            value=_shown(value),
            allowed=allowed_text(item),
        ),
    )


def _shown(value: Number) -> str:
    return plain_number(value) if abs(value) < 1e15 else f"{Decimal(value):.2e}"


def allowed_text(item: Item) -> str:
    """Return the allowed values of *item* for a message or a list: ``0, 1, 2``, ``0-100`` or ``0, 1, 2, NT``."""
    run = item.allowed is not None and len(item.allowed) == item.maximum - item.minimum + 1
    if item.allowed is not None and not (run and len(item.allowed) > MOST_SHOWN):
        return ", ".join((*map(plain_number, item.allowed), *item.codes))
    return ", ".join((f"{plain_number(item.minimum)}-{plain_number(item.maximum)}", *item.codes))


_prepared: dict[tuple[str, str, str], Scorer] = {}


def scorer(scale: Scale, policy_id: str | None = None) -> Scorer:
    """Return the prepared scorer of *scale* under a policy (None: its default); raises UnknownPolicyError."""
    policy = find_policy(scale, policy_id)
    key = (scale.id, scale.version, policy.id)
    known = _prepared.get(key)
    if known is None or known.scale is not scale:
        known = _prepared[key] = Scorer(scale, policy)
    return known


def score(scale: Scale, responses: Responses, policy_id: str | None = None) -> dict[str, Outcome]:
    """Return score code -> score, or the reason there is none; raises InvalidResponseError, UnknownPolicyError."""
    prepared = scorer(scale, policy_id)
    outcomes = prepared.outcomes(prepared.answers(responses))
    if scale.exam is None:
        return outcomes
    return {code: _untested(outcome, responses) for code, outcome in outcomes.items()}


def _untested(outcome: Outcome, responses: Responses) -> Outcome:
    """Say of a total over items answered by a code that it can never be known; blank items can still be filled."""
    if not isinstance(outcome, NoScore):
        return outcome
    items = tuple(code for code in outcome.missing if responses.get(code))
    if not items:
        return outcome
    if len(items) > MOST_NAMED:
        reason = msg("not determinable (ND): {count} items not testable", count=len(items))
    else:
        reason = msg("not determinable (ND): {items} not testable", items=", ".join(items))
    return NoScore(reason, outcome.missing)


def check_responses(scale: Scale, responses: Responses) -> None:
    """Raise InvalidResponseError for the first answer that cannot stand."""
    scorer(scale).answers(responses)
