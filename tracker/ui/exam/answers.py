"""What a typed key means in a cell, and how to say what a cell takes. Knows no Qt."""

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.exam import NON_KEY_CELLS
from tracker.scales.isncsci.levels import KEY_LEVELS
from tracker.scales.isncsci.record import ANAL_CELLS, Value, normal_grade

ANAL_DIGITS = {"1": "Yes", "0": "No"}


def meant(cell: str, digit: str) -> Value | None:
    """Return what *digit* means in *cell*, None where it means nothing."""
    if cell in NON_KEY_CELLS:
        return KEY_LEVELS[(int(digit) - 1) % 10]
    if cell in ANAL_CELLS:
        return ANAL_DIGITS.get(digit)
    return int(digit) if int(digit) <= normal_grade(cell) else None


def takes(cell: str) -> Message:
    """Return what may be typed in *cell*."""
    if cell in ANAL_CELLS:
        return msg("here type 1 or Y for yes, 0 for no, N for not testable")
    if cell in NON_KEY_CELLS:
        return msg("here type a digit: 1 to 5 for C5 to T1, 6 to 9 and 0 for L2 to S1")
    if ".motor." in cell:
        return msg("a muscle takes 0 to 5, or N for not testable")
    return msg("a sensory cell takes 0, 1 or 2, or N for not testable")
