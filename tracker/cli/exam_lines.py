"""``score isncsci``: exams as JSON lines in, their classification out."""

from collections.abc import Collection
from typing import Any

from tracker.cli.score import LineScorer, Repeated, write
from tracker.core.messages import msg
from tracker.scales.errors import UnknownPolicyError
from tracker.scales.isncsci.exam import InvalidExamError
from tracker.scales.isncsci.lines import score_line


def exam_scorer(policy: str | None) -> LineScorer:
    """Return the scorer of exams; raises UnknownPolicyError, for they have no policies."""
    if policy is not None:
        raise UnknownPolicyError(msg("isncsci has no policies: leave out “{policy}”", policy=policy))
    return ExamScorer()


class ExamScorer(LineScorer):
    """Classifies the ``exam`` of each line."""

    def scored(self, name: str | int, table: dict[str, Any], repeated: Collection[str]) -> str:
        """Return the classification of the line's exam, or which cell stands in its way."""
        if repeated:
            return self.refused(name, None, msg("the line needs one “{key}”: a JSON object", key="exam"))
        try:
            return write(score_line(table))
        except InvalidExamError as error:
            item = _repeated_cell(table.get("exam"), "")
            if item is not None:  # what stands twice was no object for the exam: say so, not that it is missing
                return self.refused(name, item, msg("item {item} is there more than once", item=item))
            return self.refused(name, error.item, error.message)


def _repeated_cell(part: object, where: str) -> str | None:
    """Return the name of the first cell that stands twice in *part*."""
    if isinstance(part, Repeated):
        return where + part.first
    if not isinstance(part, dict):
        return None
    found = (_repeated_cell(inner, f"{where}{name}.") for name, inner in part.items())
    return next((cell for cell in found if cell is not None), None)
