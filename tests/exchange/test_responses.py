"""The hot path against a plain way of writing the same rows."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.clinic.codes import MissingReason
from tracker.core.numbers import plain_number
from tracker.exchange.responses import Form, form_of, response_lines
from tracker.scales.catalogue import scale

ORDER = tuple(f"F{number}" for number in range(1, 18))
CODES = st.sampled_from((*ORDER, "old item", "a,b"))
WORDS = st.sampled_from(["NT", "0*", "12", "=1+1", 'he said "no", twice', "line\nline", "null", "'"])
ANSWERS = st.dictionaries(CODES, st.one_of(st.integers(0, 100), st.floats(0, 100), WORDS))
FORM = Form(ORDER)
REASONS = st.dictionaries(CODES, st.sampled_from([reason.value for reason in MissingReason]))


def shown(value):
    if isinstance(value, str):
        return f"'{value}" if value[0] in "='" else value
    return plain_number(value)


def stored(values):
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


@given(ANSWERS, REASONS)
def test_every_answer_and_reason_is_a_row_and_nothing_else_is(answers, reasons):
    reasons = {code: reason for code, reason in reasons.items() if code not in answers}
    lines, count = response_lines("key,vas", FORM, stored(answers), stored(reasons))
    rows = list(csv.reader(io.StringIO(lines, newline=""), strict=True))
    assert len(rows) == count == len(answers) + len(reasons)
    expected = {code: ["key", "vas", code, shown(value), ""] for code, value in answers.items()}
    expected |= {code: ["key", "vas", code, "", reason] for code, reason in reasons.items()}
    assert {row[2]: row for row in rows} == expected


def test_rows_come_in_the_order_of_the_definition():
    lines, _ = response_lines("k", FORM, stored({"F10": 1, "F2": 0, "F1": 4}), stored({"F3": "declined"}))
    assert lines == "k,F1,4,\nk,F2,0,\nk,F3,,declined\nk,F10,1,\n"


def test_a_blank_is_never_written_as_a_word():
    assert response_lines("k", FORM, '{"F1":null,"F2":0}', "{}") == ("k,F2,0,\n", 1)


def test_de_identifying_keeps_the_codes_of_an_exam_and_loses_its_words():
    exam = form_of(scale("isncsci"), deidentified=True)
    given = {"right.motor.C5": "NT", "right.motor.C6": 4, "voluntaryAnalContraction": "Yes", "comment": "Ann's, 3 May"}
    lines, count = response_lines("k", exam, stored(given), "{}")
    assert count == 4
    assert "k,right.motor.C5,NT,\n" in lines
    assert "k,voluntaryAnalContraction,Yes,\n" in lines
    assert "k,comment,,\n" in lines
    whole, _ = response_lines("k", form_of(scale("isncsci"), deidentified=False), stored(given), "{}")
    assert 'k,comment,"Ann\'s, 3 May",\n' in whole


def test_a_scale_that_is_not_installed_keeps_no_word_de_identified():
    assert response_lines("k", form_of(None, deidentified=True), '{"x":"Ann","y":2}', "{}") == ("k,x,,\nk,y,2,\n", 2)
