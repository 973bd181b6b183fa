"""One panel to be shown, on the page or on paper: what it is called, what is said over it, what it draws."""

from dataclasses import dataclass

from tracker.ui.chart.drawing import Drawn, PanelDrawing, PanelState
from tracker.ui.chart.texts import Heading


@dataclass(frozen=True, slots=True)
class Shown:
    """One panel to show: its name for the user's own order, its heading, and what it draws."""

    name: str
    heading: Heading
    drawing: Drawn

    @property
    def is_empty(self) -> bool:
        """Whether the score was never recorded."""
        return isinstance(self.drawing, PanelDrawing) and self.drawing.state is PanelState.EMPTY
