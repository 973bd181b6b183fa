from datetime import UTC, datetime, timedelta

import pytest

import tracker.store.unlocking
from tests.store.keys import KEY, OTHER_KEY, OTHER_RECOVERY, PASSPHRASE, RECOVERY, everything, make_encrypted
from tests.store.making import fill, patient
from tracker.store.errors import (
    DamagedFileError,
    FileMissingError,
    KeyFileError,
    NotADatabaseError,
    NotEncryptedError,
    TooSoonError,
    WrongKeyError,
)
from tracker.store.file_state import key_file_of
from tracker.store.first_look import first_look
from tracker.store.keyfile import KeyFile, load, save
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.unlocking import opens, seconds_to_wait, unlock, unlock_with_key
from tracker.store.wrapping import wrap


@pytest.fixture
def path(tmp_path):
    yield make_encrypted(tmp_path / "clinic.sqlite")
    forget(tmp_path / "clinic.sqlite")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""

    class Clock:
        now = datetime(2026, 6, 30, 10, 0, tzinfo=UTC)

        def move(self, seconds):
            self.now += timedelta(seconds=seconds)

    clock = Clock()
    monkeypatch.setattr(tracker.store.unlocking, "now_utc", lambda: clock.now)
    return clock


@pytest.mark.parametrize(("secret", "by"), [(PASSPHRASE, "passphrase"), (RECOVERY.lower(), "recovery key")])
def test_the_passphrase_and_the_recovery_key_open_the_file(path, secret, by):
    assert unlock(path, secret) == by
    assert key_of(path) == KEY
    assert first_look(path).total == 1


@pytest.mark.parametrize("secret", ["", "wrong", PASSPHRASE.upper(), PASSPHRASE + " ", OTHER_RECOVERY, "x" * 10000])
def test_a_wrong_one_says_so_and_harms_nothing(path, secret):
    before = path.read_bytes()
    with pytest.raises(WrongKeyError, match=r"does not open .*the file was not changed"):
        unlock(path, secret)
    assert key_of(path) is None
    assert path.read_bytes() == before
    there = sorted(found.name for found in path.parent.iterdir() if found.suffix != ".anchor")
    assert there == ["clinic.sqlite", "clinic.sqlite.keys"]
    unlock(path, PASSPHRASE)
    assert first_look(path).total == 1


def test_a_wrong_key_does_not_harm_what_a_killed_program_left_in_the_log(path, tmp_path):
    hold(path, KEY)
    store = Store(path)
    fill(store, patient("q", "A-2", "Bo Chen"))
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in ("clinic.sqlite", "clinic.sqlite-wal", "clinic.sqlite.keys"):
        (killed / name).write_bytes((tmp_path / name).read_bytes())
    store.close()
    left = killed / path.name
    before = [left.read_bytes(), left.with_name("clinic.sqlite-wal").read_bytes()]
    assert not opens(left, OTHER_KEY)
    with pytest.raises(WrongKeyError):
        unlock(left, OTHER_RECOVERY)
    assert [left.read_bytes(), left.with_name("clinic.sqlite-wal").read_bytes()] == before
    unlock(left, PASSPHRASE)
    assert first_look(left).total == 2
    forget(left)


def test_the_recovery_key_alone_opens_the_file_when_the_key_file_is_lost_or_damaged(path):
    for content in (None, b"half"):
        key_file_of(path).unlink() if content is None else key_file_of(path).write_bytes(content)
        assert unlock(path, RECOVERY) == "recovery key"
        assert first_look(path).total == 1
        forget(path)


def test_a_passphrase_without_the_key_file_says_what_opens_the_file(path):
    key_file_of(path).write_bytes(b"half")
    with pytest.raises(KeyFileError, match="open the file with its recovery key"):
        unlock(path, PASSPHRASE)
    key_file_of(path).unlink()
    with pytest.raises(WrongKeyError, match="use the recovery key"):
        unlock(path, PASSPHRASE)


def test_only_an_encrypted_file_is_unlocked(tmp_path, clinic_file):
    with pytest.raises(NotEncryptedError, match="opens without a passphrase"):
        unlock(clinic_file, PASSPHRASE)
    (tmp_path / "letter").write_text("dear colleague", encoding="utf-8")
    with pytest.raises(NotADatabaseError):
        unlock(tmp_path / "letter", PASSPHRASE)
    with pytest.raises(FileMissingError):
        unlock(tmp_path / "nowhere.sqlite", PASSPHRASE)


def test_a_right_passphrase_on_a_damaged_file_says_that_the_file_is_damaged(path):
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    with pytest.raises(DamagedFileError):
        unlock(path, PASSPHRASE)


def test_each_person_has_a_passphrase_of_their_own(path):
    save(path, load(path).with_slot(wrap("lin", "lin's own passphrase", KEY)))
    with pytest.raises(WrongKeyError):
        unlock(path, "lin's own passphrase")
    with pytest.raises(WrongKeyError):
        unlock(path, PASSPHRASE, "lin")
    unlock(path, "lin's own passphrase", "lin")
    assert key_of(path) == KEY


def test_failed_attempts_make_the_next_one_wait_longer_and_longer(path, clock):
    waits = []
    for _ in range(12):
        with pytest.raises(WrongKeyError):
            unlock(path, "wrong")
        waits.append(seconds_to_wait(path))
        clock.move(waits[-1])
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_an_attempt_that_comes_too_early_is_not_even_tried(path, clock):
    for _ in range(5):
        clock.move(60)
        with pytest.raises(WrongKeyError):
            unlock(path, "wrong")
    before = everything(path)
    with pytest.raises(TooSoonError, match="again in 4 s") as raised:
        unlock(path, PASSPHRASE)
    assert raised.value.seconds == 4
    assert everything(path) == before
    clock.move(4)
    unlock(path, PASSPHRASE)
    assert load(path).failures == 0
    assert seconds_to_wait(path) == 0


def test_a_clock_set_back_does_not_lock_the_owner_out(path, clock):
    for _ in range(4):
        clock.move(60)
        with pytest.raises(WrongKeyError):
            unlock(path, "wrong")
    clock.move(-86400)
    with pytest.raises(TooSoonError):
        unlock(path, PASSPHRASE)
    clock.move(2)
    unlock(path, PASSPHRASE)


def test_attempts_wait_in_the_key_file_for_the_audit_without_what_was_typed(path, clock):
    for secret, name in (("tippfehler", ""), ("x", "my passphrase in the wrong field")):
        with pytest.raises(WrongKeyError):
            unlock(path, secret, name)
    unlock(path, RECOVERY)
    waiting = [(one.action, one.name, one.by) for one in load(path).waiting]
    assert waiting == [
        ("failed unlock", "", "passphrase"),
        ("failed unlock", "?", "passphrase"),
        ("unlock", "", "recovery key"),
    ]
    text = key_file_of(path).read_text(encoding="utf-8")
    assert "tippfehler" not in text
    assert "wrong field" not in text


def test_a_key_this_computer_remembers_opens_the_file_or_says_that_it_does_not(path):
    with pytest.raises(WrongKeyError):
        unlock_with_key(path, OTHER_KEY)
    assert key_of(path) is None
    unlock_with_key(path, KEY)
    assert first_look(path).total == 1
    assert [one.by for one in load(path).waiting] == ["this computer"]


def test_slots_of_a_key_the_file_no_longer_has_go_when_it_is_unlocked(path):
    save(path, load(path).with_slot(wrap("", "another passphrase", OTHER_KEY)))
    unlock(path, PASSPHRASE)
    assert len(load(path).slots) == 1
    assert load(path).slots != KeyFile().slots
