import pytest

from tests.services.making_users import PASSPHRASES, with_users
from tests.store.keys import OTHER_RECOVERY, PASSPHRASE, RECOVERY
from tracker.clinic.codes import Role
from tracker.services import security
from tracker.services.rights import NotAllowedError, NotSignedInError
from tracker.services.session import WrongSignInError
from tracker.services.workspace import Workspace
from tracker.store.errors import WrongKeyError
from tracker.store.users import users_of


@pytest.fixture
def encrypted(tmp_path):
    """A locked encrypted file with an administrator and a clerk."""
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    workspace = Workspace.open(path)
    workspace.people.turn_on("Dr. Lin", PASSPHRASE)
    workspace.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    workspace.close()
    workspace.session.sign_out()
    security.lock(path)
    yield path
    security.lock(path)


@pytest.fixture
def plain(workspace):
    """A closed plain file with one user of every role."""
    with_users(workspace)
    workspace.session.sign_out()
    workspace.close()
    return workspace.path


def changes(path, secret, name):
    """What only an administrator may do to the key of the whole file."""
    return [
        lambda: security.rekey(path, secret, OTHER_RECOVERY, "another passphrase", name),
        lambda: security.decrypt(path, secret, name),
    ]


@pytest.mark.parametrize("which", [0, 1], ids=["re-key", "decrypt"])
def test_a_users_own_passphrase_is_not_enough_to_change_the_key_of_the_file(encrypted, which):
    before = encrypted.read_bytes()
    with pytest.raises(NotAllowedError, match="data entry"):
        changes(encrypted, PASSPHRASES["Ann"], "Ann")[which]()
    with pytest.raises(WrongKeyError):
        changes(encrypted, PASSPHRASES["Ann"], "Dr. Lin")[which]()
    assert encrypted.read_bytes() == before


@pytest.mark.parametrize("which", [0, 1], ids=["re-key", "decrypt"])
@pytest.mark.parametrize(("secret", "name"), [(PASSPHRASE, "Dr. Lin"), (RECOVERY, "Dr. Lin")])
def test_an_administrators_passphrase_and_the_recovery_key_are(encrypted, which, secret, name):
    changes(encrypted, secret, name)[which]()


def test_a_plain_file_with_users_is_encrypted_by_an_administrator_only(plain):
    for name, secret, error in (
        ("Wu", PASSPHRASES["Wu"], NotAllowedError),
        ("Dr. Lin", "not it at all", WrongSignInError),
        ("Nobody", PASSPHRASES["Wu"], WrongSignInError),
        ("", PASSPHRASES["Dr. Lin"], NotSignedInError),
    ):
        with pytest.raises(error):
            security.encrypt(plain, secret, RECOVERY, name)
    security.encrypt(plain, PASSPHRASES["Dr. Lin"], RECOVERY, "dr. lin")
    assert security.people(plain) == ("Dr. Lin",)
    security.lock(plain)


def test_changing_ones_passphrase_by_command_changes_the_sign_in_too(encrypted):
    security.change_passphrase(encrypted, PASSPHRASES["Ann"], "another passphrase", "Ann")
    security.unlock(encrypted, "another passphrase", "Ann")
    workspace = Workspace.open(encrypted)
    workspace.sign_in("Ann", "another passphrase")
    workspace.session.sign_out()
    workspace.close()


def test_the_recovery_key_sets_no_passphrase_for_a_name_that_is_no_user(encrypted):
    with pytest.raises(NotSignedInError):
        security.change_passphrase(encrypted, RECOVERY, "another passphrase", "")
    assert set(security.people(encrypted)) == {"Dr. Lin", "Ann"}


def test_the_audit_names_who_changed_the_key(encrypted):
    security.rekey(encrypted, PASSPHRASE, OTHER_RECOVERY, "another passphrase", "Dr. Lin")
    security.unlock(encrypted, "another passphrase", "Dr. Lin")
    workspace = Workspace.open(encrypted)
    with workspace.store.read() as reader:
        last = reader.driver.execute("SELECT actor FROM audit WHERE action = 'new recovery key'").fetchone()
    workspace.close()
    assert last == ("Dr. Lin",)
    assert {user.name for user in users_of(encrypted)} == {"Dr. Lin", "Ann"}
