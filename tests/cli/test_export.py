"""``export`` from the command line."""

import csv

import pytest

from tracker.cli.main import parse, run_command
from tracker.services.demo import write_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    write_demo(path, patients=5)
    return path


def run(demo, *words):
    return run_command(parse(["export", "--db", str(demo), *words]))


def test_it_writes_the_folder_and_says_so(demo, tmp_path, capsys):
    assert run(demo, "--out", str(tmp_path / "out")) == 0
    assert capsys.readouterr().out == f"5 patients exported to {tmp_path / 'out'} (synthetic)\n"


def test_the_switches_reach_the_export(demo, tmp_path, capsys):
    words = ("--out", str(tmp_path / "out"), "--deidentified", "--excel", "--patient", "DEMO-KOA-0001")
    assert run(demo, *words) == 0
    assert capsys.readouterr().out.startswith("1 patient exported")
    with (tmp_path / "out" / "patients.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == [""]
    assert (tmp_path / "out" / "patients.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run(demo, *words) == 2
    assert run(demo, *words, "--replace") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "csv,xlsx"), "“xlsx”"),
        (("--format", ""), "is not known: there is csv"),
        (("--patient", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(demo, tmp_path, capsys, words, said):
    assert run(demo, "--out", str(tmp_path / "out"), *words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
