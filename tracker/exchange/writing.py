"""Writes the tables of an export from the store's streams, row by row, with progress and cancel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Protocol

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.injury import documented_injury
from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.exchange.cells import writer
from tracker.exchange.classifications import EXAM, classification_lines
from tracker.exchange.columns import layout
from tracker.exchange.folder import ExportFolder
from tracker.exchange.responses import Form, form_of, response_lines
from tracker.exchange.scores import ScoreLines
from tracker.exchange.tables import SHAPES, STREAMS, Row, Shaping, assessment, visits
from tracker.exchange.text import text_cell
from tracker.exchange.wide import ScoreKey, wide_columns, wide_lines
from tracker.scales.catalogue import catalogue
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.errors import UnknownScaleError

_TICK = 512
"""Rows between two looks at whether the user cancelled."""


class ExportCancelledError(TrackerError):
    """The user cancelled; nothing is left of the export."""


class Source(Protocol):
    """What the store gives: rows of a stream, all patients in order of their number or one patient."""

    def rows(self, table: str, patient_id: str | None = None) -> Iterator[Row]:
        """Return the rows of a stream."""

    def score_keys(self) -> set[ScoreKey]:
        """Return every scale, score and context there is a score of."""


@dataclass(slots=True)
class Used:
    """What the rows turned out to use."""

    scales: set[tuple[str, str]] = field(default_factory=set)
    """Scale and version."""
    policies: set[tuple[str, str]] = field(default_factory=set)
    """Scale and policy."""


class TableWriting:
    """One run over all tables; *patients* are the ids in the order to write (None: as the source orders all)."""

    def __init__(
        self,
        source: Source,
        folder: ExportFolder,
        shaping: Shaping,
        patients: Sequence[str] | None,
        tick: Callable[[int], None],
    ) -> None:
        self._source = source
        self._folder = folder
        self._shaping = shaping
        self._patients = patients
        self._tick = tick
        self.used = Used()
        self.score_columns = wide_columns(catalogue().values(), source.score_keys())
        self._injured: set[str] = set()
        """Patients with a documented spinal cord injury, on whom an exam's AIS grade depends."""

    def run(self) -> None:
        """Write every table but the codebook."""
        for name in ("patients", "episodes", "treatments"):
            self._write_shaped(name, self._rows(STREAMS[name]))
        self._write_visits_and_scores()
        self._write_assessments()
        self._write_shaped("adverse_events", self._rows("adverse_event"))

    def _rows(self, stream: str) -> Iterator[Row]:
        if self._patients is None:
            rows = self._source.rows(stream)
        else:
            rows = chain.from_iterable(self._source.rows(stream, key) for key in self._patients)
        return self._ticking(rows)

    def _ticking(self, rows: Iterable[Row]) -> Iterator[Row]:
        count = 0
        for count, row in enumerate(rows, start=1):
            yield row
            if not count % _TICK:
                self._tick(_TICK)
        self._tick(count % _TICK)

    def _write_shaped(self, name: str, rows: Iterable[Row]) -> None:
        table = layout().tables[name]
        shape, line, shaping = SHAPES[name], writer(table, self._shaping.keys).line, self._shaping
        file = self._folder.table(table)
        for row in rows:
            file.write(line(shape(row, shaping)) + "\n")
        self._folder.finish(table)

    def _write_visits_and_scores(self) -> None:
        """Write the three tables that need a patient's rows of several streams side by side."""
        tables, keys, columns = layout().tables, self._shaping.keys, tuple(self.score_columns)
        visit_table, score_table, wide_table = tables["visits"], tables["scores"], tables["scores_wide"]
        visit_line, fixed = writer(visit_table, keys).line, writer(wide_table, keys)
        score_lines = ScoreLines(writer(score_table, keys), self._shaping)
        visit_file, score_file = self._folder.table(visit_table), self._folder.table(score_table)
        wide_file = self._folder.table(wide_table, tuple(self.score_columns.values()))
        found = {name: _ByPatient(self._rows(name), at) for name, at in (("episode", 1), ("visit", 1), ("score", 0))}
        for patient in self._rows("patient"):
            rows = {name: grouped.of(patient[0]) for name, grouped in found.items()}
            if documented_injury(row[2] for row in rows["episode"]):
                self._injured.add(patient[0])
            for row in visits(rows["visit"], patient[5], self._shaping):
                visit_file.write(visit_line(row) + "\n")
            for line in score_lines.of(rows["score"]):
                score_file.write(line)
            for line in wide_lines(patient, rows, columns, fixed, keys):
                wide_file.write(line)
        for table in (visit_table, score_table, wide_table):
            self._folder.finish(table)

    def _write_assessments(self) -> None:
        tables = layout().tables
        line, key = writer(tables["assessments"], self._shaping.keys).line, self._shaping.keys.key
        file, answers = self._folder.table(tables["assessments"]), self._folder.table(tables["responses"])
        results = self._folder.table(tables["exam_classifications"])
        form = cache(partial(find_form, deidentified=self._shaping.keys.deidentified))
        for row in self._rows("assessment"):
            file.write(line(assessment(row, self._shaping)) + "\n")
            scale, version, policy, status = row[4], row[5], row[6], row[8]
            keys = f"{key(row[0])},{key(row[1])},{key(row[2])}"
            prefix = f"{keys},{text_cell(scale)},{status}"
            answers.write(*response_lines(prefix, form(scale, version), row[10], row[11]))
            if scale == EXAM and status == AssessmentStatus.COMPLETE:
                results.write(*classification_lines(keys, row[10], documented_injury=row[2] in self._injured))
            self.used.scales.add((scale, version))
            self.used.policies.add((scale, policy))
        for name in ("assessments", "responses", "exam_classifications"):
            self._folder.finish(tables[name])


TIMES_READ = {
    "patient": 2,
    "episode": 2,
    "treatment": 1,
    "visit": 1,
    "assessment": 1,
    "score": 1,
    "adverse_event": 1,
}
"""How often a run reads each stream, for progress."""


class _ByPatient:
    """The rows of each patient in turn, from a stream in the order of patients."""

    def __init__(self, rows: Iterable[Row], patient_at: int) -> None:
        self._groups = groupby(rows, itemgetter(patient_at))
        self._next: tuple[Any, Iterator[Row]] | None = next(self._groups, None)

    def of(self, patient_id: str) -> list[Row]:
        """Return the rows of a patient; patients are asked for in the stream's order."""
        if self._next is None or self._next[0] != patient_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def find_form(scale_id: str, version: str, *, deidentified: bool) -> Form:
    """Return what response lines need of a scale, whether its definition is installed or not."""
    try:
        return form_of(find_scale(scale_id, version), deidentified=deidentified)
    except UnknownScaleError:
        return form_of(None, deidentified=deidentified)


class Ticker:
    """Counts rows, tells the progress and stops when the user cancelled."""

    def __init__(
        self, total: int, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._done = 0
        self._total = total
        self._progress = progress
        self._cancelled = cancelled

    def __call__(self, rows: int) -> None:
        """Count *rows* more; raises ExportCancelledError."""
        self._done += rows
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)
        if self._cancelled is not None and self._cancelled():
            raise ExportCancelledError(msg("the export was cancelled; nothing was written"))
