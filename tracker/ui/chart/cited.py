"""Which published limits a panel rests on: all of them are cited where it is printed."""

from collections.abc import Iterator

from tracker.scales.model import Threshold
from tracker.services.comparison import PanelComparison
from tracker.ui.chart.drawing import Drawn, PanelDrawing


def limits_shown(panel: PanelComparison, drawing: Drawn) -> Iterator[Threshold]:
    """Yield the limits of the lines drawn and of the sentences said; one limit may come several times."""
    drawn = {line.code for line in drawing.lines} if isinstance(drawing, PanelDrawing) else set()
    yield from (line.threshold for line in panel.lines if line.threshold is not None and line.code in drawn)
    if panel.latest is not None:
        yield from (verdict.threshold for verdict in panel.latest.verdicts if verdict.met is not None)
    yield from (held.threshold for held in panel.held)
