"""A desk at work, for the tests of several at once: it changes what the others change too, and notes what was saved.

``python -m tests.services.desk FILE NAME STEPS SEED`` is a desk of its own process; it writes its notes as JSON.
"""

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.services.making import one_patient, visit
from tracker.core.keys import new_key
from tracker.services.elsewhere import EditedElsewhereError
from tracker.services.workspace import Access, Workspace
from tracker.store.errors import LockedError, StaleRecordError

STEP = 1 / 64
PATIENCE = 200
"""How often a desk that was told of another one's change, or has to wait, tries again."""


def prepare(place):
    """A patient whose note counts, with a form that was completed."""
    desk = Workspace.open(place, actor="first")
    one_patient(desk)
    visit(desk, "v")
    key = desk.assessments.start("v", "vas-pain", episode_id="e").id
    desk.assessments.complete(key, {"pain": 0}, {})
    desk.patients.change(replace(desk.patients.get("p"), note="0"))
    desk.close()


def count_on(desk):
    """Read the patient's note and write the next number; returns what was saved."""
    mine = desk.patients.get("p")
    changed = desk.patients.change(replace(mine, note=str(int(mine.note) + 1)))
    return ["patient", changed.id, changed.version]


def amend(desk):
    """Add a little to the stored answer, as read; returns what was saved."""
    (view,) = desk.assessments.of_visit("v")
    key = view.assessment.id
    seen = desk.assessments.seen(key)
    pain = desk.assessments.get(key).assessment.responses["pain"]
    view = desk.assessments.complete(key, {"pain": pain + STEP}, {}, seen=seen)
    return ["assessment", key, view.assessment.version]


def add(desk):
    """Enter a visit of its own; returns what was saved."""
    added = visit(desk, new_key(), random.randint(1, 300))
    return ["visit", added.id, added.version]


def patiently(deed, desk):
    """Do *deed* until it is saved: told of another desk's change it looks at the new state and does it again."""
    for _attempt in range(PATIENCE):
        try:
            return deed(desk)
        except (EditedElsewhereError, StaleRecordError):
            time.sleep(0)
        except LockedError:
            continue
    raise RuntimeError("never its turn")


def work(place, name, steps, seed):
    """Work at a desk; returns each change that was acknowledged: kind, key, version."""
    draw = random.Random(seed)
    desk = Workspace.open(place, actor=name, access=Access.VISIT)  # without the lease: the locks alone must hold
    try:
        return [patiently(draw.choice((count_on, amend, add)), desk) for _step in range(steps)]
    finally:
        desk.close()


if __name__ == "__main__":
    path, who, many, start = sys.argv[1:]
    sys.stdout.write(json.dumps(work(Path(path), who, int(many), start)))
