"""The audit chain read back: each entry against its hash, its place and the one before; its end against what was kept.

Findings go on behind the first one, so that each entry touched is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.core.messages import Message, msg
from tracker.core.places import Place
from tracker.store.anchor import Anchor
from tracker.store.audit import COLUMNS, FIRST_HASH, HEAD_FACT, Head, computed_hash, head_text, read_head_text
from tracker.store.checking.finding import Finding, Tick, no_tick
from tracker.store.connect import Connection, reading, stream

_COLUMNS = ", ".join(f'"{name}"' for name in COLUMNS)
_AT = COLUMNS.index("at")


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry at which the chain does not hold."""

    sequence: int
    message: Message


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How many entries were checked, and where the chain breaks, if it does."""

    entries: int
    broken: Break | None


def verify_chain(path: Place) -> ChainCheck:
    """Recompute the whole chain of the file or server and say where it breaks first; reads with constant memory."""
    with reading(path) as connection:
        walk = ChainWalk(connection)
        first = next(walk.findings(), None)
    if first is None:
        return ChainCheck(walk.entries, None)
    sequence = first.sequence or 0
    return ChainCheck(sequence - 1, Break(sequence, first.message))


class ChainWalk:
    """One walk over the chain; what it met is there once its findings were read."""

    def __init__(self, connection: Connection, anchors: Sequence[Anchor] = (), tick: Tick = no_tick) -> None:
        self._connection = connection
        self._tick = tick
        self._anchors = {anchor.head.sequence: anchor for anchor in anchors}
        self._contradicted: set[str] = set()
        self.entries = 0
        self.head = Head(0, FIRST_HASH)
        self.set_back: list[int] = []
        """Entries with an earlier stamp than the one before, the first few: a clock was set back."""
        self.set_backs = 0

    def findings(self) -> Iterator[Finding]:
        """Yield what does not hold, in the order of the entries."""
        last_at = ""
        accepted: tuple[object, ...] = (FIRST_HASH,)
        for row in stream(self._connection, f"SELECT {_COLUMNS} FROM audit ORDER BY sequence"):  # noqa: S608 - fixed
            *stored, previous, kept = row
            yield from self._place(stored[0])
            computed = computed_hash(previous, stored)
            if computed != kept:
                yield _finding(stored[0], msg("audit entry {sequence} is not as it was written", sequence=stored[0]))
            elif previous not in accepted:
                yield _finding(
                    stored[0], msg("audit entry {sequence} does not follow the one before it", sequence=stored[0])
                )
            yield from self._anchored(stored[0], kept)
            last_at = self._clock(stored, last_at)
            # Behind an entry that was changed the next one is still whole: it follows what the entry was.
            accepted = (kept, computed)
            self.entries += 1
            self.head = Head(stored[0], str(kept))
            self._tick(1)
        yield from self._end()

    def _place(self, sequence: int) -> Iterator[Finding]:
        missing = range(self.head.sequence + 1, sequence)
        if not missing:
            return
        if len(missing) == 1:
            message = msg("audit entry {sequence} is missing", sequence=missing[0])
        else:
            message = msg("audit entries {first} to {last} are missing", first=missing[0], last=missing[-1])
        yield _finding(missing[0], message)

    def _anchored(self, sequence: int, kept: object) -> Iterator[Finding]:
        anchor = self._anchors.pop(sequence, None)
        if anchor is None or anchor.head.hash == kept or anchor.where in self._contradicted:
            return
        self._contradicted.add(anchor.where)
        yield _finding(
            sequence,
            msg(
                "audit entry {sequence} is not the one that {where} wrote down: the audit up to there was rewritten, "
                "or another file was put in its place",
                sequence=sequence,
                where=anchor.where,
            ),
        )

    def _clock(self, stored: list[Any], last_at: str) -> str:
        at = str(stored[_AT])
        if at < last_at:
            self.set_backs += 1
            if len(self.set_back) < 5:
                self.set_back.append(stored[0])
        return at

    def _end(self) -> Iterator[Finding]:
        found = self._connection.execute("SELECT value FROM fact WHERE name = ?", (HEAD_FACT,)).fetchone()
        kept = None if found is None else str(found[0])
        if (kept or head_text(Head(0, FIRST_HASH))) != head_text(self.head):
            yield self._ends_elsewhere(kept)
        beyond = [anchor for sequence, anchor in self._anchors.items() if sequence > self.head.sequence]
        for anchor in {anchor.where: anchor for anchor in sorted(beyond, key=_sequence)}.values():
            yield _finding(
                self.head.sequence + 1,
                msg(
                    "audit entries after {sequence} are missing: {where} wrote down entry {seen}",
                    sequence=self.head.sequence,
                    where=anchor.where,
                    seen=anchor.head.sequence,
                ),
            )

    def _ends_elsewhere(self, kept: str | None) -> Finding:
        last = self.head.sequence
        remembered = read_head_text(kept)
        if remembered.sequence > last:
            return _finding(last + 1, msg("audit entries after {sequence} are missing", sequence=last))
        message = msg(
            "the audit ends at entry {sequence}, but the file's fact “{fact}” says otherwise: entries were added, or "
            "the fact was changed, past the program",
            sequence=last,
            fact=HEAD_FACT,
        )
        return Finding(table="fact", key=HEAD_FACT, column="value", sequence=last, message=message)


def _sequence(anchor: Anchor) -> int:
    return anchor.head.sequence


def _finding(sequence: int, message: Message) -> Finding:
    return Finding(table="audit", key=str(sequence), sequence=sequence, message=message)
