import contextlib
import shutil
from contextlib import closing

import pytest

from tests.store.keys import KEY, OTHER_KEY, PASSPHRASE, make_encrypted
from tests.store.making import fill, fill_one_patient, patient
from tests.store.test_backup import execute, flip
from tests.store.test_lease import another_program
from tracker.clinic.records import Patient
from tracker.store import restoring
from tracker.store.backup import BackupCheckError, BackupTargetError, copy_file
from tracker.store.backup_differences import differences
from tracker.store.connect import connect
from tracker.store.errors import FileMissingError, WrongKeyError
from tracker.store.file_state import key_file_of
from tracker.store.lease import HeldError
from tracker.store.rekeying import rekey
from tracker.store.restoring import finish, marker_of, put_back
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.unlocking import opens, unlock
from tracker.store.wrapping import wrap


@pytest.fixture
def backup(store, tmp_path):
    """A backup of one patient; the file has a second one since."""
    fill_one_patient(store)
    copied = copy_file(store.path, tmp_path / "plain-backup.db").path
    fill(store, patient("q", "A-2", "Bo Chen"))
    store.close()
    return copied


def numbers(path):
    return [number for (number,) in execute(path, "SELECT patient_number FROM patient ORDER BY 1")]


def test_the_backup_is_in_the_place_of_the_file_and_what_it_replaced_is_kept(backup, clinic_file):
    replaced = put_back(clinic_file, backup, "dr-lin")
    assert numbers(clinic_file) == ["A-1"]
    assert numbers(replaced) == ["A-1", "A-2"]
    assert numbers(backup) == ["A-1"]
    assert replaced.parent == clinic_file.parent / "backups"
    assert {found.name for found in clinic_file.parent.iterdir()} == {"backups", "plain-backup.db", "clinic.sqlite"}
    Store(clinic_file).close()


