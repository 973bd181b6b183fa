"""The lease across real processes: another program is a process of its own."""

import errno
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.making import patient
from tracker.clinic.records import Patient
from tracker.core.messages import say
from tracker.store import lease
from tracker.store.lease import Access, HeldError, Holder, give_back, lease_path, leased, said, take
from tracker.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
OTHER = """
import sys
from pathlib import Path
from tracker.store.lease import take
assert take(Path(sys.argv[1]), sys.argv[2]) is None
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_program(path, who="dr-wu"):
    """Another program that holds the lease of *path*; yields its process."""
    command = [sys.executable, "-c", OTHER, str(path), who]
    other = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    with other:
        assert other.stdout.readline().strip() == b"held"
        yield other
        other.stdin.close()
        other.wait(30)


def test_the_second_program_reads_and_knows_who_has_the_file(clinic_file):
    with another_program(clinic_file):
        store = Store(clinic_file, actor="dr-lin")
        assert store.read_only
        assert store.held_by.who == "dr-wu"
        assert "dr-wu on " in say(said(store.held_by))
        with pytest.raises(HeldError, match="in another program"), store.work():
            pass
        with store.read() as reader:
            assert reader.facts()["kind"] == "clinic"
        store.close()


def test_a_program_that_was_killed_leaves_nothing_that_locks(clinic_file):
    with another_program(clinic_file) as other:
        other.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        other.wait(30)
        store = Store(clinic_file)
        assert not store.read_only
        store.close()


def test_when_the_holder_is_gone_the_file_opens_for_writing(clinic_file):
    with another_program(clinic_file):
        pass
    store = Store(clinic_file)
    with store.work() as work:
        work.add(patient())
        work.commit()
    with store.read() as reader:
        assert reader.get(Patient, "p").name == "Ann Lee"
    store.close()


def test_a_writer_that_may_not_wait_is_refused_by_name(clinic_file):
    with another_program(clinic_file), pytest.raises(HeldError) as refused:
        Store(clinic_file, access=Access.WRITE)
    assert "dr-wu on " in str(refused.value)


def test_a_visitor_takes_no_lease_and_may_enter_what_it_did(clinic_file):
    with another_program(clinic_file):
        store = Store(clinic_file, access=Access.VISIT)
        with store.work() as work:
            work.act("export", {"folder": "x"})
            work.commit()
        store.close()


def test_several_stores_of_one_program_share_the_lease(clinic_file):
    first, second = Store(clinic_file), Store(clinic_file)
    assert (first.read_only, second.read_only) == (False, False)
    first.close()
    assert lease_path(clinic_file).exists()
    second.close()
    assert not lease_path(clinic_file).exists()


def test_the_lease_says_who_where_and_since_when(clinic_file):
    with leased(clinic_file, "dr-lin"):
        kept = json.loads(lease_path(clinic_file).read_text(encoding="utf-8"))
    assert set(kept) == {"who", "computer", "since"}
    assert kept["who"] == "dr-lin"


def test_what_another_program_has_is_not_leased(clinic_file):
    with another_program(clinic_file), pytest.raises(HeldError), leased(clinic_file, "dr-lin"):
        pass


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"who": null}', "x" * 10_000])
def test_a_lease_that_says_nothing_readable_still_holds(clinic_file, text):
    with another_program(clinic_file):
        lease_path(clinic_file).write_text(text, encoding="utf-8")
        assert take(clinic_file, "dr-lin") in (Holder(), Holder(who="None"))


def test_a_lease_left_by_someone_else_is_taken_over(clinic_file):
    lease_path(clinic_file).write_text('{"who": "gone"}', encoding="utf-8")
    lease_path(clinic_file).chmod(0o444)
    assert take(clinic_file, "dr-lin") is None
    give_back(clinic_file)
    give_back(clinic_file)
    assert not lease_path(clinic_file).exists()


def test_words_without_a_name_and_with_an_odd_time():
    assert "does not say" in say(said(Holder()))
    assert "dr-wu on pc since long ago" in say(said(Holder(who="dr-wu", computer="pc", since="long ago")))


def test_where_nothing_can_be_locked_the_databases_own_locks_have_to_do(clinic_file, monkeypatch):
    def no_locks(_descriptor):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(lease, "_lock_descriptor", no_locks)
    store = Store(clinic_file)
    assert not store.read_only
    store.close()


def test_another_users_lease_file_can_be_locked_without_writing_to_it(clinic_file, monkeypatch):
    lease_path(clinic_file).write_text('{"who": "gone"}', encoding="utf-8")
    really_open = os.open

    def may_only_read(path, flags, *mode):
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "not yours")
        return really_open(path, flags, *mode)

    monkeypatch.setattr(lease.os, "open", may_only_read)
    assert take(clinic_file, "dr-lin") is None
    give_back(clinic_file)


def test_a_lease_file_taken_away_while_it_is_locked_is_made_anew(clinic_file, monkeypatch):
    really_lock = lease._lock_descriptor
    tries = []

    def taken_away(descriptor):
        really_lock(descriptor)
        if not tries:
            lease_path(clinic_file).unlink()
        tries.append(descriptor)

    monkeypatch.setattr(lease, "_lock_descriptor", taken_away)
    assert take(clinic_file, "dr-lin") is None
    assert len(tries) == 2
    assert lease_path(clinic_file).exists()
    give_back(clinic_file)
