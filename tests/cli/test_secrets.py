"""Encrypted files on the command line: where a passphrase comes from, and the four commands about it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.keys import OTHER_RECOVERY, PASSPHRASE, RECOVERY, make_encrypted
from tracker.__main__ import main
from tracker.services import security
from tracker.services.security import FileState
from tracker.store.file_state import key_file_of

VARIABLE = "OUTCOME_TRACKER_PASSPHRASE"
NEW = "a new passphrase"


@pytest.fixture
def path(tmp_path):
    yield make_encrypted(tmp_path / "clinic.sqlite")
    security.lock(tmp_path / "clinic.sqlite")


@pytest.fixture
def plain(clinic_file):
    yield clinic_file
    security.lock(clinic_file)


@pytest.fixture
def write(tmp_path):
    def write(text, name="secret.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def one_line(capsys):
    error = capsys.readouterr().err
    assert error.startswith("outcome-tracker: ")
    assert error.count("\n") == 1
    return error


def export(path, out, *more):
    return main(["export", "--db", str(path), "--out", str(out), *more])


@pytest.mark.parametrize(
    "text",
    [PASSPHRASE, PASSPHRASE + "\n", PASSPHRASE + "\r\n", "\ufeff" + PASSPHRASE, RECOVERY, f"Keep it\n\n{RECOVERY}\n"],
    ids=["passphrase", "line", "Windows line", "byte order mark", "recovery key", "saved recovery key"],
)
def test_a_passphrase_comes_from_a_file(path, tmp_path, write, capsys, text):
    assert export(path, tmp_path / "out", "--passphrase-file", write(text)) == 0
    assert "Ann Lee" in (tmp_path / "out" / "patients.csv").read_text(encoding="utf-8")
    assert security.is_locked(path)


def test_a_passphrase_comes_from_the_environment(path, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert export(path, tmp_path / "out") == 0
    assert main(["compare", "--db", str(path), "--patient", "A-1", "--json"]) == 0


def test_a_file_goes_before_the_environment(path, tmp_path, write, monkeypatch):
    monkeypatch.setenv(VARIABLE, "wrong")
    assert export(path, tmp_path / "out", "--passphrase-file", write(PASSPHRASE)) == 0


def test_a_wrong_passphrase_is_one_line_and_status_2(path, tmp_path, write, capsys):
    before = path.read_bytes()
    assert export(path, tmp_path / "out", "--passphrase-file", write("wrong")) == 2
    assert "does not open" in one_line(capsys)
    assert not (tmp_path / "out").exists()
    assert path.read_bytes() == before


def test_without_a_passphrase_it_is_said_how_to_give_one(path, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert export(path, tmp_path / "out") == 2
    assert VARIABLE in one_line(capsys)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00", b"x" * 10000])
def test_a_passphrase_file_that_holds_none_is_refused(path, tmp_path, capsys, content):
    (tmp_path / "secret").write_bytes(content)
    assert export(path, tmp_path / "out", "--passphrase-file", str(tmp_path / "secret")) == 2
    assert "holds no passphrase" in one_line(capsys)
    assert export(path, tmp_path / "out", "--passphrase-file", str(tmp_path / "none")) == 2
    assert "No such file" in one_line(capsys)


def test_a_passphrase_is_no_argument(path):
    for wrong in ("--passphrase", "--pass"):
        with pytest.raises(SystemExit) as left:
            main(["export", "--db", str(path), "--out", "x", f"{wrong}={PASSPHRASE}", "--unknown"])
        assert left.value.code == 2


def test_a_person_is_named_where_several_have_a_passphrase(path, tmp_path, write, capsys):
    security.unlock(path, PASSPHRASE)
    security.add_person(path, "lin", "lin's own passphrase")
    security.remove_person(path, "")
    security.lock(path)
    secret = write("lin's own passphrase")
    assert export(path, tmp_path / "one", "--passphrase-file", secret) == 0  # the only one there is
    security.unlock(path, RECOVERY)
    security.add_person(path, "wang", "wang's own passphrase")
    security.lock(path)
    assert export(path, tmp_path / "two", "--passphrase-file", secret) == 2
    assert export(path, tmp_path / "two", "--passphrase-file", secret, "--user", "lin") == 0


def test_a_plain_file_needs_none(plain, tmp_path):
    assert export(plain, tmp_path / "out") == 0


def test_a_file_is_encrypted_and_decrypted(plain, tmp_path, write, capsys):
    recovery = tmp_path / "recovery.txt"
    secret = write(PASSPHRASE)
    words = ["encrypt", "--db", str(plain), "--passphrase-file", secret, "--recovery-file", str(recovery)]
    assert main(words) == 0
    assert "is encrypted" in capsys.readouterr().out
    assert security.state_of(plain) is FileState.ENCRYPTED
    assert security.is_locked(plain)
    assert export(plain, tmp_path / "out", "--passphrase-file", str(recovery)) == 0
    assert main(words) == 2
    assert "encrypted already" in one_line(capsys)
    assert main(["decrypt", "--db", str(plain), "--passphrase-file", write("wrong", "wrong.txt")]) == 2
    assert main(["decrypt", "--db", str(plain), "--passphrase-file", secret]) == 0
    assert security.state_of(plain) is FileState.PLAIN
    assert not key_file_of(plain).exists()
    capsys.readouterr()
    assert main(["decrypt", "--db", str(plain), "--passphrase-file", secret]) == 2
    assert "is not encrypted" in one_line(capsys)


def test_copies_that_stay_plain_are_named(plain, tmp_path, write, capsys):
    copy = plain.with_name(plain.name + ".before-0001.bak")
    copy.write_bytes(plain.read_bytes())
    words = ["--passphrase-file", write(PASSPHRASE), "--recovery-file", str(tmp_path / "recovery.txt")]
    assert main(["encrypt", "--db", str(plain), *words]) == 0
    assert f"{copy} is an older copy that is not encrypted" in capsys.readouterr().out


def test_a_recovery_key_that_would_be_lost_is_not_made(plain, write, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["encrypt", "--db", str(plain), "--passphrase-file", write(PASSPHRASE)]) == 2
    assert "a recovery key must be kept" in one_line(capsys)
    assert security.state_of(plain) is FileState.PLAIN


def test_a_file_that_is_there_is_not_overwritten_by_the_recovery_key(plain, write, capsys):
    there = write("dear diary", "recovery.txt")
    words = ["--passphrase-file", write(PASSPHRASE), "--recovery-file", there]
    assert main(["encrypt", "--db", str(plain), *words]) == 2
    assert "recovery.txt" in one_line(capsys)
    assert Path(there).read_text(encoding="utf-8") == "dear diary"
    assert security.state_of(plain) is FileState.PLAIN


def test_a_weak_passphrase_changes_nothing_and_leaves_no_recovery_key(plain, tmp_path, write, capsys):
    words = ["--passphrase-file", write("short"), "--recovery-file", str(tmp_path / "recovery.txt")]
    assert main(["encrypt", "--db", str(plain), *words]) == 2
    assert "at least 8 characters" in one_line(capsys)
    assert not (tmp_path / "recovery.txt").exists()


@pytest.mark.parametrize("old", [PASSPHRASE, RECOVERY])
def test_the_passphrase_is_changed(path, write, old):
    words = ["passphrase", "--db", str(path), "--passphrase-file", write(old)]
    assert main([*words, "--new-passphrase-file", write(NEW, "new.txt")]) == 0
    security.unlock(path, NEW)


@pytest.mark.parametrize(("old", "new"), [(PASSPHRASE, PASSPHRASE), (RECOVERY, NEW)])
def test_a_file_gets_a_new_recovery_key(path, tmp_path, write, capsys, old, new):
    recovery = tmp_path / "recovery.txt"
    words = ["rekey", "--db", str(path), "--passphrase-file", write(old), "--recovery-file", str(recovery)]
    assert main([*words, "--new-passphrase-file", write(new, "new.txt")]) == 0
    assert "the old one no longer opens it" in capsys.readouterr().out
    assert export(path, tmp_path / "out", "--passphrase-file", str(recovery)) == 0
    security.unlock(path, new)
    security.lock(path)
    assert export(path, tmp_path / "none", "--passphrase-file", write(RECOVERY)) == 2


def test_everybody_whose_passphrase_ended_is_named(path, tmp_path, write, capsys):
    security.unlock(path, PASSPHRASE)
    security.add_person(path, "lin", "lin's own passphrase")
    security.lock(path)
    words = ["--passphrase-file", write(PASSPHRASE), "--recovery-file", str(tmp_path / "recovery.txt")]
    assert main(["rekey", "--db", str(path), *words]) == 0
    assert "the passphrase of lin no longer opens it" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal to type into")
def test_in_a_terminal_the_passphrase_is_asked_for_and_the_recovery_key_typed_back(plain, tmp_path):
    import pty

    seen = b""
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "tracker", "encrypt", "--db", str(plain)]
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, command, here)
    recovery = ""
    for question in (b"New passphrase: ", b"again: ", b"Type it back: "):
        while question not in seen:
            seen += os.read(terminal, 4096)
        recovery = next((line for line in seen.decode().split() if security.is_recovery_key(line)), "")
        os.write(terminal, (recovery or PASSPHRASE).encode() + b"\n")
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        seen += more
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert PASSPHRASE.encode() not in seen
    security.unlock(plain, PASSPHRASE)
    security.lock(plain)
    security.unlock(plain, recovery)


def test_the_window_and_the_other_commands_know_no_passphrase_option():
    for words in (["scales", "--passphrase-file", "x"], ["demo", "--db", "x", "--passphrase-file", "x"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 2


def test_a_passphrase_is_not_among_the_arguments_of_the_process(path, tmp_path, write):
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "export", "--db", str(path), "--out", str(tmp_path / "out")],
        env=os.environ | {VARIABLE: OTHER_RECOVERY, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert OTHER_RECOVERY not in done.stdout + done.stderr
