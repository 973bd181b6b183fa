"""The folder of an export read back: every record exactly as it was written, and what of it cannot be.

Scores and classifications are not read: they are computed again from the answers.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from tracker.clinic.codes import (
    AssessmentStatus,
    Context,
    EntryMode,
    MissingReason,
    Relatedness,
    Sex,
    Side,
    VisitTiming,
)
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, Treatment, Visit
from tracker.core.messages import msg
from tracker.core.numbers import NotANumberError, parse_number
from tracker.exchange.columns import layout
from tracker.exchange.folder import FORMAT, MANIFEST
from tracker.exchange.manifest import DEMO_FACTS
from tracker.exchange.reading import NotReadableError, Problems, Row, records
from tracker.exchange.tables import ATTRIBUTES
from tracker.scales.model import Answer

LARGEST_MANIFEST = 4_000_000
LONGEST_FACT = 1000
T = TypeVar("T", Patient, Episode, Treatment, Visit, Assessment, AdverseEvent)
TextItems = Callable[[str, str, str], bool]
"""Scale, version and item -> whether its answers are text whatever they look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What the folder holds, by table in the order of its rows, and what is wrong with it."""

    patients: tuple[Patient, ...]
    episodes: tuple[Episode, ...]
    treatments: tuple[Treatment, ...]
    visits: tuple[Visit, ...]
    assessments: tuple[Assessment, ...]
    events: tuple[AdverseEvent, ...]
    lines: Mapping[str, tuple[str, int]]
    """Key of a record -> the file and line it stands in."""
    synthetic: bool
    demo: Mapping[str, str]
    """What a synthetic registry says of itself."""
    problems: Problems = field(default_factory=Problems)


def read_folder(folder: Path, text_items: TextItems) -> Imported:
    """Read the export in *folder*; raises NotReadableError for what is none, or one without names."""
    manifest = _manifest(folder)
    if manifest.get("deidentified") is True:
        raise NotReadableError(
            msg("{folder} is a de-identified export: without names and dates it cannot be read in", folder=str(folder))
        )
    problems, lines = Problems(), dict[str, tuple[str, int]]()

    def table(name: str, make: Callable[[Row], T]) -> tuple[T, ...]:
        found = []
        path = folder / f"{name}.csv"
        for row, record in records(path, layout().tables[name].names, problems, make):
            if record.id in lines:
                problems.add(path.name, row.line, "", msg("has a key that stands elsewhere: {key}", key=record.id))
            else:
                lines[record.id] = (path.name, row.line)
                found.append(record)
        return tuple(found)

    return Imported(
        patients=table("patients", _patient),
        episodes=table("episodes", _episode),
        treatments=table("treatments", _treatment),
        visits=table("visits", _visit),
        assessments=_with_answers(table("assessments", _assessment), folder, problems, text_items),
        events=table("adverse_events", _event),
        lines=lines,
        synthetic=manifest.get("synthetic") is True,
        demo=_demo(manifest.get("demo")),
        problems=problems,
    )


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(LARGEST_MANIFEST))
    except OSError as error:
        raise NotReadableError(
            msg("{folder} is no export: it has no {file}", folder=str(folder), file=MANIFEST)
        ) from error
    except (ValueError, RecursionError) as error:
        raise NotReadableError(msg("{file} cannot be read: it is not JSON", file=str(path))) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotReadableError(msg("{folder} is not an export of this program", folder=str(folder)))
    return found


def _demo(given: object) -> dict[str, str]:
    known = given if isinstance(given, dict) else {}
    texts = {name: known.get(name) for name in DEMO_FACTS}
    return {name: text for name, text in texts.items() if isinstance(text, str) and len(text) < LONGEST_FACT}


def _patient(row: Row) -> Patient:
    return Patient(
        id=row.needed("patient_id"),
        patient_number=row.needed("patient_number"),
        name=row.needed("name"),
        latin_name=row.text("latin_name"),
        sex=row.code("sex", Sex),
        birth_date=row.partial_day("birth_date"),
        note=row.text("note"),
    )


def _episode(row: Row) -> Episode:
    attributes = {code: row.text(code) for code in ATTRIBUTES}
    return Episode(
        id=row.needed("episode_id"),
        patient_id=row.needed("patient_id"),
        condition=row.needed("condition"),
        body_site=row.text("body_site"),
        side=row.code("side", Side),
        onset_date=row.partial_day("onset_date"),
        attributes={code: value for code, value in attributes.items() if value is not None} | _others(row),
        read_against=tuple((row.text("read_against") or "").split()),
    )


def _others(row: Row) -> dict[str, str]:
    text = row.text("other_attributes")
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise row.wrong("other_attributes", msg("is not a JSON object of texts"))
    return found


def _treatment(row: Row) -> Treatment:
    return Treatment(
        id=row.needed("treatment_id"),
        episode_id=row.needed("episode_id"),
        date=row.day("date"),
        product=row.needed("product"),
        cell_source=row.text("cell_source"),
        dose=row.text("dose"),
        route=row.text("route"),
        lot=row.text("lot"),
        is_index=row.needed("is_index") == "1",
        note=row.text("note"),
    )


def _visit(row: Row) -> Visit:
    return Visit(
        id=row.needed("visit_id"),
        patient_id=row.needed("patient_id"),
        date=row.day("date"),
        timing=row.code("timing", VisitTiming),
        note=row.text("note"),
    )


def _assessment(row: Row) -> Assessment:
    status = row.code("status", AssessmentStatus)
    completed = row.stamp("completed_at")
    if (status is AssessmentStatus.COMPLETE) is (completed is None):
        raise row.wrong("completed_at", msg("is given for a complete assessment, and for no other"))
    return Assessment(
        id=row.needed("assessment_id"),
        visit_id=row.needed("visit_id"),
        episode_id=row.text("episode_id"),
        scale=row.needed("scale"),
        scale_version=row.needed("scale_version"),
        policy=row.needed("policy"),
        context=row.code("context", Context),
        status=status,
        mode=row.code("mode", EntryMode),
        assessor=row.text("assessor"),
        completed_at=completed,
        note=row.text("note"),
    )


def _event(row: Row) -> AdverseEvent:
    return AdverseEvent(
        id=row.needed("adverse_event_id"),
        patient_id=row.needed("patient_id"),
        episode_id=row.text("episode_id"),
        treatment_id=row.text("treatment_id"),
        date=row.day("date"),
        end_date=row.day_if_given("end_date"),
        term=row.needed("term"),
        grade=row.whole("grade"),
        relatedness=row.code("relatedness", Relatedness),
        note=row.text("note"),
    )


def _with_answers(
    assessments: Iterable[Assessment], folder: Path, problems: Problems, text_items: TextItems
) -> tuple[Assessment, ...]:
    """Return the assessments with the answers and reasons of ``responses.csv``."""
    by_id = {assessment.id: assessment for assessment in assessments}
    answers: dict[str, dict[str, Answer]] = {key: {} for key in by_id}
    reasons: dict[str, dict[str, MissingReason]] = {key: {} for key in by_id}

    def take(row: Row) -> None:
        owner = by_id.get(row.needed("assessment_id"))
        if owner is None:
            raise row.wrong("assessment_id", msg("is of no assessment in assessments.csv"))
        item, value = row.needed("item"), row.text("value")
        if item in answers[owner.id] or item in reasons[owner.id]:
            raise row.wrong("item", msg("stands twice for one assessment: {item}", item=item))
        if value is not None:
            is_text = text_items(owner.scale, owner.scale_version, item)
            answers[owner.id][item] = value if is_text else _answer(value)
        if value is None or row.text("missing_reason") is not None:
            reasons[owner.id][item] = row.code("missing_reason", MissingReason)

    for _ in records(folder / "responses.csv", layout().tables["responses"].names, problems, take):
        pass
    return tuple(replace(one, responses=answers[one.id], missing=reasons[one.id]) for one in by_id.values())


def _answer(text: str) -> Answer:
    try:
        return parse_number(text)
    except NotANumberError:
        return text
