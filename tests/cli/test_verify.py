"""``verify`` from the command line."""

import sqlite3
from contextlib import closing

import pytest

from tracker.cli.main import parse, run_command
from tracker.core.dates import now_utc
from tracker.services.demo import write_demo
from tracker.store.backup import copy_file
from tracker.store.backup_folder import made_beside, new_name


@pytest.fixture
def demo(tmp_path):
    write_demo(tmp_path / "demo.sqlite", patients=3)
    return tmp_path / "demo.sqlite"


def run(path, *words):
    return run_command(parse(["verify", "--db", str(path), *words]))


def tamper(path, sql):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_a_file_that_holds_is_said_to_and_its_end_is_given_to_be_noted_down(demo, capsys):
    assert run(demo) == 0
    end, summary = capsys.readouterr().out.splitlines()
    assert summary.endswith("were checked: 0 problems were found")
    head = end.split()[4]
    assert run(demo, "--head", head) == 0
    sequence, _, value = head.partition(":")
    assert run(demo, "--head", f"{sequence}:{'0' * 64}") == 1
    assert f"audit entry {sequence} is not the one that" in capsys.readouterr().out
    assert run(demo, "--head", f"{int(sequence) + 900}:{value}") == 1
    assert "are missing" in capsys.readouterr().out


def test_each_problem_is_one_sentence_with_table_row_column_and_entry(demo, capsys):
    tamper(demo, "UPDATE visit SET date = '2020-01-01' WHERE id = (SELECT min(id) FROM visit)")
    assert run(demo) == 1
    first, *_, summary = capsys.readouterr().out.splitlines()
    assert first.startswith("visit ")
    assert "column “date” is not as audit entry" in first
    assert summary.endswith("1 problem was found")


def test_what_cannot_be_used_is_refused_in_one_line(demo, tmp_path, capsys):
    assert run(demo, "--head", "yesterday") == 2
    assert "is no end of an audit" in capsys.readouterr().err
    assert run(tmp_path / "none.sqlite") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_verification_is_entered_in_the_audit(demo):
    run(demo)
    with closing(sqlite3.connect(demo)) as connection:
        assert connection.execute("SELECT action FROM audit ORDER BY sequence DESC").fetchone() == ("verify",)


def test_a_verified_backup_stays_as_it_is_and_gets_nothing_beside_it(demo, capsys):
    folder = made_beside(demo)
    backup = copy_file(demo, new_name(folder, demo, now_utc())).path
    before = (list(folder.iterdir()), backup.read_bytes())
    assert run(backup) == 0
    said = capsys.readouterr()
    assert "0 problems were found" in said.out
    assert "this is a backup: it stays as it is" in said.err
    assert (list(folder.iterdir()), backup.read_bytes()) == before
