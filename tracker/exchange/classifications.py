"""The rows of ``exam_classifications.csv``: what each complete exam comes to, worked out from its cells."""

import json

from tracker.scales.isncsci.classify import assumed_findings, examined_findings, is_starred
from tracker.scales.isncsci.findings import ALGORITHM
from tracker.scales.isncsci.record import exam_from_responses

EXAM = "isncsci"
BETWEEN = ";"
"""Stands between the results of a field that is not determined."""


def classification_lines(prefix: str, responses: str, *, documented_injury: bool) -> tuple[str, int]:
    """Return the lines of one exam and their number, one a field; *prefix* is the cells of its keys.

    *responses* is the stored JSON object. Both passes are written: with what is assumed for starred cells
    (``possible``), and as examined.
    """
    exam = exam_from_responses(json.loads(responses))
    assumed = assumed_findings(exam, documented_injury=documented_injury)
    examined = examined_findings(exam, documented_injury=documented_injury) if is_starred(exam) else assumed
    lines = [
        f"{prefix},{field},{BETWEEN.join(possible)},{int(possible != examined[field])},"
        f"{BETWEEN.join(examined[field])},{ALGORITHM}\n"
        for field, possible in assumed.items()
    ]
    return "".join(lines), len(lines)
