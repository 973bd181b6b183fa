import datetime

import pytest

from tests.services.making import TREATED, answers, complete, day, one_patient, visit
from tracker.clinic.codes import AssessmentStatus, Context, MissingReason
from tracker.clinic.conditions import conditions
from tracker.clinic.records import Episode
from tracker.core.dates import DAYS_PER_MONTH
from tracker.scales.catalogue import scale
from tracker.store.errors import UnknownRecordError


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


@pytest.fixture
def clinic(workspace):
    one_patient(workspace)
    for key, days in (("w3", 91), ("w0", -7), ("w1", 30)):
        visit(workspace, key, days)
    return workspace


def sheet(workspace, today=None, episode="e"):
    return workspace.flowsheets.of(episode, today=today or day(91))


def test_columns_are_visits_by_date_with_months_and_plans(clinic):
    columns = sheet(clinic).visits
    assert [column.visit.id for column in columns] == ["w0", "w1", "w3"]
    assert [column.months for column in columns] == [-7 / DAYS_PER_MONTH, 30 / DAYS_PER_MONTH, 91 / DAYS_PER_MONTH]
    assert [column.planned.months for column in columns] == [0, 1, 3]


def test_rows_are_the_charted_scores_of_the_conditions_scales_in_its_order(clinic):
    rows = sheet(clinic).rows
    assert list(dict.fromkeys(row.scale.id for row in rows)) == ["womac-lk31", "vas-pain", "nrs-pain", "whoqol-bref"]
    womac = [row.score.code for row in rows if row.scale.id == "womac-lk31"]
    assert womac == ["pain", "stiffness", "function", "total"]
    assert {row.context for row in rows} == {Context.UNSPECIFIED}


def test_a_scale_recorded_though_not_planned_has_its_rows_and_so_has_a_context(clinic):
    complete(clinic, "w0", "asia-totals")
    complete(clinic, "w0", context=Context.NIGHT)
    rows = sheet(clinic).rows
    assert "asia-totals" in {row.scale.id for row in rows}
    assert [row.context for row in rows if row.scale.id == "vas-pain"] == [Context.NIGHT]


def test_the_further_scales_of_a_condition_are_offered_until_they_are_recorded(clinic):
    offered = [scale.id for scale in sheet(clinic).offered]
    assert offered == ["koos", "lequesne-knee", "lysholm", "sane", "walk-distance", "patient-global"]
    clinic.assessments.start("w0", "koos", episode_id="e")
    assert [scale.id for scale in sheet(clinic).offered] == offered  # nothing is typed yet
    complete(clinic, "w0", "lysholm")
    found = sheet(clinic)
    assert [scale.id for scale in found.offered] == [one for one in offered if one != "lysholm"]
    assert found.rows[-1].scale.id == "lysholm"


def test_a_module_nobody_filled_in_has_no_row(clinic):
    arm = {f"Q{number}": 3 for number in range(1, 12)}
    complete(clinic, "w0", "quickdash", arm)
    assert [row.score.code for row in sheet(clinic).rows if row.scale.id == "quickdash"] == ["quickdash"]
    complete(clinic, "w1", "quickdash", arm | {f"S{number}": 2 for number in range(1, 5)})
    assert [row.score.code for row in sheet(clinic).rows if row.scale.id == "quickdash"] == ["quickdash", "sport"]


def test_a_scale_for_some_sites_is_offered_there_and_where_no_site_is_known(clinic):
    for site in ("patellar", "lateral-elbow", None):
        clinic.episodes.add(Episode(id=f"t-{site}", patient_id="p", condition="tendinopathy", body_site=site))
    offered = {
        site: [scale.id for scale in sheet(clinic, episode=f"t-{site}").offered]
        for site in ("patellar", "lateral-elbow", None)
    }
    assert offered == {
        "patellar": ["sane"],
        "lateral-elbow": ["prtee", "quickdash", "sane"],
        None: ["prtee", "quickdash", "sane"],
    }


def test_cells_hold_values_reasons_and_drafts(clinic):
    complete(clinic, "w0", responses={"pain": 0})
    form = answers("womac-lk31", 1)
    missing = dict.fromkeys(("P1", "P2", "P3"), MissingReason.UNABLE)
    complete(clinic, "w0", "womac-lk31", {item: value for item, value in form.items() if item not in missing}, missing)
    draft = clinic.assessments.start("w1", "womac-lk31", episode_id="e")
    clinic.assessments.save_draft(draft.id, {"P1": 0, "P2": 4}, {})
    clinic.assessments.start("w3", "womac-lk31", episode_id="e")
    cells = sheet(clinic).cells
    vas = cells["w0", "vas-pain", "pain", Context.UNSPECIFIED]
    assert (vas.value, vas.reason, vas.answered, vas.items, vas.status) == (0, None, 1, 1, AssessmentStatus.COMPLETE)
    pain = cells["w0", "womac-lk31", "pain", Context.UNSPECIFIED]
    assert (pain.value, pain.answered, pain.items) == (None, 21, 24)
    assert pain.reason is not None
    begun = cells["w1", "womac-lk31", "total", Context.UNSPECIFIED]
    assert (begun.status, begun.value, begun.answered) == (AssessmentStatus.DRAFT, None, 2)
    assert ("w3", "womac-lk31", "total", Context.UNSPECIFIED) not in cells


