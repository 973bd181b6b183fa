"""Milliseconds of a report, from the patient to the bytes of its PDF (30 visits x 8 scales, two cohorts).

Run: ``python tests/benchmarks/bench_report.py``. The first report of a process also reads the studies and the font; the
others are the median. Beside them, in the same run, the floor: a PDF of as many empty pages by QPdfWriter.
"""

import datetime
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter

from tests.benchmarks.bench_chart import fill
from tracker.core.messages import Language
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.report.document import make_report, page_layout, pdf_of
from tracker.ui.report.model import Paper, ReportChoices

DAY = datetime.date(2028, 1, 1)
ROUNDS = 15
LIMIT = 1500


def milliseconds(work):
    """Return how long *work* took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def empty_pdf(pages):
    """Make a PDF with nothing on its pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout(Paper.A4))
    painter = QPainter(writer)
    for _ in range(pages - 1):
        writer.newPage()
    painter.end()


def main():
    """Print the figures; returns 1 where the limit is passed."""
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        workspace, episodes = fill(Path(folder) / "bench.sqlite")
        jobs = [(workspace.episodes.get(key), language) for language in Language for key in episodes]
        pages = []

        def report(episode, language):
            patient = workspace.patients.get(episode.patient_id)
            choices = ReportChoices(Paper.A4, language, Voice.CLINICIAN)
            layout = make_report(workspace, patient, (episode,), choices, DAY)
            pages.append(len(layout.pages))
            pdf_of(layout)

        first = milliseconds(lambda: report(*jobs[0]))
        times = [milliseconds(lambda job=job: report(*job)) for _ in range(ROUNDS) for job in jobs]
        floor = statistics.median(milliseconds(lambda: empty_pdf(max(pages))) for _ in range(ROUNDS))
        workspace.close()
    del application
    median = statistics.median(times)
    print(f"first report      {first:8.1f} ms   (limit {LIMIT} ms)")
    print(f"report, median    {median:8.1f} ms   slowest {max(times):.1f} ms, {max(pages)} pages at most")
    print(f"empty PDF         {floor:8.1f} ms   the report takes {median / floor:.0f} times as long")
    return int(first > LIMIT or median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
