import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import tracker.store.converting
from tests.store.keys import KEY, PASSPHRASE, make_encrypted
from tests.store.making import fill, fill_one_patient, patient
from tests.store.protecting import protected_copy
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.converting import decrypt, encrypt
from tracker.store.errors import ConversionError, FileGoneError, LockedError, NotADatabaseError, ReadOnlyFileError
from tracker.store.file_state import FileState, key_file_of, state_of
from tracker.store.first_look import first_look
from tracker.store.keyfile import KeyFile
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.unlocking import unlock
from tracker.store.wrapping import wrap


@pytest.fixture
def keys():
    return KeyFile(slots=(wrap("", PASSPHRASE, KEY),))


@pytest.fixture
def plain(clinic_file):
    with closing(Store(clinic_file)) as store:
        fill_one_patient(store)
        fill(store, *(patient(f"q{n}", f"B-{n}", f"Bo Chen {n}") for n in range(30)))
    yield clinic_file
    forget(clinic_file)


def rows(path):
    with closing(connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}
        return found, connection.execute("PRAGMA journal_mode").fetchone()


def files(path):
    return sorted(found.name for found in path.parent.iterdir() if found.suffix != ".anchor")


def test_a_plain_file_is_encrypted_with_everything_in_it_and_is_plain_again(plain, keys):
    before = rows(plain)
    encrypt(plain, KEY, keys)
    assert state_of(plain) is FileState.ENCRYPTED
    assert b"Ann Lee" not in plain.read_bytes()
    assert rows(plain) == before
    assert verify_chain(plain).broken is None
    assert files(plain) == ["clinic.sqlite", "clinic.sqlite.keys"]
    decrypt(plain, KEY)
    assert state_of(plain) is FileState.PLAIN
    assert key_of(plain) is None
    assert rows(plain) == before
    assert files(plain) == ["clinic.sqlite"]


def test_a_converted_file_takes_changes(plain, keys):
    encrypt(plain, KEY, keys)
    with closing(Store(plain)) as store:
        fill(store, patient("z", "Z-1"))
    assert verify_chain(plain).broken is None
    assert first_look(plain).total == 32


def test_a_file_that_is_open_elsewhere_is_not_converted(plain, keys):
    before = plain.read_bytes()
    with closing(connect(plain)) as other:
        other.execute("SELECT count(*) FROM patient").fetchone()
        with pytest.raises(LockedError):
            encrypt(plain, KEY, keys)
    assert plain.read_bytes() == before
    assert files(plain) == ["clinic.sqlite"]


def test_a_copy_that_did_not_come_out_the_same_does_not_replace_the_file(plain, keys, monkeypatch):
    def lose_one(path, copy, *rest):
        written(path, copy, *rest)
        with closing(connect(copy, key=KEY)) as connection:
            connection.execute("UPDATE patient SET name = 'Bo Chan 7' WHERE name = 'Bo Chen 7'")

    written = tracker.store.converting._write_copy
    monkeypatch.setattr(tracker.store.converting, "_write_copy", lose_one)
    before = plain.read_bytes()
    with pytest.raises(ConversionError, match="was not changed: its copy did not come out the same"):
        encrypt(plain, KEY, keys)
    assert plain.read_bytes() == before
    assert files(plain) == ["clinic.sqlite"]


def test_a_file_changed_meanwhile_is_not_replaced(plain, keys, monkeypatch):
    def change_meanwhile(path, *rest):
        checked(path, *rest)
        with closing(connect(path)) as connection:
            connection.execute("UPDATE patient SET note = 'new'")

    checked = tracker.store.converting._check_copy
    monkeypatch.setattr(tracker.store.converting, "_check_copy", change_meanwhile)
    with pytest.raises(FileGoneError, match="replaced"):
        encrypt(plain, KEY, keys)
    assert state_of(plain) is FileState.PLAIN
    assert files(plain) == ["clinic.sqlite"]


def test_a_file_with_a_broken_audit_chain_keeps_its_break(plain, keys):
    with closing(connect(plain)) as connection:
        connection.execute("UPDATE audit SET actor = 'nobody' WHERE sequence = 2")
    encrypt(plain, KEY, keys)
    assert verify_chain(plain).broken.sequence == 2


def test_only_what_is_plain_is_encrypted_and_only_what_is_encrypted_made_plain(plain, keys, tmp_path):
    with pytest.raises(NotADatabaseError):
        decrypt(plain, KEY)
    (tmp_path / "other").mkdir()
    secret = make_encrypted(tmp_path / "other" / "secret.sqlite")
    with pytest.raises(NotADatabaseError):
        encrypt(secret, KEY, keys)


def test_a_file_that_cannot_be_written_is_not_converted(plain, keys):
    with protected_copy(plain) as copy, pytest.raises(ReadOnlyFileError):
        encrypt(copy, KEY, keys)


def test_a_key_file_of_an_older_conversion_is_replaced(plain, keys):
    key_file_of(plain).write_text("left behind", encoding="utf-8")
    encrypt(plain, KEY, keys)
    hold(plain, KEY)
    assert first_look(plain).total == 31


def test_a_kill_at_any_moment_leaves_the_plain_or_the_encrypted_file_whole(plain, tmp_path):
    with closing(Store(plain)) as store:
        fill(store, *(patient(f"k{n}", f"K-{n}", f"Kit Long {n}", note="x" * 2000) for n in range(400)))
    before = rows(plain)
    program = tmp_path / "convert.py"
    program.write_text(
        f"from pathlib import Path\nfrom tracker.store import converting, wrapping\n"
        f"from tracker.store.file_state import FileState, state_of\nfrom tracker.store.keyfile import KeyFile\n"
        f"wrapping.STRENGTH = wrapping.Kdf(passes=1, memory_kib=64, lanes=1)\n"
        f"path, key = Path({str(plain)!r}), bytes.fromhex({KEY.hex()!r})\n"
        f"keys = KeyFile(slots=(wrapping.wrap('', {PASSPHRASE!r}, key),))\n"
        f"print('begun', flush=True)\n"
        f"while True:\n"
        f"    if state_of(path) is FileState.PLAIN:\n        converting.encrypt(path, key, keys)\n"
        f"    else:\n        converting.decrypt(path, key)\n",
        encoding="utf-8",
    )
    chance = random.Random(3)
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(int(os.environ.get("CONVERT_KILLS", "4"))):
        with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, env=here) as running:
            running.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(chance.uniform(0.01, 0.4))
            running.kill()
        if state_of(plain) is FileState.ENCRYPTED:
            unlock(plain, PASSPHRASE)
        assert rows(plain) == before
        assert verify_chain(plain).broken is None
        forget(plain)
    if state_of(plain) is FileState.PLAIN:
        encrypt(plain, KEY, KeyFile(slots=(wrap("", PASSPHRASE, KEY),)))
    else:
        decrypt(plain, KEY)
    assert [name for name in files(plain) if name.startswith(".")] == []  # nothing in the clear is left by the kills
