import datetime
import json
from dataclasses import replace

import pytest

from tests.store.making import (
    NOW,
    SCORES,
    assessment,
    complete,
    episode,
    event,
    fill,
    fill_one_patient,
    patient,
    treatment,
    user,
    visit,
)
from tracker.clinic.codes import MissingReason
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, Treatment, User, Visit
from tracker.store.checking.chain import verify_chain
from tracker.store.errors import ConflictError, StaleRecordError, UnknownRecordError
from tracker.store.mapping import KINDS
from tracker.store.reading import Proof


@pytest.fixture
def store(any_store):
    return any_store


def find(store, record, key):
    with store.read() as reader:
        return reader.find(record, key)


def audit(store):
    with store.read() as reader:
        return reader.driver.execute("SELECT action, entity, entity_id, patient_id, actor FROM audit").fetchall()


def test_nothing_stays_without_commit(store):
    with store.work() as work:
        work.add(patient())
    assert find(store, Patient, "p") is None
    assert audit(store) == []


def test_an_error_undoes_all_of_the_work(store):
    def fail():
        with store.work() as work:
            work.add(patient())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert find(store, Patient, "p") is None


def test_a_record_comes_back_as_it_was_stored(store):
    fill_one_patient(store)
    assert find(store, Patient, "p") == patient(version=1)
    assert find(store, Episode, "e") == episode(version=1)
    assert find(store, AdverseEvent, "x") == event(episode_id="e", treatment_id="t", version=1)
    with store.read() as reader:
        view = reader.view("a")
    assert view.assessment == complete(version=2)
    assert {score.code: score for score in view.scores} == {score.code: score for score in SCORES}


def test_every_write_has_its_audit_entry_but_drafts(store):
    fill_one_patient(store)
    assert audit(store) == [
        ("create", "patient", "p", "p", "dr-lin"),
        ("create", "episode", "e", "p", "dr-lin"),
        ("create", "treatment", "t", "p", "dr-lin"),
        ("create", "visit", "v", "p", "dr-lin"),
        ("complete", "assessment", "a", "p", "dr-lin"),
        ("create", "adverse_event", "x", "p", "dr-lin"),
    ]
    assert verify_chain(store.place).broken is None


def test_keystrokes_leave_no_audit_entry(store):
    fill(store, patient(), episode(), visit(), assessment())
    entries = len(audit(store))
    with store.work() as work:
        work.keep_draft(work.get(Assessment, "a"), {"pain": 3.5}, {"other": MissingReason.DECLINED})
        work.commit()
    kept = find(store, Assessment, "a")
    assert (kept.responses, kept.missing) == ({"pain": 3.5}, {"other": MissingReason.DECLINED})
    assert len(audit(store)) == entries


def test_keystrokes_on_a_complete_assessment_lie_beside_its_answers(store):
    fill_one_patient(store)
    with store.work() as work:
        work.keep_draft(work.get(Assessment, "a"), {"pain": 9}, {})
        work.commit()
    assert find(store, Assessment, "a").responses == {"pain": 0}
    with store.read() as reader:
        assert reader.amendment("a") == {"responses": {"pain": 9}, "missing": {}}
        assert reader.amendment("nobody") is None
    with store.work() as work:
        work.drop_amendment("a")
        work.commit()
    with store.read() as reader:
        assert reader.amendment("a") is None


def test_a_change_counts_the_version(store):
    fill(store, patient())
    with store.work() as work:
        changed = work.change(replace(patient(version=1), name="Bo"))
        work.commit()
    assert changed.version == 2
    assert find(store, Patient, "p") == changed


def test_a_change_that_changes_nothing_writes_nothing(store):
    fill(store, patient())
    with store.work() as work:
        assert work.change(patient(version=1)).version == 1
        work.commit()
    assert len(audit(store)) == 1


def test_a_record_changed_elsewhere_is_not_overwritten(store):
    fill(store, patient())
    with store.work() as work:
        work.change(replace(patient(version=1), name="Bo"))
        work.commit()
    with store.work() as work, pytest.raises(StaleRecordError, match="dr-lin changed this on"):
        work.change(replace(patient(version=1), name="Cy"))


def test_a_removed_record_cannot_be_changed(store):
    fill(store, patient())
    with store.work() as work:
        work.remove(Patient, "p")
        work.commit()
    with store.work() as work, pytest.raises(UnknownRecordError, match="removed elsewhere"):
        work.change(patient(version=2))


def test_two_patients_cannot_share_a_number_but_a_removed_one_gives_it_free(store):
    fill(store, patient())
    with pytest.raises(ConflictError, match="patient number is already in use"):
        fill(store, patient("q"))
    with store.work() as work:
        work.remove(Patient, "p")
        work.commit()
    fill(store, patient("q"))


