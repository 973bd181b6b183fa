"""Each complete exam is classified on its way out: both passes, every possible result, and by which rules."""

import csv
import io
import json
import random

import pytest

from tests.scales.isncsci.exams import random_exam
from tracker.exchange.classifications import classification_lines
from tracker.scales.catalogue import scale
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import parse_exam
from tracker.scales.isncsci.findings import ALGORITHM, FIELDS
from tracker.scales.isncsci.record import responses_from_exam

NORMAL, _, OPEN = (dict(example.responses) for example in scale("isncsci").examples)


def rows(responses, *, documented_injury=True):
    text, count = classification_lines("a,v,p", json.dumps(responses), documented_injury=documented_injury)
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(found) == count
    return found


@pytest.mark.parametrize("kind", ["determinate", "not_testable", "starred", "mixed"])
def test_the_rows_say_what_the_classification_says(kind):
    rng = random.Random(f"export/{kind}")
    for _ in range(25):
        exam = parse_exam(random_exam(rng, kind))
        findings = classify(exam).findings
        assert [(row[3], tuple(row[4].split(";")), row[5] == "1") for row in rows(responses_from_exam(exam))] == [
            (field, finding.possible, finding.star) for field, finding in findings.items()
        ]


def test_both_passes_and_the_algorithm_are_written():
    found = {row[3]: row for row in rows(OPEN)}
    assert list(found) == list(FIELDS)
    assert found["rightMotor"] == ["a", "v", "p", "rightMotor", "T12", "1", "T1", ALGORITHM]
    assert found["ais"] == ["a", "v", "p", "ais", "C", "0", "C", ALGORITHM]


def test_a_normal_exam_has_a_grade_only_with_a_documented_injury():
    assert {row[3]: row[4] for row in rows(NORMAL)}["ais"] == "E"
    assert {row[3]: row[4] for row in rows(NORMAL, documented_injury=False)}["ais"] == "NA"
