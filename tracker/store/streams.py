"""Whole tables by plain SQL, row by row, for export: constant memory, one snapshot of the file.

Rows are tuples in the order of the ``*_COLUMNS`` beside each stream, ordered by patient number, then date, then id.
Dates and stamps are ISO texts, ``responses``, ``missing``, ``attributes`` and ``reason`` are JSON texts; nothing that
was removed is seen.
``index_date`` is the day months are counted from: the index treatment of the row's episode, or, for what is about the
person, the patient's first index treatment; None without treatment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tracker.core.places import Place
from tracker.store.connect import Connection, checked_facts, reading, stream

PATIENT_COLUMNS = ("id", "patient_number", "name", "latin_name", "sex", "birth_date", "note")
EPISODE_COLUMNS = (
    "id",
    "patient_id",
    "condition",
    "body_site",
    "side",
    "onset_date",
    "attributes",
    "read_against",
    "index_date",
)
TREATMENT_COLUMNS = (
    "id",
    "episode_id",
    "patient_id",
    "date",
    "product",
    "cell_source",
    "dose",
    "route",
    "lot",
    "is_index",
    "note",
    "index_date",
)
VISIT_COLUMNS = ("id", "patient_id", "date", "timing", "note", "index_date")
ASSESSMENT_COLUMNS = (
    "id",
    "visit_id",
    "patient_id",
    "episode_id",
    "scale",
    "scale_version",
    "policy",
    "context",
    "status",
    "date",
    "responses",
    "missing",
    "mode",
    "assessor",
    "completed_at",
    "note",
    "index_date",
)
SCORE_COLUMNS = (
    "patient_id",
    "episode_id",
    "visit_id",
    "assessment_id",
    "scale",
    "scale_version",
    "policy",
    "context",
    "code",
    "series",
    "value",
    "reason",
    "imputed_items",
    "date",
    "status",
    "index_date",
)
EVENT_COLUMNS = (
    "id",
    "patient_id",
    "episode_id",
    "treatment_id",
    "date",
    "end_date",
    "term",
    "grade",
    "relatedness",
    "note",
    "index_date",
)
Row = tuple[Any, ...]

# CROSS JOIN keeps SQLite to this order of loops, so that only the rows of one patient are sorted at a time.
_PATIENTS = "FROM patient p INDEXED BY uq_patient_number_live"
_LIVE = "p.deleted_at IS NULL"
_EPISODE_INDEX = """(SELECT t.date FROM treatment t WHERE t.episode_id = {episode} AND t.deleted_at IS NULL
 ORDER BY t.is_index DESC, t.date, t.created_at, t.id LIMIT 1)"""
_PERSON_INDEX = f"""(SELECT min({_EPISODE_INDEX.format(episode="n.id")}) FROM episode n
 WHERE n.patient_id = p.id AND n.deleted_at IS NULL)"""  # noqa: S608 - fixed text
_ASSESSMENT_INDEX = f"""CASE WHEN a.episode_id IS NULL THEN {_PERSON_INDEX}
 ELSE {_EPISODE_INDEX.format(episode="a.episode_id")} END"""
_ASSESSED = f"""{_PATIENTS}
 CROSS JOIN visit v ON v.patient_id = p.id AND v.deleted_at IS NULL
 CROSS JOIN assessment a ON a.visit_id = v.id AND a.deleted_at IS NULL"""


def _columns(prefix: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{prefix}.{name}" for name in names)


_SQL = {
    "patient": f"SELECT {_columns('p', PATIENT_COLUMNS)} {_PATIENTS} WHERE {_LIVE} ORDER BY p.patient_number, p.id",
    "episode": f"""SELECT {_columns("e", EPISODE_COLUMNS[:-1])}, {_EPISODE_INDEX.format(episode="e.id")}
 {_PATIENTS} CROSS JOIN episode e ON e.patient_id = p.id AND e.deleted_at IS NULL
 WHERE {_LIVE} ORDER BY p.patient_number, e.onset_date NULLS FIRST, e.id""",
    "treatment": f"""SELECT t0.id, t0.episode_id, p.id, {_columns("t0", TREATMENT_COLUMNS[3:-1])},
 {_EPISODE_INDEX.format(episode="t0.episode_id")}
 {_PATIENTS} CROSS JOIN episode e ON e.patient_id = p.id AND e.deleted_at IS NULL
 CROSS JOIN treatment t0 ON t0.episode_id = e.id AND t0.deleted_at IS NULL
 WHERE {_LIVE} ORDER BY p.patient_number, t0.date, t0.id""",
    "visit": f"""SELECT {_columns("v", VISIT_COLUMNS[:-1])}, {_PERSON_INDEX}
 {_PATIENTS} CROSS JOIN visit v ON v.patient_id = p.id AND v.deleted_at IS NULL
 WHERE {_LIVE} ORDER BY p.patient_number, v.date, v.id""",
    "assessment": f"""SELECT a.id, a.visit_id, p.id, {_columns("a", ASSESSMENT_COLUMNS[3:9])}, v.date,
 {_columns("a", ASSESSMENT_COLUMNS[10:-1])}, {_ASSESSMENT_INDEX}
 {_ASSESSED} WHERE {_LIVE} ORDER BY p.patient_number, v.date, a.id""",
    "score": f"""SELECT p.id, a.episode_id, a.visit_id, a.id, a.scale, a.scale_version, a.policy, a.context,
 s.code, s.series, s.value, s.reason, s.imputed_items, v.date, a.status, {_ASSESSMENT_INDEX}
 {_ASSESSED} CROSS JOIN score s ON s.assessment_id = a.id
 WHERE {_LIVE} ORDER BY p.patient_number, v.date, a.id, s.code""",
    "adverse_event": f"""SELECT {_columns("x", EVENT_COLUMNS[:-1])},
 CASE WHEN x.episode_id IS NULL THEN {_PERSON_INDEX} ELSE {_EPISODE_INDEX.format(episode="x.episode_id")} END
 {_PATIENTS} CROSS JOIN adverse_event x ON x.patient_id = p.id AND x.deleted_at IS NULL
 WHERE {_LIVE} ORDER BY p.patient_number, x.date, x.id""",
}
TABLES = tuple(_SQL)
"""The streams there are, by the audit's names of the records."""
_KEPT = tuple(name for name in TABLES if name != "score")
_OWNED = {
    "patient": "id = ?",
    "treatment": "episode_id IN (SELECT id FROM episode WHERE patient_id = ?)",
    "assessment": "visit_id IN (SELECT id FROM visit WHERE patient_id = ?)",
}
"""Which rows of a table are one patient's, where it does not say so itself."""


