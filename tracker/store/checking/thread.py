"""The audit entries of one row, one after the other, and what they say the row must be now."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.core.messages import msg
from tracker.store.canonical import canonical_json
from tracker.store.checking.finding import Finding
from tracker.store.mapping import BESIDE, SECRETS, digest_of

DRAFT = "draft"
_KEYSTROKES = frozenset({"responses", "missing"})
"""What a draft saves without an audit entry."""
_OF_DIGEST = {digest: name for name, digest in SECRETS.items()}


class Thread:
    """One row as the audit tells it."""

    def __init__(self, entity: str, key: str) -> None:
        self.entity, self.key = entity, key
        self.last: dict[str, Any] | None = None
        """The row as the last entry left it, None: not there."""
        self.sequence = 0
        self._at: object = None
        self._begun: object = None
        self._entries = 0

    def follow(
        self, sequence: int, at: object, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> Iterator[Finding]:
        """Take the next entry; yields what was changed between the last one and this one."""
        if self._entries:
            yield from self._between(sequence, before)
        elif before is None:
            self._begun = at
        elif not (self.entity == "fact" or _is_draft(before)):
            yield Finding(
                table=self.entity,
                key=self.key,
                sequence=sequence,
                message=msg(
                    "{table} {key}: audit entry {sequence} changes it, but no entry before says who put it there",
                    table=self.entity,
                    key=self.key,
                    sequence=sequence,
                ),
            )
        self.last, self.sequence, self._at = after, sequence, at
        self._entries += 1

    def compare(self, live: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield the columns of the row that are not as the last entry left them."""
        if self.last is None:
            return  # an entry that cannot be read: the chain says so
        free = self._free(live)
        live = {**live, **{digest: digest_of(live[name]) for name, digest in SECRETS.items() if name in live}}
        expected = {name: _stored(value) for name, value in self.last.items() if name not in BESIDE} | self._stamps()
        for column, value in expected.items():
            if column in live and column not in free and not _same(live[column], value):
                yield column_finding(self.entity, self.key, _OF_DIGEST.get(column, column), self.sequence)
        if self.last.get("status") == DRAFT and live.get("amendment") is not None:
            yield column_finding(self.entity, self.key, "amendment", self.sequence)

    def _between(self, sequence: int, before: dict[str, Any] | None) -> Iterator[Finding]:
        free = _KEYSTROKES | {"deleted_at"} if _is_draft(self.last) else frozenset()
        was, now = self.last or {}, before or {}
        if self.entity == "fact" and (self.last is None) != (before is None):
            yield self._changed("value", sequence)
        for column in was.keys() & now.keys() - BESIDE - free:
            if canonical_json(was[column]) != canonical_json(now[column]):
                yield self._changed(column, sequence)

    def _changed(self, column: str, sequence: int) -> Finding:
        return Finding(
            table=self.entity,
            key=self.key,
            column=column,
            sequence=sequence,
            message=msg(
                "{table} {key}: column “{column}” was changed past the audit between its entries {last} and {sequence}",
                table=self.entity,
                key=self.key,
                column=column,
                last=self.sequence,
                sequence=sequence,
            ),
        )

    def _stamps(self) -> dict[str, object]:
        last = self.last or {}
        stamps: dict[str, object] = {}
        if self._begun is not None and "created_at" not in last:
            stamps["created_at"] = self._begun
        if self.entity != "assessment" or last.get("deleted_at") is not None:
            stamps["changed_at"] = self._at  # of an assessment: the moment of its last keystroke
        return stamps

    def _free(self, live: Mapping[str, Any]) -> frozenset[str]:
        last = self.last or {}
        if not _is_draft(last) or last.get("deleted_at") is not None:
            return frozenset()
        emptied = live.get("responses") == "{}" and live.get("missing") == "{}"
        return _KEYSTROKES | {"deleted_at"} if emptied else _KEYSTROKES


def known_by_audit(live: Mapping[str, Any]) -> bool:
    """Whether an assessment must have an audit entry: all but a draft never completed, removed or restored."""
    return not (live["status"] == DRAFT and live["version"] == 1 and live["amendment"] is None)


def column_finding(table: str, key: str, column: str, sequence: int) -> Finding:
    """Return the finding of a column that is not as its last audit entry left it."""
    return Finding(
        table=table,
        key=key,
        column=column,
        sequence=sequence,
        message=msg(
            "{table} {key}: column “{column}” is not as audit entry {sequence} left it",
            table=table,
            key=key,
            column=column,
            sequence=sequence,
        ),
    )


def _is_draft(kept: Mapping[str, Any] | None) -> bool:
    return kept is not None and kept.get("status") == DRAFT


def _stored(value: object) -> object:
    return canonical_json(value) if isinstance(value, (dict, list)) else value


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other
