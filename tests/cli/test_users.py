"""Files with users on the command line: who it is, by which passphrase, and what that person may do."""

import json

import pytest

from tests.services.making import one_patient
from tests.services.making_users import PASSPHRASES, with_users
from tests.store.keys import PASSPHRASE, RECOVERY
from tracker.__main__ import main
from tracker.services import security
from tracker.services.signed_in import user_of
from tracker.services.workspace import Workspace
from tracker.store.connect import reading

VARIABLE = "OUTCOME_TRACKER_PASSPHRASE"


@pytest.fixture
def path(workspace):
    """A closed plain file with one user of every role."""
    one_patient(workspace)
    with_users(workspace)
    workspace.session.sign_out()
    workspace.close()
    return workspace.path


@pytest.fixture
def workspace(clinic_file):
    return Workspace.open(clinic_file, actor="somebody")


def run(monkeypatch, name, *words):
    if name:
        monkeypatch.setenv(VARIABLE, PASSPHRASES[name])
        words = (*words, "--user", name)
    return main(list(words))


def one_line(capsys):
    error = capsys.readouterr().err
    assert error.startswith("outcome-tracker: ")
    assert error.count("\n") == 1
    return error


def audited(path):
    with reading(path) as connection:
        return connection.execute("SELECT action, actor, after FROM audit ORDER BY sequence DESC LIMIT 2").fetchall()


def test_an_export_is_audited_under_the_name_of_who_signed_in(path, tmp_path, monkeypatch):
    assert run(monkeypatch, "Wu", "export", "--db", str(path), "--out", str(tmp_path / "out")) == 0
    (last, by, _), (before, *_) = audited(path)
    assert (last, by, before) == ("export", "Wu", "sign in")
    assert user_of(path) is None


def test_a_file_with_users_asks_who_it_is(path, tmp_path, capsys):
    assert main(["export", "--db", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "--user NAME" in one_line(capsys)
    assert not (tmp_path / "out").exists()


def test_a_user_needs_a_passphrase(path, tmp_path, capsys):
    assert main(["export", "--db", str(path), "--out", str(tmp_path / "out"), "--user", "Wu"]) == 2
    assert "needs a passphrase" in one_line(capsys)


def test_a_wrong_passphrase_is_refused_and_audited(path, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, "not it at all")
    assert main(["export", "--db", str(path), "--out", str(tmp_path / "out"), "--user", "Wu"]) == 2
    assert "do not belong together" in one_line(capsys)
    action, _, after = audited(path)[0]
    assert (action, json.loads(after)) == ("failed sign in", {"name": "Wu"})


@pytest.mark.parametrize("name", ["Ann", "Eva"])
@pytest.mark.parametrize(
    "words", [("export", "--out"), ("backup", "--out"), ("audit",)], ids=["export", "backup", "whole audit"]
)
def test_who_may_take_nothing_out_takes_nothing_out(path, tmp_path, capsys, monkeypatch, words, name):
    more = [str(tmp_path / "out")] if len(words) > 1 else []
    assert run(monkeypatch, name, words[0], "--db", str(path), *words[1:], *more) == 2
    assert "your role here" in one_line(capsys)
    assert not (tmp_path / "out").exists()


def test_who_may_see_reads_a_patient_and_verifies(path, capsys, monkeypatch):
    assert run(monkeypatch, "Eva", "compare", "--db", str(path), "--patient", "A-1") == 0
    assert run(monkeypatch, "Eva", "verify", "--db", str(path)) == 0
    assert run(monkeypatch, "Eva", "audit", "--db", str(path), "--patient", "A-1") == 0
    assert "argon2" not in capsys.readouterr().out


def test_only_an_administrator_puts_a_backup_back(path, tmp_path, capsys, monkeypatch):
    copy = str(tmp_path / "copy.db")
    assert run(monkeypatch, "Wu", "backup", "--db", str(path), "--out", copy) == 0
    assert run(monkeypatch, "Wu", "restore", "--db", str(path), "--from", copy, "--yes") == 2
    assert "administrator" in capsys.readouterr().err
    assert run(monkeypatch, "Dr. Lin", "restore", "--db", str(path), "--from", copy, "--yes") == 0
    assert audited(path)[0][:2] == ("restore", "Dr. Lin")


def test_a_file_of_one_person_takes_no_user(clinic_file, tmp_path, capsys):
    assert main(["export", "--db", str(clinic_file), "--out", str(tmp_path / "out"), "--user", "Wu"]) == 2
    assert "leave out --user" in one_line(capsys)
    assert main(["export", "--db", str(clinic_file), "--out", str(tmp_path / "out")]) == 0


@pytest.fixture
def encrypted(tmp_path):
    """A locked encrypted file with two users."""
    path = tmp_path / "encrypted.db"
    security.create(path, PASSPHRASE, RECOVERY)
    workspace = Workspace.open(path)
    one_patient(workspace)
    workspace.people.turn_on("Dr. Lin", PASSPHRASE)
    workspace.people.add("Wu", "clinician", PASSPHRASES["Wu"])
    workspace.session.sign_out()
    workspace.close()
    security.lock(path)
    return path


def test_one_passphrase_unlocks_and_signs_in(encrypted, tmp_path, monkeypatch):
    assert run(monkeypatch, "Wu", "export", "--db", str(encrypted), "--out", str(tmp_path / "out")) == 0
    assert security.is_locked(encrypted)
    security.unlock(encrypted, RECOVERY)
    assert audited(encrypted)[0][:2] == ("export", "Wu")
    security.lock(encrypted)


def test_the_recovery_key_alone_says_not_who_it_is(encrypted, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(VARIABLE, RECOVERY)
    words = ["export", "--db", str(encrypted), "--out", str(tmp_path / "out")]
    assert main(words) == 2
    assert "--user NAME" in one_line(capsys)
    assert main([*words, "--user", "Dr. Lin"]) == 0
