"""How a report stands on paper: one page an episode, nothing clipped, nothing too small to read."""

import datetime

import pytest
from PySide6.QtGui import QImage, QPainter

from tests.ui.chart.clinic import TREATED
from tests.ui.report.conftest import PRINTED
from tracker.clinic.records import AdverseEvent
from tracker.core.keys import new_key
from tracker.core.messages import Language
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.chart.sheet_parts import height_of
from tracker.ui.report.document import make_report
from tracker.ui.report.layout import EDGE
from tracker.ui.report.model import Paper, ReportChoices
from tracker.ui.report.typeface import typeface

DAY = datetime.timedelta(days=1)
SMALLEST = 10
"""Pixels of 1/96 inch: 7.5 points."""


@pytest.mark.parametrize(
    ("paper", "language", "voice"),
    [(Paper.A4, Language.EN, Voice.CLINICIAN), (Paper.LETTER, Language.ZH_CN, Voice.PATIENT)],
)
def test_every_demo_patient_has_charts_on_one_page_and_at_most_the_sources_on_another(demo, paper, language, voice):
    for line in demo.patients.search("", 500).lines:
        patient = demo.patients.get(line.id)
        for episode in demo.episodes.of(line.id):
            layout = make_report(demo, patient, (episode,), ReportChoices(paper, language, voice), PRINTED)
            assert len(layout.pages) <= 2
            assert layout.episodes[0].figures
            for page in layout.pages:
                assert height_of(page.parts) <= layout.size[1] - 2 * EDGE


def test_no_text_is_smaller_than_seven_and_a_half_points(qapp):
    face = typeface()
    fonts = [face.small, face.small_bold, face.body, face.heading, face.title, face.name]
    fonts += [face.chart.axis, face.chart.value]
    assert min(font.pixelSize() for font in fonts) >= SMALLEST


def test_an_episode_begins_a_page_of_its_own(demo):
    for line in demo.patients.search("", 500).lines:
        episodes = demo.episodes.of(line.id)
        if len(episodes) == 2:
            layout = make_report(demo, demo.patients.get(line.id), episodes, ReportChoices(), PRINTED)
            assert len(layout.episodes) == 2
            assert len(layout.pages) >= 2
            return
    pytest.fail("the demo has no patient with two episodes")


def test_texts_that_leave_no_room_go_on_and_none_is_lost(clinic, report_of):
    clinic.treat(note=None, product="Cells " + "of a very long name " * 60)
    for place in range(8):
        clinic.workspace.events.add(
            AdverseEvent(
                id=new_key(),
                patient_id=clinic.patient.id,
                date=TREATED + place * DAY,
                term="something with a long story " * 40,
                grade=1,
            )
        )
    clinic.pain(TREATED - DAY, 6)
    clinic.pain(TREATED + 60 * DAY, 3)
    layout = report_of(clinic)
    assert len(layout.pages) > 1
    for page in layout.pages:
        assert height_of(page.parts) <= layout.size[1] - 2 * EDGE


def test_a_page_is_painted_down_to_its_foot_and_a_demos_says_what_it_is(demo):
    line = demo.patients.search("", 500).lines[0]
    layout = make_report(demo, demo.patients.get(line.id), demo.episodes.of(line.id)[:1], ReportChoices(), PRINTED)
    assert layout.head.synthetic
    width, height = (int(side) for side in layout.size)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    layout.paint(painter, 0)
    painter.end()
    colours = [
        {image.pixel(x, y) for y in range(top, bottom) for x in range(round(EDGE), width - round(EDGE))}
        for top, bottom in ((round(EDGE), 60), (height // 2, height // 2 + 60), (height - 50, height - 30))
    ]
    assert all(len(found) > 3 for found in colours)
    border = {image.pixel(x, y) for y in range(height) for x in (2, width - 3)}
    assert len(border) == 1
