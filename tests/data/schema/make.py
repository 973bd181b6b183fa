"""Makes the filled files of the program's schema, plain and encrypted, once, when the schema is new.

Run: ``python -m tests.data.schema.make``.

A file here is never made again: it stands for the files of people who work with that version.
"""

import datetime
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.store.keys import PASSPHRASE, RECOVERY
from tracker.clinic.codes import MissingReason, Relatedness, Role, Sex, Side, VisitTiming
from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment, User, Visit
from tracker.core.dates import PartialDate
from tracker.scales.catalogue import scale
from tracker.services.workspace import Workspace
from tracker.store.connect import connect
from tracker.store.converting import encrypt
from tracker.store.keyfile import KeyFile
from tracker.store.migrate import HEAD, KNOWN
from tracker.store.recovery import data_key_of
from tracker.store.wrapping import wrap

TREATED = datetime.date(2025, 3, 10)
PEOPLE = (
    ("S-0001", "Synthetic One", None, "knee-oa", "womac-lk31", "vas-pain"),
    ("S-0002", "合成二", "Hecheng Er", "sci", "asia-totals", "nrs-pain"),
    ("S-0003", "Synthetic Three", None, "tendinopathy", "vas-pain", "whoqol-bref"),
)

USERS = (
    User(id="u-1", name="Synthetic Administrator", role=Role.ADMINISTRATOR),
    User(id="u-2", name="合成录入", role=Role.DATA_ENTRY, disabled=True),
)
HASH = "$argon2id$v=19$m=19456,t=2,p=1$c3ludGhldGljLXNhbHQ$fyS3tivrXUT5K1PSL/ntLp4q6OfXdO69NRlXuwYegbU"
"""Of the passphrase ``synthetic passphrase``."""


def fill(workspace: Workspace) -> None:
    """Record three synthetic people with one of everything."""
    for number, name, latin, condition, *scales in PEOPLE:
        key = number.lower()
        person = Patient(
            id=f"{key}-p",
            patient_number=number,
            name=name,
            latin_name=latin,
            sex=Sex.FEMALE,
            birth_date=PartialDate(1960, 4),
            note="synthetic",
        )
        episode = Episode(id=f"{key}-e", patient_id=person.id, condition=condition, side=Side.LEFT)
        workspace.patients.add(person, episode)
        treatment = Treatment(id=f"{key}-t", episode_id=episode.id, date=TREATED, product="PRP", dose="5 mL")
        workspace.treatments.add(replace(treatment, is_index=True))
        for visit_number, days in enumerate((-7, 30, 91)):
            date = TREATED + datetime.timedelta(days=days)
            timing = VisitTiming.BEFORE if days < 0 else VisitTiming.UNSTATED
            visit = workspace.visits.add(
                Visit(id=f"{key}-v{visit_number}", patient_id=person.id, date=date, timing=timing)
            )
            for scale_id in scales:
                answer(workspace, visit.id, episode.id, scale_id, visit_number)
        event = AdverseEvent(
            id=f"{key}-x",
            patient_id=person.id,
            date=TREATED,
            term="swelling",
            grade=1,
            relatedness=Relatedness.PROBABLE,
            episode_id=episode.id,
            treatment_id=treatment.id,
        )
        workspace.events.add(event)
    workspace.visits.remove("s-0003-v2")
    with workspace.store.work() as work:
        for user in USERS:
            work.add(user, {"password_hash": HASH})
        work.commit()


def answer(workspace: Workspace, visit_id: str, episode_id: str, scale_id: str, turn: int) -> None:
    """Complete one form (leaving one answer out with a reason), or leave a draft at the last visit."""
    items = scale(scale_id).items
    responses = {item.code: item.allowed[-1 - turn] if item.allowed else 40 - 10 * turn for item in items}
    optional = {item.code for item in items if item.optional}
    responses = {code: value for code, value in responses.items() if code not in optional}
    missing = {}
    if len(items) > 5 and turn == 1:
        missing = {items[4].code: MissingReason.DECLINED}
        del responses[items[4].code]
    started = workspace.assessments.start(visit_id, scale_id, episode_id=episode_id)
    if turn == 2 and scale_id == "vas-pain":
        workspace.assessments.save_draft(started.id, {}, {"pain": MissingReason.UNABLE})
    else:
        workspace.assessments.complete(started.id, responses, missing)


def main() -> None:
    """Make the plain file of today's schema, and the encrypted one of every schema, where there is none."""
    folder = Path(__file__).parent
    plain = folder / f"{HEAD}.sqlite"
    made = [] if plain.exists() else [make_plain(plain)]
    for schema in KNOWN:
        target = folder / f"{schema}.encrypted.sqlite"
        if not target.exists():
            made.append(make_encrypted(folder / f"{schema}.sqlite", target))
    if not made:
        raise SystemExit("every schema has its files: one that is in use must not change")


def make_encrypted(plain: Path, target: Path) -> Path:
    """Make the file of the same schema that PASSPHRASE and RECOVERY open, with its key file."""
    shutil.copy(plain, target)
    try:
        key = data_key_of(RECOVERY)
        encrypt(target, key, KeyFile(slots=(wrap("", PASSPHRASE, key),)))
        with closing(connect(target)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except BaseException:
        target.unlink()
        raise
    return target


def make_plain(target: Path) -> Path:
    """Make the plain file of today's schema."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "filled.sqlite"
        workspace = Workspace.open(path, create=True, actor="synthetic")
        fill(workspace)
        workspace.close()
        with closing(connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    return target


if __name__ == "__main__":
    main()
