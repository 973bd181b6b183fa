"""Milliseconds from an episode's id to its painted course (20 visits x 6 scales), and of panning its linked panels.

Run: ``python tests/benchmarks/bench_chart.py``. The floor in the same run: bare pyqtgraph PlotWidgets that draw the
same points with PlotDataItem, no band, no words, no database.
"""

import datetime
import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from tests.ui.chart.clinic import TREATED, make_clinic, middle_answers
from tracker.clinic.records import Episode, Patient, Visit
from tracker.core.keys import new_key
from tracker.ui import theme

SCALES = ("asia-totals", "scim-iii", "whoqol-bref", "nrs-pain", "vas-pain", "womac-lk31")
VISITS = 20
ROUNDS = 15
COHORT = "akhlaghpasand-2025/all"
OPEN_LIMIT, FIRST_LIMIT, PAN_LIMIT = 60, 200, 16


def fill(path):
    """Return a file with two patients of 20 visits and six scales each."""
    clinic = make_clinic(path, create=True)
    episodes = []
    for number in range(2):
        if number:
            clinic.patient = Patient(id=new_key(), patient_number="P-2", name="Second")
            clinic.episode = Episode(
                id=new_key(), patient_id=clinic.patient.id, condition="sci", attributes={"ais": "A"}
            )
            clinic.workspace.patients.add(clinic.patient, clinic.episode)
        episodes.append(clinic.episode.id)
        clinic.treat()
        for step in range(VISITS):
            day = TREATED + datetime.timedelta(days=30 * step - 20)
            visit = clinic.workspace.visits.add(Visit(id=new_key(), patient_id=clinic.patient.id, date=day))
            for scale_id in SCALES:
                clinic.fill(visit, scale_id, middle_answers(scale_id, step + number))
        clinic.workspace.episodes.choose_cohorts(clinic.episode.id, (COHORT,))
    return clinic.workspace, episodes


def milliseconds(work):
    """Return how long *work* took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def settle(application):
    """Let layout and painting come to rest."""
    for _ in range(3):
        application.processEvents()


def bench_page(application, workspace, episodes):
    """Return first build, opening and panning of the course page, and how many panels it shows."""
    from tracker.ui.chart.course_page import CoursePage

    made = []

    def first():
        page = CoursePage(workspace, theme.current())
        page.resize(1654, 1010)
        page.show_episode(episodes[0])
        page.show()
        settle(application)
        made.append(page)

    gc.collect()  # what filling the file left behind is no part of the page
    first_build = milliseconds(first)
    page = made[0]

    def open_other(number):
        page.show_episode(episodes[number % 2])
        settle(application)

    opening = [milliseconds(lambda number=number: open_other(number)) for number in range(1, ROUNDS + 1)]
    shown = page.panels
    seen = [panel for panel in shown if not panel.plot.widget.viewport().visibleRegion().isEmpty()]

    def pan(number):
        page.window_of_time.pan(0.02 if number % 2 else -0.02)
        settle(application)

    panning = [milliseconds(lambda number=number: pan(number)) for number in range(ROUNDS)]
    return first_build, statistics.median(opening), statistics.median(panning), len(shown), len(seen), page


def bench_floor(application, page):
    """Return build, redraw and pan of bare PlotWidgets with the same points as the panels seen."""
    import pyqtgraph as pg

    seen = [panel for panel in page.panels if not panel.plot.widget.viewport().visibleRegion().isEmpty()]
    series = [[(mark.months, mark.value) for mark in panel.drawn().marks] for panel in seen]
    holder = QWidget()
    plots = []

    def build():
        grid = QGridLayout(holder)
        for number, points in enumerate(series):
            plot = pg.PlotWidget()
            plot.addItem(
                pg.PlotDataItem([x for x, _ in points], [y for _, y in points], symbol="o", pen=pg.mkPen(width=2))
            )
            if plots:
                plot.setXLink(plots[0])
            grid.addWidget(plot, number // 3, number % 3)
            plots.append(plot)
        holder.resize(1386, 900)
        holder.show()
        settle(application)

    def redraw(shift):
        for plot, points in zip(plots, series, strict=True):
            item = plot.listDataItems()[0]
            item.setData([x + shift for x, _ in points], [y for _, y in points])
        settle(application)

    def pan(number):
        plots[0].setXRange(number % 2, 20 + number % 2, padding=0)
        settle(application)

    built = milliseconds(build)
    redrawn = statistics.median(milliseconds(lambda number=number: redraw(number % 2)) for number in range(ROUNDS))
    panned = statistics.median(milliseconds(lambda number=number: pan(number)) for number in range(ROUNDS))
    return built, redrawn, panned


def main():
    """Print the figures beside their limits and the floor."""
    application = QApplication([])
    theme.apply(application, theme.LIGHT)
    import pyqtgraph  # noqa: F401 - loaded beforehand, as the window does while nothing is going on
    import scipy.special  # noqa: F401

    from tracker.services import references

    references.studies()
    with tempfile.TemporaryDirectory() as folder:
        workspace, episodes = fill(Path(folder) / "bench.sqlite")
        first, opening, panning, panels, seen, page = bench_page(application, workspace, episodes)
        built, redrawn, panned = bench_floor(application, page)
        workspace.close()
    print(f"{VISITS} visits x {len(SCALES)} scales: {panels} panels, {seen} in view")
    print(f"first build to painted: {first:.0f} ms (at most {FIRST_LIMIT}; bare PlotWidgets {built:.0f} ms)")
    print(f"open a patient to a painted chart, median: {opening:.1f} ms (at most {OPEN_LIMIT}; bare {redrawn:.1f} ms)")
    print(f"pan {seen} linked panels, median: {panning:.1f} ms (at most {PAN_LIMIT} for 8; bare {panned:.1f} ms)")


if __name__ == "__main__":
    main()
