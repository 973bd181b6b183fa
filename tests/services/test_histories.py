import datetime
from dataclasses import replace

import pytest

from tests.services.making import complete, day, event, one_patient, visit
from tracker.clinic.codes import MissingReason
from tracker.clinic.records import Patient
from tracker.core.dates import now_utc
from tracker.services.change_reasons import Asking, ReasonWantedError
from tracker.store.unreadable import UnreadableRecordError

EARLIER = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clinic(workspace, monkeypatch):
    """A patient entered on EARLIER, corrected today."""
    with monkeypatch.context() as patched:
        patched.setattr("tracker.store.work.now_utc", lambda: EARLIER)
        one_patient(workspace)
        visit(workspace, "v")
        complete(workspace, "v", "vas-pain", {"pain": 60})
        workspace.events.add(event())
    return workspace


def told(workspace):
    return workspace.histories.of_patient("p")


def test_every_change_is_told_newest_first_with_who_and_when(clinic):
    clinic.patients.change(replace(clinic.patients.get("p"), name="Ann Lee-Wu"))
    newest, *others = told(clinic)
    assert (newest.actor, newest.action, newest.entity) == ("dr-lin", "change", "patient")
    assert [(one.column, one.was, one.now) for one in newest.changes] == [("name", "Ann Lee", "Ann Lee-Wu")]
    assert newest.at > others[0].at == EARLIER
    assert [one.entity for one in others] == ["adverse_event", "assessment", "visit", "treatment", "episode", "patient"]


