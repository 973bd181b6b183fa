"""The clinic's figures for rules that take more than one score or visit: audited, undoable, marked if not verified."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.scales.responders import OMERACT_OARSI, VARIANT_A, EdssWorsening, OmeractOarsi

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.store import Store

_OMERACT, _EDSS = "rule:omeract-oarsi", "rule:edss-worsening"
FIGURES = ("high_percent", "high_points", "low_percent", "low_points")
EDSS_FIGURES = ("from_zero", "step", "up_to", "above", "days")
LONGEST_DAYS = 730


class InvalidRuleError(TrackerError):
    """A figure that no rule can work with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The figures a comparison works with."""

    omeract: OmeractOarsi = OMERACT_OARSI
    edss: EdssWorsening = VARIANT_A


SHIPPED = RulesInForce()


def check_figure(value: Number) -> Number:
    """Return *value*; raises InvalidRuleError where it is not above 0 and at most 100."""
    if not 0 < value <= 100:
        raise InvalidRuleError(msg("{value} cannot be a limit here: give a number above 0, at most 100", value=value))
    return value


def check_step(value: Number) -> Number:
    """Return *value*; raises InvalidRuleError where it is no step of EDSS."""
    if not 0 < value <= 10 or value * 2 != int(value * 2):
        raise InvalidRuleError(msg("{value} is not a step of EDSS: give halves, 0.5 to 10", value=value))
    return value


def check_days(value: Number) -> int:
    """Return *value*; raises InvalidRuleError where it is no number of days."""
    if not 0 < value <= LONGEST_DAYS or value != int(value):
        raise InvalidRuleError(
            msg("{value} is not a number of days here: give a whole one, 1 to {most}", value=value, most=LONGEST_DAYS)
        )
    return int(value)


class ResponderRules:
    """One set of figures for the whole file."""

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def in_force(self) -> RulesInForce:
        """Return all figures in force."""
        with self._store.read() as reader:
            facts = reader.facts()
        omeract, edss = (json.loads(facts.get(name) or "{}") for name in (_OMERACT, _EDSS))
        return RulesInForce(omeract=replace(OMERACT_OARSI, **omeract), edss=replace(VARIANT_A, **edss))

    def omeract_oarsi(self) -> OmeractOarsi:
        """Return the OMERACT-OARSI figures in force."""
        return self.in_force().omeract

    def edss_worsening(self) -> EdssWorsening:
        """Return the figures for EDSS worsening in force."""
        return self.in_force().edss

    def change_omeract_oarsi(self, rule: OmeractOarsi) -> None:
        """Use other figures from now on; raises InvalidRuleError for one that is not above 0 and at most 100."""
        label = msg("change the figures of the OMERACT-OARSI rule")
        figures = {name: value for name, value in asdict(rule).items() if name in FIGURES}
        self._keep(_OMERACT, label, {} if rule == OMERACT_OARSI else figures, dict.fromkeys(FIGURES, check_figure))

    def change_edss_worsening(self, rule: EdssWorsening) -> None:
        """Use other figures from now on; raises InvalidRuleError for one that the rule cannot work with."""
        label = msg("change the figures of the rule for EDSS worsening")
        checks = dict.fromkeys(EDSS_FIGURES, check_step) | {"days": check_days}
        self._keep(_EDSS, label, {} if rule == VARIANT_A else asdict(rule), checks)

    def _keep(
        self,
        fact: str,
        label: Message,
        figures: Mapping[str, Number],
        checks: Mapping[str, Callable[[Number], Number]],
    ) -> None:
        for name, value in figures.items():
            checks[name](value)
        with self._history.doing(label) as work:
            work.set_fact(fact, json.dumps(figures) if figures else None)
