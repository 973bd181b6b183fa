"""Who changed what of a patient, when, from what to what; the audit of the whole file; and a patient as they were.

Gives facts: entries with the columns, answers and scores that changed. The words are the window's.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment
from tracker.services.flowsheets import Flowsheet, Flowsheets
from tracker.services.scored import scores_of
from tracker.store.audit_log import LoggedEntry, entries, newest, patient_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.store.past import PastStore
    from tracker.store.store import Store

__all__ = ["Change", "Histories", "LoggedEntry", "PastPatient", "Told"]

ANSWERS, MISSING, SCORES, REASON = "responses", "missing", "scores", "change_reason"
_SILENT = frozenset({"id", "version", "created_at", "completed_at", "visit_id", "episode_id", "patient_id", REASON})
"""Columns whose change says nothing to a reader."""
_UNKNOWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_NESTED = frozenset({ANSWERS, MISSING, SCORES})


@dataclass(frozen=True, slots=True)
class Change:
    """One column, or one item or score (``part``) of it, with its value before and after (None: not there)."""

    column: str
    part: str | None
    was: Any
    now: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry, told."""

    sequence: int
    transaction_id: str
    at: datetime.datetime
    actor: str
    action: str
    entity: str | None
    entity_id: str | None
    about: Mapping[str, Any]
    """The row as the entry left it (a removed one: as it was); of an act: its details."""
    visit_id: str | None = None
    visit_date: str | None = None
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    intact: bool = True
    """False: the entry was changed past the program, and what it says is not told."""
    patient: str | None = None
    """The number of the patient it is about, where the whole file is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPatient:
    """A patient at an earlier moment; forms that were not complete then are not known."""

    patient: Patient
    sheets: tuple[Flowsheet, ...]
    """One an episode."""
    treatments: tuple[Treatment, ...]
    events: tuple[AdverseEvent, ...]


@dataclass(slots=True)
class _Rows:
    """The rows as the entries read so far leave them."""

    last: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def tell(self, entry: LoggedEntry) -> Told:
        """Take the next entry and tell it; one that is not as it was written tells nothing but that."""
        if not entry.intact:
            return _told_broken(entry)
        key = (entry.entity or "", entry.entity_id or "")
        before, after = _document(entry.before), _document(entry.after)
        known = self.last.get(key, {})
        was = dict(before)
        if SCORES in known:
            was[SCORES] = known[SCORES]
        now = dict(after)
        if _answered(before) and SCORES not in known:
            now.pop(SCORES, None)  # nobody told what they were before: they are no change
        elif SCORES in was and SCORES not in now and _answered(now):
            now[SCORES] = was[SCORES]
        if entry.entity:
            self.last[key] = now
        about = after or before
        visit_id = about.get("visit_id") if entry.entity == "assessment" else None
        if entry.entity == "visit":
            visit_id = entry.entity_id
        visit = self.last.get(("visit", visit_id), {}) if visit_id else {}
        return Told(
            sequence=entry.sequence,
            transaction_id=entry.transaction_id,
            at=datetime.datetime.fromisoformat(entry.at),
            actor=entry.actor,
            action=entry.action,
            entity=entry.entity,
            entity_id=entry.entity_id,
            about=about,
            visit_id=visit_id,
            visit_date=visit.get("date"),
            changes=tuple(_told_changes(entry, was, now)),
            reason=after.get(REASON),
        )


class Histories:
    """Reads the audit for people; changes nothing."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of_patient(self, patient_id: str) -> tuple[Told, ...]:
        """Return every entry about a patient, newest first."""
        rows = _Rows()
        with self._store.read() as reader:
            told = [rows.tell(entry) for entry in entries(reader.driver, patient_id)]
        return tuple(reversed(told))

    def of_assessment(self, patient_id: str, assessment_id: str) -> tuple[Told, ...]:
        """Return every entry about one assessment, newest first."""
        return tuple(one for one in self.of_patient(patient_id) if one.entity_id == assessment_id)

    def of_file(self, words: str = "", *, before: int | None = None, limit: int = 200) -> tuple[Told, ...]:
        """Return the newest entries of the file whose who, action or day holds every word of *words*.

        Of each only what it says itself, and whose it is: a visit's date, for example, is not looked up.
        """
        with self._store.read() as reader:
            found = newest(reader.driver, words, before=before, limit=limit)
            wanted = {entry.patient_id for entry in found if entry.patient_id and entry.intact}
            numbers = patient_numbers(reader.driver, wanted)
        return tuple(replace(_Rows().tell(entry), patient=numbers.get(str(entry.patient_id))) for entry in found)

    def as_it_was(self, patient_id: str, until: datetime.datetime) -> "PastPatient | None":
        """Return the patient as the audit says they were at *until*; None if they were not there (or removed) then."""
        from tracker.store.past import past_of  # noqa: PLC0415 - SQLAlchemy comes late

        with self._store.read() as reader:
            past = past_of(reader, patient_id, until, scores_of)
        try:
            return _past_patient(past, patient_id, until.astimezone().date())
        finally:
            past.close()


def _past_patient(past: "PastStore", patient_id: str, day: datetime.date) -> "PastPatient | None":
    with past.read() as reader:
        patient = reader.find(Patient, patient_id)
        if patient is None:
            return None
        episodes = reader.of(Episode, patient_id)
        events = reader.of(AdverseEvent, patient_id)
        treatments = tuple(treatment for episode in episodes for treatment in reader.of(Treatment, episode.id))
    sheets = tuple(Flowsheets(past).of(episode.id, today=day) for episode in episodes)
    return PastPatient(patient=patient, sheets=sheets, treatments=treatments, events=events)


def _told_broken(entry: LoggedEntry) -> Told:
    return Told(
        sequence=entry.sequence,
        transaction_id="",
        at=_UNKNOWN,
        actor="?",
        action="",
        entity=None,
        entity_id=None,
        about={},
        intact=False,
    )


def _document(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _answered(row: Mapping[str, Any]) -> bool:
    return row.get("status") == "complete"


def _told_changes(entry: LoggedEntry, was: Mapping[str, Any], now: Mapping[str, Any]) -> "Iterator[Change]":
    """Yield what a reader wants to know: of something removed what it held, of something back what it holds."""
    if entry.entity is None:
        return iter(())
    return _changes({} if entry.action == "restore" else was, {} if entry.action == "delete" else now)


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> "Iterator[Change]":
    for column in [*now, *(name for name in was if name not in now)]:
        before, after = was.get(column), now.get(column)
        if column in _SILENT or before == after:
            continue
        if column in _NESTED:
            old, new = before or {}, after or {}
            for part in [*new, *(name for name in old if name not in new)]:
                if old.get(part) != new.get(part):
                    yield Change(column, part, old.get(part), new.get(part))
        else:
            yield Change(column, None, before, after)
