"""The rows of ``responses.csv``: the hot path, one string an assessment, no parsing of numbers and back."""

import json
from collections.abc import Callable, Sequence

from tracker.core.numbers import plain_number
from tracker.exchange.text import text_cell

ItemOrder = Callable[[str, str], Sequence[str]]
"""Scale id and version -> item codes in the order of the definition."""

_read = json.JSONDecoder(parse_int=str, parse_float=lambda text: plain_number(float(text))).raw_decode
"""Numbers stay text: whole ones as they stand, others as the repr of the float."""


def response_lines(prefix: str, order: Sequence[str], responses: str, missing: str) -> tuple[str, int]:
    """Return the lines of one assessment and their number: answers and missing reasons in the order of the items.

    *prefix* is the quoted cells before the item, *responses* and *missing* the stored JSON objects.
    """
    answers: dict[str, str | None] = _read(responses)[0]
    if "null" in responses:
        answers = {code: value for code, value in answers.items() if value is not None}
    if missing == "{}":
        lines = [f"{prefix},{code},{answers[code]},\n" for code in order if code in answers]
        if len(lines) == len(answers):
            return "".join(lines), len(lines)
    reasons: dict[str, str] = json.loads(missing)
    codes = [*order, *sorted((answers.keys() | reasons.keys()) - set(order))]
    lines = [
        f"{prefix},{text_cell(code)},{answers.get(code, '')},{text_cell(reasons.get(code))}\n"
        for code in codes
        if code in answers or code in reasons
    ]
    return "".join(lines), len(lines)
