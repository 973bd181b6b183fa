import json
from contextlib import closing

import pytest

from tests.services.making import chain_holds, one_patient
from tests.services.making_users import PASSPHRASES, key_of, sign_in, with_users
from tests.store.keys import PASSPHRASE, RECOVERY
from tracker.clinic.codes import Role
from tracker.clinic.records import InvalidRecordError
from tracker.services import security
from tracker.services.people import PeopleError
from tracker.services.security import PassphraseError
from tracker.services.session import WrongSignInError
from tracker.services.verification import verify_file
from tracker.services.workspace import Workspace
from tracker.store.connect import connect
from tracker.store.errors import WrongKeyError
from tracker.store.streams import TABLES, open_streams


@pytest.fixture
def workspace(any_workspace):
    """On a file, then on a server."""
    return any_workspace


@pytest.fixture
def people(workspace):
    return with_users(workspace).people


@pytest.fixture
def encrypted(tmp_path):
    """An unlocked encrypted file of one person."""
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    workspace = Workspace.open(path)
    yield workspace
    workspace.close()
    security.lock(path)


def names(workspace):
    return {person.user.name: person.user.role for person in workspace.people.all()}


def opens(path, secret, name):
    """Whether the passphrase of *name* unlocks the file."""
    try:
        security.unlock(path, secret, name)
    except WrongKeyError:
        return False
    return True


def test_a_clinic_of_one_has_no_users_and_names_itself(workspace):
    assert workspace.people.all() == ()
    assert not workspace.session.has_users
    workspace.sign_as("Dr. Chen")
    assert workspace.actor == "Dr. Chen"


def test_the_first_user_is_an_administrator_and_signed_in(workspace):
    user = workspace.people.turn_on(" Dr. Lin ", PASSPHRASE)
    assert (user.name, user.role) == ("Dr. Lin", Role.ADMINISTRATOR)
    assert workspace.session.user == user
    assert workspace.actor == "Dr. Lin"
    with pytest.raises(PeopleError, match="already"):
        workspace.people.turn_on("Wu", PASSPHRASE)


def test_users_are_listed_by_name_with_their_roles(people, workspace):
    assert names(workspace) == {
        "Ann": Role.DATA_ENTRY,
        "Dr. Lin": Role.ADMINISTRATOR,
        "Eva": Role.VIEWER,
        "Wu": Role.CLINICIAN,
    }


def test_turning_the_users_off_makes_a_clinic_of_one_again(people, workspace):
    with pytest.raises(WrongSignInError, match="nothing was changed"):
        people.turn_off("not it at all")
    assert workspace.session.has_users
    people.turn_off(PASSPHRASES["Dr. Lin"])
    assert people.all() == ()
    assert not workspace.session.has_users
    workspace.sign_as("Dr. Chen")
    assert workspace.actor == "Dr. Chen"
    people.turn_on("Dr. Lin", PASSPHRASE)


@pytest.mark.parametrize("name", ["Ann", " ann", "ANN "])
def test_no_two_users_may_be_taken_for_one(people, workspace, name):
    with pytest.raises(PeopleError, match="user of this name"):
        people.add(name, Role.VIEWER, "some passphrase")
    with pytest.raises(PeopleError, match="user of this name"):
        people.rename(key_of(workspace, "Wu"), name)
    people.rename(key_of(workspace, "Ann"), "ANN")


@pytest.mark.parametrize(
    ("name", "passphrase", "error"),
    [("", "some passphrase", InvalidRecordError), ("Bo", "short", PassphraseError), ("Bo", RECOVERY, PassphraseError)],
)
def test_a_user_needs_a_name_and_a_passphrase_worth_the_name(people, workspace, name, passphrase, error):
    with pytest.raises(error):
        people.add(name, Role.VIEWER, passphrase)
    assert len(people.all()) == 4


def test_the_last_administrator_stays(people, workspace):
    lin = key_of(workspace, "Dr. Lin")
    with pytest.raises(PeopleError, match="last administrator"):
        people.change_role(lin, Role.CLINICIAN)
    with pytest.raises(PeopleError, match="last administrator"):
        people.disable(lin)
    assert names(workspace)["Dr. Lin"] is Role.ADMINISTRATOR


def test_a_disabled_administrator_does_not_count_as_one(people, workspace):
    wu = key_of(workspace, "Wu")
    people.change_role(wu, Role.ADMINISTRATOR)
    people.disable(wu)
    with pytest.raises(PeopleError, match="last administrator"):
        people.disable(key_of(workspace, "Dr. Lin"))


def test_with_a_second_administrator_the_first_may_step_down(people, workspace):
    people.change_role(key_of(workspace, "Wu"), Role.ADMINISTRATOR)
    people.change_role(key_of(workspace, "Dr. Lin"), Role.CLINICIAN)
    assert names(workspace)["Dr. Lin"] is Role.CLINICIAN


def test_a_disabled_user_gets_in_again_with_a_new_passphrase_only(people, workspace):
    ann = key_of(workspace, "Ann")
    assert people.disable(ann).disabled
    with pytest.raises(WrongSignInError):
        sign_in(workspace, "Ann")
    people.enable(ann, "another passphrase")
    with pytest.raises(WrongSignInError):
        sign_in(workspace, "Ann")
    workspace.sign_in("Ann", "another passphrase")


def test_an_administrator_sets_a_forgotten_passphrase_anew(people, workspace):
    people.set_passphrase(key_of(workspace, "Ann"), "another passphrase")
    workspace.sign_in("Ann", "another passphrase")


def test_everybody_changes_their_own_passphrase_with_the_one_before(people, workspace):
    sign_in(workspace, "Eva")
    with pytest.raises(WrongSignInError):
        people.change_own_passphrase("not it at all", "another passphrase")
    people.change_own_passphrase(PASSPHRASES["Eva"], "another passphrase")
    workspace.sign_in("Eva", "another passphrase")