class Streams:
    """The tables of one file at one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: str, patient_id: str | None = None) -> Iterator[Row]:
        """Yield the rows of a stream of ``TABLES`` (of one patient only, if given)."""
        sql = _SQL[table]
        if patient_id is None:
            return stream(self._connection, sql)
        sql = sql.replace(_PATIENTS, "FROM patient p").replace(_LIVE, f"{_LIVE} AND p.id = ?")
        return iter(self._connection.execute(sql, (patient_id,)))

    def count(self, table: str) -> int:
        """Return how many rows a stream has, for progress."""
        sql = _SQL[table]
        body = sql[sql.index(_PATIENTS) : sql.index(" ORDER BY p.")]
        return int(self._connection.execute(f"SELECT count(*) {body}").fetchone()[0])

    def score_keys(self) -> set[tuple[str, str, str]]:
        """Return every scale, score and context there is a score of."""
        return set(
            self._connection.execute(
                "SELECT DISTINCT a.scale, s.code, a.context FROM assessment a"
                " CROSS JOIN score s ON s.assessment_id = a.id WHERE a.deleted_at IS NULL"
            )
        )

    def left_out(self, patient_id: str | None = None) -> dict[str, int]:
        """Return how much the streams pass over (of one patient only, if given), and how many drafts lack scores."""
        return {
            "removed": sum(self._passed_over(table, "deleted_at IS NOT NULL", patient_id) for table in _KEPT),
            "amendments": self._passed_over("assessment", "amendment IS NOT NULL AND deleted_at IS NULL", patient_id),
            "drafts": self._passed_over("assessment", "status = 'draft' AND deleted_at IS NULL", patient_id),
            "audit": self._passed_over("audit", "TRUE", patient_id),
        }

    def _passed_over(self, table: str, condition: str, patient_id: str | None) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE {condition}"  # noqa: S608 - fixed text
        if patient_id is None:
            return int(self._connection.execute(sql).fetchone()[0])
        owned = _OWNED.get(table, "patient_id = ?")
        return int(self._connection.execute(f"{sql} AND {owned}", (patient_id,)).fetchone()[0])

    def facts(self) -> dict[str, str]:
        """Return the facts about the file."""
        return checked_facts(self._connection.execute("SELECT name, value FROM fact"))


@contextmanager
def open_streams(path: Place) -> Iterator[Streams]:
    """Open *path* for export: every stream sees the same moment, writers are not held up."""
    with reading(path) as connection:
        yield Streams(connection)
