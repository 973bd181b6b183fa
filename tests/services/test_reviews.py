import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, visit
from tracker.services.reviews import CannotReviewError
from tracker.services.workspace import Workspace


@pytest.fixture
def clinic(workspace):
    one_patient(workspace)
    for key, days in (("v", -3), ("w", 30)):
        visit(workspace, key, days)
        complete(workspace, key, "womac-lk31", answers("womac-lk31", 2))
    return workspace


def test_a_patient_never_reviewed_has_nothing_new(clinic):
    assert clinic.reviews.last("p") is None


def test_what_was_completed_or_changed_since_the_last_review_is_told(clinic):
    clinic.reviews.mark("p")
    assert clinic.reviews.last("p").changed == frozenset()
    visit(clinic, "x", 60)
    new = complete(clinic, "x", "womac-lk31", answers("womac-lk31", 1))
    assert clinic.reviews.last("p").changed == {new.assessment.id}
    clinic.reviews.mark("p")
    assert clinic.reviews.last("p").changed == frozenset()
    assert clinic.reviews.last("p").by == clinic.actor
    assert chain_holds(clinic)


def test_a_file_that_can_only_be_read_takes_no_review(clinic, monkeypatch):
    clinic.close()
    monkeypatch.setattr("tracker.store.keeping.opens_read_only", lambda _path: True)
    reader = Workspace.open(clinic.place)
    with pytest.raises(CannotReviewError, match="only be read"):
        reader.reviews.mark("p")
    assert reader.reviews.last("p") is None
    reader.close()
