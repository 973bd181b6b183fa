"""What the user chose for the whole page; kept on this computer, apart from what belongs to an episode."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.services.reviews import Review
from tracker.ui import settings
from tracker.ui.chart.drawing import BandChoice
from tracker.ui.chart.time_axis import TimeChoice

MOST = 2
"""Cohorts drawn at once."""
_GROUP = "chart"


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
    reviewed: Review | None = None
    """The patient's last review."""


KEPT: dict[str, type[StrEnum]] = {"band": BandChoice, "lines": LineChoice, "time": TimeChoice, "voice": Voice}
"""The choices that outlive the page, in the order shown."""


def load() -> ChartChoices:
    """Return what is kept on this computer; what cannot be read is as if it were not kept."""
    found: dict[str, Any] = {}
    for name, kind in KEPT.items():
        kept = settings.remembered(_GROUP, name)
        if kept in [one.value for one in kind]:
            found[name] = kind(kept)
    return ChartChoices(**found)


def save(choices: ChartChoices) -> None:
    """Keep what outlives the page."""
    for name in KEPT:
        settings.remember(_GROUP, name, str(getattr(choices, name)))
