import shutil
import threading
from contextlib import closing

import pytest

from tests.store.keys import KEY, PASSPHRASE, make_encrypted
from tests.store.making import event, fill, fill_one_patient, patient
from tests.store.protecting import protected_copy
from tracker.clinic.records import Assessment
from tracker.store import backup
from tracker.store.backup import BackupCheckError, BackupTargetError, check_copy, copy_file
from tracker.store.connect import connect
from tracker.store.errors import DamagedFileError, EncryptedFileError, FileMissingError, NotADatabaseError
from tracker.store.file_state import FileState, key_file_of, state_of
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.unlocking import unlock


def execute(path, sql):
    with closing(connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def filled(store):
    fill_one_patient(store)
    return store


def flip(path, place, bits=0xFF):
    """Turn bits of one byte of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bits]))


def test_a_copy_of_a_file_in_use_holds_all_that_was_committed(filled, tmp_path):
    copied = copy_file(filled.path, tmp_path / "copy.db")
    assert copied.rows["assessment"] == 1
    assert copied.size == copied.path.stat().st_size
    again = Store(copied.path)
    with again.read() as reader:
        assert reader.get(Assessment, "a").responses == {"pain": 0}
    again.close()


def test_a_copy_is_one_file_with_nothing_beside(filled, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    copy_file(filled.path, folder / "copy.db")
    assert [found.name for found in folder.iterdir()] == ["copy.db"]


def test_the_copy_is_of_one_moment_however_busy_the_file_is(filled, tmp_path):
    stop = threading.Event()
    fill(filled, *(event(f"x{number}") for number in range(500)))

    def keep_writing():
        number = 0
        while not stop.is_set():
            number += 1
            fill(filled, patient(f"p{number}", f"B-{number}"), event(f"y{number}", f"p{number}"))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        copied = copy_file(filled.path, tmp_path / "copy.db")
    finally:
        stop.set()
        writer.join()
    assert copied.rows["patient"] - 1 == copied.rows["adverse_event"] - 501


def test_what_is_there_already_is_not_overwritten(filled, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("a letter")
    with pytest.raises(BackupTargetError, match="another name"):
        copy_file(filled.path, target)
    assert target.read_text() == "a letter"


def test_a_folder_that_is_not_there_is_said(filled, tmp_path):
    with pytest.raises(BackupTargetError, match="there is no folder") as refused:
        copy_file(filled.path, tmp_path / "nowhere" / "copy.db")
    assert "nowhere" in str(refused.value)


def test_a_disk_that_does_not_take_the_copy_is_said(filled, tmp_path, monkeypatch):
    def broken(_path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(backup, "sync_file", broken)
    with pytest.raises(BackupTargetError, match="cannot be written: Input/output error"):
        copy_file(filled.path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_a_missing_or_foreign_file_is_not_copied(tmp_path):
    with pytest.raises(FileMissingError):
        copy_file(tmp_path / "none.db", tmp_path / "copy.db")
    (tmp_path / "letter.db").write_text("a letter" * 1000)
    with pytest.raises(NotADatabaseError):
        copy_file(tmp_path / "letter.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_that_is_stopped_leaves_nothing(filled, tmp_path):
    fill(filled, *(event(f"x{number}") for number in range(800)))
    folder = tmp_path / "stick"
    folder.mkdir()

    class EnoughError(Exception):
        pass

    def stop():
        raise EnoughError

    with pytest.raises(EnoughError):
        copy_file(filled.path, folder / "copy.db", stop)
    assert list(folder.iterdir()) == []


def test_a_file_that_can_only_be_read_is_copied(filled, tmp_path):
    filled.close()
    with protected_copy(filled.path) as path:
        target = path.parent.with_suffix(".db")
        copied = copy_file(path, target)
        assert copied.rows["patient"] == 1
    target.unlink()


def test_damaged_pages_are_not_passed_on_as_a_backup(filled, tmp_path):
    fill(filled, *(event(f"x{number}") for number in range(200)))
    filled.close()
    damaged = tmp_path / "damaged.db"
    shutil.copy(filled.path, damaged)
    size = damaged.stat().st_size
    refused = 0
    for page in range(1, size // 4096):
        flip(damaged, page * 4096)  # the page's kind
        with pytest.raises((BackupCheckError, DamagedFileError, NotADatabaseError)):
            copy_file(damaged, tmp_path / "copy.db")
        assert not (tmp_path / "copy.db").exists()
        flip(damaged, page * 4096)
        refused += 1
    assert refused > 10
    copy_file(damaged, tmp_path / "copy.db")


def test_a_copy_with_other_rows_is_not_a_backup(filled, tmp_path):
    copied = copy_file(filled.path, tmp_path / "copy.db")
    execute(copied.path, "DELETE FROM score")
    with pytest.raises(BackupCheckError, match="other rows"):
        check_copy(copied.path, copied.rows)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DELETE FROM audit WHERE sequence = 2", "audit entry 2"),
        ("UPDATE audit SET actor = 'x' WHERE sequence = 3", "audit entry 3"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM visit", "lack what they belong to"),
    ],
)
def test_a_tampered_copy_is_not_a_backup(filled, tmp_path, sql, why):
    copied = copy_file(filled.path, tmp_path / "copy.db")
    with closing(connect(copied.path, foreign_keys=False)) as connection:
        for statement in sql.split(";"):
            connection.execute(statement)
    with pytest.raises(BackupCheckError) as refused:
        check_copy(copied.path)
    assert why in str(refused.value)


@pytest.fixture
def encrypted(tmp_path):
    path = make_encrypted(tmp_path / "secret.db")
    hold(path, KEY)
    yield path
    forget(path)


def test_the_copy_of_an_encrypted_file_is_encrypted_and_has_its_keys_beside(encrypted, tmp_path):
    copied = copy_file(encrypted, tmp_path / "copy.db")
    assert copied.rows["patient"] == 1
    assert state_of(copied.path) is FileState.ENCRYPTED
    assert b"Ann Lee" not in copied.path.read_bytes()
    assert key_file_of(copied.path).read_bytes() == key_file_of(encrypted).read_bytes()
    assert key_of(copied.path) is None
    unlock(copied.path, PASSPHRASE)
    with Store(copied.path).read() as reader:
        assert reader.get(Assessment, "a").responses == {"pain": 0}
    forget(copied.path)


def test_a_locked_file_is_not_copied_as_if_it_were_a_backup(encrypted, tmp_path):
    forget(encrypted)
    with pytest.raises(EncryptedFileError):
        copy_file(encrypted, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_keys_that_lie_where_the_copy_goes_are_not_overwritten(encrypted, tmp_path):
    other = key_file_of(tmp_path / "copy.db")
    other.write_text("the only passphrase of another file")
    with pytest.raises(BackupTargetError):
        copy_file(encrypted, tmp_path / "copy.db")
    assert other.read_text() == "the only passphrase of another file"


def test_a_flipped_bit_of_an_encrypted_file_is_not_passed_on(encrypted, tmp_path):
    for page in range(1, encrypted.stat().st_size // 4096, 7):
        flip(encrypted, page * 4096 + 100, 1)
        with pytest.raises((BackupCheckError, DamagedFileError, NotADatabaseError)):
            copy_file(encrypted, tmp_path / "copy.db")
        flip(encrypted, page * 4096 + 100, 1)
    copy_file(encrypted, tmp_path / "copy.db")
