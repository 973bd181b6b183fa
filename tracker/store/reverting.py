"""Undo: revert one transaction as a new, audited change, or refuse if its rows were changed elsewhere since."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment, StoredScore
from tracker.core.messages import msg
from tracker.store.errors import StaleRecordError
from tracker.store.mapping import KINDS, RECORDS, Kind, Record, Values, from_snapshot, to_record
from tracker.store.work import Work

Versions = Mapping[tuple[str, str], int]
"""(entity, id) -> the version this session last left a row at."""
Scoring = Callable[[Assessment], Sequence[StoredScore]]


def revert(work: Work, transaction_id: str, left: Versions, scoring: Scoring) -> None:
    """Undo all that the transaction did, last change first; raises StaleRecordError if somebody was here since."""
    removed: list[tuple[type[Record], str]] = []
    seen: set[tuple[str, str]] = set()  # one transaction may change a row twice
    for entity, key, action, before in _entries(work, transaction_id):
        if entity == "fact":
            work.set_fact(key, None if before is None else before["value"])
            continue
        record = RECORDS[entity]
        row = work.row(KINDS[record].table, key)
        if (entity, key) not in seen and row["version"] != left.get((entity, key), row["version"]):
            raise changed_since()
        seen.add((entity, key))
        if action in {"create", "restore"}:
            work.mark(KINDS[record], key, deleted=True)
            removed.append((record, key))
        elif action == "delete":
            if record is Assessment:
                _make_room(work, row)
            work.mark(KINDS[record], key, deleted=False)
        else:
            _put_back(work, KINDS[record], row, before or {}, scoring)
    for record, key in removed:
        _remove_drafts(work, record, key)


def _entries(work: Work, transaction_id: str) -> list[tuple[str, str, str, dict[str, Any] | None]]:
    found = work.driver.execute(
        "SELECT entity, entity_id, action, before FROM audit WHERE transaction_id = ? AND entity IS NOT NULL"
        " ORDER BY sequence DESC",
        (transaction_id,),
    )
    return [
        (entity, key, action, None if before is None else json.loads(before)) for entity, key, action, before in found
    ]


def _put_back(work: Work, kind: Kind, row: Values, before: Values, scoring: Scoring) -> None:
    values = from_snapshot(kind, before)
    if kind.entity != "assessment":
        work.write(kind, row, values, "change")
        return
    assessment = to_record(Assessment, row | values)
    complete = assessment.status is AssessmentStatus.COMPLETE
    scores = scoring(assessment) if complete else ()
    work.cache_scores(assessment.id, scores)
    # A change that is not finished would otherwise be shown over the answers that came back.
    work.write(kind, row, values | {"amendment": None}, "amend" if complete else "change", scores)


def _make_room(work: Work, row: Values) -> None:
    # Looking at the form again began an empty draft in the place of what was removed.
    holder = work.same_place(to_record(Assessment, row))
    if holder is None:
        return
    if holder.status is not AssessmentStatus.DRAFT or holder.responses or holder.missing:
        raise StaleRecordError(
            msg("this cannot be undone: the same scale was entered again in its place; remove that one first")
        )
    work.drop_draft(holder.id)


def _remove_drafts(work: Work, record: type[Record], key: str) -> None:
    # A draft begun on what is now gone goes with it; anything recorded on it elsewhere must not be lost.
    for hanging_record, hanging_key in work.hanging(record, key):
        row = work.row(KINDS[hanging_record].table, hanging_key)
        if row.get("status") != AssessmentStatus.DRAFT.value:
            raise changed_since()
        work.mark(KINDS[hanging_record], hanging_key, deleted=True)


def changed_since() -> StaleRecordError:
    """Return the error for an undo that would overwrite somebody else's change."""
    return StaleRecordError(
        msg("this cannot be undone: it was changed elsewhere since; look at the new state and change it by hand")
    )
