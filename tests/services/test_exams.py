import pytest

from tests.services.making import complete, day, one_patient, visit
from tracker.clinic.codes import AssessmentStatus, MissingReason
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.core.dates import DAYS_PER_MONTH
from tracker.core.messages import say
from tracker.scales.catalogue import scale
from tracker.scales.errors import InvalidResponseError
from tracker.scales.isncsci.compare import Change
from tracker.scales.isncsci.exam import CELLS
from tracker.scales.isncsci.findings import ALGORITHM, FIELDS
from tracker.services.answers import UnansweredItemError
from tracker.services.exams import NoExamError

NORMAL, CERVICAL, OPEN = (dict(example.responses) for example in scale("isncsci").examples)


@pytest.fixture
def clinic(workspace):
    one_patient(workspace, "sci")
    for key, days in (("w3", 91), ("w0", -7), ("w1", 30)):
        visit(workspace, key, days)
    return workspace


def examine(workspace, visit_id, responses=CERVICAL, **changes):
    given = responses | {cell.replace("__", "."): value for cell, value in changes.items()}
    return complete(workspace, visit_id, "isncsci", given)


def test_an_exam_is_an_assessment_of_the_person_with_totals_as_scores(clinic):
    view = examine(clinic, "w0")
    assert view.assessment.episode_id is None
    assert {score.code: score.value for score in view.scores} == {
        "motor": 14,
        "light_touch": 22,
        "pin_prick": 20,
        "uems": 14,
        "lems": 0,
    }
    assert clinic.assessments.get(view.assessment.id).assessment.responses == CERVICAL
    assert view.assessment.numbers == {item: value for item, value in CERVICAL.items() if value not in {"No"}}


def test_a_total_that_cannot_be_known_is_stored_with_its_reason(clinic):
    scores = {score.code: score for score in examine(clinic, "w0", OPEN).scores}
    assert scores["motor"].value is None
    assert say(scores["motor"].reason) == "not determinable (ND): right.motor.L3 not testable"
    assert scores["uems"].value == 48


def test_exams_come_in_date_order_with_what_they_say(clinic):
    for key, changes in (("w3", {"right__motor__C6": 3}), ("w0", {}), ("w1", {"right__motor__C6": 2})):
        examine(clinic, key, **changes)
    clinic.assessments.save_draft(clinic.assessments.start(visit(clinic, "w9", 200).id, "isncsci").id, NORMAL, {})
    found = clinic.exams.of("p")
    assert [view.visit.id for view in found] == ["w0", "w1", "w3"]
    assert [view.months for view in found] == [days / DAYS_PER_MONTH for days in (-7, 30, 91)]
    first = found[0]
    assert set(first.classification.findings) == set(FIELDS)
    assert (str(first.classification.findings["nli"]), str(first.classification.findings["ais"])) == ("C5", "A")
    assert first.algorithm == ALGORITHM
    assert first.exam.right.motor[:3] == ("4", "1", "0")
    assert [score.code for score in first.totals] == ["lems", "light_touch", "motor", "pin_prick", "uems"]


def test_possible_results_and_stars_are_kept_apart(clinic):
    examine(clinic, "w0", OPEN, deepAnalPressure="NT")
    findings = clinic.exams.of("p")[0].classification.findings
    assert (findings["rightMotor"].possible, findings["rightMotor"].star) == (("T12",), True)
    assert findings["leftSensoryZpp"].possible == ("NA",)
    assert findings["complete"].determined


def test_a_normal_exam_is_e_only_with_a_documented_injury(workspace):
    one_patient(workspace, "ms")
    visit(workspace, "v")
    examine(workspace, "v", NORMAL)
    assert workspace.exams.of("p")[0].classification.findings["ais"].possible == ("NA",)
    workspace.episodes.add(Episode(id="f", patient_id="p", condition="sci"))
    assert workspace.exams.of("p")[0].classification.findings["ais"].possible == ("E",)


def test_months_count_from_the_first_index_treatment_of_any_episode(clinic):
    examine(clinic, "w0")
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="sci"))
    clinic.treatments.add(Treatment(id="t2", episode_id="f", date=day(-30), product="MSC"))
    assert clinic.exams.of("p")[0].months == 23 / DAYS_PER_MONTH


def test_without_treatment_there_are_no_months(workspace):
    one_patient(workspace, "sci", treated=False)
    visit(workspace, "v")
    examine(workspace, "v")
    assert workspace.exams.of("p")[0].months is None


@pytest.mark.parametrize(
    "cell", ["right.motor.C5", "left.pinPrick.S4_5", "voluntaryAnalContraction", "deepAnalPressure"]
)
def test_a_blank_cell_is_refused_by_name(clinic, cell):
    with pytest.raises(UnansweredItemError, match="is blank: give a grade, or NT") as caught:
        examine(clinic, "w0", {item: value for item, value in NORMAL.items() if item != cell})
    assert caught.value.item == cell


