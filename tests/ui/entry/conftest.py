"""A real file with one patient, a knee, a treatment and two visits."""

import datetime
from types import SimpleNamespace

import pytest

from tracker.clinic.codes import EntryMode, Side
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.scales.catalogue import scale as find_scale
from tracker.services.workspace import Workspace
from tracker.ui import theme
from tracker.ui.entry.entry_page import EntryPage


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(tmp_path / "clinic.db", create=True)
    opened.patients.add(Patient(id="ana", patient_number="KOA-0117", name="Garcia, Ana"))
    opened.episodes.add(Episode(id="knee", patient_id="ana", condition="knee-oa", body_site="knee", side=Side.LEFT))
    opened.treatments.add(Treatment(id="prp", episode_id="knee", date=datetime.date(2025, 11, 8), product="PRP"))
    opened.visits.add(Visit(id="first", patient_id="ana", date=datetime.date(2026, 2, 1)))
    opened.visits.add(Visit(id="second", patient_id="ana", date=datetime.date(2026, 5, 2)))
    yield opened
    opened.close()


@pytest.fixture
def form(workspace, qtbot):
    """The page, shown, and what a test does with it."""
    page = EntryPage(workspace, theme.load(theme.LIGHT))
    qtbot.addWidget(page)
    page.resize(1086, 700)
    page.show()
    return Form(page, workspace, qtbot)


class Form:
    """Types into the page as a person would: into whatever has the focus."""

    def __init__(self, page, workspace, qtbot):
        self.page, self.workspace, self.qtbot = page, workspace, qtbot

    def open(self, scale, visit="second", **more):
        self.page.open(visit, scale, "knee", **more)
        self.qtbot.waitUntil(lambda: self.page.focusWidget() is not None)

    def type(self, text):
        for char in text:
            self.qtbot.keyClicks(self.page.focusWidget(), char)

    def press(self, *keys, **more):
        for key in keys:
            self.qtbot.keyClick(self.page.focusWidget(), key, **more)

    def wait_saved(self):
        self.qtbot.waitUntil(lambda: not self.page.keeper.unsaved)

    def stored(self, scale, visit="second", **more):
        found = [view for view in self.workspace.assessments.of_visit(visit) if view.assessment.scale == scale]
        (view,) = found if not more else [one for one in found if one.assessment.context is more["context"]]
        return SimpleNamespace(
            assessment=view.assessment,
            responses=dict(view.assessment.responses),
            missing=dict(view.assessment.missing),
            scores={score.code: score.value for score in view.scores},
        )

    def completed(self, scale, responses, visit="first"):
        """Store a complete assessment without the form."""
        started = self.workspace.assessments.start(visit, scale, episode_id="knee")
        return self.workspace.assessments.complete(started.id, responses, {}, mode=EntryMode.PAPER)

    def same_answer(self, scale, value):
        return {item.code: value for item in find_scale(scale).items}

    @property
    def sheet(self):
        return self.page.grid.sheet

    @property
    def current(self):
        return self.sheet.item.code if self.sheet.item is not None else None

    def row_name(self, code):
        return self.page.grid.row(code).accessibleName()
