"""The JSON form of the command line."""

import json

import pytest

from tests.scales.isncsci.exams import normal
from tests.scales.isncsci.test_classify import VECTORS
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.lines import score_line


def test_a_line_gives_its_id_and_its_scores_in_the_published_form():
    vector = VECTORS[0]
    found = json.loads(json.dumps(score_line({"id": vector["id"], "exam": vector["exam"]})))
    assert found == {"id": vector["id"], "scores": vector["expected"]}


def test_a_line_without_an_id_is_scored_too():
    assert score_line({"exam": normal()})["id"] is None


def test_an_injury_is_taken_as_documented_unless_the_line_says_otherwise():
    assert list(score_line({"exam": normal()})["scores"]["ais"]["set"]) == ["E"]
    assert list(score_line({"exam": normal(), "documentedInjury": False})["scores"]["ais"]["set"]) == ["NA"]
    with pytest.raises(InvalidExamError) as caught:
        score_line({"exam": normal(), "documentedInjury": "no"})
    assert caught.value.item == "documentedInjury"


def test_a_line_without_an_exam_is_refused():
    with pytest.raises(InvalidExamError) as caught:
        score_line({"id": "a"})
    assert caught.value.item == "exam"
