import pytest

from tests.store.keys import PASSPHRASE, RECOVERY
from tracker.services import security, signed_in
from tracker.services.entering import enter, leave
from tracker.services.session import WrongSignInError
from tracker.services.workspace import Workspace
from tracker.store.errors import WrongKeyError


@pytest.fixture
def path(tmp_path):
    security.create(tmp_path / "clinic.db", PASSPHRASE, RECOVERY)
    leave(tmp_path / "clinic.db")
    yield tmp_path / "clinic.db"
    leave(tmp_path / "clinic.db")


@pytest.fixture
def with_users(path):
    enter(path, PASSPHRASE)
    workspace = Workspace.open(path)
    workspace.people.turn_on("Lin", PASSPHRASE)
    workspace.close()
    leave(path)
    return path


def test_a_file_of_one_person_is_entered_by_its_passphrase(path):
    enter(path, PASSPHRASE)
    assert security.is_unlocked(path)
    assert signed_in.user_of(path) is None
    leave(path)
    assert security.is_locked(path)
    with pytest.raises(WrongKeyError):
        enter(path, "wrong")
    assert security.is_locked(path)


@pytest.mark.parametrize("secret", [PASSPHRASE, RECOVERY])
def test_a_file_with_users_is_entered_as_one_of_them_and_left_as_nobody(with_users, secret):
    enter(with_users, secret, "Lin")
    assert signed_in.user_of(with_users).name == "Lin"
    leave(with_users)
    assert signed_in.user_of(with_users) is None
    assert security.is_locked(with_users)


def test_who_is_no_user_leaves_the_file_locked(with_users):
    with pytest.raises(WrongSignInError):
        enter(with_users, RECOVERY, "Wang")
    assert security.is_locked(with_users)
