import pytest

from tests.services.making import one_patient
from tests.services.making_users import sign_in, with_users
from tracker.services.opening import first_look, search_file
from tracker.services.rights import NotSignedInError


def test_the_first_look_at_a_file_of_one_person_shows_its_patients(workspace):
    one_patient(workspace)
    found = first_look(workspace.path)
    assert (found.total, len(found.lines), found.has_users) == (1, 1, False)
    assert search_file(workspace.path, "ann").found == 1


def test_no_patient_is_shown_before_somebody_signs_in(workspace):
    one_patient(workspace)
    with_users(workspace)
    workspace.session.sign_out()
    with pytest.raises(NotSignedInError):
        first_look(workspace.path)
    with pytest.raises(NotSignedInError):
        search_file(workspace.path, "ann")
    sign_in(workspace, "Eva")
    assert first_look(workspace.path).total == 1
    assert search_file(workspace.path, "ann").found == 1
