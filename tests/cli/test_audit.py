"""``audit`` from the command line."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tracker.cli.main import parse, run_command
from tracker.clinic.records import Patient
from tracker.services.workspace import Workspace


@pytest.fixture
def path(tmp_path):
    with closing(Workspace.open(tmp_path / "c.sqlite", create=True, actor="dr-lin")) as workspace:
        workspace.patients.add(Patient(id="p", patient_number="A-1", name="Ann"))
        workspace.patients.add(Patient(id="q", patient_number="A-2", name="王芳"))
        workspace.patients.change(replace(workspace.patients.get("p"), name="Ann Lee"))
        workspace.patients.remove("q")
    return tmp_path / "c.sqlite"


def run(path, *words):
    return run_command(parse(["audit", "--db", str(path), *words]))


def test_an_entry_says_who_when_what_before_and_after(path, capsys):
    assert run(path, "--patient", "A-1") == 0
    added, changed = capsys.readouterr().out.splitlines()
    assert "dr-lin  create  patient p" in added
    assert changed.endswith('dr-lin  change  patient p  name: "Ann" -> "Ann Lee"')


def test_json_is_an_array_with_an_entry_a_line(path, capsys):
    assert run(path, "--json") == 0
    out = capsys.readouterr().out
    found = json.loads(out)
    assert len(out.splitlines()) == len(found) + 2 == 7
    assert [entry["action"] for entry in found] == ["create_file", "create", "create", "change", "delete"]
    assert (found[3]["before"]["name"], found[3]["after"]["name"]) == ("Ann", "Ann Lee")
    assert found[2]["after"]["name"] == "王芳"
    assert found[3]["previous_hash"] == found[2]["hash"]


def test_no_entries_are_an_empty_array(clinic_file, capsys):
    assert run(clinic_file, "--json") == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_removed_patient_is_found_by_id_and_an_unknown_one_refused(path, capsys):
    assert run(path, "--patient", "q") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert run(path, "--patient", "A-2") == 2
    assert "no patient" in capsys.readouterr().err


def test_an_entry_that_was_tampered_with_is_shown_as_it_is(path, capsys):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE audit SET after = CAST(x'7bff' AS TEXT) WHERE sequence = 2")
    assert run(path, "--json") == 0
    assert json.loads(capsys.readouterr().out)[1]["after"] == "\N{REPLACEMENT CHARACTER}{\\xff"
