"""A real file and the course page over it."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.chart.clinic import make_clinic
from tracker.core import messages
from tracker.ui import theme


@pytest.fixture
def clinic(clinic_file):
    made = make_clinic(clinic_file)
    yield made
    made.workspace.close()


@pytest.fixture
def knee_clinic(clinic_file, tmp_path):
    made = make_clinic(shutil.copy(clinic_file, tmp_path / "knee.sqlite"), "knee-oa", "knee", {"grade": "2"})
    yield made
    made.workspace.close()


@pytest.fixture
def open_page(qtbot):
    """Opens the course page of a clinic's episode in a window of a common size."""
    from tracker.ui.chart.course_page import CoursePage

    def opened(clinic, size=(1114, 620), name=theme.LIGHT):
        page = CoursePage(clinic.workspace, theme.load(name))
        qtbot.addWidget(page)
        page.resize(*size)
        page.show_episode(clinic.episode.id)
        page.show()
        qtbot.waitExposed(page)
        QApplication.processEvents()
        return page

    return opened


@pytest.fixture
def chinese(monkeypatch):
    """Texts of scales and studies in Chinese (the program's own words follow the catalogue)."""
    monkeypatch.setattr(messages._speaking, "language", messages.Language.ZH_CN)
