from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.services.making import answers, chain_holds, complete, event, one_patient, state, values, visit
from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Episode, Patient
from tracker.services.undo import NothingToUndoError
from tracker.services.workspace import Workspace
from tracker.store.errors import StaleRecordError


@pytest.fixture
def workspace(any_workspace):
    return any_workspace


def test_there_is_nothing_to_undo_at_first(workspace):
    assert workspace.undo.next_undo() is None
    assert workspace.undo.next_redo() is None
    with pytest.raises(NothingToUndoError):
        workspace.undo.undo()
    with pytest.raises(NothingToUndoError):
        workspace.undo.redo()


def test_each_step_is_called_by_what_it_did(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    complete(workspace, "v")
    complete(workspace, "v", responses={"pain": 30})
    labels = []
    while workspace.undo.next_undo():
        labels.append(str(workspace.undo.undo()))
    assert labels == [
        "change VAS pain of 2026-03-01",
        "complete VAS pain of 2026-03-01",
        "add visit of 2026-03-01",
        "add treatment of 2026-03-01",
        "add patient A-1",
    ]
    assert str(workspace.undo.next_redo()) == "add patient A-1"


def test_a_completion_undone_is_a_draft_again_and_done_again_has_its_scores(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    key = complete(workspace, "v", "womac-lk31", answers("womac-lk31", 2)).assessment.id
    workspace.undo.undo()
    view = workspace.assessments.get(key)
    assert (view.assessment.status, view.scores) == (AssessmentStatus.DRAFT, ())
    workspace.undo.redo()
    assert values(workspace.assessments.get(key))["total"] == 48


def test_an_amendment_undone_has_the_scores_of_before(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    key = complete(workspace, "v", responses={"pain": 70}).assessment.id
    complete(workspace, "v", responses={"pain": 0})
    assert values(workspace.assessments.get(key)) == {"pain": 0}
    workspace.undo.undo()
    assert values(workspace.assessments.get(key)) == {"pain": 70}
    workspace.undo.redo()
    assert values(workspace.assessments.get(key)) == {"pain": 0}


def test_a_new_change_forgets_what_could_be_done_again(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    workspace.undo.undo()
    visit(workspace, "w")
    assert workspace.undo.next_redo() is None


def test_typing_forgets_what_could_be_done_again(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    key = complete(workspace, "v", responses={"pain": 70}).assessment.id
    workspace.undo.undo()
    workspace.assessments.save_draft(key, {"pain": 5}, {})
    assert workspace.undo.next_redo() is None
    assert workspace.assessments.get(key).assessment.responses == {"pain": 5}


def test_a_change_by_somebody_else_is_not_overwritten(workspace, other_window):
    one_patient(workspace)
    workspace.patients.change(replace(workspace.patients.get("p"), name="Mine"))
    other_window.patients.change(replace(other_window.patients.get("p"), name="Theirs"))
    with pytest.raises(StaleRecordError, match="changed elsewhere since"):
        workspace.undo.undo()
    assert workspace.patients.get("p").name == "Theirs"


def test_what_somebody_else_changed_in_between_ends_the_history(workspace, other_window):
    one_patient(workspace)
    other_window.patients.change(replace(other_window.patients.get("p"), name="Theirs"))
    workspace.patients.change(replace(workspace.patients.get("p"), note="mine"))
    workspace.undo.undo()
    assert workspace.patients.get("p").name == "Theirs"
    assert workspace.undo.next_undo() is None


def test_a_removal_of_what_somebody_else_added_to_is_refused(workspace, other_window):
    one_patient(workspace, treated=False)
    visit(other_window, "v")
    with pytest.raises(StaleRecordError):
        workspace.undo.undo()
    assert workspace.visits.get("v")


def test_an_undo_is_a_change_of_its_own_in_the_audit(workspace):
    one_patient(workspace)
    workspace.undo.undo()
    workspace.undo.redo()
    with workspace.store.read() as reader:
        actions = [row[0] for row in reader.driver.execute("SELECT action FROM audit WHERE entity = 'treatment'")]
    assert actions == ["create", "delete", "restore"]
    assert chain_holds(workspace)


def test_an_action_that_changes_nothing_is_no_step(workspace):
    one_patient(workspace)
    workspace.patients.change(workspace.patients.get("p"))
    assert str(workspace.undo.next_undo()) == "add treatment of 2026-03-01"


class Session(RuleBasedStateMachine):
    """Any order of work, undo and redo leads back to the states that were."""

    folder = None
    template = None

    def __init__(self):
        super().__init__()
        Session.count = getattr(Session, "count", 0) + 1
        path = self.folder / f"session{Session.count}.sqlite"
        path.write_bytes(self.template)
        self.workspace = Workspace.open(path)
        one_patient(self.workspace)
        while self.workspace.undo.next_undo():
            self.workspace.undo.undo()
        while self.workspace.undo.next_redo():
            self.workspace.undo.redo()
        self.past, self.future = [], []
        self.now = state(self.workspace)
        self.added = 0

    def teardown(self):
        assert chain_holds(self.workspace)
        self.workspace.close()

    def did(self):
        self.past.append(self.now)
        self.future.clear()
        self.now = state(self.workspace)

    @rule(days=st.integers(-20, 400))
    def add_visit(self, days):
        self.added += 1
        visit(self.workspace, f"v{self.added}", days)
        self.did()

    @rule(choice=st.integers(0, 10), pain=st.integers(0, 100))
    def score_a_visit(self, choice, pain):
        visits = self.workspace.visits.of("p")
        if visits:
            chosen = visits[choice % len(visits)]
            before = state(self.workspace)
            complete(self.workspace, chosen.id, responses={"pain": pain})
            if state(self.workspace) != before:
                self.past.append(before)
                self.future.clear()
                self.now = state(self.workspace)

    @rule(choice=st.integers(0, 10))
    def remove_a_visit(self, choice):
        visits = self.workspace.visits.of("p")
        if visits:
            self.workspace.visits.remove(visits[choice % len(visits)].id)
            self.did()

    @rule()
    def add_an_event_to_a_new_episode_and_remove_the_episode(self):
        self.added += 1
        self.workspace.episodes.add(Episode(id=f"e{self.added}", patient_id="p", condition="sci"))
        self.did()
        self.workspace.events.add(event(f"x{self.added}", episode_id=f"e{self.added}"))
        self.did()
        self.workspace.episodes.remove(f"e{self.added}")
        self.did()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.workspace.undo.undo()
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.workspace.undo.redo()
        self.past.append(self.now)
        self.now = self.future.pop()

    @invariant()
    def the_file_holds_what_it_should(self):
        def settled(found):
            drafts = {row[0] for row in found["assessment"] if row[8] == "draft"}
            kept = {table: list(rows) for table, rows in found.items()}
            kept["assessment"] = [row for row in found["assessment"] if row[0] not in drafts]
            return kept

        assert settled(state(self.workspace)) == settled(self.now)


def test_any_order_of_work_undo_and_redo_leads_back_to_the_states_that_were(tmp_path, clinic_file):
    from hypothesis.stateful import run_state_machine_as_test

    Session.folder, Session.template = tmp_path, clinic_file.read_bytes()
    run_state_machine_as_test(
        Session,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_two_patients_do_not_share_a_history_row(workspace):
    one_patient(workspace)
    workspace.patients.add(Patient(id="q", patient_number="A-2", name="Bo"))
    workspace.patients.change(replace(workspace.patients.get("p"), name="Cy"))
    workspace.undo.undo()
    assert workspace.patients.get("q").name == "Bo"
    assert workspace.patients.get("p").name == "Ann Lee"


def test_an_empty_draft_in_its_place_makes_room_for_what_comes_back(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    key = complete(workspace, "v", responses={"pain": 30}).assessment.id
    workspace.assessments.remove(key)
    workspace.assessments.start("v", "vas-pain", episode_id="e")
    workspace.undo.undo()
    assert [view.assessment.id for view in workspace.assessments.of_visit("v")] == [key]


def test_what_was_typed_in_its_place_is_not_pushed_aside(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    workspace.assessments.remove(complete(workspace, "v", responses={"pain": 30}).assessment.id)
    started = workspace.assessments.start("v", "vas-pain", episode_id="e")
    workspace.assessments.save_draft(started.id, {"pain": 0}, {})
    with pytest.raises(StaleRecordError, match="entered again in its place"):
        workspace.undo.undo()
    assert str(workspace.undo.next_undo()) == "delete VAS pain of 2026-03-01"