def test_the_same_assessment_cannot_be_there_twice(store):
    fill_one_patient(store)
    with pytest.raises(ConflictError, match="does not fit"):
        fill(store, assessment("b"))


def test_removing_a_visit_removes_its_assessments_and_nothing_else(store):
    fill_one_patient(store)
    fill(store, visit("w", date=datetime.date(2026, 4, 1)), assessment("b", "w"))
    with store.work() as work:
        work.remove(Visit, "v")
        work.commit()
    assert find(store, Visit, "v") is None
    assert find(store, Assessment, "a") is None
    assert find(store, Assessment, "b") is not None
    assert find(store, AdverseEvent, "x") is not None


def test_removing_an_episode_leaves_the_adverse_event_with_the_patient(store):
    fill_one_patient(store)
    fill(store, assessment("b", episode_id=None, scale="whoqol-bref"))
    with store.work() as work:
        work.remove(Episode, "e")
        work.commit()
    assert [find(store, record, key) for record, key in ((Episode, "e"), (Treatment, "t"), (Assessment, "a"))] == [
        None,
        None,
        None,
    ]
    assert find(store, Assessment, "b") is not None
    left = find(store, AdverseEvent, "x")
    assert (left.episode_id, left.treatment_id) == (None, None)
    assert find(store, Visit, "v") is not None


def test_removing_a_patient_removes_everything_of_that_patient_only(store):
    fill_one_patient(store)
    fill(store, patient("q", "A-2"), episode("f", "q"), visit("w", "q"))
    with store.work() as work:
        work.remove(Patient, "p")
        work.commit()
    for record, key in ((Patient, "p"), (Episode, "e"), (Visit, "v"), (Assessment, "a"), (AdverseEvent, "x")):
        assert find(store, record, key) is None
    assert find(store, Episode, "f") is not None
    assert find(store, Visit, "w") is not None
    with store.read() as reader:  # soft: all of it is still in the file
        assert reader.driver.execute("SELECT count(*) FROM assessment").fetchone() == (1,)


def test_an_empty_draft_goes_without_a_trace(store):
    fill(store, patient(), episode(), visit(), assessment())
    entries = len(audit(store))
    with store.work() as work:
        work.drop_draft("a")
        work.commit()
    assert find(store, Assessment, "a") is None
    assert len(audit(store)) == entries


def test_the_search_text_follows_the_name_and_the_episodes(store):
    def search():
        with store.read() as reader:
            return reader.driver.execute("SELECT search FROM patient WHERE id = 'p'").fetchone()[0]

    fill(store, patient(name="王小明"), episode())
    assert search().startswith("王小明 a-1 wangxiaoming wxm knee-oa knee osteoarthritis 膝骨关节炎")
    with store.work() as work:
        work.change(replace(work.get(Patient, "p"), name="Zoë Müller"))
        work.remove(Episode, "e")
        work.commit()
    assert search() == "zoe muller a-1"


def test_a_fact_is_set_changed_and_taken_away_with_audit(store):
    for value in ("one", "two", None):
        with store.work() as work:
            work.set_fact("policy:x", value)
            work.commit()
        with store.read() as reader:
            assert reader.facts().get("policy:x") == value
    with store.read() as reader:
        found = reader.driver.execute("SELECT before, after FROM audit").fetchall()
    assert found == [(None, '{"value":"one"}'), ('{"value":"one"}', '{"value":"two"}'), ('{"value":"two"}', None)]


def test_the_index_treatment_is_the_flagged_one_else_the_first(store):
    def index():
        with store.read() as reader:
            found = reader.index_treatment("e")
        return found and found.id

    fill(store, patient(), episode())
    assert index() is None
    fill(store, treatment("late", date=datetime.date(2026, 5, 1)), treatment("early", date=datetime.date(2026, 1, 1)))
    assert index() == "early"
    with store.work() as work:
        work.change(replace(work.get(Treatment, "late"), is_index=True))
        work.commit()
    assert index() == "late"


def test_an_episode_cannot_have_two_index_treatments(store):
    fill(store, patient(), episode(), treatment("t", is_index=True))
    with pytest.raises(ConflictError):
        fill(store, treatment("u", is_index=True))


def test_a_scale_about_the_person_is_seen_from_every_episode(store):
    fill_one_patient(store)
    fill(store, episode("f"), assessment("b", episode_id=None, scale="whoqol-bref"))
    with store.read() as reader:
        assert [view.assessment.id for view in reader.views_of_patient("p", episode_id="f")] == ["b"]
        assert {view.assessment.id for view in reader.views_of_patient("p", episode_id="e")} == {"a", "b"}
        assert [view.assessment.id for view in reader.views_of_patient("p", scale="vas-pain")] == ["a"]
        assert {view.assessment.id for view in reader.views_of_visit("v")} == {"a", "b"}
        assert [view.assessment.id for view in reader.complete_of_scale("vas-pain")] == ["a"]
        assert reader.same_place(assessment("new", episode_id=None, scale="whoqol-bref")).id == "b"
        assert reader.same_place(assessment("new", scale="nrs-pain")) is None


