"""A real file with one patient, an injury, a treatment and two visits; three keyboards to type on."""

import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tracker.clinic.codes import EntryMode
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.scales.isncsci.exam import parse_exam
from tracker.scales.isncsci.levels import DERMATOMES, KEY_LEVELS
from tracker.scales.isncsci.record import responses_from_exam
from tracker.services.workspace import Workspace
from tracker.ui import theme
from tracker.ui.exam.exam_page import ExamPage
from tracker.ui.exam.sheet import ExamSheet

NONE, PAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
PLACES = "1234567890"
AZERTY = "&é\"'(-è_çà"
PAD_LETTERS = {"N": "-", "S": "*"}
"""What stands for the letters on the number pad."""


def exam_at(levels=(17, 17), *, legs="0", answers=("No", "No")):
    """An exam normal down to so many dermatomes a side, altered in the next two, nothing below."""

    def side(count):
        felt = {name: "2" if at < count else "1" if at < count + 2 else "0" for at, name in enumerate(DERMATOMES)}
        moved = {key: "5" if DERMATOMES.index(key) < count else legs for key in KEY_LEVELS}
        return {"motor": moved, "lightTouch": felt, "pinPrick": dict(felt)}

    right, left = levels
    return parse_exam(
        {
            "right": side(right),
            "left": side(left),
            "voluntaryAnalContraction": answers[0],
            "deepAnalPressure": answers[1],
        }
    )


@pytest.fixture
def exam():
    return exam_at


@pytest.fixture
def sheet():
    return ExamSheet({})


@pytest.fixture
def workspace(tmp_path, clinic_file):
    opened = Workspace.open(clinic_file)
    opened.patients.add(Patient(id="lei", patient_number="SCI-0042", name="Wang Lei"))
    opened.episodes.add(Episode(id="injury", patient_id="lei", condition="sci"))
    opened.treatments.add(Treatment(id="cells", episode_id="injury", date=datetime.date(2025, 2, 1), product="MSC"))
    opened.visits.add(Visit(id="first", patient_id="lei", date=datetime.date(2025, 1, 20)))
    opened.visits.add(Visit(id="second", patient_id="lei", date=datetime.date(2026, 1, 25)))
    yield opened
    opened.close()


@pytest.fixture
def form(workspace, qtbot):
    """The page, shown, and what a test does with it."""
    page = ExamPage(workspace, theme.load(theme.LIGHT))
    qtbot.addWidget(page)
    page.resize(1076, 620)
    page.show()
    return Form(page, workspace, qtbot)


class Form:
    """Types into the page as a person would, key by key, on one of three keyboards; counts the keys."""

    def __init__(self, page, workspace, qtbot):
        self.page, self.workspace, self.qtbot = page, workspace, qtbot
        self.layout, self.keys = "qwerty", 0

    def open(self, visit="second"):
        self.page.open(visit)
        self.qtbot.waitUntil(lambda: self.page.focusWidget() is not None)
        return self

    def type(self, text):
        for char in text:
            self.send(*self.event_of(char))
        return self

    def press(self, *keys, modifiers=NONE):
        for key in keys:
            self.send(key, modifiers, 0, "")
        return self

    def event_of(self, char):
        if char.isdigit():
            place = PLACES.index(char)
            if self.layout == "azerty":
                return ord(AZERTY[place].upper()), NONE, place + 10, AZERTY[place]
            return ord(char), PAD if self.layout == "pad" else NONE, place + 10, char
        if self.layout == "pad" and char in PAD_LETTERS:
            return ord(PAD_LETTERS[char]), PAD, 82, PAD_LETTERS[char]
        # Where the letter stands differs; what it writes is what counts.
        return ord(char), NONE, 44 if self.layout == "qwertz" else 24, char.lower()

    def send(self, key, modifiers, scan, text):
        self.keys += 1
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self.page.focusWidget(), QKeyEvent(kind, key, modifiers, scan, 0, 0, text))

    def completed(self, exam, visit="first"):
        """Store a complete exam without the page."""
        started = self.workspace.assessments.start(visit, "isncsci")
        return self.workspace.assessments.complete(started.id, responses_from_exam(exam), {}, mode=EntryMode.OBSERVED)

    def fill(self, exam):
        """Type a whole exam, cell by cell, stars left out."""
        for cell in TYPED:
            code = exam.grade(cell)
            self.type("N" if code == "NT" else {"Yes": "1", "No": "0"}.get(code, code))
        return self

    def wait_saved(self):
        self.qtbot.waitUntil(lambda: not self.page.keeper.unsaved)

    @property
    def sheet(self):
        return self.page.grid.sheet

    @property
    def at(self):
        return self.sheet.state.at

    @property
    def responses(self):
        return dict(self.sheet.state.responses)

    def stored(self, visit="second"):
        (view,) = self.workspace.assessments.of_visit(visit)
        return view


def _typed():
    from tracker.ui.exam.places import ORDER

    return ORDER[:134]


TYPED = _typed()
