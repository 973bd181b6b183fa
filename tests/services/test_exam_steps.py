import pytest

from tests.services.making import complete, day, one_patient, visit
from tracker.clinic.records import Episode
from tracker.core.dates import DAYS_PER_MONTH
from tracker.core.messages import say
from tracker.scales.catalogue import scale
from tracker.scales.isncsci.levels import LEVELS

NORMAL, CERVICAL, OPEN = (dict(example.responses) for example in scale("isncsci").examples)


@pytest.fixture
def clinic(workspace):
    one_patient(workspace, "sci")
    for key, days in (("w3", 91), ("w0", -7), ("w1", 30)):
        visit(workspace, key, days)
    return workspace


def lines(workspace, episode="e"):
    return {line.series: line for line in workspace.courses.of(episode).steps}


def test_a_person_without_exams_has_no_step_lines(clinic):
    complete(clinic, "w0", "asia-totals", {"motor": 40, "light_touch": 60, "pin_prick": 60})
    assert clinic.courses.of("e").steps == ()


def test_grades_and_levels_stand_at_their_places_in_date_order(clinic):
    complete(clinic, "w3", "isncsci", OPEN)
    complete(clinic, "w0", "isncsci", CERVICAL)
    found = lines(clinic)
    assert list(found) == ["isncsci.ais", "isncsci.nli"]
    grades = found["isncsci.ais"]
    assert (say(grades.label), grades.results) == ("AIS grade", ("A", "B", "C", "D", "E"))
    assert [(point.date, point.possible, point.low, point.high) for point in grades.points] == [
        (day(-7), ("A",), 0, 0),
        (day(91), ("C",), 2, 2),
    ]
    levels = found["isncsci.nli"]
    assert [(point.low, point.star) for point in levels.points] == [
        (LEVELS.index("C5"), False),
        (LEVELS.index("T12"), True),
    ]
    assert levels.points[1].months == 91 / DAYS_PER_MONTH
    assert levels.points[0].visit_id == "w0"


def test_an_open_result_reaches_from_its_worst_to_its_best(clinic):
    complete(clinic, "w0", "isncsci", CERVICAL | {"right.motor.C5": "NT", "deepAnalPressure": "NT"})
    found = lines(clinic)
    (grade,), (level,) = found["isncsci.ais"].points, found["isncsci.nli"].points
    assert (grade.possible, grade.low, grade.high) == (("A", "B"), 0, 1)
    assert (level.possible, level.low, level.high) == (("C4", "C5"), LEVELS.index("C4"), LEVELS.index("C5"))


def test_without_a_documented_injury_a_normal_exam_has_no_place_among_the_grades(workspace):
    one_patient(workspace, "ms")
    visit(workspace, "v")
    complete(workspace, "v", "isncsci", NORMAL)
    (point,) = lines(workspace)["isncsci.ais"].points
    assert (point.possible, point.low, point.high) == (("NA",), None, None)
    workspace.episodes.add(Episode(id="f", patient_id="p", condition="sci"))
    assert lines(workspace)["isncsci.ais"].points[0].high == 4


def test_exams_are_in_the_course_of_every_episode(clinic):
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    complete(clinic, "w0", "isncsci", CERVICAL)
    assert set(lines(clinic, "f")) == {"isncsci.ais", "isncsci.nli"}


def test_drafts_have_no_step(clinic):
    started = clinic.assessments.start("w0", "isncsci")
    clinic.assessments.save_draft(started.id, CERVICAL, {})
    assert lines(clinic) == {}
