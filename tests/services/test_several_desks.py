"""Eight desks on a server, two programs on one file: no update is lost, shown over the audit."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import servers
from tests.services.desk import STEP, prepare, work
from tests.services.making import chain_holds
from tracker.services.workspace import Workspace

STEPS = int(os.environ.get("OUTCOME_TRACKER_DESK_STEPS", "8"))
"""Changes a desk makes; the long run asks for more."""


def check(place, acknowledged, desks):
    """Every acknowledged change is in the audit, once; versions count by one; rows are as their last entry says."""
    workspace = Workspace.open(place)
    with workspace.store.read() as reader:
        rows = reader.driver.execute(
            "SELECT entity, entity_id, actor, before, after FROM audit WHERE entity IS NOT NULL ORDER BY sequence"
        ).fetchall()
    last = {}
    entered = Counter()
    for entity, key, _actor, before, after in rows:
        was, now = json.loads(before) if before else None, json.loads(after)
        kept = last.get((entity, key))
        if kept is not None:
            assert was == {name: value for name, value in kept.items() if name in was}  # nobody came in between
            assert now["version"] == kept["version"] + 1
        last[entity, key] = {name: value for name, value in now.items() if name != "scores"}
        entered[entity, key, now["version"]] += 1
    assert not Counter(tuple(one) for one in acknowledged) - entered
    assert max(entered.values()) == 1
    counted = Counter(kind for kind, _key, _version in acknowledged)
    assert workspace.patients.get("p").note == str(counted["patient"])
    (view,) = workspace.assessments.of_visit("v")
    assert view.assessment.responses["pain"] == counted["assessment"] * STEP
    assert [score.value for score in view.scores] == [counted["assessment"] * STEP]
    assert len(workspace.visits.of("p")) == 1 + counted["visit"]
    assert {actor for _entity, _key, actor, _before, _after in rows} == {"first", *desks}
    assert chain_holds(workspace)
    workspace.close()


@pytest.mark.skipif(servers.address() is None, reason=servers.REASON)
def test_eight_desks_on_a_server_lose_no_update(clinic_database):
    prepare(clinic_database)
    desks = [f"desk {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda name: work(clinic_database, name, STEPS, name), desks))
    check(clinic_database, [one for acknowledged in done for one in acknowledged], desks)


def test_two_programs_on_one_file_lose_no_update(clinic_file):
    prepare(clinic_file)
    desks = ["desk 1", "desk 2"]
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.desk", str(clinic_file), name, str(2 * STEPS), name],
            stdout=subprocess.PIPE,
        )
        for name in desks
    ]
    said = [program.communicate()[0] for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    check(clinic_file, [one for notes in said for one in json.loads(notes)], desks)
