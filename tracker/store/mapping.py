"""Between records and rows: one table of what each field becomes, and the form a row takes in the audit.

Encoding goes by the value's type, decoding by the field's name, so that a new field needs at most one line here.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, TypeVar, cast

from sqlalchemy import Table

from tracker.clinic.codes import (
    AssessmentStatus,
    Context,
    EntryMode,
    MissingReason,
    Relatedness,
    Role,
    Sex,
    Side,
    VisitTiming,
)
from tracker.clinic.records import (
    AdverseEvent,
    Assessment,
    Episode,
    InvalidRecordError,
    Patient,
    StoredScore,
    Treatment,
    User,
    Visit,
)
from tracker.core.dates import PartialDate
from tracker.core.messages import Message, Text
from tracker.store.columns import IsoDate, UtcStamp
from tracker.store.models import (
    AdverseEventRow,
    AssessmentRow,
    Base,
    EpisodeRow,
    PatientRow,
    TreatmentRow,
    UserRow,
    VisitRow,
)
from tracker.store.unreadable import NOT_READABLE, unreadable

Record = Patient | Episode | Treatment | Visit | Assessment | AdverseEvent | User
R = TypeVar("R", Patient, Episode, Treatment, Visit, Assessment, AdverseEvent, User)
Values = dict[str, Any]
Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its name in the audit, its table, its owner's column and the order it is listed in."""

    entity: str
    table: Table
    owner: str | None
    order: tuple[str, ...]


def _kind(row: type[Base], owner: str | None, *order: str) -> Kind:
    table = cast("Table", row.__table__)
    return Kind(table.name, table, owner, order)


KINDS: Mapping[type[Record], Kind] = {
    Patient: _kind(PatientRow, None, "patient_number", "id"),
    Episode: _kind(EpisodeRow, "patient_id", "created_at", "id"),
    Treatment: _kind(TreatmentRow, "episode_id", "date", "created_at", "id"),
    Visit: _kind(VisitRow, "patient_id", "date", "created_at", "id"),
    Assessment: _kind(AssessmentRow, "visit_id", "created_at", "id"),
    AdverseEvent: _kind(AdverseEventRow, "patient_id", "date", "created_at", "id"),
    User: _kind(UserRow, None, "name", "id"),
}
RECORDS: Mapping[str, type[Record]] = {kind.entity: record for record, kind in KINDS.items()}


def _codes(kind: type[Enum]) -> Callable[[Any], object]:
    """Return what reads a code: looked up, for calling the kind takes four times as long and a course has hundreds."""
    return {member.value: member for member in kind}.__getitem__


_DECODERS: Mapping[str, Callable[[Any], object]] = {
    "sex": _codes(Sex),
    "side": _codes(Side),
    "timing": _codes(VisitTiming),
    "context": _codes(Context),
    "status": _codes(AssessmentStatus),
    "mode": _codes(EntryMode),
    "relatedness": _codes(Relatedness),
    "birth_date": PartialDate.parse,
    "onset_date": PartialDate.parse,
    "is_index": bool,
    "role": _codes(Role),
    "disabled": bool,
    "attributes": lambda given: {str(code): _text(value) for code, value in given.items()},
    "read_against": lambda names: tuple(map(_text, names)),
    "responses": lambda answers: {item: _answer(value) for item, value in answers.items()},
    "missing": lambda codes: {item: MissingReason(code) for item, code in codes.items()},
}
_DOCUMENTS = {"attributes", "read_against", "responses", "missing"}
"""Never null: an empty one is an empty object or list."""
_WHOLE = {"version", "grade", "imputed_items"}
_NOT_AUDITED = {"search", "amendment", "changed_at", "failed_attempts", "locked_until"}
"""Derived, the moment of the entry itself, or counters; ``amendment`` holds keystrokes, saved but not audited."""
SECRETS = {"password_hash": "password_digest"}
"""Never in the audit; a digest stands for it, so that a hash put in by hand is found and cannot be read back."""
REASON = "change_reason"
BESIDE = frozenset({"scores", REASON})
"""What the audit keeps of an assessment beside its columns: its scores, and why it was changed."""


FIELDS: Mapping[type[Record], tuple[str, ...]] = {
    record: tuple(field.name for field in fields(record)) for record in KINDS
}
"""The names of each record's fields, which are its columns' names too."""
_DECODED = {record: [(name, _DECODERS.get(name)) for name in names] for record, names in FIELDS.items()}


