"""The clinic's figures for responder rules that were not seen in their source: audited, undoable, marked unverified."""

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.core.numbers import Number
from tracker.scales.responders import OMERACT_OARSI, OmeractOarsi

if TYPE_CHECKING:
    from tracker.services.undo import UndoHistory
    from tracker.store.store import Store

_FACT = "rule:omeract-oarsi"
FIGURES = ("high_percent", "high_points", "low_percent", "low_points")


class InvalidRuleError(TrackerError):
    """A figure that no rule can work with."""


def check_figure(value: Number) -> Number:
    """Return *value*; raises InvalidRuleError where it is not above 0 and at most 100."""
    if not 0 < value <= 100:
        raise InvalidRuleError(msg("{value} cannot be a limit here: give a number above 0, at most 100", value=value))
    return value


class ResponderRules:
    """One set of figures for the whole file."""

    def __init__(self, store: "Store", history: "UndoHistory") -> None:
        self._store = store
        self._history = history

    def omeract_oarsi(self) -> OmeractOarsi:
        """Return the OMERACT-OARSI figures in force."""
        with self._store.read() as reader:
            kept = reader.facts().get(_FACT)
        return OMERACT_OARSI if kept is None else replace(OMERACT_OARSI, **json.loads(kept))

    def change_omeract_oarsi(self, rule: OmeractOarsi) -> None:
        """Use other figures from now on; raises InvalidRuleError for one that is not above 0 and at most 100."""
        figures: dict[str, Number] = {name: value for name, value in asdict(rule).items() if name in FIGURES}
        for value in figures.values():
            check_figure(value)
        with self._history.doing(msg("change the figures of the OMERACT-OARSI rule")) as work:
            work.set_fact(_FACT, None if rule == OMERACT_OARSI else json.dumps(figures))
