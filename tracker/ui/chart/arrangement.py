"""Which panels are shown and in which order: the user's own, kept for each condition on this computer."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tracker.ui import settings

_GROUP = "panels"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The names of panels in the user's order, and those taken away; panels not named keep the condition's order."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()

    def arranged(self, panels: Sequence[T], name: Callable[[T], str]) -> list[T]:
        """Return *panels* in the user's order, the hidden ones among them."""
        own = [name(panel) for panel in panels]
        names = list(self._order_of(own))
        return sorted(panels, key=lambda panel: names.index(name(panel)))

    def moved(self, names: Sequence[str], name: str, step: int) -> "Arrangement":
        """Return the arrangement with *name* moved by *step* among *names*, the panels shown, in their order."""
        place = names.index(name) + step
        if not 0 <= place < len(names):
            return self
        neighbour = names[place]
        order = [one for one in self._order_of(names) if one != name]
        order.insert(order.index(neighbour) + (1 if step > 0 else 0), name)
        return replace(self, order=tuple(order))

    def without(self, name: str) -> "Arrangement":
        """Return the arrangement with a panel taken away."""
        return replace(self, hidden=self.hidden | {name})

    def with_again(self, name: str) -> "Arrangement":
        """Return the arrangement with a panel brought back."""
        return replace(self, hidden=self.hidden - {name})

    def _order_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return all names: the user's order, each unknown one after the one before it in *names*."""
        order = list(self.order)
        for place, name in enumerate(names):
            if name not in order:
                before = order.index(names[place - 1]) + 1 if place else 0
                order.insert(before, name)
        return tuple(order)


def load(condition: str) -> Arrangement:
    """Return what is kept for a condition; what cannot be read is as if nothing were kept."""
    try:
        kept = json.loads(settings.remembered(_GROUP, condition) or "{}")
        return Arrangement(tuple(map(str, kept.get("order", ()))), frozenset(map(str, kept.get("hidden", ()))))
    except (ValueError, AttributeError, TypeError):
        return Arrangement()


def save(condition: str, arrangement: Arrangement) -> None:
    """Keep an arrangement; the plain one is forgotten."""
    plain = arrangement == Arrangement()
    kept = {"order": arrangement.order, "hidden": sorted(arrangement.hidden)}
    settings.remember(_GROUP, condition, "" if plain else json.dumps(kept))
