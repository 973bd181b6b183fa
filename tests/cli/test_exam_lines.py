"""``score isncsci``: one exam in, one classification out; what cannot be classified names its cell."""

import argparse
import io
import json
import sys

import pytest

from tests.scales.isncsci.exams import normal
from tests.scales.isncsci.test_classify import VECTORS
from tracker.cli import score as command
from tracker.core.errors import TrackerError


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command on lines of text: status and the lines written."""

    def run(*lines, options=()):
        data = "".join(f"{line}\n" for line in lines).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        status = command.run(parser.parse_args(["isncsci", *options]))
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_the_published_exams_give_the_published_lines(run):
    status, written = run(*(json.dumps({"id": vector["id"], "exam": vector["exam"]}) for vector in VECTORS))
    assert status == 0
    assert written == [{"id": vector["id"], "scores": vector["expected"]} for vector in VECTORS]


def test_a_wrong_cell_is_named_and_the_other_exams_are_still_classified(run):
    wrong = normal()
    wrong["right"]["pinPrick"]["T4"] = "3"
    status, written = run(json.dumps({"id": "a", "exam": wrong}), json.dumps({"id": "b", "exam": normal()}))
    assert status == 1
    assert written[0]["id"] == "a"
    assert written[0]["error"]["item"] == "right.pinPrick.T4"
    assert written[0]["error"]["message"].startswith("right.pinPrick.T4: “3” is not a grade here")
    assert written[1]["scores"]["ais"] == {"set": ["E"], "star": False}


@pytest.mark.parametrize(
    ("once", "twice", "item"),
    [
        ('"motor": {', '"motor": {"C5": "5", ', "right.motor.C5"),
        ('"right": {', '"right": {"motor": {}, ', "right.motor"),
        ('"exam": {', '"exam": {"deepAnalPressure": "NT", ', "deepAnalPressure"),
    ],
)
def test_a_cell_given_twice_is_named(run, once, twice, item):
    text = json.dumps({"id": "a", "exam": normal()})
    status, (written,) = run(text.replace(once, twice, 1))
    assert status == 1
    assert written == {"id": "a", "error": {"item": item, "message": f"item {item} is there more than once"}}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ('{"id": "a"}', "exam"),
        ('{"id": "a", "exam": null}', "exam"),
        ('{"id": "a", "exam": {}, "exam": {}}', None),
        ('{"id": "a", "exam": {}}', "right"),
        ('{"id": "a", "exam": {}, "documentedInjury": 1}', "documentedInjury"),
    ],
)
def test_a_line_without_one_exam_is_an_error_under_its_id(run, text, item):
    status, (written,) = run(text)
    assert (status, written["id"], written["error"]["item"]) == (1, "a", item)


def test_a_line_that_cannot_be_read_is_named_by_its_number(run):
    _, (written,) = run("no json")
    assert (written["id"], written["line"]) == (None, 1)


def test_there_are_no_policies(run):
    with pytest.raises(TrackerError, match="strict"):
        run(options=["--policy", "strict"])