def test_a_changed_answer_is_told_with_its_item_and_the_scores_it_moved(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    clinic.assessments.complete(stored.assessment.id, {"pain": 20}, {})
    (newest, _first) = clinic.histories.of_assessment("p", stored.assessment.id)
    assert (newest.visit_id, newest.visit_date) == ("v", day(0).isoformat())
    found = [(one.column, one.part, one.was, one.now) for one in newest.changes]
    assert found == [("responses", "pain", 60, 20), ("scores", "pain", 60, 20)]


def test_an_answer_that_became_missing_is_told_with_the_reason(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    clinic.assessments.complete(stored.assessment.id, {}, {"pain": MissingReason.DECLINED})
    found = [(one.column, one.part, one.was, one.now) for one in told(clinic)[0].changes]
    assert found == [
        ("missing", "pain", None, "declined"),
        ("responses", "pain", 60, None),
        ("scores", "pain", 60, None),
    ]


def test_what_was_removed_is_told_with_what_it_held(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    clinic.assessments.remove(stored.assessment.id)
    removed = told(clinic)[0]
    assert removed.action == "delete"
    assert ("responses", "pain", 60, None) in [(one.column, one.part, one.was, one.now) for one in removed.changes]
    clinic.undo.undo()
    back = told(clinic)[0]
    assert back.action == "restore"
    assert ("responses", "pain", None, 60) in [(one.column, one.part, one.was, one.now) for one in back.changes]


def test_the_audit_of_the_file_is_searched_by_who_what_and_day(clinic):
    clinic.sign_as("dr-wu")
    clinic.patients.add(Patient(id="q", patient_number="A-2", name="Bo"))
    everything = clinic.histories.of_file()
    assert [one.sequence for one in everything] == sorted((one.sequence for one in everything), reverse=True)
    assert everything[0].patient == "A-2"
    assert [one.entity for one in clinic.histories.of_file("wu")] == ["patient"]
    assert {one.action for one in clinic.histories.of_file("complete 2026-05-01")} == {"complete"}
    assert clinic.histories.of_file("100%_") == ()
    first = clinic.histories.of_file(limit=2)
    assert clinic.histories.of_file(before=first[-1].sequence, limit=2)[0].sequence == first[-1].sequence - 1


def test_a_change_in_the_audit_of_the_file_tells_no_score_whose_value_before_it_does_not_know(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    clinic.assessments.complete(stored.assessment.id, {"pain": 20}, {})
    newest = clinic.histories.of_file(limit=1)[0]
    assert [one.column for one in newest.changes] == ["responses"]


def test_a_patient_is_shown_as_they_were(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    clinic.assessments.complete(stored.assessment.id, {"pain": 20}, {})
    visit(clinic, "w", 90)
    clinic.events.remove("x")
    clinic.patients.change(replace(clinic.patients.get("p"), name="Ann Lee-Wu"))
    past = clinic.histories.as_it_was("p", EARLIER + datetime.timedelta(days=1))
    assert past.patient.name == "Ann Lee"
    assert [one.id for one in past.events] == ["x"]
    assert [one.id for one in past.treatments] == ["t"]
    (sheet,) = past.sheets
    assert [one.visit.id for one in sheet.visits] == ["v"]
    assert {cell.value for cell in sheet.cells.values()} == {60}
    now = clinic.histories.as_it_was("p", now_utc())
    assert {cell.value for cell in now.sheets[0].cells.values()} == {20}
    assert now.sheets[0].cells == clinic.flowsheets.of("e", today=day(0)).cells


def test_before_the_first_entry_and_after_the_removal_there_is_no_patient(clinic):
    assert clinic.histories.as_it_was("p", EARLIER - datetime.timedelta(days=1)) is None
    clinic.patients.remove("p")
    assert clinic.histories.as_it_was("p", now_utc()) is None
    assert clinic.histories.as_it_was("p", EARLIER) is not None


def test_looking_back_leaves_nothing_on_the_disk_and_no_entry(clinic):
    before, entries = sorted(clinic.path.parent.iterdir()), len(clinic.histories.of_file())
    clinic.histories.as_it_was("p", now_utc())
    assert (sorted(clinic.path.parent.iterdir()), len(clinic.histories.of_file())) == (before, entries)


def test_a_reason_is_asked_only_where_the_file_wants_one(clinic):
    (stored,) = clinic.assessments.of_visit("v")
    key = stored.assessment.id
    assert clinic.change_reasons.asking() is Asking.OFF
    clinic.assessments.complete(key, {"pain": 50}, {}, reason="typed wrongly")
    assert told(clinic)[0].reason is None
    clinic.change_reasons.choose(Asking.OFFERED)
    clinic.assessments.complete(key, {"pain": 40}, {})
    clinic.assessments.complete(key, {"pain": 30}, {}, reason="  read the line again ")
    assert told(clinic)[0].reason == "read the line again"
    clinic.change_reasons.choose(Asking.REQUIRED)
    with pytest.raises(ReasonWantedError, match="say why"):
        clinic.assessments.complete(key, {"pain": 20}, {}, reason=" ")
    assert clinic.assessments.get(key).assessment.responses == {"pain": 30}
    visit(clinic, "w", 30)
    complete(clinic, "w", "vas-pain", {"pain": 1})


def test_the_choice_to_ask_is_audited_and_can_be_undone(clinic):
    clinic.change_reasons.choose(Asking.REQUIRED)
    clinic.change_reasons.choose(Asking.REQUIRED)
    assert clinic.histories.of_file(limit=1)[0].entity_id == "change_reason"
    clinic.undo.undo()
    assert clinic.change_reasons.asking() is Asking.OFF


def test_an_entry_changed_past_the_program_tells_nothing_but_that(clinic):
    with clinic.store.work() as work:
        work.driver.execute("UPDATE audit SET \"at\" = 'soon', \"after\" = '[1' WHERE entity = 'visit'")
        work.commit()
    (broken,) = [one for one in told(clinic) if not one.intact]
    assert (broken.actor, broken.about, broken.changes) == ("?", {}, ())
    assert [one.sequence for one in clinic.histories.of_file() if not one.intact] == [broken.sequence]
    with pytest.raises(UnreadableRecordError, match=f"audit entry {broken.sequence} of this patient"):
        clinic.histories.as_it_was("p", now_utc())
