"""A clinic's server beside a file, in one run: opening a patient, searching, saving, exporting, two engines.

``OUTCOME_TRACKER_TEST_SERVER=... python -m tests.benchmarks.bench_server [PATIENTS]``
"""

import itertools
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests import servers
from tracker.services.demo import TODAY, write_demo
from tracker.services.export import export_csv
from tracker.services.workspace import Workspace
from tracker.store.first_look import first_look

ROUNDS = 25


def milliseconds(work):
    """The median of some runs of *work*."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def measured(place, patients):
    """What each deed takes at *place*, in milliseconds."""
    start = time.perf_counter()
    write_demo(place, patients=patients)
    found = {"demo written": 1000 * (time.perf_counter() - start)}
    found["first look"] = milliseconds(lambda: first_look(place))
    desk = Workspace.open(place, actor="benchmark")
    line = desk.patients.search("womac").lines or desk.patients.search("knee").lines
    patient = line[0].id
    episode = desk.episodes.of(patient)[0].id
    found["search “knee”"] = milliseconds(lambda: desk.patients.search("knee"))
    found["patient opened (flowsheet)"] = milliseconds(lambda: desk.flowsheets.of(episode, today=TODAY))
    found["course drawn"] = milliseconds(lambda: desk.courses.of(episode))
    views = [view for visit in desk.visits.of(patient) for view in desk.assessments.of_visit(visit.id)]
    view = next(view for view in views if view.assessment.scale == "vas-pain")
    key, turn = view.assessment.id, itertools.cycle((30, 31))
    found["keystroke saved"] = milliseconds(lambda: desk.assessments.save_draft(key, {"pain": next(turn)}, {}))
    found["assessment saved"] = milliseconds(lambda: desk.assessments.complete(key, {"pain": next(turn)}, {}))
    desk.close()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        export_csv(place, Path(folder) / "out")
        found["all exported"] = 1000 * (time.perf_counter() - start)
    return found


def main(patients):
    """Print the figures of both."""
    if servers.address() is None:
        print(f"no peer here: {servers.REASON}")
        return
    with tempfile.TemporaryDirectory() as folder, servers.database() as database:
        file = measured(Path(folder) / "file.sqlite", patients)
        server = measured(database, patients)
    print(f"{patients} patients, milliseconds       file    server   times")
    for what, took in file.items():
        print(f"{what:<30}{took:>10.1f}{server[what]:>10.1f}{server[what] / took:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
