"""The colours a chart draws with, taken from the theme by role; grey is for what is missing and for nothing else."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from tracker.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class StudyColours:
    """One cohort: fill and edge of its bars, its centres and links, and whether its bars are hatched."""

    fill: QColor
    edge: QColor
    centre: QColor
    hatched: bool


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours one theme draws with."""

    paper: QColor
    text: QColor
    soft: QColor
    axis: QColor
    patient: QColor
    treatment: QColor
    event: QColor
    missing: QColor
    focus: QColor
    good: QColor
    studies: tuple[StudyColours, StudyColours]

    @classmethod
    def of(cls, theme: Theme) -> "Palette":
        """Return the chart colours of *theme*."""
        first = _study(theme, "band", "band_edge", "study", hatched=False)
        second = _study(theme, "band_2", "band_edge_2", "study_2", hatched=True)

        def colour(role: str) -> QColor:
            return QColor(theme.colour(role))

        return cls(
            paper=colour("surface"),
            text=colour("text"),
            soft=colour("text_soft"),
            axis=colour("line_strong"),
            patient=colour("course"),
            treatment=colour("treatment"),
            event=colour("warn"),
            missing=colour("missing"),
            focus=colour("accent"),
            good=colour("good"),
            studies=(first, second),
        )


def _study(theme: Theme, fill: str, edge: str, centre: str, *, hatched: bool) -> StudyColours:
    return StudyColours(
        QColor(theme.colour(fill)), QColor(theme.colour(edge)), QColor(theme.colour(centre)), hatched=hatched
    )
