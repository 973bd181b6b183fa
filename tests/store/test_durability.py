"""What was acknowledged is there after a kill and after a power cut; and these checks fail where it would not be.

More of both: ``python -m tests.benchmarks.bench_kill``.
"""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store import cutting
from tests.store.day import GONE, check, prepare, state
from tests.store.power import sqlite
from tests.store.test_backup import execute, flip
from tracker.store import engine

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("OUTCOME_TRACKER_KILLS", "20"))
CUTS = int(os.environ.get("OUTCOME_TRACKER_CUTS", "15"))
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed with signal 9")
layered = pytest.mark.skipif(sqlite() is None, reason="the driver hides the functions of its SQLite")


@posix
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path):
    # A process of its own: one that has threads must not fork.
    command = [sys.executable, "-m", "tests.store.killing", str(KILLS), "ci"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    deeds, work = done.stdout.splitlines()
    assert deeds == f"{KILLS // 2} upgrades, restores and backups killed, 0 wrong"
    assert work.startswith(f"{KILLS} times, ")
    assert work.endswith(" 0 wrong")


@layered
@pytest.mark.parametrize("encrypted", [False, True])
def test_nothing_acknowledged_is_lost_when_the_power_goes_away(tmp_path, encrypted):
    found = cutting.run(tmp_path, CUTS, 1, encrypted=encrypted)
    assert found.wrong == []
    assert (found.trials, found.acknowledged > CUTS) == (CUTS, True)


@layered
def test_a_disk_that_only_says_that_it_wrote_would_be_noticed(tmp_path):
    assert cutting.run(tmp_path, 5, 1, honest=False).wrong != []


@layered
def test_settings_that_do_not_wait_for_the_disk_would_be_noticed(tmp_path, monkeypatch):
    durable = engine.connect

    def hasty(*arguments, **options):
        connection = durable(*arguments, **options)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    monkeypatch.setattr(engine, "connect", hasty)
    assert cutting.run(tmp_path, 12, 1).wrong != []


@pytest.fixture
def day_file(tmp_path):
    from tracker.services.workspace import Workspace

    path = tmp_path / "day.db"
    prepare(path)
    with closing(Workspace.open(path)) as workspace:
        started = workspace.assessments.start("v0", "vas-pain", episode_id="e")
        workspace.assessments.complete(started.id, {"pain": 3}, {})
    return path, started.id


def test_what_is_as_it_was_told_is_right(day_file):
    path, key = day_file
    assert check(path, [("begin", key, state("complete", {"pain": 3}))]).wrong == []
    assert check(path, [("done", key, state("complete", {"pain": 3})), ("begin", key, GONE)]).wrong == []
    assert check(path, [("begin", "never", state("draft", {})), ("done", "never", GONE)]).wrong == []


@pytest.mark.parametrize("after", [state("complete", {"pain": 4}), state("draft", {"pain": 3}), GONE])
def test_what_is_not_as_it_was_acknowledged_would_be_noticed(day_file, after):
    path, key = day_file
    assert len(check(path, [("done", key, after)]).lost) == 1
    assert len(check(path, [("done", "never", state("draft", {}))]).lost) == 1


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM score", "DELETE FROM audit WHERE action = 'complete'", "UPDATE assessment SET version = 7"],
)
def test_half_a_record_would_be_noticed(day_file, sql):
    path, key = day_file
    execute(path, sql)
    assert len(check(path, [("done", key, state("complete", {"pain": 3}))]).half) == 1


def test_a_damaged_file_would_be_noticed(day_file):
    path, _ = day_file
    for page in range(1, path.stat().st_size // 4096):
        flip(path, page * 4096)
    assert check(path, []).damaged != []
