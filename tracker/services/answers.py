"""What a form must hold to be complete: an allowed answer or a reason for every item, never both."""

from collections.abc import Mapping

from tracker.clinic.codes import MissingReason
from tracker.core.messages import msg
from tracker.scales.errors import InvalidResponseError
from tracker.scales.exams import EXAMS, Exam
from tracker.scales.model import Answer, Responses, Scale, Score
from tracker.scales.scoring import score


class UnansweredItemError(InvalidResponseError):
    """An item that has neither an answer nor a reason why there is none."""


def given(responses: Responses) -> dict[str, Answer]:
    """Return the answers without the blanks."""
    return {item: value for item, value in responses.items() if value is not None and value != ""}


def check_complete(scale: Scale, responses: Mapping[str, Answer], missing: Mapping[str, MissingReason]) -> None:
    """Raise InvalidResponseError or UnansweredItemError for the first item that stands in the way."""
    outcomes = score(scale, responses)
    if scale.exam is not None:
        _check_exam(EXAMS[scale.exam], responses, missing)
        return
    known = {item.code for item in scale.items}
    for code in missing:
        if code not in known:
            raise InvalidResponseError(code, msg("{scale} has no item “{item}”", scale=scale.id, item=code))
    for item in scale.items:
        answered, excused = item.code in responses, item.code in missing
        if answered and excused:
            raise InvalidResponseError(
                item.code,
                msg("item {item}: there is an answer and a reason for having none: keep one of them", item=item.code),
            )
        # A total that the form computes from its parts (asia-totals: motor from uems and lems) needs no answer.
        computed = isinstance(outcomes.get(item.code), Score)
        if not (answered or excused or item.optional or computed):
            raise UnansweredItemError(
                item.code,
                msg(
                    "item {item} “{label}” has no answer: answer it or give a reason", item=item.code, label=item.label
                ),
            )


def _check_exam(exam: Exam, responses: Mapping[str, Answer], missing: Mapping[str, MissingReason]) -> None:
    """Refuse a cell without a grade: an exam cannot be classified with a blank, and NT is the reason there is none."""
    for code in missing:
        raise InvalidResponseError(
            code, msg("{item}: a cell that could not be tested is NT; it takes no other reason", item=code)
        )
    for code in exam.blanks(responses):
        raise UnansweredItemError(code, msg("{item} is blank: give a grade, or NT if it cannot be tested", item=code))
    exam.check_whole(responses)
