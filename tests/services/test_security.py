import json
from contextlib import closing

import pytest

from tests.store.keys import OTHER_RECOVERY, PASSPHRASE, RECOVERY
from tests.store.making import patient
from tests.store.protecting import protected_copy
from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.services import security
from tracker.services.security import FileState, PassphraseError, TakenError
from tracker.services.workspace import Workspace
from tracker.store.backup import copy_file
from tracker.store.backup_folder import made_beside, new_name
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.errors import EncryptedFileError, LockedError, WrongKeyError
from tracker.store.file_state import key_file_of
from tracker.store.store import Store

NEW = "a new passphrase"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "clinic.sqlite"
    security.create(path, PASSPHRASE, RECOVERY)
    yield path
    security.lock(path)


def audited(path):
    """What was entered since the file was made."""
    with closing(connect(path)) as connection:
        found = connection.execute('SELECT action, "after" FROM audit WHERE sequence > 1 ORDER BY sequence').fetchall()
    return [(action, json.loads(after)) for action, after in found]


def add_patient(path, number="A-1"):
    with closing(Workspace.open(path)) as workspace:
        workspace.patients.add(patient(number, number))


def test_a_new_file_is_encrypted_and_open(path):
    assert security.state_of(path) is FileState.ENCRYPTED
    assert not security.is_locked(path)
    add_patient(path)
    security.lock(path)
    assert security.is_locked(path)
    with pytest.raises(EncryptedFileError):
        Workspace.open(path)


def test_a_new_file_never_takes_the_place_of_another_or_of_its_key_file(path, clinic_file):
    with pytest.raises(TakenError):
        security.create(clinic_file, PASSPHRASE, RECOVERY)
    path.unlink()
    with pytest.raises(TakenError, match="its key file exists already"):
        security.create(path, PASSPHRASE, RECOVERY)


def test_a_file_that_cannot_be_made_leaves_nothing(tmp_path):
    with pytest.raises(TrackerError):
        security.create(tmp_path / "nowhere" / "clinic.sqlite", PASSPHRASE, RECOVERY)
    assert list(tmp_path.rglob("*.keys")) == []


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 2000, RECOVERY])
def test_a_passphrase_that_is_none_is_refused(tmp_path, passphrase):
    with pytest.raises(PassphraseError):
        security.create(tmp_path / "new.sqlite", passphrase, RECOVERY)
    assert list(tmp_path.iterdir()) == []


def test_unlocks_and_failed_ones_come_into_the_audit_at_the_next_opening(path):
    security.lock(path)
    for _ in range(2):
        with pytest.raises(WrongKeyError):
            security.unlock(path, "wrong")
    security.unlock(path, PASSPHRASE)
    add_patient(path)
    assert [(action, about.get("by")) for action, about in audited(path)] == [
        ("failed unlock", "passphrase"),
        ("failed unlock", "passphrase"),
        ("unlock", "passphrase"),
        ("create", None),
    ]
    assert all("wrong" not in json.dumps(about) for _, about in audited(path))
    Workspace.open(path).close()
    assert len(audited(path)) == 4
    assert verify_chain(path).broken is None


def test_unlocks_wait_while_another_program_writes(path):
    security.lock(path)
    security.unlock(path, PASSPHRASE)
    with closing(connect(path)) as other, closing(Store(path, busy_timeout_ms=20)) as store:
        other.execute("BEGIN IMMEDIATE")
        security.record_unlocks(store)
    assert audited(path) == []
    Workspace.open(path).close()
    assert [action for action, _ in audited(path)] == ["unlock"]


def test_a_file_that_can_only_be_read_is_unlocked_and_opened(path):
    add_patient(path)
    with protected_copy(path) as copy:
        security.unlock(copy, PASSPHRASE)
        with closing(Workspace.open(copy)) as workspace:
            assert workspace.read_only
            assert workspace.patients.search("ann").found == 1
        security.lock(copy)


def test_the_passphrase_changes_and_the_recovery_key_stays(path):
    security.change_passphrase(path, PASSPHRASE, NEW)
    with pytest.raises(WrongKeyError):
        security.unlock(path, PASSPHRASE)
    security.unlock(path, NEW)
    security.unlock(path, RECOVERY)


def test_what_is_done_about_the_keys_is_audited(path):
    security.change_passphrase(path, PASSPHRASE, NEW)
    security.rekey(path, RECOVERY, OTHER_RECOVERY, NEW)
    security.decrypt(path, NEW)
    security.encrypt(path, PASSPHRASE, RECOVERY)
    assert audited(path) == [
        ("change passphrase", {"name": "", "by": "passphrase"}),
        ("new recovery key", {"name": "", "by": "recovery key"}),
        ("decrypt", {"name": "", "by": "passphrase"}),
        ("encrypt", {"name": ""}),
    ]


def test_a_wrong_old_passphrase_changes_nothing(path):
    with pytest.raises(WrongKeyError):
        security.change_passphrase(path, "wrong", NEW)
    security.unlock(path, PASSPHRASE)


def test_a_forgotten_passphrase_is_set_anew_by_the_recovery_key_even_without_the_key_file(path):
    key_file_of(path).write_bytes(b"damaged")
    security.change_passphrase(path, RECOVERY, NEW)
    security.lock(path)
    security.unlock(path, NEW)


def test_a_new_recovery_key_ends_the_old_one_and_everybody_elses_passphrase(path):
    security.add_person(path, "lin", "lin's own passphrase")
    add_patient(path)
    security.rekey(path, PASSPHRASE, OTHER_RECOVERY, NEW)
    assert security.people(path) == ("",)
    for old in (PASSPHRASE, RECOVERY):
        with pytest.raises(WrongKeyError):
            security.unlock(path, old)
    security.unlock(path, OTHER_RECOVERY)
    add_patient(path, "A-2")


def test_an_open_file_is_not_rekeyed(path):
    with closing(Workspace.open(path)), pytest.raises(LockedError):
        security.rekey(path, PASSPHRASE, OTHER_RECOVERY, NEW)
    security.unlock(path, RECOVERY)


def test_people_have_passphrases_of_their_own_and_the_last_one_stays(path):
    security.add_person(path, "lin", "lin's own passphrase")
    security.add_person(path, "wang", "wang's own passphrase")
    assert security.people(path) == ("", "lin", "wang")
    security.remove_person(path, "wang")
    security.remove_person(path, "")
    with pytest.raises(PassphraseError, match="the only passphrase"):
        security.remove_person(path, "lin")
    security.unlock(path, "lin's own passphrase", "lin")
    security.lock(path)
    with pytest.raises(EncryptedFileError):
        security.add_person(path, "wang", "wang's own passphrase")


def test_a_plain_file_is_encrypted_and_its_plain_copies_are_named(clinic_file):
    add_patient(clinic_file)
    copy = clinic_file.with_name("clinic.sqlite.before-0001.bak")
    copy.write_bytes(clinic_file.read_bytes())
    made = copy_file(clinic_file, new_name(made_beside(clinic_file), clinic_file, now_utc())).path
    assert set(security.encrypt(clinic_file, PASSPHRASE, RECOVERY)) == {copy, made}
    add_patient(clinic_file, "A-2")
    with pytest.raises(WrongKeyError):
        security.decrypt(clinic_file, "wrong")
    security.decrypt(clinic_file, PASSPHRASE)
    assert security.state_of(clinic_file) is FileState.PLAIN
    with closing(Workspace.open(clinic_file)) as workspace:
        assert workspace.patients.search("").total == 2
