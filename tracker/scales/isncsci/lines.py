"""The JSON form of the command line: one exam in, its classification and totals out."""

from collections.abc import Mapping
from typing import Any

from tracker.core.messages import msg
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import InvalidExamError, parse_exam
from tracker.scales.isncsci.findings import NOT_DETERMINABLE, Classification

DOCUMENTED_INJURY = "documentedInjury"
"""Optional beside ``exam``: false for a person without a documented injury (no AIS E). Default true."""


def score_line(record: Mapping[str, Any]) -> dict[str, Any]:
    """Classify ``{"id", "exam"}`` and return ``{"id", "scores"}``; raises InvalidExamError naming the cell."""
    documented = record.get(DOCUMENTED_INJURY, True)
    if not isinstance(documented, bool):
        raise InvalidExamError(
            DOCUMENTED_INJURY, msg("{item}: write true or false, without quotes", item=DOCUMENTED_INJURY)
        )
    result = classify(parse_exam(record.get("exam")), documented_injury=documented)
    return {"id": record.get("id"), "scores": classification_as_json(result)}


def classification_as_json(result: Classification) -> dict[str, Any]:
    """Return fields as ``{"set": [...], "star": ...}`` and totals as text, ``ND`` where not determinable."""
    form: dict[str, Any] = {
        field: {"set": finding.possible, "star": finding.star} for field, finding in result.findings.items()
    }
    for total, points in result.totals.items():
        form[total] = NOT_DETERMINABLE if points is None else str(points)
    return form
