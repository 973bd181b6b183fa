"""A working day that says what it is about to do and what was acknowledged, and the check of what is left of it.

Used by a process that is killed in the middle and by a power cut: after either, everything acknowledged must be there.
"""

import datetime
import json
import random
from contextlib import closing
from dataclasses import dataclass, field

from tracker.clinic.records import Episode, Patient, Visit
from tracker.scales.catalogue import scale
from tracker.services.workspace import Workspace
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.store import Store

SCALES = ("vas-pain", "womac-lk31")
SCORES = {name: len(scale(name).scores) for name in SCALES}
VISITS = 12
DAY = datetime.date(2026, 3, 1)
GONE = "gone"


def prepare(path):
    """Make a clinic with one patient and a few visits at *path* (its key is held where it is to be encrypted)."""
    with closing(Workspace.open(path, create=True)) as workspace:
        workspace.patients.add(
            Patient(id="p", patient_number="1", name="Ann Lee"), Episode(id="e", patient_id="p", condition="knee-oa")
        )
        for number in range(VISITS):
            workspace.visits.add(Visit(id=f"v{number}", patient_id="p", date=DAY + datetime.timedelta(days=number)))


def state(status, answers, typed=None):
    """What an assessment holds, as one text."""
    return json.dumps([status, answers, typed], sort_keys=True)


class Day:
    """Works at random; ``tell(kind, assessment, state)`` is told "begin" before each step and "done" after it."""

    def __init__(self, workspace, seed, tell):
        self._work = workspace.assessments
        self._random = random.Random(seed)
        self._tell = tell
        self._there = {}  # assessment -> (scale, status, answers)
        self._free = [(f"v{number}", name) for number in range(VISITS) for name in SCALES]

    def step(self):
        """Do one thing."""
        if self._free and (not self._there or self._random.random() < 0.25):
            self._start()
        else:
            key = self._random.choice(sorted(self._there))
            self._random.choice((self._type, self._type, self._complete, self._complete, self._remove))(key)

    def _start(self):
        visit, name = self._free.pop(self._random.randrange(len(self._free)))
        key = self._work.start(visit, name, episode_id="e").id
        self._there[key] = (name, "draft", {})
        self._tell("done", key, state("draft", {}))
        self._complete(key)

    def _type(self, key):
        name, status, answers = self._there[key]
        typed = dict(list(self._answers(name).items())[: self._random.randint(1, 5)])
        if status == "draft":
            self._do(key, state("draft", typed), lambda: self._work.save_draft(key, typed, {}))
            self._there[key] = (name, status, typed)
        else:
            self._do(key, state(status, answers, typed), lambda: self._work.save_draft(key, typed, {}))

    def _complete(self, key):
        name = self._there[key][0]
        answers = self._answers(name)
        self._do(key, state("complete", answers), lambda: self._work.complete(key, answers, {}))
        self._there[key] = (name, "complete", answers)

    def _remove(self, key):
        if self._random.random() < 0.5:
            return
        self._do(key, GONE, lambda: self._work.remove(key))
        del self._there[key]

    def _answers(self, name):
        if name == "vas-pain":
            return {"pain": self._random.randint(0, 100)}
        return {item.code: self._random.choice(item.allowed) for item in scale(name).items}

    def _do(self, key, after, deed):
        self._tell("begin", key, after)
        deed()
        self._tell("done", key, after)


@dataclass
class Findings:
    """What is wrong with a file after the worst has happened to it."""

    acknowledged: int = 0
    lost: list = field(default_factory=list)
    half: list = field(default_factory=list)
    damaged: list = field(default_factory=list)

    @property
    def wrong(self):
        return [*self.lost, *self.half, *self.damaged]


def check(path, told):
    """Compare the file with what was told: (kind, assessment, state) in order."""
    may_be, found = {}, Findings()
    for kind, key, after in told:
        found.acknowledged += kind == "done"
        may_be[key] = {after} if kind == "done" else may_be.get(key, set()) | {after}
    try:
        Store(path).close()
        with closing(connect(path)) as connection:
            _check_file(path, connection, found)
            _check_records(connection, may_be, found)
    except Exception as error:  # noqa: BLE001 - whatever it is, the file does not open
        found.damaged.append(f"{type(error).__name__}: {error}")
    return found


def _check_file(path, connection, found):
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        found.damaged.append("pages")
    if connection.execute("PRAGMA foreign_key_check").fetchall():
        found.damaged.append("foreign keys")
    if verify_chain(path).broken is not None:
        found.damaged.append("audit chain")


def _check_records(connection, may_be, found):
    there = {}
    query = "SELECT id, scale, status, responses, amendment, version, deleted_at FROM assessment"
    for key, name, status, answers, typed, version, deleted in connection.execute(query).fetchall():
        entries = connection.execute("SELECT after FROM audit WHERE entity_id = ? ORDER BY sequence", (key,)).fetchall()
        audited = json.loads(entries[-1][0])["version"] if entries else 1
        scores = connection.execute("SELECT count(*) FROM score WHERE assessment_id = ?", (key,)).fetchone()[0]
        if audited != version or (status == "complete" and scores != SCORES[name]):
            found.half.append(f"{key}: version {version} with audit {audited} and {scores} scores")
        kept = json.loads(typed)["responses"] if typed else None
        there[key] = GONE if deleted else state(status, json.loads(answers), kept)
    found.lost += [
        f"{key}: {there.get(key)}, not {sorted(may_be[key])}" for key in may_be if not _as(there, key, may_be)
    ]


def _as(there, key, may_be):
    return there.get(key, GONE if GONE in may_be[key] else None) in may_be[key]
