"""Milliseconds from an episode's id to its painted course (30 visits x 8 scales, two cohorts), and of pan and zoom.

Run: ``python tests/benchmarks/bench_chart.py``. Measured with one panel a scale (eight), then with every panel that the
eight scales give. A patient's chart is painted when its panels stand there with marks, bands, lines and words; the side
panel is filled in the turn after. The floor in the same run: bare pyqtgraph PlotWidgets that draw the
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
from tracker.scales import catalogue
from tracker.ui import theme

SCALES = ("asia-totals", "scim-iii", "whoqol-bref", "nrs-pain", "vas-pain", "womac-lk31", "womac-nrs31", "womac-va31")
ONE_EACH = ("asia.motor", "scim-iii.total", "whoqol-bref.physical", "nrs-pain.pain", "vas-pain.pain",
            "womac-lk31.total", "womac-nrs31.total", "womac-va31.total")  # fmt: skip
VISITS = 30
ROUNDS = 15
COHORTS = ("akhlaghpasand-2025/all", "akhlaghpasand-2025/thoracolumbar")
OPEN_LIMIT, FIRST_LIMIT, PAN_LIMIT = 50, 150, 16


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
        clinic.workspace.episodes.choose_cohorts(clinic.episode.id, COHORTS)
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


def arrange(all_panels):
    """Keep an order of panels that shows one a scale, or every one."""
    from tracker.ui.chart import arrangement

    names = [f"{score.series}|unspecified" for name in SCALES for score in catalogue.scale(name).scores]
    hidden = () if all_panels else (name for name in names if name.split("|")[0] not in ONE_EACH)
    arrangement.save("sci", arrangement.Arrangement(hidden=frozenset(hidden)))


def bench_page(application, workspace, episodes):
    """Return a page and its figures: first build, opening, pan, zoom, panels, panels in view."""
    from tracker.ui.chart.course_page import CoursePage

    made = []

    def first():
        page = CoursePage(workspace, theme.current())
        page.resize(1654, 1010)
        page.show_episode(episodes[0])
        page.show()
        paint()
        made.append(page)

    gc.collect()  # what filling the file left behind is no part of the page
    first_build = milliseconds(first)
    page = made[0]
    settle(application)
    shown = page.panels
    seen = [panel for panel in shown if not panel.plot.widget.viewport().visibleRegion().isEmpty()]
    paints = count_paints(seen)

    def open_other(number):
        before = list(paints)
        page.show_episode(episodes[number % 2])
        paint()
        assert all(now > then for now, then in zip(paints, before, strict=True)), "every panel in view was painted"

    opening = []
    for number in range(1, ROUNDS + 1):
        opening.append(milliseconds(lambda number=number: open_other(number)))
        settle(application)

    def move(work):
        work()
        settle(application)

    time = page.window_of_time
    panning = [milliseconds(lambda n=n: move(lambda: time.pan(0.02 if n % 2 else -0.02))) for n in range(ROUNDS)]
    zooming = [milliseconds(lambda n=n: move(lambda: time.zoom(0.9 if n % 2 else 1 / 0.9))) for n in range(ROUNDS)]
    medians = [statistics.median(times) for times in (opening, panning, zooming)]
    return page, (first_build, *medians, len(shown), len(seen))


def paint():
    """Lay out and paint, and nothing that waits for a turn of its own: posted events are both, timers are neither."""
    for _ in range(3):
        QApplication.sendPostedEvents()


def count_paints(panels):
    """Count from now on how often each panel paints itself; returns the counts."""
    counts = [0] * len(panels)

    def counted(number, painting):
        def work(painter):
            counts[number] += 1
            painting(painter)

        return work

    for number, panel in enumerate(panels):
        panel.plot._painting = counted(number, panel.plot._painting)
    return counts


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

    from tracker.ui.app import warm_up_references

    warm_up_references()
    with tempfile.TemporaryDirectory() as folder:
        workspace, episodes = fill(Path(folder) / "bench.sqlite")
        for all_panels in (False, True):
            arrange(all_panels)
            page, figures = bench_page(application, workspace, episodes)
            report(figures, bench_floor(application, page))
            page.close()
        arrange(all_panels=True)
        workspace.close()


def report(figures, floor):
    """Print one arrangement's figures."""
    first, opening, panning, zooming, panels, seen = figures
    built, redrawn, panned = floor
    print(f"{VISITS} visits x {len(SCALES)} scales, two cohorts: {panels} panels, {seen} in view")
    print(f"  first build to painted: {first:.0f} ms (at most {FIRST_LIMIT}; bare PlotWidgets {built:.0f} ms)")
    print(f"  another patient, painted, median: {opening:.1f} ms (at most {OPEN_LIMIT}; bare {redrawn:.1f} ms)")
    print(f"  pan, median: {panning:.1f} ms; zoom: {zooming:.1f} ms (at most {PAN_LIMIT} for 8; bare {panned:.1f} ms)")


if __name__ == "__main__":
    main()