def test_the_first_blank_is_named(clinic):
    with pytest.raises(UnansweredItemError) as caught:
        examine(clinic, "w0", {cell: NORMAL[cell] for cell in CELLS[3:]})
    assert caught.value.item == CELLS[0]


def test_a_missing_reason_is_no_grade(clinic):
    started = clinic.assessments.start("w0", "isncsci")
    rest = {item: value for item, value in NORMAL.items() if item != "right.motor.C5"}
    with pytest.raises(InvalidResponseError, match="is NT; it takes no other reason") as caught:
        clinic.assessments.complete(started.id, rest, {"right.motor.C5": MissingReason.UNABLE})
    assert caught.value.item == "right.motor.C5"


def test_a_half_said_star_is_kept_as_a_draft_and_refused_on_completion(clinic):
    started = clinic.assessments.start("w0", "isncsci")
    half = NORMAL | {"right.motor.C5": 3, "right.motor.C5.assume": "normal"}
    clinic.assessments.save_draft(started.id, half, {})
    assert clinic.assessments.preview("isncsci", half)["motor"].value == 98
    with pytest.raises(InvalidResponseError, match="give the reason"):
        clinic.assessments.complete(started.id, half, {})
    assert clinic.assessments.start("w0", "isncsci").responses == half


def test_blank_text_is_not_kept(clinic):
    view = examine(clinic, "w0", comment="")
    assert "comment" not in view.assessment.responses


def test_an_exam_can_be_changed_and_undone_and_the_one_before_is_found(clinic):
    first = examine(clinic, "w0")
    second = examine(clinic, "w1", left__motor__C7="NT")
    assert clinic.assessments.previous(second.assessment.id).assessment.id == first.assessment.id
    amended = examine(clinic, "w1", left__motor__C7=2)
    assert amended.assessment.id == second.assessment.id
    assert clinic.exams.get(second.assessment.id).totals[2].value == 15
    clinic.undo.undo()
    assert clinic.exams.get(second.assessment.id).exam.left.motor[2] == "NT"


def test_two_exams_side_by_side(clinic):
    before = examine(clinic, "w0")
    after = examine(
        clinic, "w1", right__motor__C5=5, right__motor__C6=3, right__lightTouch__C6=2, right__pinPrick__C6=2
    )
    found = clinic.exams.compare(before.assessment.id, after.assessment.id)
    assert {cell.cell for cell in found.cells if cell.change is Change.GAINED} == {
        "right.motor.C5",
        "right.motor.C6",
        "right.lightTouch.C6",
        "right.pinPrick.C6",
    }
    changed = {field.field: (str(field.before), str(field.after)) for field in found.fields}
    assert changed["nli"] == ("C5", "C6")
    assert next(total.difference for total in found.totals if total.total == "uems") == 3


def test_exams_of_two_patients_are_not_compared(clinic):
    mine = examine(clinic, "w0")
    clinic.patients.add(Patient(id="q", patient_number="A-2", name="Bo Li"))
    clinic.visits.add(Visit(id="other", patient_id="q", date=day(0)))
    other = examine(clinic, "other")
    with pytest.raises(NoExamError, match="two patients"):
        clinic.exams.compare(mine.assessment.id, other.assessment.id)


def test_only_a_complete_exam_has_a_classification(clinic):
    draft = clinic.assessments.start("w0", "isncsci")
    with pytest.raises(NoExamError, match="not a complete exam"):
        clinic.exams.get(draft.id)
    totals = complete(clinic, "w1", "asia-totals", {"motor": 40, "light_touch": 60, "pin_prick": 60})
    with pytest.raises(NoExamError):
        clinic.exams.reasons(totals.assessment.id)


def test_each_field_has_its_reasons(clinic):
    view = examine(clinic, "w0")
    steps = clinic.exams.reasons(view.assessment.id)
    assert set(steps) == set(FIELDS)
    assert "C5 is 4, all above normal: the level is C5" in [say(step) for step in steps["rightMotor"]]


def test_an_imported_number_with_a_point_is_the_same_grade(clinic):
    view = examine(
        clinic, "w0", {item: float(value) if value in range(6) else value for item, value in CERVICAL.items()}
    )
    assert clinic.exams.get(view.assessment.id).exam.left.motor[:3] == ("5", "3", "1")
    assert str(clinic.exams.of("p")[0].classification.findings["nli"]) == "C5"


def test_a_draft_exam_stays_a_draft(clinic):
    started = clinic.assessments.start("w0", "isncsci")
    clinic.assessments.save_draft(started.id, {"right.motor.C5": "NT"}, {})
    assert clinic.assessments.get(started.id).assessment.status is AssessmentStatus.DRAFT
    assert clinic.exams.of("p") == ()
