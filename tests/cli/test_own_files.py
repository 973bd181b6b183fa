"""The commands read the clinic's own files in the data folder, and say on stderr which cannot be used."""

import io
import json
import sys

import pytest
from platformdirs import user_data_path

from tests.reference.conftest import SMALL
from tracker import APPLICATION
from tracker.__main__ import main
from tracker.data import resource
from tracker.reference import library
from tracker.scales import catalogue


@pytest.fixture(autouse=True)
def _forget_the_folders():
    yield
    catalogue.choose_folder(None)
    library.choose_folder(None)


@pytest.fixture
def folder():
    made = user_data_path(APPLICATION, appauthor=False)
    for name in ("scales", "studies"):
        (made / name).mkdir(parents=True)
        (made / name / "broken@1.toml").write_text("id = ", encoding="utf-8")
    scale = (
        resource("scales", "nrs-pain@1.toml").read_text(encoding="utf-8").replace('"nrs-pain"', '"nrs-stiffness"', 1)
    )
    (made / "scales" / "nrs-stiffness@1.toml").write_text(scale, encoding="utf-8")
    (made / "studies" / "small-2020.toml").write_text(SMALL, encoding="utf-8")
    return made


def test_references_lists_the_own_study_and_tells_the_broken_file(folder, capsys):
    assert main(["references", "--json"]) == 0
    out, err = capsys.readouterr()
    last = json.loads(out)[-1]
    assert (last["id"], last["own"]) == ("small-2020", True)
    assert err.startswith("outcome-tracker: study file broken@1.toml")
    assert err.count("\n") == 1


def test_scales_lists_the_own_scale_and_tells_the_broken_file(folder, capsys):
    assert main(["scales", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)[-1]["id"] == "nrs-stiffness"
    assert err.startswith("outcome-tracker: scale file broken@1.toml")


def test_an_own_scale_is_scored(folder, capsys, monkeypatch):
    item = catalogue.catalogue(folder / "scales")["nrs-stiffness"].items[0].code
    line = json.dumps({"id": "1", "responses": {item: 4}}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert main(["score", "nrs-stiffness"]) == 0
    assert json.loads(capsys.readouterr().out)["scores"]["pain"] == 4


def test_compare_reads_both_folders(folder, clinic_file, capsys):
    assert main(["compare", "--db", str(clinic_file), "--patient", "nobody"]) == 2
    err = capsys.readouterr().err
    assert "scale file broken@1.toml" in err
    assert "study file broken@1.toml" in err
