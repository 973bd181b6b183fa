"""Milliseconds of what a user waits for on a large file: a keystroke of search, a course, a flowsheet, a saved key.

Run: ``python tests/benchmarks/bench_store.py [PATIENTS]``; makes a synthetic file in a temporary folder.
"""

import datetime
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Assessment, Episode, Patient, Treatment, Visit
from tracker.core.keys import derived_key
from tracker.scales.catalogue import scale
from tracker.services.scored import scores_of
from tracker.services.workspace import Workspace
from tracker.store.bulk import Batch, Stamp
from tracker.store.checking.chain import verify_chain
from tracker.store.first_look import first_look

PATIENTS = 20_000
BATCH = 500
LONG_VISITS = 20
LONG_SCALES = ("womac-lk31", "womac-va31", "womac-nrs31", "vas-pain", "nrs-pain", "whoqol-bref")
AT = datetime.datetime(2026, 6, 30, tzinfo=datetime.UTC)
TREATED = datetime.date(2025, 1, 1)
FAMILY = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "Smith",
    "Müller",
    "García",
    "Nguyen",
    "Kim",
    "Ivanova",
    "Haddad",
    "O'Neil",
    "Silva",
]
GIVEN = [
    "小明",
    "伟",
    "芳",
    "秀英",
    "Anna",
    "Peter",
    "Juan",
    "Linh",
    "Min-jun",
    "Olga",
    "Omar",
    "Siobhan",
    "Ana",
    "Chidi",
]
SEARCHES = ("w", "wang", "wxm", "王", "小明", "muller a", "knee", "脊髓", "sci p0199", "zzz", "anna smith lumbar x")


def patients(count):
    """Yield batches of patients with an episode, a treatment and a visit each."""
    draw = random.Random(1)
    ids = list(conditions())
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        people = [
            Patient(
                id=derived_key("p", str(number)),
                patient_number=f"P{number * 7919 % count:05d}",
                name=f"{draw.choice(FAMILY)}{draw.choice(GIVEN)}",
            )
            for number in numbers
        ]
        yield Batch(
            patients=people,
            episodes=[
                Episode(id=derived_key("e", one.id), patient_id=one.id, condition=draw.choice(ids)) for one in people
            ],
            visits=[Visit(id=derived_key("v", one.id), patient_id=one.id, date=TREATED) for one in people],
        )


def long_patient():
    """Return one patient with 20 visits and six scales at each."""
    answers = {name: {item.code: item.minimum for item in scale(name).items} for name in LONG_SCALES}
    visits = [
        Visit(id=f"long-v{number}", patient_id="long-p", date=TREATED + datetime.timedelta(days=30 * number - 10))
        for number in range(LONG_VISITS)
    ]
    forms = [
        Assessment(
            id=f"long-{visit.id}-{name}",
            visit_id=visit.id,
            episode_id=None if name == "whoqol-bref" else "long-e",
            scale=name,
            scale_version=scale(name).version,
            policy=scale(name).policies[0].id,
            status=AssessmentStatus.COMPLETE,
            completed_at=AT,
            responses=answers[name],
        )
        for visit in visits
        for name in LONG_SCALES
    ]
    return Batch(
        patients=[Patient(id="long-p", patient_number="LONG", name="Long Course")],
        episodes=[Episode(id="long-e", patient_id="long-p", condition="knee-oa")],
        treatments=[Treatment(id="long-t", episode_id="long-e", date=TREATED, product="PRP")],
        visits=visits,
        assessments=[(form, scores_of(form)) for form in forms],
    )


def milliseconds(work, rounds=15):
    """Return the shortest and the median of a few runs of *work* (the shortest was not disturbed)."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times), median(times)


def show(what, work):
    best, middle = milliseconds(work)
    print(f"{what:<40} best {best:7.2f} ms   median {middle:7.2f} ms")


def main(count):
    """Make the file and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.sqlite"
        workspace = Workspace.open(path, create=True, kind="demo", actor="benchmark")
        start = time.perf_counter()
        stamp = Stamp(at=AT, actor="benchmark", transaction_id=derived_key("all"))
        written = workspace.store.bulk([*patients(count), long_patient()], stamp)
        print(f"{written} records written in {time.perf_counter() - start:.1f} s")
        show("first look", lambda: first_look(path))
        for text in SEARCHES:
            found = workspace.patients.search(text).found
            show(f"search “{text}” ({found} found)", lambda text=text: workspace.patients.search(text))
        show("course, 20 visits x 6 scales", lambda: workspace.courses.of("long-e"))
        show("flowsheet, 20 visits x 6 scales", lambda: workspace.flowsheets.of("long-e", today=AT.date()))
        key = workspace.assessments.of_visit("long-v19")[0].assessment.id
        show("one keystroke saved", lambda: workspace.assessments.save_draft(key, {"P1": 0}, {}))
        show("the assessment before", lambda: workspace.assessments.previous(key))
        start = time.perf_counter()
        print(f"{verify_chain(path).entries} audit entries checked in {time.perf_counter() - start:.2f} s")
        workspace.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
