"""The audit's hash chain: each entry's hash covers the entry and the hash before it.

The hash of the last entry is also kept as a fact about the file, so that entries cut off at the end are missed too;
outside the file ``anchor`` writes it down. ``checking`` reads the chain back.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.store.canonical import canonical_json

FIRST_HASH = "0" * 64
HEAD_FACT = "audit_head"
CREATE_FILE = "create_file"
"""The action a file's audit begins with."""
COLUMNS = (
    "sequence",
    "transaction_id",
    "at",
    "actor",
    "action",
    "entity",
    "entity_id",
    "patient_id",
    "before",
    "after",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change, not yet in the chain; ``before`` and ``after`` are snapshots."""

    transaction_id: str
    at: str
    actor: str
    action: str
    entity: str | None
    entity_id: str | None
    patient_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: the last entry's number and hash."""

    sequence: int
    hash: str


def chain(head: Head, entries: Iterable[Entry]) -> tuple[list[tuple[Any, ...]], Head]:
    """Return *entries* as rows of the audit table continuing from *head*, and the new head."""
    rows: list[tuple[Any, ...]] = []
    sequence, previous = head.sequence, head.hash
    for entry in entries:
        sequence += 1
        stored = (
            sequence,
            entry.transaction_id,
            entry.at,
            entry.actor,
            entry.action,
            entry.entity,
            entry.entity_id,
            entry.patient_id,
            None if entry.before is None else canonical_json(entry.before),
            None if entry.after is None else canonical_json(entry.after),
        )
        current = entry_hash(previous, stored)
        rows.append((*stored, previous, current))
        previous = current
    return rows, Head(sequence, previous)


def entry_hash(previous: str, stored: Sequence[Any]) -> str:
    """Return SHA-256 over the previous hash and the canonical JSON of the entry's columns as stored."""
    row = canonical_json(dict(zip(COLUMNS, stored, strict=False)))
    return hashlib.sha256((previous + row).encode()).hexdigest()


def computed_hash(previous: object, stored: Sequence[Any]) -> str | None:
    """Return the hash of an entry that is not to be trusted; None for values that no entry ever had."""
    try:
        return entry_hash(str(previous), stored)
    except (TypeError, ValueError, RecursionError):  # bytes, a number that is none, letters that are none
        return None


def head_text(head: Head) -> str:
    """Write a head as the fact keeps it."""
    return f"{head.sequence} {head.hash}"


def read_head_text(kept: object) -> Head:
    """Read a head as the fact keeps it; what cannot be read counts as no entries."""
    sequence, _, last = (kept if isinstance(kept, str) else "").partition(" ")
    return Head(int(sequence), last) if sequence.isdecimal() and len(sequence) < 19 else Head(0, FIRST_HASH)
