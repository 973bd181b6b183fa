"""``backup`` and ``restore`` as a user types them."""

import sys

import pytest

from tests.services.making import one_patient
from tests.store.keys import PASSPHRASE, make_encrypted
from tests.store.test_lease import another_program
from tracker.__main__ import main
from tracker.clinic.records import Patient
from tracker.services.security import is_locked
from tracker.services.workspace import Workspace


@pytest.fixture
def file(clinic_file):
    workspace = Workspace.open(clinic_file)
    one_patient(workspace)
    workspace.close()
    return clinic_file


@pytest.fixture
def backup(file, tmp_path):
    assert main(["backup", "--db", str(file), "--out", str(tmp_path / "copy.db")]) == 0
    workspace = Workspace.open(file)
    workspace.patients.add(Patient(id="q", patient_number="A-2", name="Bo Chen"))
    workspace.close()
    return tmp_path / "copy.db"


def names(path):
    workspace = Workspace.open(path)
    found = [line.name for line in workspace.patients.search().lines]
    workspace.close()
    return found


def test_a_backup_says_what_it_holds(file, tmp_path, capsys):
    assert main(["backup", "--db", str(file), "--out", str(tmp_path / "copy.db")]) == 0
    assert "1 patients, 0 assessments; opened and checked" in capsys.readouterr().out
    assert names(tmp_path / "copy.db") == ["Ann Lee"]


def test_an_existing_target_is_refused(file, backup, capsys):
    before = backup.read_bytes()
    assert main(["backup", "--db", str(file), "--out", str(backup)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "is not overwritten" in line
    assert backup.read_bytes() == before


def test_a_restore_shows_what_it_changes_and_does_it_when_told(file, backup, capsys):
    assert main(["restore", "--db", str(file), "--from", str(backup), "--yes"]) == 0
    told = capsys.readouterr().out
    assert "patients: 1 would be lost" in told
    assert "the file before is kept as" in told
    assert "Bo Chen" not in told
    assert names(file) == ["Ann Lee"]


def test_without_a_terminal_a_restore_needs_yes(file, backup, capsys):
    assert main(["restore", "--db", str(file), "--from", str(backup)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert names(file) == ["Ann Lee", "Bo Chen"]


@pytest.mark.parametrize(("typed", "status"), [("no\n", 1), ("\n", 1), ("yes\n", 0), ("Y\n", 0)])
def test_at_a_terminal_a_restore_asks(file, backup, capsys, monkeypatch, typed, status):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: typed, raising=False)
    assert main(["restore", "--db", str(file), "--from", str(backup)]) == status
    assert names(file) == (["Ann Lee"] if status == 0 else ["Ann Lee", "Bo Chen"])
    assert ("nothing was changed" in capsys.readouterr().out) == (status == 1)


@pytest.mark.parametrize("what", ["letter", "nothing"])
def test_what_is_no_backup_is_refused_in_one_line(file, tmp_path, capsys, what):
    bad = tmp_path / "bad.db"
    if what == "letter":
        bad.write_text("a letter" * 1000)
    assert main(["restore", "--db", str(file), "--from", str(bad), "--yes"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert names(file) == ["Ann Lee"]


def test_a_restore_over_a_file_in_use_names_who_has_it(file, backup, capsys):
    with another_program(file, "Dr Wu"):
        assert main(["restore", "--db", str(file), "--from", str(backup), "--yes"]) == 2
    assert "Dr Wu on" in capsys.readouterr().err


def test_a_demo_is_not_written_over_a_file_in_use(tmp_path, capsys):
    demo = tmp_path / "demo.db"
    assert main(["demo", "--db", str(demo), "--patients", "1"]) == 0
    with another_program(demo, "Dr Wu"):
        assert main(["demo", "--db", str(demo), "--patients", "1", "--replace"]) == 2
        assert "Dr Wu on" in capsys.readouterr().err
        assert main(["export", "--db", str(demo), "--out", str(tmp_path / "out")]) == 0


@pytest.fixture
def secret(tmp_path, monkeypatch):
    """An encrypted file whose passphrase is in the environment, and its backup."""
    path, backup = make_encrypted(tmp_path / "secret.db"), tmp_path / "secret copy.db"
    monkeypatch.setenv("OUTCOME_TRACKER_PASSPHRASE", PASSPHRASE)
    assert main(["backup", "--db", str(path), "--out", str(backup)]) == 0
    return path, backup


def test_an_encrypted_file_is_copied_and_put_back_with_its_passphrase(secret, capsys):
    path, backup = secret
    assert b"Ann Lee" not in backup.read_bytes()
    assert main(["restore", "--db", str(path), "--from", str(backup), "--yes"]) == 0
    assert "patients: 0 would be lost, 0 come back" in capsys.readouterr().out
    assert is_locked(path)
    assert is_locked(backup)


def test_an_encrypted_backup_is_not_put_back_without_its_passphrase(secret, capsys, monkeypatch):
    path, backup = secret
    before = path.read_bytes()
    monkeypatch.setenv("OUTCOME_TRACKER_PASSPHRASE", "something else")
    assert main(["restore", "--db", str(path), "--from", str(backup), "--yes"]) == 2
    assert "does not open" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_plain_backup_takes_the_place_of_an_encrypted_file(secret, file, backup, capsys):
    path, _ = secret
    assert main(["restore", "--db", str(path), "--from", str(backup), "--yes"]) == 0
    assert names(path) == ["Ann Lee"]


def test_a_server_is_backed_up_elsewhere(tmp_path, capsys):
    for command in (["backup", "--out", str(tmp_path / "x")], ["restore", "--from", str(tmp_path / "x")]):
        assert main([*command, "--db", "postgresql+psycopg://clinic@localhost/clinic"]) == 2
        assert "on a server" in capsys.readouterr().err
