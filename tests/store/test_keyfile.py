import json
import os
from dataclasses import replace

import pytest

from tests.store.keys import KEY, OTHER_KEY, PASSPHRASE, full_width
from tests.store.protecting import protected_copy
from tracker.store.durable import replace_file
from tracker.store.errors import KeyFileError
from tracker.store.file_state import key_file_of
from tracker.store.keyfile import MOST_BYTES, MOST_WAITING, Attempt, KeyFile, load, save
from tracker.store.wrapping import unwrap, wrap


@pytest.fixture
def path(tmp_path):
    return tmp_path / "clinic.sqlite"


@pytest.fixture
def saved(path):
    attempt = Attempt("2026-06-30T10:00:00Z", "failed unlock", "", "passphrase")
    keys = KeyFile(slots=(wrap("", PASSPHRASE, KEY), wrap("林医生", "another passphrase", KEY))).noted(attempt)
    save(path, keys)
    return keys


def document(path):
    return json.loads(key_file_of(path).read_text(encoding="utf-8"))


def change(path, **more):
    key_file_of(path).write_text(json.dumps(document(path) | more), encoding="utf-8")


def test_a_key_file_comes_back_as_it_was_saved(path, saved):
    assert load(path) == saved
    assert [unwrap(slot, PASSPHRASE) for slot in saved.slots] == [KEY, None]


def test_there_is_no_key_and_no_passphrase_in_it(path, saved):
    text = key_file_of(path).read_text(encoding="ascii")
    assert KEY.hex() not in text.lower()
    assert PASSPHRASE not in text


def test_only_its_owner_reads_it(path, saved):
    if os.name == "posix":
        assert key_file_of(path).stat().st_mode & 0o777 == 0o600


def test_no_key_file_is_an_empty_one(path):
    assert load(path) == KeyFile()


def test_a_slot_given_to_another_name_opens_nothing(saved):
    assert unwrap(replace(saved.slots[1], name="somebody"), "another passphrase") is None


def test_a_passphrase_typed_in_full_width_letters_is_the_same(saved):
    assert unwrap(saved.slots[0], full_width(PASSPHRASE)) == KEY


def test_while_a_file_is_rekeyed_one_name_has_two_slots(path, saved):
    both = saved.with_slot(wrap("", PASSPHRASE, OTHER_KEY))
    save(path, both)
    assert [slot.name for slot in load(path).slots] == ["", "林医生", ""]
    assert [slot.name for slot in both.settled(OTHER_KEY).slots] == [""]
    assert both.settled(KEY) == saved


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"format": "outcome-tracker keys", "version": 2}',
        b"9" * 10_000,
    ],
    ids=["empty", "no text", "list", "null", "nothing in it", "deep", "newer", "a long number"],
)
def test_a_key_file_that_is_none_is_refused(path, content):
    key_file_of(path).write_bytes(content)
    with pytest.raises(KeyFileError, match="open the file with its recovery key"):
        load(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slots", {}),
        ("slots", [1]),
        ("slots", [{}] * 1000),
        ("failures", -1),
        ("failures", True),
        ("failures", "3"),
        ("last_failure", "yesterday"),
        ("last_failure", "2026-06-30T10:00:00"),
        ("waiting", [{}]),
        ("waiting", [{"at": "x" * 1000, "action": "", "name": "", "by": ""}]),
    ],
)
def test_a_value_that_cannot_be_is_refused(path, saved, name, value):
    change(path, **{name: value})
    with pytest.raises(KeyFileError):
        load(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kdf", {"name": "argon2id", "passes": 1, "memory_kib": 10**9, "lanes": 1}),
        ("kdf", {"name": "argon2id", "passes": 10**6, "memory_kib": 64, "lanes": 1}),
        ("kdf", {"name": "argon2id", "passes": 1, "memory_kib": 64, "lanes": 0}),
        ("kdf", {"name": "md5", "passes": 1, "memory_kib": 64, "lanes": 1}),
        ("salt", "AAAA"),
        ("salt", "!" * 24),
        ("wrapped", ""),
        ("name", None),
    ],
)
def test_a_slot_that_cannot_be_or_costs_too_much_is_refused(path, saved, name, value):
    slot = document(path)["slots"][0]
    change(path, slots=[slot | {name: value}])
    with pytest.raises(KeyFileError):
        load(path)


def test_a_key_file_beyond_all_size_is_not_read(path, saved):
    key_file_of(path).write_bytes(b" " * MOST_BYTES + key_file_of(path).read_bytes())
    with pytest.raises(KeyFileError):
        load(path)


def test_attempts_beyond_the_list_are_counted(saved):
    keys = saved
    for _ in range(MOST_WAITING + 5):
        keys = keys.noted(saved.waiting[0])
    assert (len(keys.waiting), keys.not_listed) == (MOST_WAITING, 6)
    assert keys.audited() == replace(saved, waiting=())


def test_a_key_file_that_cannot_be_written_stays_as_it_was(path, saved):
    path.touch()
    with protected_copy(path) as copy:
        with pytest.raises(KeyFileError, match="cannot be written"):
            save(copy, KeyFile())
        assert load(copy) == saved or load(copy) == KeyFile()
        assert not list(copy.parent.glob("*.part"))


def test_a_file_replaced_halfway_is_the_old_one(path, saved, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    before = key_file_of(path).read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(key_file_of(path), b"half")
    assert key_file_of(path).read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["clinic.sqlite.keys"]
