"""``import`` from the command line."""

import pytest

from tracker.cli.main import parse, run_command
from tracker.services.demo import write_demo
from tracker.services.export import export_csv


@pytest.fixture
def folder(tmp_path):
    write_demo(tmp_path / "demo.db", patients=3)
    export_csv(tmp_path / "demo.db", tmp_path / "out")
    return tmp_path / "out"


def run(path, *words):
    return run_command(parse(["import", "--db", str(path), *map(str, words)]))


def test_it_reads_the_folder_and_says_so(clinic_file, folder, capsys):
    assert run(clinic_file, folder, "--dry-run") == 0
    assert capsys.readouterr().out.startswith("3 patients could be imported (")
    assert run(clinic_file, folder) == 0
    assert capsys.readouterr().out.startswith("3 patients imported (")


def test_problems_are_named_one_a_line_with_status_1(clinic_file, folder, capsys):
    run(clinic_file, folder)
    capsys.readouterr()
    assert run(clinic_file, folder) == 1
    lines = capsys.readouterr().err.splitlines()
    assert "patients.csv:2: is the first of 3 rows that are in the file already" in lines[0]
    assert len(lines) <= 7
    assert lines[-1].endswith("mend them and import again")


def test_what_is_no_export_is_one_line_and_status_2(clinic_file, tmp_path, capsys):
    assert run(clinic_file, tmp_path / "nothing") == 2
    assert capsys.readouterr().err.count("\n") == 1
