import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.store.making import assessment, episode, fill, fill_one_patient, patient, visit
from tracker.clinic.records import Assessment, Patient
from tracker.store import store as module
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.errors import FileGoneError, FileMissingError, LockedError, StoreFullError, StoreWriteError
from tracker.store.store import Store, system_user


def test_a_missing_file_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(FileMissingError):
        Store(tmp_path / "none.sqlite")
    assert list(tmp_path.glob("none*")) == []


def test_a_new_file_says_what_it_is_and_who_made_it(tmp_path):
    store = Store.create(tmp_path / "new.sqlite", kind="demo", facts={"today": "2026-06-30"})
    with store.read() as reader:
        facts = reader.facts()
    assert (facts["kind"], facts["today"]) == ("demo", "2026-06-30")
    assert facts["software"]
    assert store.actor == system_user()
    store.close()


def test_creating_opens_a_file_that_is_there_as_it_is(store):
    fill(store, patient())
    store.close()
    again = Store.create(store.path, kind="demo")
    with again.read() as reader:
        assert reader.facts()["kind"] == "clinic"
        assert reader.patients_numbered("A-1") == ("p",)
    again.close()


def test_an_account_without_a_name_is_unknown(monkeypatch):
    def nobody():
        raise KeyError

    monkeypatch.setattr(module.getpass, "getuser", nobody)
    assert system_user() == "unknown"


def test_a_second_program_waits_then_says_that_the_file_is_locked(clinic_file):
    store = Store(clinic_file, busy_timeout_ms=50)
    with closing(connect(clinic_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError, match=r"another program is writing to .*try again"):
            fill(store, patient())
        with store.read() as reader:  # reading goes on
            assert reader.patients_numbered("A-1") == ()
        other.execute("ROLLBACK")
    fill(store, patient())
    store.close()


def test_a_second_program_that_finishes_in_time_is_waited_for(clinic_file):
    store = Store(clinic_file)
    other = connect(clinic_file)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.2, other.execute, ("ROLLBACK",))
    timer.start()
    fill(store, patient())
    timer.join()
    other.close()
    store.close()


def limited(store, pages):
    """Let the file grow by a few pages only, as on a full disk."""
    with store._keeping._engine.connect() as connection:
        now = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={now + pages}")


def test_a_full_disk_loses_nothing_and_is_said(store):
    fill(store, patient(), episode(), visit(), assessment())
    limited(store, 2)
    with pytest.raises(StoreFullError, match=r"is full: nothing was saved, nothing stored before is lost"):
        fill(store, patient("q", "A-2", "x" * 100_000))
    with store.read() as reader:
        assert reader.find(Patient, "q") is None
        assert reader.get(Assessment, "a")
    assert verify_chain(store.path).broken is None
    with store.work() as work:  # a short draft still fits
        work.keep_draft(work.get(Assessment, "a"), {"pain": 4}, {})
        work.commit()
    limited(store, 1000)
    fill(store, patient("q", "A-2", "x" * 100_000))


def test_a_full_disk_at_commit_rolls_back(store):
    resource = pytest.importorskip("resource")
    fill(store, patient())
    size = store.path.with_name("clinic.sqlite-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, hard))
    try:
        with pytest.raises((StoreFullError, StoreWriteError), match="nothing was saved"):
            fill(store, patient("q", "A-2", "x" * 100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with store.read() as reader:
        assert reader.find(Patient, "q") is None
        assert reader.get(Patient, "p")
    fill(store, patient("q", "A-2"))
    assert verify_chain(store.path).broken is None


def test_a_file_removed_while_open_takes_no_more_writes(store):
    fill(store, patient())
    store.path.unlink()
    with pytest.raises(FileGoneError, match="put the file back"):
        fill(store, patient("q", "A-2"))


def test_a_file_replaced_while_open_takes_no_more_writes(store, tmp_path):
    fill(store, patient())
    aside = store.path.rename(tmp_path / "aside.sqlite")
    shutil.copy(aside, store.path)
    with pytest.raises(FileGoneError):
        fill(store, patient("q", "A-2"))


def test_two_programs_on_one_file_keep_one_chain(clinic_file):
    first, second = Store(clinic_file, actor="a"), Store(clinic_file, actor="b")
    for number in range(5):
        fill(first, patient(f"a{number}", f"a{number}"))
        fill(second, patient(f"b{number}", f"b{number}"))
    found = verify_chain(clinic_file)
    assert (found.entries, found.broken) == (10, None)
    first.close()
    second.close()


def test_threads_write_one_after_the_other(store):
    def write(name):
        for number in range(10):
            fill(store, patient(f"{name}{number}", f"{name}{number}"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, "abc"))
    assert verify_chain(store.path).entries == 30


def test_work_is_there_after_the_program_ends(clinic_file):
    store = Store(clinic_file)
    fill_one_patient(store)
    store.close()
    assert not clinic_file.with_name("clinic.sqlite-wal").exists()
    again = Store(clinic_file)
    with again.read() as reader:
        assert reader.view("a").scores
    again.close()