def encode(value: object) -> object:
    """Return the form a field's value takes in its column; blank text becomes null."""
    plain = value
    if isinstance(value, Enum):
        plain = value.value
    elif isinstance(value, str):
        plain = value.strip() or None
    elif isinstance(value, bool):
        plain = int(value)
    elif isinstance(value, PartialDate):
        plain = str(value)
    elif isinstance(value, tuple):
        plain = list(value)
    elif isinstance(value, Mapping):
        plain = {key: inner.value if isinstance(inner, Enum) else inner for key, inner in value.items()}
    return plain


def to_values(record: Record) -> Values:
    """Return the columns of *record* but its version, which the unit of work counts."""
    return {name: encode(getattr(record, name)) for name in FIELDS[type(record)] if name != "version"}


def to_record(record: type[R], row: Mapping[Any, Any]) -> R:
    """Return the record a row holds; raises UnreadableRecordError for one that this program never wrote."""
    values: dict[str, Any] = {}
    try:
        for name, decode in _DECODED[record]:
            value = row[name]
            if value is not None or name in _DOCUMENTS:
                value = _as_kept(name, value) if decode is None else decode(value)
            values[name] = value
        return record(**values)
    except (*NOT_READABLE, InvalidRecordError) as error:
        raise unreadable(KINDS[record].entity, values.get("id")) from error


def check_row(entity: str, row: Mapping[Any, Any]) -> None:
    """Raise UnreadableRecordError if a row of *entity* holds what this program never wrote."""
    to_record(cast("type[Patient]", RECORDS[entity]), row)


def _as_kept(name: str, value: object) -> object:
    if isinstance(value, bytes) or (name in _WHOLE and not isinstance(value, int)):
        raise TypeError(name)
    return value


def _answer(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str | None):
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def snapshot(row: Mapping[str, Any]) -> Snapshot:
    """Return a row as the audit keeps it: content, version and deletion as plain JSON values."""
    kept = {name: _plain(value) for name, value in row.items() if name not in _NOT_AUDITED}
    for secret, digest in SECRETS.items():
        if secret in kept:
            kept[digest] = digest_of(kept.pop(secret))
    return kept


def digest_of(secret: object) -> str:
    """Return what the audit keeps in place of a secret."""
    return hashlib.sha256(str(secret).encode()).hexdigest()


def from_snapshot(kind: Kind, kept: Snapshot) -> Values:
    """Return the columns that an audited snapshot gives back, but version and deletion."""
    values: Values = {}
    for column in kind.table.columns:
        if column.name in kept and column.name not in {"id", "version", "deleted_at"}:
            value = kept[column.name]
            if value is not None and isinstance(column.type, IsoDate):
                value = datetime.date.fromisoformat(value)
            elif value is not None and isinstance(column.type, UtcStamp):
                value = datetime.datetime.fromisoformat(value)
            values[column.name] = value
    return values


def stamp_text(moment: datetime.datetime) -> str:
    """Write a UTC moment as the columns do."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return stamp_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def score_values(assessment_id: str, score: StoredScore) -> Values:
    """Return the columns of a cached score."""
    return {
        "assessment_id": assessment_id,
        "code": score.code,
        "series": score.series,
        "value": None if score.value is None else float(score.value),
        "reason": None if score.reason is None else message_to_json(score.reason),
        "imputed_items": score.imputed_items,
    }


def score_of(code: Any, series: Any, value: Any, reason: Any, imputed_items: Any) -> StoredScore:
    """Return the cached score that columns hold, the reason still as JSON text.

    Raises UnreadableRecordError for one that this program never wrote.
    """
    try:
        if not (isinstance(code, str) and isinstance(series, str) and isinstance(imputed_items, int)):
            raise TypeError(code)
        return StoredScore(
            code=code,
            series=series,
            value=int(value) if value is not None and value.is_integer() else value,
            reason=None if reason is None else message_from_json(json.loads(reason)),
            imputed_items=imputed_items,
        )
    except NOT_READABLE as error:
        raise unreadable("score", code) from error


def message_to_json(message: Message) -> Snapshot:
    """Write a message so that it can be said later in either language."""
    return {"text": message.text, "values": {name: _value_to_json(value) for name, value in message.values.items()}}


def message_from_json(kept: Mapping[str, Any]) -> Message:
    """Read a message."""
    return Message(kept["text"], {name: _value_from_json(value) for name, value in kept["values"].items()})


def _value_to_json(value: object) -> object:
    if isinstance(value, Text):
        return {"en": value.en, "zh_CN": value.zh_CN}
    if isinstance(value, Message):
        return message_to_json(value)
    return value if isinstance(value, (str, int, float)) else str(value)


def _value_from_json(value: object) -> object:
    if isinstance(value, dict):
        return Text(**value) if "en" in value else message_from_json(value)
    return value
