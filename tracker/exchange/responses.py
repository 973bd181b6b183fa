"""The rows of ``responses.csv``: the hot path, one string an assessment, no parsing of numbers and back.

Nearly all answers are numbers. Items of an exam may also be answered by a code (``NT``) or by text: such answers are
quoted and guarded like any text, and a de-identified export keeps only the codes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.core.numbers import plain_number
from tracker.exchange.text import number_cell, text_cell
from tracker.scales.model import Scale

_read = json.JSONDecoder(parse_int=str, parse_float=lambda text: plain_number(float(text))).raw_decode
"""Numbers stay text: whole ones as they stand, others as the repr of the float."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the lines need to know of a scale in one version."""

    order: Sequence[str]
    """Item codes in the order of the definition; none for a definition that is not installed."""
    kept_codes: Mapping[str, frozenset[str]] | None = None
    """De-identified: the text codes each item may keep. None: every text is kept."""
    cells: Sequence[tuple[str, str]] = field(init=False)
    """Each code with its cell and the commas about it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", [(code, f",{text_cell(code)},") for code in self.order])


def form_of(scale: Scale | None, *, deidentified: bool) -> Form:
    """Return the form of *scale* (None: its definition is not installed)."""
    items = () if scale is None else scale.items
    codes = {item.code: frozenset(item.codes) for item in items} if deidentified else None
    return Form(tuple(item.code for item in items), codes)


def response_lines(prefix: str, form: Form, responses: str, missing: str) -> tuple[str, int]:
    """Return the lines of one assessment and their number: answers and missing reasons in the order of the items.

    *prefix* is the quoted cells before the item, *responses* and *missing* the stored JSON objects.
    """
    answers: dict[str, str] = _read(responses)[0]
    # Two quotes a key: more means that an answer is text, which must not be taken for a number's digits.
    plain = missing == "{}" and responses.count('"') == 2 * len(answers) and "null" not in responses
    if plain:
        lines = [f"{prefix}{cell}{answers[code]},\n" for code, cell in form.cells if code in answers]
        if len(lines) == len(answers):
            return "".join(lines), len(lines)
    return _careful_lines(prefix, form, responses, missing)


def _careful_lines(prefix: str, form: Form, responses: str, missing: str) -> tuple[str, int]:
    answers = {code: value for code, value in json.loads(responses).items() if value is not None}
    reasons: dict[str, str] = json.loads(missing)
    codes = [*form.order, *sorted((answers.keys() | reasons.keys()) - set(form.order))]
    lines = [
        f"{prefix},{text_cell(code)},{_answer_cell(code, answers.get(code), form)},{text_cell(reasons.get(code))}\n"
        for code in codes
        if code in answers or code in reasons
    ]
    return "".join(lines), len(lines)


def _answer_cell(code: str, value: Any, form: Form) -> str:
    if not isinstance(value, str):
        return number_cell(value)
    if form.kept_codes is not None and value not in form.kept_codes.get(code, ()):
        return ""
    return text_cell(value)
