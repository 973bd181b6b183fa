"""Import: the folder of an export read into a file, every record checked as if it were typed, all or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.clinic.records import AdverseEvent, Assessment, Episode, StoredScore, Treatment, Visit
from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.core.keys import new_key
from tracker.core.messages import msg
from tracker.exchange.importing import Imported, read_folder
from tracker.exchange.reading import Problem
from tracker.scales import catalogue
from tracker.scales.errors import UnknownScaleError
from tracker.services.import_checks import check
from tracker.services.policies import policy_fact
from tracker.services.rights import Right
from tracker.services.scored import scores_of
from tracker.store.bulk import Batch, Stamp

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.store.work import Work

_BATCH = 50


class ImportRefusedError(TrackerError):
    """The folder cannot go into this file; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What was read in (or would be), and what stood in the way."""

    patients: int
    visits: int
    assessments: int
    written: bool
    problems: tuple[Problem, ...]
    """What is wrong; with any, nothing was written."""
    more_problems: int
    """How many more there are."""


def import_folder(workspace: "Workspace", folder: Path, *, dry_run: bool = False) -> ImportReport:
    """Read the export in *folder* into the open records; raises NotReadableError, ImportRefusedError or StoreError.

    With any problem in any row nothing is written.
    """
    workspace.session.check(Right.TRANSFER)
    store, found = workspace.store, read_folder(folder, _is_text)
    with store.read() as reader:
        facts = reader.facts()
        empty = not reader.any_patient()
        if found.synthetic and not (empty or facts.get("kind") == "demo"):
            raise ImportRefusedError(
                msg("{folder} holds synthetic patients: they go into a demo or an empty file only", folder=str(folder))
            )
        chosen = check(found, reader)
    problems = found.problems
    write = not (dry_run or problems.count)
    if write:
        added = {policy_fact(scale): policy for scale, policy in chosen.items()}
        if found.synthetic and empty:
            added |= {"kind": "demo", **found.demo}
        stamp = Stamp(at=now_utc(), actor=store.actor, transaction_id=new_key())

        def finish(work: "Work") -> None:
            for name, value in added.items():
                work.set_fact(name, value)
            work.act("import", {"folder": str(folder), "patients": len(found.patients)})

        store.bulk(_batches(found), stamp, finish=finish)
    return ImportReport(
        patients=len(found.patients),
        visits=len(found.visits),
        assessments=len(found.assessments),
        written=write,
        problems=tuple(problems.found),
        more_problems=problems.count - len(problems.found),
    )


def _is_text(scale: str, version: str, item: str) -> bool:
    try:
        items = catalogue.scale(scale, version).items
    except UnknownScaleError:
        return False
    return any(one.code == item and one.free_text for one in items)


def _batches(found: Imported) -> Iterator[Batch]:
    """Yield the records, some patients at a time, with whatever belongs to them."""
    owned = _by_patient(found)
    for start in range(0, len(found.patients), _BATCH):
        patients = found.patients[start : start + _BATCH]
        mine = [owned[patient.id] for patient in patients]
        yield Batch(
            patients=patients,
            episodes=[record for records in mine for record in records.episodes],
            treatments=[record for records in mine for record in records.treatments],
            visits=[record for records in mine for record in records.visits],
            assessments=[(record, _scores(record)) for records in mine for record in records.assessments],
            events=[record for records in mine for record in records.events],
        )


class _Owned:
    """The records of one patient."""

    def __init__(self) -> None:
        self.episodes: list[Episode] = []
        self.treatments: list[Treatment] = []
        self.visits: list[Visit] = []
        self.assessments: list[Assessment] = []
        self.events: list[AdverseEvent] = []


def _by_patient(found: Imported) -> Mapping[str, _Owned]:
    owned: dict[str, _Owned] = defaultdict(_Owned)
    of_episode = {episode.id: episode.patient_id for episode in found.episodes}
    of_visit = {visit.id: visit.patient_id for visit in found.visits}
    for episode in found.episodes:
        owned[episode.patient_id].episodes.append(episode)
    for treatment in found.treatments:
        owned[of_episode[treatment.episode_id]].treatments.append(treatment)
    for visit in found.visits:
        owned[visit.patient_id].visits.append(visit)
    for assessment in found.assessments:
        owned[of_visit[assessment.visit_id]].assessments.append(assessment)
    for event in found.events:
        owned[event.patient_id].events.append(event)
    return owned


def _scores(assessment: Assessment) -> tuple[StoredScore, ...]:
    return scores_of(assessment) if assessment.completed_at is not None else ()
