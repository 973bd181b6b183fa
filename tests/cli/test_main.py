"""The command line itself: errors are one line and a status, never a traceback, whatever happens to the streams."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli.main import parse, run_command

FULL = Path("/dev/full")
SCORE = b'{"id": "a", "responses": {"pain": 3}}\n'


def run(*words, **streams):
    """Run the program as a process of its own: its status and what it said on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        stderr=subprocess.PIPE,
        check=False,
        **({"stdin": subprocess.DEVNULL} | streams),
    )
    return done.returncode, done.stderr.decode()


def one_line(error):
    return error.startswith("outcome-tracker: ") and error.count("\n") == 1 and error.endswith("\n")


@pytest.mark.parametrize(
    "words", [("demo",), ("demo", "--db", "x", "--patients", "many"), ("no-such-command",), ("scales", "extra")]
)
def test_unusable_arguments_are_one_line_and_status_2(capsys, words):
    with pytest.raises(SystemExit) as left:
        parse(words)
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert one_line(error)
    assert "--help" in error


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", [("scales",), ("score", "vas-pain")])
def test_a_full_disk_behind_standard_output_is_said(words, tmp_path):
    (tmp_path / "in").write_bytes(SCORE)
    with (tmp_path / "in").open("rb") as given, FULL.open("wb") as full:
        status, error = run(*words, stdin=given, stdout=full)
    assert status == 2
    assert one_line(error)
    assert "the output cannot be written" in error


@pytest.mark.skipif(os.name != "posix", reason="closes a stream by its number")
@pytest.mark.parametrize("closed", [0, 1])
def test_a_stream_the_caller_closed_is_no_error(closed):
    status, error = run("score", "vas-pain", stdin=None, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(closed))
    assert (status, error) == (0, "")


def test_unusable_arguments_are_refused_without_any_stream(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as left:
        parse(["no-such-command"])
    sys.stdout.close()
    sys.stderr.close()
    assert left.value.code == 2


def test_a_reader_that_leaves_early_ends_the_command_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    try:
        status, error = run("scales", stdout=writing)
    finally:
        os.close(writing)
    assert (status, error) == (0, "")


def test_stopping_by_the_keyboard_is_one_line(capsys, monkeypatch):
    def stopped(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.cli.scales.run", stopped)
    assert run_command(parse(["scales"])) == 1
    assert one_line(capsys.readouterr().err)


def test_what_the_system_refuses_is_said_with_the_file(capsys, monkeypatch):
    def refused(_arguments):
        raise PermissionError(13, "Permission denied", "there.sqlite")

    monkeypatch.setattr("tracker.cli.scales.run", refused)
    assert run_command(parse(["scales"])) == 2
    assert capsys.readouterr().err == "outcome-tracker: there.sqlite: Permission denied\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only some systems have file names that are no UTF-8")
def test_a_file_name_that_is_no_text_is_shown_as_escapes(tmp_path):
    status, error = run(
        "export", "--db", os.fsencode(tmp_path) + b"/\xff", "--out", "nowhere", stdout=subprocess.DEVNULL
    )
    assert status == 2
    assert one_line(error)
    assert r"\udcff" in error
