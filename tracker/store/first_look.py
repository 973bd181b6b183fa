"""The patient list by plain SQL, for the first paint and for every search; imports no SQLAlchemy.

The window shows this before anything else is loaded; ``Patients.search`` runs the same statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.clinic.codes import Sex, Side
from tracker.core.dates import PartialDate
from tracker.core.folding import fold
from tracker.core.places import Place, ServerAddress
from tracker.store.connect import Connection, reading, schema_of
from tracker.store.errors import not_a_database
from tracker.store.migrate import check_known
from tracker.store.server_errors import empty_server
from tracker.store.unreadable import NOT_READABLE, unreadable
from tracker.store.users import users

LIMIT = 200
"""How many lines a list shows; the count found is exact all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeLine:
    """An episode as the list shows it."""

    condition: str
    body_site: str | None
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """A patient as the list shows it."""

    id: str
    patient_number: str
    name: str
    latin_name: str | None
    sex: Sex
    birth_date: PartialDate | None
    episodes: tuple[EpisodeLine, ...]
    last_visit: date | None
    drafts: int
    """Unfinished assessments that hold at least one answer or reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientList:
    """The first lines of what was found, how many were found, and how many patients there are."""

    lines: tuple[PatientLine, ...]
    found: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What the window shows first."""

    lines: tuple[PatientLine, ...]
    total: int
    kind: str
    schema: str
    up_to_date: bool
    """False: the file must be upgraded before it can be worked with."""
    has_users: bool = False
    """Somebody has to sign in before its patients are shown."""


# The index holds all a search reads; left to itself the planner reads the whole table instead.
_LIVE = "FROM patient INDEXED BY ix_patient_search_live WHERE deleted_at IS NULL"
# LIKE leaps to the first letter of a word if it is ASCII, and reads letter by letter if not, where instr is faster.
_LIKE = " AND search LIKE ? ESCAPE '\\'"
_INSTR = " AND instr(search, ?) > 0"
_LINES = """
    SELECT p.id, p.patient_number, p.name, p.latin_name, p.sex, p.birth_date,
           (SELECT max(v.date) FROM visit v WHERE v.patient_id = p.id AND v.deleted_at IS NULL)
    FROM patient p WHERE p.id IN ({marks}) ORDER BY p.patient_number, p.id
"""
_EPISODES = """
    SELECT patient_id, condition, body_site, side FROM episode
    WHERE deleted_at IS NULL AND patient_id IN ({marks}) ORDER BY created_at, id
"""
_DRAFTS = """
    SELECT v.patient_id, count(*) FROM assessment a JOIN visit v ON v.id = a.visit_id
    WHERE a.deleted_at IS NULL AND (a.status = 'draft' OR a.amendment IS NOT NULL)
      AND (a.responses <> '{}' OR a.missing <> '{}')
    GROUP BY v.patient_id
"""


def first_look(path: Place, limit: int = LIMIT) -> FirstLook:
    """Return the first lines of the file's list; raises the errors of a file that cannot be shown."""
    with reading(path) as connection:
        schema = schema_of(connection, path)
        if schema is None:
            raise empty_server(path) if isinstance(path, ServerAddress) else not_a_database(path)
        up_to_date = check_known(path, schema)
        found = find_patients(connection, "", limit)
        kind = connection.execute("SELECT value FROM fact WHERE name = 'kind'").fetchone()
        return FirstLook(
            lines=found.lines,
            total=found.total,
            kind=kind[0] if kind else "clinic",
            schema=schema,
            up_to_date=up_to_date,
            has_users=bool(users(connection, path)),
        )


def find_patients(connection: Connection, text: str, limit: int = LIMIT) -> PatientList:
    """Return the patients whose folded text holds every word of *text*, in order of number."""
    words = sorted(fold(text).split(), key=len, reverse=True)  # the longest word rules out the most
    where = _LIVE + "".join(_LIKE if word[0].isascii() else _INSTR for word in words)
    values = [f"%{_escaped(word)}%" if word[0].isascii() else word for word in words]
    first = connection.execute(
        f"SELECT id, patient_number {where} ORDER BY patient_number LIMIT ?",
        [*values, limit],
    ).fetchall()
    total = connection.execute(f"SELECT count(*) {_LIVE}").fetchone()[0]
    found = len(first) if words else total
    if words and found == limit:
        # Numbers are unique: count on from the last one shown instead of reading all again.
        rest = connection.execute(f"SELECT count(*) {where} AND patient_number > ?", [*values, first[-1][1]])
        found += rest.fetchone()[0]
    try:
        lines = tuple(_lines(connection, [key for key, _ in first]))
    except NOT_READABLE as error:
        raise unreadable("patient") from error
    return PatientList(lines=lines, found=found, total=total)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _lines(connection: Connection, keys: list[str]) -> Iterable[PatientLine]:
    if not keys:
        return
    marks = ",".join("?" * len(keys))
    episodes: dict[str, list[EpisodeLine]] = {}
    for patient_id, condition, site, side in connection.execute(_EPISODES.replace("{marks}", marks), keys):
        line = EpisodeLine(condition=condition, body_site=site, side=Side(side))
        episodes.setdefault(patient_id, []).append(line)
    drafts = dict(connection.execute(_DRAFTS).fetchall())
    for key, number, name, latin, sex, born, last_visit in connection.execute(_LINES.replace("{marks}", marks), keys):
        yield PatientLine(
            id=key,
            patient_number=number,
            name=name,
            latin_name=latin,
            sex=Sex(sex),
            birth_date=PartialDate.parse(born) if born else None,
            episodes=tuple(episodes.get(key, ())),
            last_visit=date.fromisoformat(last_visit) if last_visit else None,
            drafts=drafts.get(key, 0),
        )
