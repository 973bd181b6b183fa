"""The hot path against a plain way of writing the same rows."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.clinic.codes import MissingReason
from tracker.core.numbers import plain_number
from tracker.exchange.responses import response_lines

ORDER = tuple(f"F{number}" for number in range(1, 18))
CODES = st.sampled_from((*ORDER, "old item", "a,b"))
ANSWERS = st.dictionaries(CODES, st.one_of(st.integers(0, 100), st.floats(0, 100)))
REASONS = st.dictionaries(CODES, st.sampled_from([reason.value for reason in MissingReason]))


def stored(values):
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


@given(ANSWERS, REASONS)
def test_every_answer_and_reason_is_a_row_and_nothing_else_is(answers, reasons):
    reasons = {code: reason for code, reason in reasons.items() if code not in answers}
    lines, count = response_lines("key,vas", ORDER, stored(answers), stored(reasons))
    rows = list(csv.reader(io.StringIO(lines, newline=""), strict=True))
    assert len(rows) == count == len(answers) + len(reasons)
    expected = {code: ["key", "vas", code, plain_number(value), ""] for code, value in answers.items()}
    expected |= {code: ["key", "vas", code, "", reason] for code, reason in reasons.items()}
    assert {row[2]: row for row in rows} == expected


def test_rows_come_in_the_order_of_the_definition():
    lines, _ = response_lines("k", ORDER, stored({"F10": 1, "F2": 0, "F1": 4}), stored({"F3": "declined"}))
    assert lines == "k,F1,4,\nk,F2,0,\nk,F3,,declined\nk,F10,1,\n"


def test_a_blank_is_never_written_as_a_word():
    assert response_lines("k", ORDER, '{"F1":null,"F2":0}', "{}") == ("k,F2,0,\n", 1)
