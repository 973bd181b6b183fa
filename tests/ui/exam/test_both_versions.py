"""Two desks at one exam: a grade and its star belong together."""

import pytest
from PySide6.QtCore import Qt

from tracker.scales.isncsci.record import responses_from_exam
from tracker.services.workspace import Workspace

C5 = "right.motor.C5"
STARRED = {C5: 4, f"{C5}.assume": "normal", f"{C5}.reason": "plexopathy"}


@pytest.fixture
def there(workspace):
    opened = Workspace.open(workspace.place, actor="dr-wu")
    yield opened
    opened.close()


@pytest.fixture
def met(form, there, exam):
    """An exam that was completed; another desk starred a grade while it was open here."""
    form.completed(exam(), "second")
    form.open()
    key = there.assessments.start("second", "isncsci").id
    stored = responses_from_exam(exam())
    there.assessments.complete(key, stored | STARRED, {}, seen=there.assessments.seen(key))
    form.sheet.go(C5)
    form.page.grid.sync()
    form.type("3")
    form.qtbot.waitUntil(lambda: form.page.both.sentence != "")
    return form


def test_a_grade_changed_at_both_desks_is_one_choice_with_its_star(met):
    table = met.page.both.table
    first = [table.item(0, place).text() for place in range(3)]
    assert "C5" in first[0]
    assert first[1].startswith("4")
    assert first[1] != "4"  # with its star
    assert first[2].endswith("3")
    assert table.item(1, 0) is None or "C5" not in table.item(1, 0).text()


def test_keeping_theirs_brings_the_grade_and_its_star(met):
    met.qtbot.mouseClick(met.page.both.keep_theirs, Qt.MouseButton.LeftButton)
    assert {name: met.responses.get(name) for name in STARRED} == STARRED
    assert met.page.put_away()


def test_keeping_mine_takes_the_star_away_with_the_grade(met, workspace):
    met.qtbot.mouseClick(met.page.both.keep_mine, Qt.MouseButton.LeftButton)
    met.wait_saved()
    met.page.complete()
    (view,) = workspace.assessments.of_visit("second")
    kept = view.assessment.responses
    assert (kept[C5], f"{C5}.assume" in kept, view.assessment.version) == (3, False, 4)
