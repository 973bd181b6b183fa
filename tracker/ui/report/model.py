"""What a report prints, as data: every text as it stands on the paper."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Language
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.chart.drawing import LaneDrawing, StudyDrawing
from tracker.ui.chart.shown import Shown
from tracker.ui.chart.time_axis import TimeAxis


class Paper(StrEnum):
    """The sizes a report is laid out for."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """How a report is printed."""

    paper: Paper = Paper.A4
    language: Language = Language.EN
    voice: Voice = Voice.CLINICIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One chart with all its words."""

    shown: Shown
    studies: tuple[tuple[StudyDrawing, str], ...]
    """Each cohort drawn, and its line."""
    notes: str
    """What must stand out: no band and why, an assumed range, natural recovery."""
    said: str
    """The sentences, in the voice chosen; those that stand under several charts by their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One score in the table of numbers."""

    name: str
    """Of the panel; empty for a row that names the scale of those under it."""
    cells: tuple[str, ...]
    """Score, baseline, last value, change, against measurement error and MCIDs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeReport:
    """One episode: what is printed of it with a number of its charts."""

    title: str
    facts: str
    treatments: tuple[str, ...]
    key: str
    """What marks, months and bands mean."""
    paragraph: str
    lane: LaneDrawing
    axis: TimeAxis
    window: tuple[float, float]
    figures: tuple[Figure, ...]
    shared: tuple[str, ...]
    """The sentences that stand under several charts, each after its letter."""
    not_drawn: str
    """Which scores have no chart on the page."""
    headings: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    legend: str
    """What the table's last column means."""
    events: tuple[str, ...]
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    """Studies, limits, scales with version and policy."""

    def words(self) -> Iterator[str]:
        """Yield everything that is printed as text, in its order: for a screen reader."""
        yield from (self.title, self.facts, *self.treatments, self.paragraph, self.key)
        for figure in self.figures:
            yield from (figure.shown.heading.title, *(words for _study, words in figure.studies))
            yield from (figure.notes, figure.said)
        yield from self.shared
        for row in self.rows:
            said = [f"{heading} {cell}" for heading, cell in zip(self.headings[1:], row.cells[1:], strict=False)]
            yield ": ".join((row.cells[0], "; ".join(said))) if said else row.cells[0]
        yield from (self.legend, self.not_drawn, *self.events, *self.cautions, *self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """What stands on every page."""

    name: str
    person: str
    printed: datetime.date
    synthetic: bool
    made_with: str
    """Software, schema, scoring, page size."""
