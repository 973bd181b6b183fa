import os
import random
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.keys import KEY, OTHER_KEY, OTHER_RECOVERY, PASSPHRASE, RECOVERY, make_encrypted
from tests.store.making import fill, patient
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.errors import LockedError, WrongKeyError
from tracker.store.first_look import first_look
from tracker.store.keyfile import load
from tracker.store.rekeying import rekey
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.unlocking import unlock
from tracker.store.wrapping import wrap

NEW = "a new passphrase"


@pytest.fixture
def path(tmp_path):
    yield make_encrypted(tmp_path / "clinic.sqlite")
    forget(tmp_path / "clinic.sqlite")


def slots():
    return (wrap("", NEW, OTHER_KEY),)


def test_after_a_rekey_only_the_new_keys_open_the_file(path):
    before = path.read_bytes()
    rekey(path, KEY, OTHER_KEY, slots())
    assert path.read_bytes()[4096:8192] != before[4096:8192]
    for old in (PASSPHRASE, RECOVERY):
        with pytest.raises(WrongKeyError):
            unlock(path, old)
    for new in (NEW, OTHER_RECOVERY):
        unlock(path, new)
        assert first_look(path).total == 1
        assert verify_chain(path).broken is None
        forget(path)


def test_an_unlocked_file_stays_unlocked_under_its_new_key(path):
    hold(path, KEY)
    rekey(path, KEY, OTHER_KEY, slots())
    assert key_of(path) == OTHER_KEY
    with closing(Store(path)) as store:
        fill(store, patient("q", "A-2", "Bo Chen"))
    assert first_look(path).total == 2


def test_a_file_that_is_open_elsewhere_is_not_rekeyed(path):
    hold(path, KEY)
    before = load(path)
    with closing(connect(path)) as other:
        other.execute("SELECT count(*) FROM patient").fetchone()
        with pytest.raises(LockedError):
            rekey(path, KEY, OTHER_KEY, slots())
    assert load(path) == before
    forget(path)
    unlock(path, PASSPHRASE)


def test_a_kill_between_the_two_keys_leaves_a_file_that_opens_with_the_passphrase_and_a_recovery_key(path, tmp_path):
    hold(path, KEY)
    with closing(Store(path)) as store:
        fill(store, *(patient(f"q{n}", f"B-{n}", f"Bo Chen {n}", note="x" * 2000) for n in range(500)))
    forget(path)
    program = tmp_path / "rekey.py"
    program.write_text(
        textwrap.dedent(
            f"""
            import sys
            from pathlib import Path
            from tracker.store import wrapping
            from tracker.store.rekeying import rekey
            wrapping.STRENGTH = wrapping.Kdf(passes=1, memory_kib=64, lanes=1)
            old, new = bytes.fromhex({KEY.hex()!r}), bytes.fromhex({OTHER_KEY.hex()!r})
            print("begun", flush=True)
            for _ in range(100):
                rekey(Path({str(path)!r}), old, new, (wrapping.wrap("", {PASSPHRASE!r}, new),))
                old, new = new, old
            """
        ),
        encoding="utf-8",
    )
    chance = random.Random(5)
    keys_found = set()
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(int(os.environ.get("REKEY_KILLS", "4"))):
        with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, env=here) as running:
            running.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(chance.uniform(0.01, 0.3))
            running.kill()
        unlock(path, PASSPHRASE)
        keys_found.add(key_of(path))
        assert first_look(path).total == 501
        assert len(load(path).slots) == 1
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        if key_of(path) == OTHER_KEY:
            rekey(path, OTHER_KEY, KEY, (wrap("", PASSPHRASE, KEY),))
        forget(path)
    assert keys_found <= {KEY, OTHER_KEY}
