"""Export: the whole file, or one patient, as a folder of CSV files that leaves nothing half."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

from tracker.core.messages import Message
from tracker.core.places import Place
from tracker.exchange.cells import Keys
from tracker.exchange.codebook import codebook_entries
from tracker.exchange.columns import layout
from tracker.exchange.folder import ExportFolder
from tracker.exchange.manifest import Circumstances, manifest
from tracker.exchange.tables import Shaping
from tracker.exchange.writing import TIMES_READ, TableWriting, Ticker, Used
from tracker.scales.catalogue import catalogue
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.errors import UnknownScaleError
from tracker.scales.model import Scale
from tracker.services.rights import Right
from tracker.services.session import require
from tracker.services.workspace import Access, Workspace
from tracker.store.mapping import message_from_json
from tracker.store.migrate import HEAD
from tracker.store.streams import Streams, open_streams
from tracker.store.unreadable import NOT_READABLE


class ExportOptions(TypedDict, total=False):
    """How to export; everything may be left out."""

    deidentified: bool
    """No names, free text or dates; new random keys."""
    excel: bool
    """A byte order mark at the start of each CSV file."""
    patient: str | None
    """Id or number of the only patient to export."""
    replace: bool
    """Overwrite a folder that an export made."""
    progress: Callable[[int, int], None] | None
    """Told the rows done and the rows in all."""
    cancelled: Callable[[], bool] | None
    """Asked often; True ends the export and leaves nothing."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    folder: Path
    rows: Mapping[str, int]
    """File -> rows, without the header."""
    synthetic: bool


def export_csv(place: Place, folder: Path, **options: Unpack[ExportOptions]) -> ExportReport:
    """Export *place* into the new folder *folder*; raises TrackerError and then leaves nothing there."""
    require(place, Right.TRANSFER)
    with (
        closing(Workspace.open(place, access=Access.VISIT)) as workspace,
        open_streams(place) as streams,
        ExportFolder(folder, replace=options.get("replace", False), excel=options.get("excel", False)) as made,
    ):
        facts = streams.facts()
        wanted = options.get("patient")
        patient = None if wanted is None else workspace.patients.find(wanted).id
        try:
            used = _write_tables(patient, streams, made, options)
        except NOT_READABLE:
            _name_the_unreadable(workspace)
            raise
        about = Circumstances(
            schema=HEAD,
            facts=facts,
            left_out=streams.left_out(patient),
            deidentified=options.get("deidentified", False),
            excel=options.get("excel", False),
            one_patient=patient is not None,
            audited=not workspace.store.read_only,
        )
        _publish(workspace, made, manifest(made.facts, used, about), patient)
    rows = {table.file_name: made.facts[table.file_name].rows for table in layout().tables.values()}
    return ExportReport(made.target, rows, facts.get("kind") == "demo")


def _name_the_unreadable(workspace: Workspace) -> None:
    """Raise UnreadableRecordError if the file holds what this program never wrote; else the fault is the program's."""
    with workspace.store.read() as reader:
        reader.read_all()


def _write_tables(patient: str | None, streams: Streams, folder: ExportFolder, options: ExportOptions) -> Used:
    keys = Keys(deidentified=options.get("deidentified", False))
    patients: list[str] | None = None
    if patient is not None:
        patients = [patient]
    elif keys.deidentified:
        patients = sorted((row[0] for row in streams.rows("patient")), key=keys.order)
    total = 1 if patient else sum(streams.count(stream) * times for stream, times in TIMES_READ.items())
    tick = Ticker(total, options.get("progress"), options.get("cancelled"))
    run = TableWriting(streams, folder, Shaping(keys, _read_reason), patients, tick)
    run.run()
    table = layout().tables["codebook"]
    file = folder.table(table)
    defined, unknown = _definitions(run.used)
    for entry in codebook_entries(defined, run.score_columns, unknown):
        file.write(entry.line())
    folder.finish(table)
    return run.used


def _definitions(used: Used) -> tuple[list[Scale], list[tuple[str, str]]]:
    """Return the newest version of every scale and the older ones in use, and what is used without a definition."""
    found = {(scale.id, scale.version): scale for scale in catalogue().values()}
    unknown = []
    for key in sorted(used.scales - found.keys()):
        try:
            found[key] = find_scale(*key)
        except UnknownScaleError:
            unknown.append(key)
    return list(found.values()), unknown


def _read_reason(stored: str) -> Message:
    return message_from_json(json.loads(stored))


def _publish(workspace: Workspace, folder: ExportFolder, made: Mapping[str, Any], patient: str | None) -> None:
    """Move the folder into place and enter the export in the audit: both or neither."""
    details: dict[str, Any] = {"what": "records", "format": "csv", "folder": str(folder.target)}
    details |= {name: made[name] for name in ("deidentified", "patients", "created")}
    details["rows"] = {name: entry["rows"] for name, entry in made["files"].items()}
    with workspace.store.acting("export", details, patient):
        folder.publish(made)
