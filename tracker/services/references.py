"""The study library, and what may be drawn of a cohort on a patient's panel."""

from typing import Protocol

from tracker.clinic.codes import Context
from tracker.core.numbers import Number
from tracker.reference import library
from tracker.reference.bands import BandKind
from tracker.reference.model import Cohort, Study
from tracker.reference.overlay import Overlay, Panel
from tracker.reference.overlay import overlay as draw
from tracker.reference.overlay import started_outside as outside
from tracker.scales.model import ScoreDefinition


class ChartPanel(Protocol):
    """A panel of a patient's course: its series, score definition and context."""

    @property
    def series(self) -> str:
        """Series whose scores share the line."""

    @property
    def score(self) -> ScoreDefinition:
        """Definition that gives range and direction."""

    @property
    def context(self) -> Context:
        """Circumstance the assessments speak of."""


def studies() -> tuple[Study, ...]:
    """Return every study of the library: those that ship, then the clinic's own."""
    return library.studies()


def find_cohort(name: str) -> tuple[Study, Cohort]:
    """Return the study and cohort called ``study/cohort``; raises UnknownCohortError."""
    return library.find_cohort(name)


def overlay(panel: ChartPanel, cohort: str, band: BandKind = BandKind.RANGE95, *, as_printed: bool = False) -> Overlay:
    """Return what may be drawn of *cohort* (``study/cohort``) on *panel*, or why nothing is."""
    study, found = find_cohort(cohort)
    return draw(study, found, _panel(panel), band, as_printed=as_printed)


def started_outside(panel: ChartPanel, cohort: str, baseline: Number | None) -> bool | None:
    """Whether a patient started outside the cohort's month-0 range (no band by default then); None: cannot tell."""
    _study, found = find_cohort(cohort)
    return outside(found, _panel(panel), baseline)


def _panel(panel: ChartPanel) -> Panel:
    return Panel(
        series=panel.series,
        minimum=panel.score.minimum,
        maximum=panel.score.maximum,
        direction=panel.score.direction,
        context=panel.context.value,
    )
