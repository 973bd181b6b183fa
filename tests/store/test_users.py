from pathlib import Path

import pytest

from tests.store.keys import KEY, make_encrypted
from tests.store.making import user
from tracker.clinic.codes import Role
from tracker.clinic.records import User
from tracker.store.errors import EncryptedFileError, FileMissingError
from tracker.store.first_look import first_look
from tracker.store.users import same_name, users_of

FILLED = Path(__file__).parent.parent / "data" / "schema"


def test_a_file_of_one_person_has_no_users(store):
    assert users_of(store.path) == ()
    assert not first_look(store.path).has_users


def test_a_file_from_before_there_were_users_has_none():
    assert users_of(FILLED / "0001.sqlite") == ()


def test_users_are_read_without_what_was_removed(store):
    with store.work() as work:
        for one in (user(), user("v", "Ann", Role.VIEWER, disabled=True), user("w", "Bo")):
            work.add(one, {"password_hash": f"hash of {one.id}"})
        work.remove(User, "w")
        work.commit()
    found = {(one.name, one.role, one.disabled, one.password_hash) for one in users_of(store.path)}
    assert found == {
        ("Dr. Lin", Role.ADMINISTRATOR, False, "hash of u"),
        ("Ann", Role.VIEWER, True, "hash of v"),
    }
    assert first_look(store.path).has_users


def test_the_users_of_a_locked_file_need_its_key(tmp_path):
    path = make_encrypted(tmp_path / "locked.db")
    with pytest.raises(EncryptedFileError):
        users_of(path)
    assert users_of(path, KEY) == ()
    with pytest.raises(FileMissingError):
        users_of(tmp_path / "nowhere.db")


def test_case_and_spaces_around_make_no_other_name():
    assert same_name(" Dr. LIN", "dr. lin ")
    assert not same_name("Dr. Lin", "Dr.Lin")
