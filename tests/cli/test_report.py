"""``report`` from the command line: a PDF without a display, and every way it is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.making import complete, one_patient, visit
from tracker.__main__ import main
from tracker.clinic.codes import Side
from tracker.clinic.records import Episode, Patient
from tracker.services.workspace import Workspace


@pytest.fixture
def knees(clinic_file, qapp):
    """A patient with two knees."""
    workspace = Workspace.open(clinic_file)
    one_patient(workspace, side=Side.LEFT)
    workspace.episodes.add(Episode(id="r", patient_id="p", condition="knee-oa", side=Side.RIGHT))
    for days in (-3, 40):
        complete(workspace, visit(workspace, f"v{days}", days).id, responses={"pain": 60 - days / 2})
    workspace.patients.add(Patient(id="A-1", patient_number="B-2", name="Has the other's number as id"))
    workspace.close()
    return clinic_file


def run(path, out, *words, patient="p"):
    return main(["report", "--db", str(path), "--patient", patient, "--out", str(out), *words])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_it_writes_a_page_an_episode_and_says_so(knees, tmp_path, capsys, language, paper):
    out = tmp_path / "r.pdf"
    assert run(knees, out, "--language", language, "--paper", paper, "--voice", "patient") == 0
    assert out.read_bytes().count(b"/Type /Page\n") == 2
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize("wanted", ["2", "r"])
def test_one_episode_is_named_by_its_place_or_id(knees, tmp_path, capsys, wanted):
    assert run(knees, tmp_path / "r.pdf", "--episode", wanted) == 0
    assert capsys.readouterr().out == f"1 page: {tmp_path / 'r.pdf'}\n"


@pytest.mark.parametrize(
    ("patient", "words", "said"),
    [
        ("nobody", (), "no patient with number or id nobody"),
        ("A-1", (), "one patient's number and another's id"),
        ("p", ("--episode", "3"), "1: Knee osteoarthritis (left); 2: Knee osteoarthritis (right)"),
        ("B-2", (), "patient B-2 has no episode"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_status_2(knees, tmp_path, capsys, patient, words, said):
    assert run(knees, tmp_path / "r.pdf", *words, patient=patient) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_target_that_is_there_is_refused(knees, tmp_path, capsys):
    out = tmp_path / "r.pdf"
    out.write_text("mine")
    assert run(knees, out) == 2
    assert "is there already" in capsys.readouterr().err
    assert out.read_text() == "mine"


@pytest.mark.parametrize("words", [("--paper", "a5"), ("--voice", "nurse"), ("--language", "fr")])
def test_unknown_choices_are_refused(knees, tmp_path, capsys, words):
    with pytest.raises(SystemExit) as left:
        run(knees, tmp_path / "r.pdf", *words)
    assert left.value.code == 2


def test_no_display_is_needed(knees, tmp_path):
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    words = ["report", "--db", str(knees), "--patient", "p", "--out", str(tmp_path / "r.pdf")]
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        env=bare | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        check=False,
        text=True,
    )
    if sys.platform.startswith("linux"):
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