def test_a_new_name_is_the_name_of_every_change_from_then_on(people, workspace):
    people.rename(key_of(workspace, "Dr. Lin"), "Prof. Lin")
    assert workspace.actor == "Prof. Lin"


def test_what_happens_to_users_is_audited_and_no_hash_is_in_it(people, workspace, tmp_path):
    ann = key_of(workspace, "Ann")
    people.change_role(ann, Role.VIEWER)
    people.rename(ann, "Anne")
    people.set_passphrase(ann, "another passphrase")
    people.disable(ann)
    with workspace.store.read() as reader:
        found = reader.driver.execute(
            "SELECT action, actor, before, after FROM audit WHERE entity_id = ? ORDER BY sequence", (ann,)
        ).fetchall()
        hashes = [reader.proof(user.id).password_hash for user in reader.users()]
        whole = json.dumps([list(row) for row in reader.driver.execute("SELECT * FROM audit")], default=str)
    assert [action for action, *_ in found] == ["create", "change", "change", "password", "change"]
    assert {actor for _, actor, *_ in found} == {"Dr. Lin"}
    assert json.loads(found[1][3])["role"] == "viewer"
    assert "argon2" not in whole
    assert len(hashes) == 4
    assert not any(kept in whole for kept in hashes)
    assert chain_holds(workspace)


def test_a_hash_put_in_by_hand_is_found(clinic_file):
    workspace = Workspace.open(clinic_file)
    with_users(workspace)
    ann, lin = key_of(workspace, "Ann"), key_of(workspace, "Dr. Lin")
    workspace.close()
    assert verify_file(clinic_file).found == 0
    with closing(connect(clinic_file)) as connection:
        (own,) = connection.execute("SELECT password_hash FROM app_user WHERE id = ?", (ann,)).fetchone()
        connection.execute("UPDATE app_user SET password_hash = ? WHERE id = ?", (own, lin))
    found = verify_file(clinic_file)
    assert found.found == 1
    assert "argon2" not in str(found.findings[0].message)


def test_an_export_and_the_log_hold_no_user_and_no_hash(people, workspace, tmp_path, caplog):
    from tracker.services.export import export_csv

    one_patient(workspace)
    with pytest.raises(WrongSignInError):
        workspace.sign_in("Ann", "wrong passphrase")
    export_csv(workspace.place, tmp_path / "out")
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert "argon2" not in written
    assert "Dr. Lin" not in written
    assert "wrong passphrase" not in caplog.text + written
    with open_streams(workspace.place) as streams:
        assert not any("argon2" in repr(row) for table in TABLES for row in streams.rows(table))


def test_the_passphrase_of_an_encrypted_file_becomes_the_first_administrators(encrypted):
    with pytest.raises(WrongKeyError):
        encrypted.people.turn_on("Dr. Lin", "not it at all")
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    assert security.people(encrypted.path) == ("Dr. Lin",)
    assert opens(encrypted.path, PASSPHRASE, "Dr. Lin")


def test_every_user_of_an_encrypted_file_has_a_passphrase_of_their_own_to_it(encrypted):
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    ann = encrypted.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    assert opens(encrypted.path, PASSPHRASES["Ann"], "Ann")
    assert [person.opens for person in encrypted.people.all()] == [True, True]
    encrypted.people.set_passphrase(ann.id, "another passphrase")
    assert not opens(encrypted.path, PASSPHRASES["Ann"], "Ann")
    assert opens(encrypted.path, "another passphrase", "Ann")


def test_disabling_a_user_takes_the_passphrase_away(encrypted):
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    ann = encrypted.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    encrypted.people.disable(ann.id)
    assert security.people(encrypted.path) == ("Dr. Lin",)
    assert not opens(encrypted.path, PASSPHRASES["Ann"], "Ann")
    assert {person.user.name: person.opens for person in encrypted.people.all()} == {"Ann": False, "Dr. Lin": True}
    encrypted.people.enable(ann.id, PASSPHRASES["Ann"])
    assert opens(encrypted.path, PASSPHRASES["Ann"], "Ann")


def test_a_new_name_in_an_encrypted_file_needs_a_new_passphrase(encrypted):
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    ann = encrypted.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    with pytest.raises(PeopleError, match="new passphrase"):
        encrypted.people.rename(ann.id, "Anne")
    encrypted.people.rename(ann.id, "Anne", "another passphrase")
    assert set(security.people(encrypted.path)) == {"Dr. Lin", "Anne"}
    assert opens(encrypted.path, "another passphrase", "Anne")


def test_turning_the_users_off_leaves_the_administrators_passphrase(encrypted):
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    encrypted.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    encrypted.people.turn_off(PASSPHRASE)
    assert security.people(encrypted.path) == ("",)
    assert opens(encrypted.path, PASSPHRASE, "")


def test_a_new_data_key_keeps_the_passphrase_of_the_administrator_and_says_whose_ended(encrypted):
    from tests.store.keys import OTHER_RECOVERY

    path = encrypted.path
    encrypted.people.turn_on("Dr. Lin", PASSPHRASE)
    encrypted.people.add("Ann", Role.DATA_ENTRY, PASSPHRASES["Ann"])
    encrypted.close()
    security.rekey(path, PASSPHRASE, OTHER_RECOVERY, PASSPHRASE, "Dr. Lin")
    security.unlock(path, PASSPHRASE, "Dr. Lin")
    with closing(Workspace.open(path)) as again:
        again.sign_in("Dr. Lin", PASSPHRASE)
        assert {person.user.name: person.opens for person in again.people.all()} == {"Ann": False, "Dr. Lin": True}