def test_a_log_of_the_file_before_is_not_replayed_into_the_new_one(backup, clinic_file):
    with closing(connect(clinic_file)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE fact SET value = 'from the log' WHERE name = 'software'")
        log = clinic_file.with_name(clinic_file.name + "-wal")
        shutil.copy(log, log.with_name("kept"))
    log.with_name("kept").rename(log)
    put_back(clinic_file, backup, "dr-lin")
    assert execute(clinic_file, "SELECT value FROM fact WHERE name = 'software'") == [("0",)]


def test_a_file_that_is_gone_is_put_back(backup, clinic_file):
    clinic_file.unlink()
    assert put_back(clinic_file, backup, "dr-lin") is None
    assert numbers(clinic_file) == ["A-1"]


def test_a_damaged_file_is_kept_byte_for_byte(backup, clinic_file):
    flip(clinic_file, 4096)
    flip(clinic_file, 3 * 4096)
    before = clinic_file.read_bytes()
    replaced = put_back(clinic_file, backup, "dr-lin")
    assert replaced.read_bytes() == before
    assert numbers(clinic_file) == ["A-1"]


@pytest.mark.parametrize("bad", ["missing", "damaged", "itself"])
def test_a_bad_backup_changes_nothing(backup, clinic_file, bad):
    before = clinic_file.read_bytes()
    if bad == "missing":
        backup.unlink()
    if bad == "damaged":
        execute(backup, "DELETE FROM audit WHERE sequence = 1")
    if bad == "itself":
        backup = clinic_file
    with pytest.raises((FileMissingError, BackupCheckError, BackupTargetError)):
        put_back(clinic_file, backup, "dr-lin")
    assert clinic_file.read_bytes() == before
    assert not list(clinic_file.parent.glob("*.restor*"))


def test_a_file_that_another_program_has_is_not_replaced(backup, clinic_file):
    before = clinic_file.read_bytes()
    with another_program(clinic_file), pytest.raises(HeldError):
        put_back(clinic_file, backup, "dr-lin")
    assert clinic_file.read_bytes() == before


class Crash(BaseException):
    """The program dies here: nothing of it runs on."""


STEPS = ("copy_file", "_keep", "_begin", "finish", "sync_folder")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_step_leaves_the_whole_old_file_or_the_whole_new_one(
    backup, clinic_file, monkeypatch, step, after
):
    real = getattr(restoring, step)

    def crashing(*arguments):
        if after:
            real(*arguments)
        raise Crash

    with monkeypatch.context() as context:
        context.setattr(restoring, step, crashing)
        if step in ("copy_file", "_keep"):
            context.setattr(restoring, "remove_copy", lambda _path: None)
        with pytest.raises(Crash):
            put_back(clinic_file, backup, "dr-lin")
    with Store(clinic_file).read() as reader:
        assert reader.get(Patient, "p")
    assert numbers(clinic_file) in (["A-1"], ["A-1", "A-2"])
    assert not marker_of(clinic_file).exists()
    put_back(clinic_file, backup, "dr-lin")
    assert numbers(clinic_file) == ["A-1"]


def test_what_began_is_carried_to_its_end_by_the_next_program(backup, clinic_file, monkeypatch):
    with monkeypatch.context() as context:
        context.setattr(restoring, "finish", lambda _path: (_ for _ in ()).throw(Crash))
        context.setattr(restoring, "remove_copy", lambda _path: None)
        with pytest.raises(Crash):
            put_back(clinic_file, backup, "dr-lin")
    assert marker_of(clinic_file).exists()
    Store(clinic_file).close()
    assert numbers(clinic_file) == ["A-1"]


def test_finishing_twice_does_no_harm(backup, clinic_file):
    put_back(clinic_file, backup, "dr-lin")
    marker_of(clinic_file).write_text("", encoding="utf-8")
    finish(clinic_file)
    assert numbers(clinic_file) == ["A-1"]


def test_a_restore_after_one_that_was_interrupted_ends_that_one_first(backup, clinic_file):
    copy_file(backup, clinic_file.with_name("clinic.sqlite.restored"))
    marker_of(clinic_file).write_text("", encoding="utf-8")
    replaced = put_back(clinic_file, backup, "dr-lin")
    assert numbers(clinic_file) == numbers(replaced) == ["A-1"]
    assert not marker_of(clinic_file).exists()


def test_the_keys_come_with_the_file(backup, clinic_file):
    keys, of_backup = (path.with_name(path.name + ".keys") for path in (clinic_file, backup))
    keys.write_text("old")
    of_backup.write_text("new")
    replaced = put_back(clinic_file, backup, "dr-lin")
    assert keys.read_text() == "new"
    assert replaced.with_name(replaced.name + ".keys").read_text() == "old"


def test_what_would_be_lost_and_come_back_is_counted_and_the_newest_named_by_time(backup, clinic_file):
    store = Store(clinic_file)
    with store.work() as work:
        work.remove(Patient, "p")
        work.commit()
    store.close()
    found = differences(clinic_file, backup)
    assert (found.tallies["patient"].lost, found.tallies["patient"].gained) == (1, 1)
    assert (found.tallies["assessment"].lost, found.tallies["assessment"].gained) == (0, 1)
    assert found.tallies["audit"].lost == len(execute(clinic_file, "SELECT * FROM audit")) - found_audit(backup)
    newest = found.newest_lost[0]
    assert (newest.action, newest.entity) == ("delete", "patient")
    assert found.loses
    assert "Bo Chen" not in repr(found)


def found_audit(path):
    return len(execute(path, "SELECT * FROM audit"))


def test_the_same_file_differs_in_nothing(backup, clinic_file):
    found = differences(backup, backup)
    assert not found.loses
    assert all(tally.gained == tally.changed == 0 for tally in found.tallies.values())


def test_a_changed_record_is_counted_as_changed(backup, clinic_file):
    store = Store(clinic_file)
    with store.work() as work:
        work.change(work.get(Patient, "p"))
        work.keep_draft(work.view("a").assessment, {"pain": 3}, {})
        work.commit()
    store.close()
    assert differences(clinic_file, backup).tallies["assessment"].changed == 1


def test_a_file_that_cannot_be_read_or_is_not_there_is_no_hindrance(backup, clinic_file):
    clinic_file.write_text("a letter" * 2000)
    found = differences(clinic_file, backup)
    assert found.unreadable is not None
    assert found.tallies["patient"].gained == 1
    clinic_file.unlink()
    assert differences(clinic_file, backup).unreadable is None


@pytest.fixture
def rekeyed(tmp_path):
    """An encrypted file and a backup from before it was re-keyed."""
    path = make_encrypted(tmp_path / "secret.db")
    hold(path, KEY)
    backup = copy_file(path, tmp_path / "backup.db").path
    rekey(path, KEY, OTHER_KEY, (wrap("", "another passphrase", OTHER_KEY),))
    hold(backup, KEY)
    yield path, backup
    forget(path)
    forget(backup)


def test_a_backup_under_an_earlier_key_comes_back_with_its_keys(rekeyed):
    path, backup = rekeyed
    replaced = put_back(path, backup, "dr-lin")
    assert key_of(path) == KEY
    assert numbers(path) == ["A-1"]
    forget(path)
    unlock(path, PASSPHRASE)
    assert opens(replaced, OTHER_KEY)
    unlock(replaced, "another passphrase")
    forget(replaced)


@pytest.mark.parametrize("step", ["copy_file", "_keep", "_begin", "sync_folder"])
def test_after_a_crash_file_and_keys_belong_together(rekeyed, monkeypatch, step):
    path, backup = rekeyed
    real = getattr(restoring, step)

    def crashing(*arguments):
        real(*arguments)
        raise Crash

    with monkeypatch.context() as context:
        context.setattr(restoring, step, crashing)
        if step != "sync_folder":
            context.setattr(restoring, "remove_copy", lambda _path: None)
        with pytest.raises(Crash):
            put_back(path, backup, "dr-lin")
    forget(path)
    for passphrase, key in (("another passphrase", OTHER_KEY), (PASSPHRASE, KEY)):
        with contextlib.suppress(WrongKeyError):
            unlock(path, passphrase)
            assert key_of(path) == key
    assert numbers(path) == ["A-1"]


def test_a_locked_file_is_kept_as_it_is_when_a_backup_takes_its_place(rekeyed):
    path, backup = rekeyed
    forget(path)
    before, keys = path.read_bytes(), key_file_of(path).read_bytes()
    replaced = put_back(path, backup, "dr-lin")
    assert (replaced.read_bytes(), key_file_of(replaced).read_bytes()) == (before, keys)


def test_a_plain_backup_takes_the_place_of_an_encrypted_file(rekeyed, backup):
    path, _ = rekeyed
    put_back(path, backup, "dr-lin")
    assert key_of(path) is None
    assert not key_file_of(path).exists()
    assert numbers(path) == ["A-1"]
