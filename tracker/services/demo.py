"""Writes the demo file: all or nothing, never over a file that is not a demo itself."""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.keys import derived_key, new_key
from tracker.core.messages import msg
from tracker.core.places import Place, ServerAddress
from tracker.services.demo_records.conditions import counts
from tracker.services.demo_records.patients import invent_patient
from tracker.services.demo_records.record import Record
from tracker.services.demo_records.spinal import CASES, complete_cases
from tracker.services.demo_records.spinal_patients import invent_complete, invent_incomplete
from tracker.store.anchor import ENDING as ANCHOR_ENDING
from tracker.store.bulk import Batch, Stamp
from tracker.store.errors import StoreError
from tracker.store.first_look import first_look
from tracker.store.lease import leased
from tracker.store.server_errors import EmptyServerError
from tracker.store.store import Store

TODAY = date(2026, 6, 30)
"""The day the demo stands still at, unless told otherwise."""
ENOUGH_FOR_TARGETS = 600
"""From this many patients on, all 106 complete spinal cord injuries are there and their statistics are promised."""
MOST_PATIENTS = 100_000
_COMPLETE_SHARE = 0.8
_BATCH = 50
_ACTOR = "demo (synthetic)"
_ABOUT = (
    "Synthetic: every person and every answer is invented. Months other than 0 and 12 of the complete spinal cord "
    "injuries are invented without any printed figure behind them."
)


class DemoRefusedError(TrackerError):
    """The demo cannot be written as asked; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """What was written."""

    place: Place
    patients: int
    records: int


def write_demo(
    place: Place, *, patients: int = 120, seed: int = 1, today: date = TODAY, replace: bool = False
) -> DemoReport:
    """Write a synthetic registry to *place*; the same arguments give the same records, keys and stamps."""
    _check_arguments(patients, today)
    if isinstance(place, ServerAddress):
        _check_server(place)
    else:
        _check_file(place, replace=replace)
    facts = {"about": _ABOUT, "seed": str(seed), "patients": str(patients), "today": today.isoformat()}
    stamp = Stamp(
        at=datetime.datetime.combine(today, datetime.time(12), datetime.UTC),
        actor=_ACTOR,
        transaction_id=derived_key("demo", str(seed), str(patients), today.isoformat()),
    )

    def write(to: Place) -> int:
        with contextlib.closing(Store.create(to, kind="demo", facts=facts, stamp=stamp)) as store:
            return store.bulk(_batches(patients, seed, today), stamp)

    written = write(place) if isinstance(place, ServerAddress) else _write_file(place, write)
    return DemoReport(place=place, patients=patients, records=written)


def _write_file(path: Path, write: Callable[[Place], int]) -> int:
    unfinished = path.with_name(f".{path.name}.{new_key()[:8]}.part")
    try:
        written = write(unfinished)
        with leased(path, _ACTOR):
            _remove_beside(path)
            unfinished.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
        _remove_beside(unfinished)
    return written


def _check_arguments(patients: int, today: date) -> None:
    if not 1 <= patients <= MOST_PATIENTS:
        raise DemoRefusedError(msg("the number of patients must be 1 to {most}", most=MOST_PATIENTS))
    if today.year < 2000:
        raise DemoRefusedError(msg("the demo cannot stand before the year 2000: give a later day"))


def _check_server(address: ServerAddress) -> None:
    try:
        found = first_look(address, limit=1)
    except EmptyServerError:
        return
    if found.kind != "demo" or found.total:  # an attempt that broke off leaves an empty demo
        raise DemoRefusedError(
            msg("the database of {path} is in use: the demo is written into an empty one only", path=str(address))
        )


def _check_file(path: Path, *, replace: bool) -> None:
    try:
        there = path.exists()
    except OSError as error:
        raise _not_written(path, error) from error
    if not there:
        return
    if not replace:
        raise DemoRefusedError(
            msg("{path} exists already: give another name, or replace a demo file with --replace", path=str(path))
        )
    kind = ""
    with contextlib.suppress(StoreError):
        kind = first_look(path, limit=1).kind
    if kind != "demo":
        raise DemoRefusedError(msg("{path} is not a demo file, it is not replaced: give another name", path=str(path)))


def _not_written(path: Path, error: OSError) -> DemoRefusedError:
    problem = error.strerror or str(error)
    return DemoRefusedError(msg("{path} cannot be written: {problem}", path=str(path), problem=problem))


def _remove_beside(path: Path) -> None:
    # A log left by the file before must not be replayed into the new one, nor its audit be looked for in it.
    for ending in ("-wal", "-shm", ANCHOR_ENDING):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def invent(patients: int, seed: int, today: date) -> Iterator[Record]:
    """Yield the patients of a demo, condition by condition."""
    for condition, number in counts(patients).items():
        if condition == "sci":
            yield from _spinal(patients, number, seed, today)
        else:
            yield from (invent_patient(seed, today, condition, place) for place in range(1, number + 1))


def _spinal(patients: int, number: int, seed: int, today: date) -> Iterator[Record]:
    complete = CASES if patients >= ENOUGH_FOR_TARGETS else min(CASES, int(number * _COMPLETE_SHARE + 0.5))
    for place, case in enumerate(complete_cases(seed)[:complete], start=1):
        yield invent_complete(seed, today, place, case)
    yield from (invent_incomplete(seed, today, place) for place in range(complete + 1, number + 1))


def _batches(patients: int, seed: int, today: date) -> Iterator[Batch]:
    waiting: list[Record] = []
    for record in invent(patients, seed, today):
        waiting.append(record)
        if len(waiting) == _BATCH:
            yield _batch(waiting)
            waiting = []
    if waiting:
        yield _batch(waiting)


def _batch(records: list[Record]) -> Batch:
    return Batch(
        patients=[record.patient for record in records],
        episodes=[episode for record in records for episode in record.episodes],
        treatments=[treatment for record in records for treatment in record.treatments],
        visits=[visit for record in records for visit in record.visits.values()],
        assessments=[assessment for record in records for assessment in record.assessments.values()],
        events=[event for record in records for event in record.events],
    )
