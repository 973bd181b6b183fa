"""The rows against a replay of the audit: each row is what its last entry left, each entry starts where one ended.

What is saved without an audit entry is left out exactly: the answers of a draft, the keystrokes beside a complete
assessment (``amendment``), the moment of the last keystroke; ``search`` is computed again instead.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker.clinic.records import Patient
from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.store.audit import CREATE_FILE, HEAD_FACT
from tracker.store.checking.finding import Finding, Tick, no_tick
from tracker.store.checking.thread import Thread, column_finding, known_by_audit
from tracker.store.connect import Connection, stream
from tracker.store.mapping import KINDS
from tracker.store.searching import search_text
from tracker.store.server import ServerConnection

TABLES = tuple(kind.entity for kind in KINDS.values())
FACTS_OF_THE_START = frozenset({"kind", "software", "about", "seed", "patients", "today"})
"""What a file is made with; files made before the start was audited have no entry for them."""

# The index gives the entries of a row one after the other without sorting the whole audit in memory.
_ENTRIES = """SELECT entity_id, entity, sequence, "at", "before", "after" FROM audit INDEXED BY ix_audit_entity_id
 WHERE entity_id IS NOT NULL ORDER BY entity_id, sequence"""
_UNEXPLAINED = """SELECT t.* FROM {table} t WHERE NOT EXISTS
 (SELECT 1 FROM audit a WHERE a.entity_id = t.id AND a.entity = '{table}') ORDER BY t.id"""
_IN_FILE = "SELECT name FROM sqlite_master WHERE type = 'table'"
_ON_SERVER = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_START = 'SELECT "after" FROM audit WHERE entity IS NULL AND action = ? ORDER BY sequence'
_CONDITIONS = "SELECT condition FROM episode WHERE patient_id = ? AND deleted_at IS NULL"


class Replay:
    """One comparison of all rows with the audit."""

    def __init__(self, connection: Connection, tick: Tick = no_tick) -> None:
        self._connection = connection
        self._tick = tick
        there = connection.execute(_ON_SERVER if isinstance(connection, ServerConnection) else _IN_FILE)
        self._tables = frozenset(TABLES) & {name for (name,) in there}
        """The tables that a file of this schema has."""
        self.rows = 0
        """How many rows were compared."""
        self.unknown: set[str] = set()
        """Kinds of rows in the audit that this program does not know, not compared."""

    def findings(self) -> Iterator[Finding]:
        """Yield what does not agree: by row, then what no entry explains."""
        facts = self._facts_of_the_start()
        for key, entries in groupby(stream(self._connection, _ENTRIES), key=itemgetter(0)):
            threads: dict[str, Thread] = {}
            for _, entity, sequence, at, before, after in entries:
                thread = threads.setdefault(entity, Thread(entity, str(key)))
                yield from thread.follow(sequence, at, _document(before), _document(after))
                self._tick(1)
            for thread in threads.values():
                yield from self._compare(thread, facts)
        yield from self._facts(facts)
        for table in sorted(self._tables):
            yield from self._without_entry(table)

    def _compare(self, thread: Thread, facts: dict[str, Any]) -> Iterator[Finding]:
        if thread.entity == "fact":
            facts[thread.key] = (thread.sequence, None if thread.last is None else thread.last.get("value"))
            return
        if thread.entity not in self._tables:
            self.unknown.add(thread.entity)
            return
        live = next(self._live(f"SELECT * FROM {thread.entity} WHERE id = ?", thread.key), None)  # noqa: S608 - closed
        self.rows += 1
        if live is None:
            yield Finding(
                table=thread.entity,
                key=thread.key,
                sequence=thread.sequence,
                message=msg(
                    "{table} {key} is missing: audit entry {sequence} left it there",
                    table=thread.entity,
                    key=thread.key,
                    sequence=thread.sequence,
                ),
            )
            return
        yield from thread.compare(live)
        if thread.entity == "patient":
            yield from self._search(thread, live)

    def _search(self, thread: Thread, live: Mapping[str, Any]) -> Iterator[Finding]:
        conditions = [condition for (condition,) in self._connection.execute(_CONDITIONS, (thread.key,))]
        try:
            named = Patient(
                id=thread.key,
                patient_number=live["patient_number"],
                name=live["name"],
                latin_name=live["latin_name"],
            )
            expected = search_text(named, conditions)
        except (TrackerError, AttributeError, TypeError):  # a number or a name that is none: found above
            return
        if expected != live["search"]:
            yield Finding(
                table="patient",
                key=thread.key,
                column="search",
                sequence=thread.sequence,
                message=msg(
                    "patient {key}: column “search” is not what name, number and conditions give, so that the patient "
                    "is not found by them; the last audit entry is {sequence}",
                    key=thread.key,
                    sequence=thread.sequence,
                ),
            )

    def _facts_of_the_start(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (after,) in self._connection.execute(_START, (CREATE_FILE,)):
            for name, value in ((_document(after) or {}).get("facts") or {}).items():
                found.setdefault(name, (1, value))
        return found

    def _facts(self, audited: dict[str, Any]) -> Iterator[Finding]:
        kept = dict(self._connection.execute("SELECT name, value FROM fact"))
        kept.pop(HEAD_FACT, None)
        began = any(name in audited for name in FACTS_OF_THE_START)
        for name, (sequence, value) in sorted(audited.items()):
            self.rows += 1
            if kept.pop(name, None) != value:
                yield column_finding("fact", name, "value", sequence)
        for name in sorted(kept, key=str):
            if began or name not in FACTS_OF_THE_START:
                yield _unexplained("fact", str(name))

    def _without_entry(self, table: str) -> Iterator[Finding]:
        for live in self._live(_UNEXPLAINED.format(table=table)):
            self.rows += 1
            if not (table == "assessment" and not known_by_audit(live)):
                yield _unexplained(table, str(live["id"]))

    def _live(self, sql: str, *values: object) -> Iterator[dict[str, Any]]:
        cursor = self._connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _document(text: object) -> dict[str, Any] | None:
    """Return a snapshot; what cannot be read is found by the chain and counts as nothing here."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _unexplained(table: str, key: str) -> Finding:
    message = msg("{table} {key} is there, but no audit entry says who put it there", table=table, key=key)
    return Finding(table=table, key=key, message=message)
