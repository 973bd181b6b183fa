"""What stands in a form, and two versions of it put together: items that only one desk changed are nobody's quarrel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tracker.clinic.codes import MissingReason
from tracker.scales.model import Answer

Entry = Answer | MissingReason | None
"""What an item holds: an answer, the reason there is none, or nothing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a form, and the reasons of the items that have none."""

    responses: Mapping[str, Answer] = field(default_factory=dict)
    missing: Mapping[str, MissingReason] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers) and self.entries() == other.entries()

    __hash__ = None  # type: ignore[assignment]

    def entries(self) -> dict[str, Entry]:
        """Return what each item holds that holds something."""
        found: dict[str, Entry] = {item: MissingReason(code) for item, code in self.missing.items()}
        found.update((item, value) for item, value in self.responses.items() if value != "")
        return found

    def changed_to(self, other: "Answers") -> frozenset[str]:
        """Return the items that hold something else in *other*."""
        mine, theirs = self.entries(), other.entries()
        return frozenset(item for item in {*mine, *theirs} if mine.get(item) != theirs.get(item))

    def with_items(self, other: "Answers", items: frozenset[str]) -> "Answers":
        """Return these answers, but *items* as they are in *other*."""
        mine, theirs = self.entries(), other.entries()
        kept = {item: entry for item, entry in mine.items() if item not in items}
        return of_entries(kept | {item: theirs[item] for item in items if item in theirs})


def of_entries(entries: Mapping[str, Entry]) -> Answers:
    """Return the answers that *entries* are."""
    missing = {item: entry for item, entry in entries.items() if isinstance(entry, MissingReason)}
    return Answers({item: entry for item, entry in entries.items() if item not in missing}, missing)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two versions of a form that began as one."""

    answers: Answers
    """What one of them changed, and theirs where both did."""
    taken: frozenset[str]
    """Items that came from them."""
    contested: frozenset[str]
    """Items that both changed, each to something else."""


def merge(base: Answers, mine: Answers, theirs: Answers, cell_of: Callable[[str], str] = str) -> Merge:
    """Put *mine* and *theirs* together, which both began as *base*; items of one cell stay together."""
    by_me, by_them = ({cell_of(item) for item in base.changed_to(changed)} for changed in (mine, theirs))
    contested = by_me & by_them & {cell_of(item) for item in mine.changed_to(theirs)}
    items = {*base.entries(), *mine.entries(), *theirs.entries()}

    def of(cells: set[str]) -> frozenset[str]:
        return frozenset(item for item in items if cell_of(item) in cells)

    return Merge(mine.with_items(theirs, of(by_them)), of(by_them - by_me), of(contested))
