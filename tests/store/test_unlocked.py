from contextlib import closing

import pytest

from tests.store.keys import KEY, OTHER_KEY, make_encrypted
from tests.store.making import fill, patient
from tests.store.protecting import protected_copy
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.errors import DamagedFileError, EncryptedFileError
from tracker.store.first_look import first_look
from tracker.store.store import Store
from tracker.store.streams import open_streams
from tracker.store.unlocked import forget, hold, key_of


@pytest.fixture
def path(tmp_path):
    yield make_encrypted(tmp_path / "clinic.sqlite")
    forget(tmp_path / "clinic.sqlite")


def test_a_key_is_held_for_the_file_by_whatever_name(tmp_path, path, monkeypatch):
    hold(path, KEY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.sqlite").symlink_to(path)
    assert key_of(tmp_path / "sub" / ".." / "clinic.sqlite") == KEY
    assert key_of(tmp_path / "link.sqlite") == KEY
    assert key_of(path.relative_to(tmp_path)) == KEY
    forget(path.relative_to(tmp_path))
    assert key_of(path) is None


def test_nothing_in_the_file_can_be_read_without_its_key(path):
    assert b"Ann Lee" not in path.read_bytes()
    assert b"SQLite" not in path.read_bytes()
    with pytest.raises(EncryptedFileError, match="give its passphrase or its recovery key"):
        Store(path)
    with pytest.raises(EncryptedFileError):
        first_look(path)


def test_a_key_of_another_file_opens_nothing(path):
    hold(path, OTHER_KEY)
    before = path.read_bytes()
    with pytest.raises(EncryptedFileError):
        Store(path)
    assert path.read_bytes() == before


def test_every_way_to_read_works_on_an_unlocked_file(path):
    hold(path, KEY)
    assert [line.name for line in first_look(path).lines] == ["Ann Lee"]
    assert verify_chain(path).broken is None
    with open_streams(path) as streams:
        assert streams.count("assessment") == 1
    with closing(Store(path)) as store:
        fill(store, patient("q", "A-2", "Bo Chen"))
        with store.read() as reader:
            assert reader.facts()["kind"] == "clinic"
    assert first_look(path).total == 2


def test_the_log_of_an_open_file_is_encrypted_too(path):
    hold(path, KEY)
    with closing(Store(path)) as store:
        fill(store, patient("q", "A-2", "Bo Chen"))
        log = path.with_name(path.name + "-wal").read_bytes()
    assert len(log) > 4096
    assert b"Bo Chen" not in log


def test_sorting_and_temporary_tables_stay_in_memory(path):
    with closing(connect(path, key=KEY)) as connection:
        options = {option for (option,) in connection.execute("PRAGMA compile_options")}
        assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}
        assert connection.execute("PRAGMA temp_store").fetchone() == (0,)  # as built in: nobody switched to files


def test_an_encrypted_file_that_cannot_be_written_is_read(path):
    with protected_copy(path) as copy:
        hold(copy, KEY)
        assert first_look(copy).total == 1
        with closing(Store(copy)) as store:
            assert store.read_only
        forget(copy)


def test_a_damaged_page_is_said_to_be_damage_not_a_wrong_key(path):
    hold(path, KEY)
    content = bytearray(path.read_bytes())
    for page in range(5, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match="restore a backup"):
        verify_chain(path)
