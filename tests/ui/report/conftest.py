"""A small demo, a clinic with one patient, and reports of them laid out."""

import datetime

import pytest

from tests.ui.chart.clinic import make_clinic
from tracker.core.messages import Language
from tracker.services.demo import write_demo
from tracker.services.workspace import Workspace
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.report.document import make_report
from tracker.ui.report.model import Paper, ReportChoices

PRINTED = datetime.date(2026, 7, 1)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    write_demo(path, patients=24)
    return path


@pytest.fixture
def demo(demo_file, qapp):
    opened = Workspace.open(demo_file)
    yield opened
    opened.close()


@pytest.fixture
def clinic(clinic_file, qapp):
    made = make_clinic(clinic_file)
    yield made
    made.workspace.close()


@pytest.fixture
def report_of():
    """Lays out the report of a clinic's patient."""

    def laid_out(clinic, voice=Voice.CLINICIAN, language=Language.EN, paper=Paper.A4):
        choices = ReportChoices(paper, language, voice)
        return make_report(clinic.workspace, clinic.patient, (clinic.episode,), choices, PRINTED)

    return laid_out
