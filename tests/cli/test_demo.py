"""``demo`` from the command line."""

from tracker.cli.main import parse, run_command


def run(*words):
    return run_command(parse(["demo", *words]))


def test_it_writes_the_file_and_says_so(tmp_path, capsys):
    assert run("--db", str(tmp_path / "d.sqlite"), "--patients", "3", "--seed", "2", "--today", "2025-12-31") == 0
    assert capsys.readouterr().out == f"3 synthetic patients in {tmp_path / 'd.sqlite'}\n"


def test_an_existing_file_is_refused_with_status_2(tmp_path, capsys):
    (tmp_path / "d.sqlite").write_text("mine")
    assert run("--db", str(tmp_path / "d.sqlite")) == 2
    assert run("--db", str(tmp_path / "d.sqlite"), "--replace") == 2
    assert (tmp_path / "d.sqlite").read_text() == "mine"
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert "exists already" in errors[0]


def test_a_date_that_is_none_is_refused_with_status_2(tmp_path, capsys):
    assert run("--db", str(tmp_path / "d.sqlite"), "--today", "soon") == 2
    assert "soon" in capsys.readouterr().err
