"""Numbers as people type and read them: decimal half-up for display, comma or point on entry."""

import math
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from tracker.core.errors import TrackerError
from tracker.core.messages import msg

Number = int | float
"""A response or a score. Never bool, never NaN, never infinite."""

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


class NotANumberError(TrackerError):
    """A typed text that is not a plain decimal number."""


def half_up(value: Number, decimals: int = 0) -> Decimal:
    """Round half away from zero on the decimal value (62.5 -> 63), as score tables do; ``round()`` does not."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def show_number(value: Number, decimals: int = 0, *, signed: bool = False) -> str:
    """Write *value* for display, rounded half up, with a true minus sign (and a plus if *signed*).

    A whole value has no decimals (12, not 12.0), so that a decimal zero always says "rounded".
    """
    rounded = half_up(value, 0 if float(value).is_integer() else decimals)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded)}"


def plain_number(value: Number) -> str:
    """Write *value* for data: whole numbers without ``.0``, others as Python's repr of the float."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def parse_number(text: str) -> Number:
    """Read a typed number: ``3``, ``3.5``, ``3,5``, full-width digits; raises NotANumberError for anything else."""
    cleaned = unicodedata.normalize("NFKC", text).strip().replace(",", ".").replace(MINUS, "-")
    body = cleaned.removeprefix("-")
    whole, _, part = body.partition(".")
    if not (whole + part).isdigit() or not (whole + part).isascii():
        raise NotANumberError(msg("“{text}” is not a number: type digits, with one point or comma", text=text))
    value = float(cleaned)
    if not math.isfinite(value):
        raise NotANumberError(msg("“{text}” is too large", text=text))
    return int(value) if value.is_integer() else value
