from dataclasses import replace

import pytest

from tests.store.making import SCORES, assessment, complete, episode, fill, fill_one_patient, patient, visit
from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, Visit
from tracker.store.checking.chain import verify_chain
from tracker.store.errors import StaleRecordError


@pytest.fixture
def store(any_store):
    return any_store


TABLES = ("patient", "episode", "treatment", "visit", "assessment", "adverse_event", "score")


def state(store):
    """Every live row without its counters."""
    with store.read() as reader:
        found = {}
        for table in TABLES:
            rows = reader.driver.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            kept = [dict(zip(names, row, strict=True)) for row in sorted(rows, key=str)]
            skip = {"version", "changed_at", "created_at"}
            found[table] = [
                {name: value for name, value in row.items() if name not in skip}
                for row in kept
                if row.get("deleted_at") is None
            ]
        return found


def do(store, change):
    with store.work() as work:
        change(work)
        work.commit()
    return work.transaction_id


def revert(store, transaction_id, left=None):
    return store.revert(transaction_id, left or {}, lambda _: SCORES)[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda work: work.remove(Visit, "v"),
        lambda work: work.remove(Episode, "e"),
        lambda work: work.remove(Patient, "p"),
        lambda work: work.remove(Assessment, "a"),
        lambda work: work.remove(AdverseEvent, "x"),
        lambda work: work.change(replace(work.get(Patient, "p"), name="Bo", note="n")),
        lambda work: work.add(visit("w")),
        lambda work: (work.add(patient("q", "A-2")), work.add(episode("f", "q"))),
        lambda work: work.put_scores(replace(work.get(Assessment, "a"), responses={"pain": 5}), SCORES[:1], "amend"),
        lambda work: work.set_fact("policy:x", "strict"),
    ],
    ids=["visit", "episode", "patient", "assessment", "event", "change", "add", "add two", "amend", "fact"],
)
def test_undo_restores_exactly_what_was_and_redo_what_was_done(store, change):
    fill_one_patient(store)
    fill(store, episode("other"), visit("gone"))
    do(store, lambda work: work.remove(Visit, "gone"))
    before = state(store)
    transaction = do(store, change)
    after = state(store)
    undone = revert(store, transaction)
    assert state(store)["visit"] == before["visit"]
    assert {name: rows for name, rows in state(store).items() if name != "score"} == {
        name: rows for name, rows in before.items() if name != "score"
    }
    revert(store, undone)
    assert {name: rows for name, rows in state(store).items() if name != "score"} == {
        name: rows for name, rows in after.items() if name != "score"
    }
    assert verify_chain(store.place).broken is None


def test_undoing_a_completion_gives_the_draft_back_without_scores(store):
    fill(store, patient(), episode(), visit(), assessment(responses={"pain": 0}))
    transaction = do(store, lambda work: work.put_scores(complete(), SCORES, "complete"))
    revert(store, transaction)
    with store.read() as reader:
        view = reader.view("a")
    assert (view.assessment.status, view.assessment.responses, view.scores) == (
        AssessmentStatus.DRAFT,
        {"pain": 0},
        (),
    )


def test_a_row_changed_elsewhere_is_left_alone(store):
    fill_one_patient(store)
    transaction = do(store, lambda work: work.change(replace(work.get(Patient, "p"), name="Bo")))
    do(store, lambda work: work.change(replace(work.get(Patient, "p"), name="Cy")))
    with pytest.raises(StaleRecordError, match="cannot be undone"):
        revert(store, transaction, {("patient", "p"): 2})
    with store.read() as reader:
        assert reader.get(Patient, "p").name == "Cy"


def test_what_somebody_recorded_on_it_since_is_not_lost(store):
    transaction = fill(store, patient()).transaction_id
    fill(store, visit())
    with pytest.raises(StaleRecordError):
        revert(store, transaction)
    with store.read() as reader:
        assert reader.get(Visit, "v")


def test_a_draft_begun_on_it_goes_with_it(store):
    fill(store, patient(), episode())
    transaction = fill(store, visit()).transaction_id
    fill(store, assessment())
    undone = revert(store, transaction)
    with store.read() as reader:
        assert reader.find(Assessment, "a") is None
    revert(store, undone)
    with store.read() as reader:
        assert reader.find(Assessment, "a") is not None


def test_undoing_an_amendment_forgets_what_was_typed_over_it(store):
    fill_one_patient(store)
    amended = do(
        store, lambda work: work.put_scores(replace(work.get(Assessment, "a"), responses={"pain": 5}), SCORES, "amend")
    )
    do(store, lambda work: work.keep_draft(work.get(Assessment, "a"), {"pain": 7}, {}))
    revert(store, amended)
    with store.read() as reader:
        assert reader.amendment("a") is None
        assert reader.get(Assessment, "a").responses == {"pain": 0}


def test_what_changed_no_row_is_passed_over_when_its_transaction_is_undone(store):
    def change(work):
        work.add(patient())
        work.act("import", {"folder": "f"})

    made = do(store, change)
    revert(store, made)
    assert state(store)["patient"] == []
