"""What a definition must not contradict: its own items, rules, ranges, policies, thresholds and examples."""

import re
from collections.abc import Iterable, Mapping

from tracker.core.messages import Message, msg
from tracker.core.numbers import plain_number
from tracker.scales.errors import InvalidResponseError, InvalidScaleError
from tracker.scales.exams import EXAMS
from tracker.scales.model import Direction, Example, Policy, Scale, Score, ScoreDefinition, Threshold
from tracker.scales.rules import RULES
from tracker.scales.scoring import Scorer, find_policy, make_plan

KINDS = ("mcid", "distribution", "between_group", "mdc90", "mdc95", "pass", "responder", "range", "worsening")
"""``mcid`` is kept for limits anchored in what patients themselves called a change; ``worsening`` is a rule's rise."""

SIGNS = ("improve", "worsen")

CONTEXTS = ("unspecified", "rest", "movement", "night", "mean", "worst")

SCORE_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
ITEM_CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*")
SERIES = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(_[a-z0-9]+)*")
LOINC = re.compile(r"[0-9]{1,7}-[0-9]")

MOST_DECIMALS = 4
FEWEST_EXAMPLES = 2
CLOSE = 1e-9
"""An example may be printed with fewer digits than the computed value has."""


class _Place:
    """Raises the refusals of one file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, key: str, why: Message) -> InvalidScaleError:
        return InvalidScaleError(self.file, key, why)

    def codes(self, key: str, codes: Iterable[str], shape: re.Pattern[str]) -> None:
        seen: set[str] = set()
        for code in codes:
            if not shape.fullmatch(code):
                raise self.refuse(f"{key}.{code}", msg("“{code}” is not a code (letters, digits, _)", code=code))
            if code in seen:
                raise self.refuse(f"{key}.{code}", msg("is there twice"))
            seen.add(code)
        if not seen:
            raise self.refuse(key, msg("needs at least one entry"))


def check_scale(scale: Scale, file: str) -> None:
    """Raise InvalidScaleError for the first contradiction in *scale*."""
    at = _Place(file)
    _check_frame(scale, at)
    _check_items(scale, at)
    for score in scale.scores:
        _check_score(scale, score, at)
    _check_policies(scale, at)
    for score in scale.scores:
        _check_range(scale, score, at)
    if scale.thresholds:
        at.codes("thresholds", (threshold.id for threshold in scale.thresholds), SCORE_CODE)
    for threshold in scale.thresholds:
        _check_threshold(scale, threshold, at)
    _check_examples(scale, at)


def loinc_check_digit(number: str) -> str:
    """Return the check digit (mod 10) of a LOINC number without it: 72514 -> 3."""
    doubled = "".join(digit if place % 2 else str(2 * int(digit)) for place, digit in enumerate(reversed(number)))
    return str(-sum(map(int, doubled)) % 10)


def _check_frame(scale: Scale, at: _Place) -> None:
    if not scale.contexts or scale.contexts[0] != CONTEXTS[0]:
        raise at.refuse("contexts", msg("must begin with {code}", code=CONTEXTS[0]))
    for context in scale.contexts:
        if context not in CONTEXTS:
            raise at.refuse("contexts", msg("“{code}” is none of: {known}", code=context, known=", ".join(CONTEXTS)))
    if scale.loinc is not None and not (
        LOINC.fullmatch(scale.loinc) and loinc_check_digit(scale.loinc[:-2]) == scale.loinc[-1]
    ):
        raise at.refuse("loinc", msg("“{code}” is not a LOINC code (digits, a hyphen, check digit)", code=scale.loinc))


def _check_items(scale: Scale, at: _Place) -> None:
    at.codes("scores", (score.code for score in scale.scores), SCORE_CODE)
    if scale.exam is not None:  # the items are the program's own
        return
    at.codes("items", (item.code for item in scale.items), ITEM_CODE)
    scores = {score.code for score in scale.scores}
    used = {code for score in scale.scores if not RULES[score.rule].over_scores for code in score.items}
    for item in scale.items:
        if item.group is not None and item.group not in scores:
            raise at.refuse(f"items.{item.code}.group", msg("there is no score “{code}”", code=item.group))
        if item.code not in used and not item.noted:
            raise at.refuse(f"items.{item.code}", msg("no score takes this item"))
        if item.noted and (item.code in used or not item.optional):
            raise at.refuse(f"items.{item.code}.noted", msg("a note is optional, and no score takes it"))


def _check_score(scale: Scale, score: ScoreDefinition, at: _Place) -> None:
    key = f"scores.{score.code}"
    over_scores = RULES[score.rule].over_scores
    earlier = scale.scores[: scale.scores.index(score)]
    known = {entry.code: entry for entry in earlier} if over_scores else {item.code: item for item in scale.items}
    if not score.items:
        raise at.refuse(f"{key}.of", msg("needs at least one entry"))
    for code in score.items:
        if code not in known:
            why = (
                msg("there is no score “{code}” above this one", code=code)
                if over_scores
                else msg("there is no item “{code}”", code=code)
            )
            raise at.refuse(f"{key}.of", why)
        part = known[code]
        if isinstance(part, ScoreDefinition) and part.direction is not score.direction:
            raise at.refuse(f"{key}.direction", msg("is not the direction of {code}", code=code))
    _check_reading(score, key, at)


def _check_reading(score: ScoreDefinition, key: str, at: _Place) -> None:
    for name, codes in score.options.items():
        for code in codes if isinstance(codes, tuple) else ():
            if code not in score.items:
                raise at.refuse(f"{key}.{name}", msg("“{code}” is not among the items of this score", code=code))
    if not SERIES.fullmatch(score.series):
        raise at.refuse(f"{key}.series", msg("must look like {example}", example="scale-id.score_code"))
    if score.decimals > MOST_DECIMALS:
        raise at.refuse(f"{key}.decimals", msg("must be {most} or less", most=MOST_DECIMALS))
    if score.open_ended and (score.unit is None or score.direction is not Direction.HIGHER_BETTER):
        raise at.refuse(f"{key}.open_ended", msg("needs a unit, and more must be better"))
    if score.percent_change and (score.direction is not Direction.LOWER_BETTER or score.minimum != 0):
        raise at.refuse(f"{key}.percent_change", msg("needs a scale on which 0 means no symptom"))


def _check_policies(scale: Scale, at: _Place) -> None:
    at.codes("policies", (policy.id for policy in scale.policies), SCORE_CODE)
    needed = sum(not item.optional for item in scale.items)
    scores = {score.code: score for score in scale.scores}
    for policy in scale.policies:
        key = f"policies.{policy.id}"
        if policy.form_missing_allowed is not None and policy.form_missing_allowed >= needed:
            raise at.refuse(f"{key}.form_missing_allowed", msg("must be less than the {count} items", count=needed))
        for code in policy.missing_allowed:
            _check_limit(policy, code, scores.get(code), at)


def _check_limit(policy: Policy, code: str, score: ScoreDefinition | None, at: _Place) -> None:
    key = f"policies.{policy.id}.missing_allowed.{code}"
    if score is None:
        raise at.refuse(key, msg("there is no score “{code}”", code=code))
    if not RULES[score.rule].imputes:
        raise at.refuse(key, msg("the rule {rule} has no limit of its own for missing items", rule=score.rule))
    if policy.missing_allowed[code] >= len(score.items):
        raise at.refuse(key, msg("must be less than the {count} items", count=len(score.items)))


def _check_range(scale: Scale, score: ScoreDefinition, at: _Place) -> None:
    key = f"scores.{score.code}"
    rule = RULES[score.rule]
    plan = make_plan(scale, score, scale.policies[0])
    if rule.problem(plan):
        raise at.refuse(f"{key}.of", msg("the rule {rule} cannot work on these", rule=score.rule))
    low, high = rule.attainable(plan)
    if (low, high) != (plan.minimum, plan.maximum):
        raise at.refuse(
            key,
            msg(
                "the range {minimum} to {maximum} is not what the items give: {low} to {high}",
                minimum=plain_number(score.minimum),
                maximum=plain_number(score.maximum),
                low=str(low),
                high=str(high),
            ),
        )


def _check_threshold(scale: Scale, threshold: Threshold, at: _Place) -> None:
    key = f"thresholds.{threshold.id}"
    score = next((entry for entry in scale.scores if entry.code == threshold.score), None)
    if score is None:
        raise at.refuse(f"{key}.score", msg("there is no score “{code}”", code=threshold.score))
    top = threshold.value if threshold.upper is None else threshold.upper
    if threshold.upper is not None and threshold.upper <= threshold.value:
        raise at.refuse(f"{key}.upper", msg("must be greater than {name}", name="value"))
    if threshold.relative and not score.percent_change:
        raise at.refuse(f"{key}.relative", msg("{code} has no percent change", code=score.code))
    if threshold.kind == "pass":
        low, high = score.minimum, score.maximum
    else:
        low, high = 0, 100 if threshold.relative else score.maximum - score.minimum
    if not low <= threshold.value <= top <= high or (threshold.kind != "pass" and threshold.value == 0):
        raise at.refuse(f"{key}.value", msg("lies outside what {code} can reach", code=score.code))


def _check_examples(scale: Scale, at: _Place) -> None:
    if len(scale.examples) < FEWEST_EXAMPLES:
        raise at.refuse("examples", msg("needs at least {fewest} worked examples", fewest=FEWEST_EXAMPLES))
    at.codes("examples", (example.id for example in scale.examples), SCORE_CODE)
    for example in scale.examples:
        _check_example(scale, example, at)
        if scale.exam is not None:
            _check_results(EXAMS[scale.exam].classification(example.responses), example, at)


def _check_example(scale: Scale, example: Example, at: _Place) -> None:
    key = f"examples.{example.id}"
    if example.policy is not None and example.policy not in {policy.id for policy in scale.policies}:
        raise at.refuse(f"{key}.policy", msg("there is no policy “{code}”", code=example.policy))
    scorer = Scorer(scale, find_policy(scale, example.policy))
    try:
        outcomes = scorer.outcomes(scorer.answers(example.responses))
    except InvalidResponseError as error:
        raise at.refuse(f"{key}.responses", error.message) from error
    if set(example.expected) != set(outcomes):
        odd = sorted(set(example.expected) ^ set(outcomes))
        raise at.refuse(f"{key}.scores", msg("each score must be given once: {codes}", codes=", ".join(odd)))
    for code, value in example.expected.items():
        outcome = outcomes[code]
        got = outcome.value if isinstance(outcome, Score) else None
        if (got is None) != (value is None) or (got is not None and value is not None and abs(got - value) > CLOSE):
            raise at.refuse(
                f"{key}.scores.{code}",
                msg("the example says {value}, the rules give {got}", value=str(value), got=str(got)),
            )


def _check_results(found: Mapping[str, str], example: Example, at: _Place) -> None:
    for field in sorted({*found, *example.classification}):
        said, got = example.classification.get(field), found.get(field)
        if said != got:
            raise at.refuse(
                f"examples.{example.id}.classification.{field}",
                msg("the example says {value}, the rules give {got}", value=str(said), got=str(got)),
            )
