"""The step of a score: the smallest difference that one answer can make to it."""

from itertools import pairwise

from tracker.core.numbers import Number
from tracker.scales.model import Item, Scale, Score
from tracker.scales.rules import Amount, exact
from tracker.scales.scoring import Scorer, scorer

_known: dict[tuple[str, str], dict[str, Number]] = {}


def step_of(scale: Scale, score: str) -> Number | None:
    """Return the step of *score*; None where no single answer moves it.

    A form of lowest answers is changed in one item at a time, so that every rule is read as it scores. An item that
    takes any number is counted in whole units (millimetres, metres), for nobody answers it more finely than that.
    """
    key = (scale.id, scale.version)
    if key not in _known:
        _known[key] = _steps(scale)
    return _known[key].get(score)


def _steps(scale: Scale) -> dict[str, Number]:
    prepared = scorer(scale)
    lowest: list[Amount | None] = [min(_answers(item), default=None) for item in scale.items]
    seen: dict[str, set[Number]] = {}
    steps: dict[str, Number] = {}
    for at, item in enumerate(scale.items):
        seen.clear()
        for answer in _answers(item):
            for code, value in _values(prepared, [*lowest[:at], answer, *lowest[at + 1 :]]):
                seen.setdefault(code, set()).add(value)
        for code, values in seen.items():
            for step in _gaps(sorted(values)):
                steps[code] = min(step, steps.get(code, step))
    return steps


def _answers(item: Item) -> tuple[Amount, ...]:
    if item.allowed is not None:
        return tuple(map(exact, item.allowed))
    return exact(item.minimum), exact(item.minimum) + 1


def _values(prepared: Scorer, answers: list[Amount | None]) -> list[tuple[str, Number]]:
    outcomes = prepared.outcomes(answers)
    return [(code, outcome.value) for code, outcome in outcomes.items() if isinstance(outcome, Score)]


def _gaps(values: list[Number]) -> list[Number]:
    return [high - low for low, high in pairwise(values)]