def test_what_changes_no_row_is_entered_with_what_is_to_be_known_of_it(store):
    fill(store, patient())
    with store.work() as work:
        work.act("export", {"format": "csv", "patients": "one"}, "p")
        work.commit()
    with store.read() as reader:
        entries = reader.driver.execute(
            "SELECT action, entity, entity_id, patient_id, actor, before, after FROM audit ORDER BY sequence"
        ).fetchall()
    assert entries[1] == ("export", None, None, "p", "dr-lin", None, '{"format":"csv","patients":"one"}')
    assert work.changes == []
    assert verify_chain(store.place).broken is None


def test_an_act_is_entered_together_with_the_changes_of_its_transaction_or_not_at_all(store):
    with store.work() as work:
        work.add(patient())
        work.act("import", {"folder": "f"})
    assert audit(store) == []


def test_an_act_that_fails_is_not_entered_and_one_that_is_done_is(store):
    with pytest.raises(OSError, match="no room"), store.acting("report", {"format": "pdf"}, "p"):
        raise OSError("no room")
    assert audit(store) == []
    with store.acting("report", {"format": "pdf"}, "p"):
        pass
    assert audit(store) == [("report", None, None, "p", "dr-lin")]


def add_users(store, *users):
    with store.work() as work:
        for one in users:
            work.add(one, {"password_hash": f"hash of {one.id}"})
        work.commit()


def test_users_are_kept_with_their_proof_and_belong_to_no_patient(store):
    add_users(store, user(), user("w", "Ann"))
    with store.read() as reader:
        assert reader.users() == (user("w", "Ann", version=1), user(version=1))
        assert reader.proof("w") == Proof("hash of w", 0, None)
    assert audit(store)[0] == ("create", "app_user", "u", None, "dr-lin")


def test_the_hash_of_a_user_is_never_in_the_audit(store):
    add_users(store, user())
    with store.work() as work:
        work.count_failures("u", 4, NOW)
        assert work.set_secret(user(), "hash of another") == user(version=2)
        work.commit()
    with store.read() as reader:
        kept = reader.driver.execute("SELECT before, after FROM audit ORDER BY sequence").fetchall()
        assert reader.proof("u") == Proof("hash of another", 0, None)
    assert "hash of" not in repr(kept)
    before, after = map(json.loads, kept[-1])
    assert before["password_digest"] != after["password_digest"]


def test_counting_a_users_wrong_passphrases_is_no_change_of_the_user(store):
    add_users(store, user())
    with store.work() as work:
        work.count_failures("u", 3, NOW)
        work.commit()
    with store.read() as reader:
        assert reader.proof("u") == Proof("hash of u", 3, NOW)
        assert reader.users() == (user(version=1),)
    assert len(audit(store)) == 1


def test_two_users_of_one_name_are_refused_but_a_removed_ones_name_is_free(store):
    add_users(store, user())
    with pytest.raises(ConflictError, match="user of this name"):
        add_users(store, user("w"))
    with store.work() as work:
        work.remove(User, "u")
        work.commit()
    add_users(store, user("w"))


@pytest.mark.parametrize("wrong", [{"role": "owner"}, {"disabled": 2}, {"name": " "}, {"failed_attempts": -1}])
def test_the_database_itself_refuses_a_user_that_cannot_be(store, wrong):
    add_users(store, user())
    with pytest.raises(ConflictError), store.work() as work:
        work.write(KINDS[User], work.row(KINDS[User].table, "u"), wrong, "change")


def test_a_course_reads_the_same_assessments_with_fewer_answers_and_scores(store):
    fill_one_patient(store)
    fill(store, assessment("draft", episode_id=None, scale="whoqol-bref", responses={"Q1": 3}))
    fill(store, complete("exam", scale="isncsci", episode_id=None))
    with store.read() as reader:
        whole = reader.views_of_patient("p", episode_id="e")
        visits = reader.of(Visit, "p")
        read = reader.views_of_course("e", visits, answers_of="isncsci", series={"vas-pain.other"})
    assert [view.assessment.id for view in read] == [view.assessment.id for view in whole]
    answers = {view.assessment.id: view.assessment.responses for view in read}
    assert answers == {"a": {}, "draft": {"Q1": 3}, "exam": {"pain": 0}}
    assert [view.scores for view in read] == [
        tuple(score for score in view.scores if score.series == "vas-pain.other") for view in whole
    ]
    assert any(score.reason is not None for view in read for score in view.scores)
