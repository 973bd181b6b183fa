"""Reading records inside one transaction: typed queries that give records, never rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, bindparam, case, literal, select, type_coerce

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment, AssessmentView, Patient, StoredScore, Treatment, User, Visit
from tracker.core.messages import msg
from tracker.store.columns import CanonicalJson
from tracker.store.connect import checked_facts
from tracker.store.errors import UnknownRecordError
from tracker.store.last_change import LastChange
from tracker.store.mapping import FIELDS, KINDS, Kind, R, Record, check_row, score_of, to_record
from tracker.store.models import AuditRow, FactRow, ScoreRow
from tracker.store.server import ServerConnection

AUDIT: Table = AuditRow.__table__  # type: ignore[assignment]
FACT: Table = FactRow.__table__  # type: ignore[assignment]
SCORE: Table = ScoreRow.__table__  # type: ignore[assignment]
PATIENT = KINDS[Patient].table
TREATMENT = KINDS[Treatment].table
VISIT = KINDS[Visit].table
ASSESSMENT = KINDS[Assessment].table
USER = KINDS[User].table
_AT_ONCE = 500
"""Keys asked for in one statement; SQLite takes some thousands of values."""
_JOINED = ASSESSMENT.join(VISIT, VISIT.c.id == ASSESSMENT.c.visit_id)
_LIVE = (ASSESSMENT.c.deleted_at.is_(None), VISIT.c.deleted_at.is_(None))
_BY_DATE = (VISIT.c.date, VISIT.c.created_at, VISIT.c.id, ASSESSMENT.c.created_at, ASSESSMENT.c.id)
_ANSWERS = ("responses", "missing")
_STORED = (SCORE.c.code, SCORE.c.series, SCORE.c.value, type_coerce(SCORE.c.reason, Text), SCORE.c.imputed_items)
"""What a stored score holds, the reason as text: there may be thousands, of which few have a reason."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a user's passphrase is held against; nothing above the services sees it."""

    password_hash: str
    failures: int
    locked_until: datetime | None


