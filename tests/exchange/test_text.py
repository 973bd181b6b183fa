"""Cells: what we write, the csv module reads; what it quotes, we quote."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.text import GUARD, number_cell, quoted, text_cell

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(",\"\n\r\t=+-@' aé漢"), st.characters(exclude_categories=["Cs"])), max_size=20
)
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def read(line):
    return next(csv.reader(io.StringIO(line, newline=""), strict=True))


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_the_csv_module_reads_back_what_is_quoted(texts):
    assert read(",".join(map(quoted, texts)) + "\n") == texts


@given(TEXTS)
def test_quoting_is_as_sparing_as_that_of_the_csv_module(text):
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerow(["x", text])
    theirs = target.getvalue()
    assert f"x,{quoted(text)}\n" == theirs or ("\r" in text and quoted(text).startswith('"'))


@given(TEXTS)
def test_taking_one_apostrophe_off_gives_every_text_back(text):
    cell = read(f"x,{text_cell(text)}\n")[1]
    assert (cell[1:] if cell.startswith(GUARD) else cell) == text


@given(TEXTS)
def test_no_text_starts_like_a_formula(text):
    cell = read(f"x,{text_cell(text)}\n")[1]
    assert not cell.startswith(GUARDED) or cell.startswith(GUARD)
    assert (cell == text) is not text.startswith(GUARDED)


def test_nothing_is_an_empty_cell_but_zero_is_not():
    assert (text_cell(None), text_cell(""), number_cell(None)) == ("", "", "")
    assert (number_cell(0), number_cell(0.0), number_cell(-3)) == ("0", "0", "-3")


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_a_number_is_written_whole_or_as_the_repr_of_the_float(value):
    cell = number_cell(value)
    assert float(cell) == value
    assert cell == (str(int(value)) if value.is_integer() else repr(value))