def test_what_is_about_the_person_stands_in_every_episode_what_is_about_one_does_not(clinic):
    clinic.episodes.add(Episode(id="f", patient_id="p", condition="knee-oa"))
    complete(clinic, "w0", "whoqol-bref")
    complete(clinic, "w0")
    scales = {key[1] for key in sheet(clinic, episode="f").cells}
    assert scales == {"whoqol-bref"}


def test_a_plan_is_missed_when_its_window_has_passed_and_due_while_it_is_open(clinic):
    clinic.visits.remove("w1")
    found = sheet(clinic, day(100))
    assert [plan.months for plan in found.missed] == [1]
    plan, due = found.next_due
    assert (plan.months, due) == (6, TREATED + datetime.timedelta(days=183))
    within = sheet(clinic, day(40))
    assert within.missed == ()
    assert within.next_due[0].months == 1


def test_the_visit_before_treatment_is_missed_from_the_day_after_treatment(clinic):
    clinic.visits.remove("w0")
    assert sheet(clinic, day(0)).next_due == (conditions()["knee-oa"].planned[0], TREATED)
    assert [plan.months for plan in sheet(clinic, day(1)).missed] == [0]


def test_after_the_last_plan_nothing_is_due(clinic):
    assert sheet(clinic, day(2000)).next_due is None


def test_without_treatment_there_are_no_months_and_no_plans(workspace):
    one_patient(workspace, treated=False)
    visit(workspace, "v")
    found = sheet(workspace)
    assert (found.visits[0].months, found.visits[0].planned, found.missed, found.next_due) == (None, None, (), None)
    assert found.index_treatment is None


def test_a_version_that_is_gone_is_counted_by_the_newest(clinic):
    complete(clinic, "w0")
    with clinic.store.work() as work:
        work.driver.execute("UPDATE assessment SET scale_version = '0-own'")
        work.commit()
    assert sheet(clinic).cells["w0", "vas-pain", "pain", Context.UNSPECIFIED].items == 1


def test_a_removed_episode_has_no_sheet(clinic):
    clinic.episodes.remove("e")
    with pytest.raises(UnknownRecordError):
        sheet(clinic)


def test_an_exam_has_rows_for_its_level_and_grade_as_written_on_the_form(workspace):
    one_patient(workspace, "sci")
    for key, days in (("w0", -7), ("w1", 30)):
        visit(workspace, key, days)
    complete(workspace, "w0", "isncsci", scale("isncsci").examples[2].responses)
    draft = workspace.assessments.start("w1", "isncsci")
    workspace.assessments.save_draft(draft.id, {"right.motor.C5": "NT"}, {})
    found = sheet(workspace)
    rows = [row.score.code for row in found.rows if row.scale.id == "isncsci"]
    assert rows == ["motor", "light_touch", "pin_prick", "nli", "ais"]
    texts = {code: found.cells["w0", "isncsci", code, Context.UNSPECIFIED].text for code in rows}
    assert texts == {"motor": None, "light_touch": None, "pin_prick": None, "nli": "T12*", "ais": "C"}
    begun = found.cells["w1", "isncsci", "ais", Context.UNSPECIFIED]
    assert (begun.text, begun.status, begun.answered, begun.items) == (None, AssessmentStatus.DRAFT, 1, 134)


def test_a_complete_form_with_an_unfinished_change_says_so_until_it_is_discarded(clinic):
    complete(clinic, "w0", responses={"pain": 40})
    complete(clinic, "w1", responses={"pain": 30})
    (view,) = clinic.assessments.of_visit("w0")
    clinic.assessments.save_draft(view.assessment.id, {"pain": 41}, {})
    cells = {key[0]: cell for key, cell in sheet(clinic).cells.items()}
    assert (cells["w0"].value, cells["w0"].changing, cells["w1"].changing) == (40, True, False)
    clinic.assessments.discard_draft(view.assessment.id)
    assert not any(cell.changing for cell in sheet(clinic).cells.values())
