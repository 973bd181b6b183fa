import datetime
import json

import pytest

from tests.services.making_users import PASSPHRASES, key_of, sign_in, with_users
from tests.store.keys import OTHER_RECOVERY, PASSPHRASE, RECOVERY
from tracker.services import security
from tracker.services.session import (
    LONGEST_WAIT,
    Session,
    WaitError,
    WrongSignInError,
    wait_after,
)
from tracker.services.workspace import Workspace

START = datetime.datetime(2026, 3, 1, 9, 0, tzinfo=datetime.UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def go_on(self, seconds):
        self.now += datetime.timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(any_workspace):
    """On a file, then on a server."""
    return any_workspace


@pytest.fixture
def session(workspace, clock):
    """The session of a file with users, on a clock of the test; nobody is signed in."""
    with_users(workspace)
    workspace.session.sign_out()
    return Session(workspace.store, clock)


def entries(workspace):
    with workspace.store.read() as reader:
        found = reader.driver.execute("SELECT action, actor, after FROM audit WHERE entity IS NULL ORDER BY sequence")
        return [(action, actor, json.loads(after)) for action, actor, after in found if "sign in" in action]


def fail(session, times=1, name="Ann"):
    for _ in range(times):
        with pytest.raises(WrongSignInError):
            session.sign_in(name, "wrong passphrase")


def test_signing_in_gives_every_change_the_users_name(session, workspace):
    user = session.sign_in("ann ", PASSPHRASES["Ann"])
    assert (user.name, session.user) == ("Ann", user)
    assert workspace.actor == "Ann"
    assert entries(workspace)[-1][:2] == ("sign in", "Ann")


@pytest.mark.parametrize(("name", "secret"), [("Ann", "no"), ("Nobody", "no"), ("Ann", ""), ("", "")])
def test_a_wrong_name_and_a_wrong_passphrase_are_told_alike(session, name, secret):
    with pytest.raises(WrongSignInError, match="do not belong together"):
        session.sign_in(name, secret)
    assert session.user is None


def test_a_failed_sign_in_is_audited_without_what_was_typed(session, workspace):
    fail(session)
    fail(session, name="my secret words")
    assert [after for action, _, after in entries(workspace)[-2:] if action == "failed sign in"] == [
        {"name": "Ann"},
        {"name": "?"},
    ]


def test_the_delay_grows_and_stops_growing():
    waits = [wait_after(failures).total_seconds() for failures in range(9)]
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 32]
    assert wait_after(1000) == LONGEST_WAIT == datetime.timedelta(minutes=15)


def test_after_three_wrong_passphrases_even_the_right_one_has_to_wait(session, clock):
    fail(session, 3)
    with pytest.raises(WaitError, match="1 s") as caught:
        session.sign_in("Ann", PASSPHRASES["Ann"])
    assert caught.value.seconds == 1
    clock.go_on(1)
    fail(session)
    clock.go_on(1.5)
    with pytest.raises(WaitError):
        session.sign_in("Ann", PASSPHRASES["Ann"])
    clock.go_on(0.5)
    assert session.sign_in("Ann", PASSPHRASES["Ann"]).name == "Ann"


def test_signing_in_begins_the_count_again(session):
    fail(session, 2)
    session.sign_in("Ann", PASSPHRASES["Ann"])
    fail(session, 2)
    assert session.sign_in("Ann", PASSPHRASES["Ann"]).name == "Ann"


def test_one_users_wrong_passphrases_lock_nobody_else_out(session):
    fail(session, 3)
    assert session.sign_in("Wu", PASSPHRASES["Wu"]).name == "Wu"


def test_an_attempt_that_has_to_wait_does_not_make_the_wait_longer(session, clock):
    fail(session, 3)
    for _ in range(20):
        with pytest.raises(WaitError):
            session.sign_in("Ann", "wrong passphrase")
    clock.go_on(1)
    assert session.sign_in("Ann", PASSPHRASES["Ann"]).name == "Ann"


def test_a_clock_set_back_makes_nobody_wait_for_it(session, clock):
    fail(session, 3)
    clock.go_on(-1_000_000)
    with pytest.raises(WaitError, match="1 s"):
        session.sign_in("Ann", PASSPHRASES["Ann"])
    clock.go_on(1)
    assert session.sign_in("Ann", PASSPHRASES["Ann"]).name == "Ann"


def test_a_disabled_user_is_told_so_only_with_the_right_passphrase(session, workspace):
    sign_in(workspace, "Dr. Lin")
    workspace.people.disable(key_of(workspace, "Ann"))
    fail(session)
    with pytest.raises(WrongSignInError, match="disabled"):
        session.sign_in("Ann", PASSPHRASES["Ann"])


def test_who_signs_in_can_undo_nothing_of_who_was_there_before(workspace):
    with_users(workspace)
    workspace.policies.choose("womac-lk31", "strict")
    assert workspace.undo.next_undo()
    sign_in(workspace, "Ann")
    assert workspace.undo.next_undo() is None


def test_a_name_cannot_be_typed_where_there_are_users(workspace):
    workspace.sign_as("anybody")
    assert workspace.actor == "anybody"
    with_users(workspace)
    workspace.sign_as("somebody else")
    assert workspace.actor == "Dr. Lin"


@pytest.fixture
def encrypted(tmp_path):
    """An unlocked encrypted file with users; nobody is signed in."""
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    workspace = Workspace.open(path)
    workspace.people.turn_on("Dr. Lin", PASSPHRASE)
    workspace.people.add("Ann", "data_entry", PASSPHRASES["Ann"])
    workspace.session.sign_out()
    yield workspace
    workspace.close()
    security.lock(path)


def test_the_recovery_key_signs_an_administrator_in_who_forgot_the_passphrase(encrypted):
    assert encrypted.session.sign_in("Dr. Lin", RECOVERY).name == "Dr. Lin"


@pytest.mark.parametrize(("name", "key"), [("Dr. Lin", OTHER_RECOVERY), ("Ann", RECOVERY)])
def test_no_other_recovery_key_and_nobody_else_gets_in_by_one(encrypted, name, key):
    with pytest.raises(WrongSignInError):
        encrypted.session.sign_in(name, key)
