"""Two desks at one form: on a file and on a server."""

from dataclasses import replace

import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, values, visit
from tracker.clinic.answers import Answers
from tracker.clinic.codes import AssessmentStatus, MissingReason
from tracker.services.elsewhere import EditedElsewhereError
from tracker.services.workspace import Workspace
from tracker.store.errors import StaleRecordError, UnknownRecordError

WOMAC = "womac-lk31"


@pytest.fixture
def here(any_workspace):
    one_patient(any_workspace)
    visit(any_workspace, "v")
    return any_workspace


@pytest.fixture
def there(here):
    opened = Workspace.open(here.place, actor="dr-wu")
    yield opened
    opened.close()


def opened(desk):
    """Open the form at a desk; return its key and what was seen."""
    key = desk.assessments.start("v", WOMAC, episode_id="e").id
    return key, desk.assessments.seen(key)


def stored(desk, key):
    kept = desk.assessments.get(key).assessment
    return Answers(kept.responses, kept.missing)


def actions(desk):
    with desk.store.read() as reader:
        return [action for (action,) in reader.driver.execute("SELECT action FROM audit ORDER BY sequence")]


def test_two_desks_that_type_into_different_items_lose_nothing(here, there):
    key, seen = opened(here)
    _, seen_there = opened(there)
    first = here.assessments.save_draft(key, {"P1": 1}, {}, seen)
    second = there.assessments.save_draft(key, {"P2": 2}, {"P3": MissingReason.DECLINED}, seen_there)
    assert (second.taken, second.both) == ({"P1"}, None)
    assert second.answers == stored(here, key) == Answers({"P1": 1, "P2": 2}, {"P3": MissingReason.DECLINED})
    third = here.assessments.save_draft(key, {"P1": 1, "P4": 0}, {}, first.seen)
    assert third.taken == {"P2", "P3"}
    assert stored(there, key) == third.answers


def test_an_item_that_both_desks_answer_waits_for_a_choice_and_stays_theirs_until_then(here, there):
    key, seen = opened(here)
    _, seen_there = opened(there)
    there.assessments.save_draft(key, {"P1": 4}, {}, seen_there)
    draft = here.assessments.save_draft(key, {"P1": 1, "P2": 2}, {}, seen)
    assert draft.both is not None
    assert (draft.both.items, draft.both.who) == ({"P1"}, None)
    assert "typing" in str(draft.both.sentence)
    assert draft.answers == Answers({"P1": 1, "P2": 2})  # what is typed here stays in the form
    assert stored(here, key) == Answers({"P1": 4, "P2": 2})
    again = here.assessments.save_draft(key, {"P1": 1, "P2": 3}, {}, draft.seen)
    assert again.both is not None  # the next key does not overwrite it either
    assert stored(here, key) == Answers({"P1": 4, "P2": 3})
    chosen = here.assessments.save_draft(key, {"P1": 1, "P2": 3}, {}, again.both.seen)
    assert chosen.both is None
    assert stored(there, key) == Answers({"P1": 1, "P2": 3})


def test_completing_a_form_that_another_desk_completed_shows_both_and_changes_nothing(here, there):
    key, seen = opened(here)
    _, seen_there = opened(there)
    theirs = there.assessments.complete(key, answers(WOMAC, 1), {}, seen=seen_there)
    with pytest.raises(EditedElsewhereError, match="dr-wu saved this form") as caught:
        here.assessments.complete(key, answers(WOMAC, 2), {}, seen=seen)
    both = caught.value.both
    assert (both.who, values(both.view)) == ("dr-wu", values(theirs))
    assert both.items == set(answers(WOMAC))
    assert stored(here, key) == Answers(answers(WOMAC, 1))
    assert actions(here)[-1] == "complete"
    mine = here.assessments.complete(key, answers(WOMAC, 2), {}, seen=both.seen)
    assert mine.assessment.version == theirs.assessment.version + 1
    assert actions(here)[-1] == "amend"
    assert chain_holds(here)


def test_typing_into_a_form_that_another_desk_completed_is_told_at_once(here, there):
    key, seen = opened(here)
    complete(there, "v", WOMAC)
    draft = here.assessments.save_draft(key, {"P1": 1}, {}, seen)
    assert draft.both is not None
    assert (draft.both.who, draft.seen) == ("dr-wu", seen)
    with here.store.read() as reader:
        assert reader.amendment(key) is None


def test_two_changes_of_one_complete_form(here, there):
    key = complete(here, "v", WOMAC).assessment.id
    seen, seen_there = here.assessments.seen(key), there.assessments.seen(key)
    there.assessments.complete(key, answers(WOMAC) | {"P1": 4}, {}, seen=seen_there)
    with pytest.raises(EditedElsewhereError) as caught:
        here.assessments.complete(key, answers(WOMAC) | {"P2": 3}, {}, seen=seen)
    both = caught.value.both
    assert both.items == {"P1", "P2"}
    assert both.merged == Answers(answers(WOMAC) | {"P1": 4, "P2": 3})
    here.assessments.complete(key, both.merged.responses, both.merged.missing, seen=both.seen)
    assert stored(there, key) == both.merged


def test_completing_over_what_is_being_typed_elsewhere_is_told(here, there):
    key, seen = opened(here)
    _, seen_there = opened(there)
    there.assessments.save_draft(key, {"P1": 4}, {}, seen_there)
    with pytest.raises(EditedElsewhereError, match="typing"):
        here.assessments.complete(key, answers(WOMAC), {}, seen=seen)
    assert here.assessments.get(key).assessment.status is AssessmentStatus.DRAFT


def test_leaving_an_empty_form_does_not_take_away_what_another_desk_typed_into_it(here, there):
    key, seen = opened(here)
    _, seen_there = opened(there)
    there.assessments.save_draft(key, {"P1": 4}, {}, seen_there)
    with pytest.raises(EditedElsewhereError):
        here.assessments.discard_draft(key, seen)
    assert stored(there, key) == Answers({"P1": 4})
    here.assessments.discard_draft(key, here.assessments.seen(key))
    with pytest.raises(UnknownRecordError):
        there.assessments.save_draft(key, {"P1": 4}, {}, seen_there)


def test_giving_a_change_up_does_not_take_away_the_change_another_desk_types(here, there):
    key = complete(here, "v", WOMAC).assessment.id
    seen, seen_there = here.assessments.seen(key), there.assessments.seen(key)
    there.assessments.save_draft(key, answers(WOMAC) | {"P1": 4}, {}, seen_there)
    with pytest.raises(EditedElsewhereError):
        here.assessments.discard_draft(key, seen)
    with here.store.read() as reader:
        assert reader.amendment(key)["responses"]["P1"] == 4


def test_a_record_changed_at_another_desk_says_who_and_when(here, there):
    mine, theirs = here.patients.get("p"), there.patients.get("p")
    there.patients.change(replace(theirs, name="Anna Lee"))
    with pytest.raises(StaleRecordError, match="dr-wu changed this on 20"):
        here.patients.change(replace(mine, note="tall"))
    assert here.patients.get("p") == replace(mine, name="Anna Lee", version=2)
