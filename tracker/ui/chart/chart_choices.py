"""What the user chose for the whole page; kept on this computer, apart from what belongs to an episode."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from tracker.ui import settings
from tracker.ui.chart.drawing import BandChoice
from tracker.ui.chart.time_axis import TimeChoice

MOST = 2
"""Cohorts drawn at once."""
_GROUP = "chart"
Choice = TypeVar("Choice", bound=StrEnum)


class LineChoice(StrEnum):
    """Which levels are drawn from the patient's own baseline."""

    LIMITS = "limits"
    PERCENT = "percent"
    OFF = "off"


class Voice(StrEnum):
    """Whom the sentences under the plots speak to."""

    CLINICIAN = "clinician"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class ChartChoices:
    """Everything that decides how a course is drawn, beside the records and the cohorts chosen."""

    band: BandChoice = BandChoice.RANGE95
    lines: LineChoice = LineChoice.LIMITS
    time: TimeChoice = TimeChoice.MONTHS
    voice: Voice = Voice.CLINICIAN
    zoomed: bool = False
    """Whether y shows only the part of the scale that is used; never kept: a page opens with the full range."""
    as_printed: frozenset[str] = frozenset()
    """Cohorts whose values are asked for as printed, until another episode is shown."""
    reviewed: datetime.datetime | None = None
    """When the patient was last marked as reviewed."""


def load() -> ChartChoices:
    """Return what is kept on this computer."""
    start = ChartChoices()
    return replace(
        start,
        band=_kept("band", start.band),
        lines=_kept("lines", start.lines),
        time=_kept("time", start.time),
        voice=_kept("voice", start.voice),
    )


def save(choices: ChartChoices) -> None:
    """Keep what outlives the page."""
    for name in ("band", "lines", "time", "voice"):
        settings.remember(_GROUP, name, str(getattr(choices, name)))


def _kept(name: str, otherwise: Choice) -> Choice:
    kept = settings.remembered(_GROUP, name)
    kind = type(otherwise)
    return kind(kept) if kept in [one.value for one in kind] else otherwise