class Reader:
    """What can be read in one transaction; only what is not removed is seen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def driver(self) -> Any:
        """The driver's own connection, for the plain SQL that the first look shares."""
        own = self._connection.connection.dbapi_connection
        return own if self._connection.dialect.name == "sqlite" else ServerConnection(own)

    def find(self, record: type[R], key: str) -> R | None:
        """Return the record with *key*, None if there is none or it was removed."""
        table = KINDS[record].table
        row = self._row(table, key)
        return None if row is None or row["deleted_at"] is not None else to_record(record, row)

    def get(self, record: type[R], key: str) -> R:
        """Return the record with *key*; raises UnknownRecordError."""
        found = self.find(record, key)
        if found is None:
            raise UnknownRecordError(msg("this record is no longer there: it was removed elsewhere"))
        return found

    def of(self, record: type[R], owner_id: str) -> tuple[R, ...]:
        """Return the records that belong to *owner_id*, in order of date and entry."""
        found = self._connection.execute(_OWNED[record], {"owner": owner_id}).mappings()
        return tuple(to_record(record, row) for row in found)

    def index_treatment(self, episode_id: str) -> Treatment | None:
        """Return the treatment months are counted from: the flagged one, else the episode's first."""
        query = (
            select(TREATMENT)
            .where(TREATMENT.c.episode_id == episode_id, TREATMENT.c.deleted_at.is_(None))
            .order_by(TREATMENT.c.is_index.desc(), TREATMENT.c.date, TREATMENT.c.created_at, TREATMENT.c.id)
            .limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else to_record(Treatment, row)

    def patients_numbered(self, number: str) -> tuple[str, ...]:
        """Return the ids of patients whose number or id is *number*."""
        found = self.driver.execute(
            "SELECT id FROM patient WHERE deleted_at IS NULL AND (patient_number = ? OR id = ?)", (number, number)
        )
        return tuple(str(key) for (key,) in found)

    def any_patient(self) -> bool:
        """Whether there is any patient, a removed one too."""
        return self._connection.execute(select(PATIENT.c.id).limit(1)).first() is not None

    def keys_there(self, record: type[Record], keys: Sequence[str]) -> list[str]:
        """Return those of *keys* that a record of this kind has, a removed one too."""
        table, there = KINDS[record].table, list[str]()
        for start in range(0, len(keys), _AT_ONCE):
            query = select(table.c.id).where(table.c.id.in_(keys[start : start + _AT_ONCE]))
            there += self._connection.execute(query).scalars()
        return there

    def scales_in_use(self) -> frozenset[str]:
        """Return the scales of which there is a complete assessment."""
        complete = ASSESSMENT.c.status == AssessmentStatus.COMPLETE.value
        query = select(ASSESSMENT.c.scale).where(complete, ASSESSMENT.c.deleted_at.is_(None)).distinct()
        return frozenset(self._connection.execute(query).scalars())

    def views_of_visit(self, visit_id: str) -> tuple[AssessmentView, ...]:
        """Return a visit's assessments with scores, in order of entry."""
        return self._views(ASSESSMENT.c.visit_id == visit_id)

    def views_of_patient(
        self, patient_id: str, *, episode_id: str | None = None, scale: str | None = None
    ) -> tuple[AssessmentView, ...]:
        """Return a patient's assessments by date; with *episode_id* only that episode's and those about the person."""
        conditions = [VISIT.c.patient_id == patient_id]
        if scale is not None:
            conditions.append(ASSESSMENT.c.scale == scale)
        if episode_id is not None:
            conditions.append(ASSESSMENT.c.episode_id.is_(None) | (ASSESSMENT.c.episode_id == episode_id))
        return self._views(*conditions)

    def views_of_course(
        self, episode_id: str, visits: Sequence[Visit], *, answers_of: str, series: Collection[str]
    ) -> tuple[AssessmentView, ...]:
        """Return what :meth:`views_of_patient` does for an episode and all *visits* of its patient, in half the time.

        Answers come with drafts and the scale *answers_of* only, and scores of *series* only: an episode may have
        thousands of either, and a course needs no others.
        """
        days = {visit.id: visit for visit in visits}
        whose = {"patients": list({visit.patient_id for visit in visits}), "episode": episode_id}
        found = self._connection.execute(_FORMS_OF_COURSE, {**whose, "answers_of": answers_of})
        scores = self._scores(_SCORES_OF_COURSE, {**whose, "series": list(series)})
        return tuple(
            AssessmentView(assessment, days[assessment.visit_id], tuple(scores.get(assessment.id, ())))
            for assessment in (to_record(Assessment, row) for row in found.mappings().all())
        )

    def view(self, assessment_id: str) -> AssessmentView:
        """Return one assessment with its scores; raises UnknownRecordError."""
        self.get(Assessment, assessment_id)
        return self._views(ASSESSMENT.c.id == assessment_id)[0]

    def amendment(self, assessment_id: str) -> Mapping[str, Mapping[str, Any]] | None:
        """Return the answers of an unfinished change of a complete assessment, None if there is none."""
        row = self._row(ASSESSMENT, assessment_id)
        return None if row is None else row["amendment"]

    def last_change(self, entity: str, key: str) -> LastChange | None:
        """Return who changed a record last, as the audit says; None if nobody did."""
        found = self.driver.execute(
            "SELECT actor, at FROM audit WHERE entity_id = ? AND entity = ? ORDER BY sequence DESC LIMIT 1",
            (key, entity),
        ).fetchone()
        return None if found is None else LastChange(found[0], datetime.fromisoformat(found[1]))

    def being_changed(self, patient_id: str) -> frozenset[str]:
        """Return the patient's complete assessments of which a change is unfinished."""
        query = select(ASSESSMENT.c.id).select_from(_JOINED)
        query = query.where(VISIT.c.patient_id == patient_id, ASSESSMENT.c.amendment.is_not(None))
        return frozenset(self._connection.execute(query).scalars())

    def same_place(self, assessment: Assessment) -> Assessment | None:
        """Return the assessment that holds the place (visit, scale, context, episode) of *assessment*."""
        columns = ASSESSMENT.c
        query = select(ASSESSMENT).where(
            columns.deleted_at.is_(None),
            columns.visit_id == assessment.visit_id,
            columns.scale == assessment.scale,
            columns.context == assessment.context.value,
            columns.episode_id.is_(None)
            if assessment.episode_id is None
            else columns.episode_id == assessment.episode_id,
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else to_record(Assessment, row)

    def complete_of_scale(self, scale_id: str) -> tuple[AssessmentView, ...]:
        """Return every complete assessment of a scale."""
        complete = ASSESSMENT.c.status == AssessmentStatus.COMPLETE.value
        return self._views(ASSESSMENT.c.scale == scale_id, complete)

    def users(self) -> tuple[User, ...]:
        """Return the users of the file by name, none for the file of one person."""
        query = select(USER).where(USER.c.deleted_at.is_(None)).order_by(USER.c.name, USER.c.id)
        return tuple(to_record(User, row) for row in self._connection.execute(query).mappings())

    def proof(self, user_id: str) -> Proof:
        """Return what the user's passphrase is held against."""
        columns = USER.c.password_hash, USER.c.failed_attempts, USER.c.locked_until
        return Proof(*self._connection.execute(select(*columns).where(USER.c.id == user_id)).one())

    def facts(self) -> dict[str, str]:
        """Return the facts about the file."""
        return checked_facts(self._connection.execute(select(FACT.c.name, FACT.c.value)))

    def last_act(self, patient_id: str, action: str) -> tuple[int, datetime, str] | None:
        """Return place, moment and actor of the last entry of *action* on a patient, None if there is none."""
        query = select(AUDIT.c.sequence, AUDIT.c.at, AUDIT.c.actor)
        query = query.where(AUDIT.c.patient_id == patient_id, AUDIT.c.action == action)
        row = self._connection.execute(query.order_by(AUDIT.c.sequence.desc()).limit(1)).first()
        return None if row is None else (row.sequence, row.at, row.actor)

    def assessments_changed_after(self, patient_id: str, sequence: int) -> frozenset[str]:
        """Return the patient's assessments with an entry in the audit after the place *sequence*."""
        query = select(AUDIT.c.entity_id).distinct()
        query = query.where(
            AUDIT.c.patient_id == patient_id,
            AUDIT.c.sequence > sequence,
            AUDIT.c.entity == KINDS[Assessment].entity,
        )
        return frozenset(self._connection.execute(query).scalars())

    def read_all(self) -> None:
        """Read every record of the file; raises UnreadableRecordError for the first that cannot be read."""
        for kind in KINDS.values():
            for row in self._connection.execute(select(kind.table)).mappings():
                check_row(kind.entity, row)
        for kept in self._connection.execute(select(*_STORED)):
            score_of(*kept)

    def _row(self, table: Table, key: str) -> Mapping[str, Any] | None:
        row = self._connection.execute(select(table).where(table.c.id == key)).mappings().first()
        return None if row is None else dict(row)

    def _views(self, *conditions: ColumnElement[bool]) -> tuple[AssessmentView, ...]:
        live = (*conditions, *_LIVE)
        found = self._connection.execute(select(ASSESSMENT).select_from(_JOINED).where(*live).order_by(*_BY_DATE))
        assessments = [to_record(Assessment, row) for row in found.mappings().all()]
        visits_found = self._connection.execute(select(VISIT).select_from(_JOINED).where(*live).distinct())
        visits = {row["id"]: to_record(Visit, row) for row in visits_found.mappings().all()}
        scores = self._scores(_scores_where(*live))
        return tuple(
            AssessmentView(assessment, visits[assessment.visit_id], tuple(scores.get(assessment.id, ())))
            for assessment in assessments
        )

    def _scores(
        self, query: Select[tuple[Any, ...]], values: Mapping[str, object] | None = None
    ) -> dict[str, list[StoredScore]]:
        scores: dict[str, list[StoredScore]] = {}
        for assessment_id, *row in self._connection.execute(query, values).all():
            scores.setdefault(assessment_id, []).append(score_of(*row))
        return scores


def _owned(kind: Kind) -> Select[tuple[Any, ...]]:
    """Return the query of an owner's records."""
    columns = kind.table.c
    query = select(kind.table).where(columns[kind.owner or "id"] == bindparam("owner"), columns.deleted_at.is_(None))
    return query.order_by(*(columns[name] for name in kind.order))


def _scores_where(*conditions: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    query = select(SCORE.c.assessment_id, *_STORED).where(*conditions)
    query = query.select_from(_JOINED.join(SCORE, SCORE.c.assessment_id == ASSESSMENT.c.id))
    return query.order_by(SCORE.c.assessment_id, SCORE.c.code)


def _forms_of_course() -> Select[tuple[Any, ...]]:
    """Return the query of a course's forms, with answers for those that need them."""
    with_answers = (ASSESSMENT.c.scale == bindparam("answers_of")) | ASSESSMENT.c.completed_at.is_(None)
    none = literal({}, CanonicalJson())
    columns = [
        case((with_answers, column), else_=none).label(column.name) if column.name in _ANSWERS else column
        for column in (ASSESSMENT.c[name] for name in FIELDS[Assessment])
    ]
    return select(*columns).select_from(_JOINED).where(*_OF_COURSE).order_by(*_BY_DATE)


_OWNED: Mapping[type[Record], Select[tuple[Any, ...]]] = {record: _owned(kind) for record, kind in KINDS.items()}
_OF_COURSE = (
    VISIT.c.patient_id.in_(bindparam("patients", expanding=True)),
    ASSESSMENT.c.episode_id.is_(None) | (ASSESSMENT.c.episode_id == bindparam("episode")),
    *_LIVE,
)
_FORMS_OF_COURSE = _forms_of_course()
_SCORES_OF_COURSE = _scores_where(*_OF_COURSE, SCORE.c.series.in_(bindparam("series", expanding=True)))
"""Made once: making them takes as long as running them."""
