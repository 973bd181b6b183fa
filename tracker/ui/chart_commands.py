"""What the menu does to the chart shown: what its own keys and buttons do, too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from tracker.core.messages import tr
from tracker.ui.chart.panel_menu import PanelDeed

if TYPE_CHECKING:
    from tracker.ui.chart.course_page import CoursePage
    from tracker.ui.window import MainWindow

PANEL = "panel_"


def do(window: "MainWindow", name: str) -> None:
    """Do the deed called *name* on the course of the episode shown."""
    shown = window.middle.patient
    had_focus = shown.course.grid.name_of_focus() if shown is not None and shown.course is not None else ""
    if window.middle.page != "patient" or shown is None or shown.tab != 0:
        window.commands.records.course()
    course = shown.course if shown is not None else None
    if course is None:
        return
    if name.startswith(PANEL):
        deed = PanelDeed(name.removeprefix(PANEL))
        # In a turn of its own: a menu gives the focus back to the panel only after it has closed.
        QTimer.singleShot(0, course, lambda: _to_panel(window, course, deed, had_focus))
        return
    deeds = {
        "zoom_scale": course.toggle_zoom,
        "whole_course": course.window_of_time.reset,
        "read_against": course.toggle_side,
        "course_table": course.deeds.toggle_table,
        "mark_reviewed": course.mark_reviewed,
    }
    deeds[name]()


def _to_panel(window: "MainWindow", course: "CoursePage", deed: PanelDeed, had_focus: str) -> None:
    panel = course.grid.name_of_focus() or had_focus
    if panel in course.grid.names:
        course.deeds.do(panel, deed)
    else:
        window.notice.tell(tr("Go to a panel first: Tab moves from one to the next"))
