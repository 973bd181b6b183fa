"""How a cell is written: RFC 4180 with minimal quoting, numbers with a point, text guarded against formulas.

A spreadsheet runs text that starts with ``= + - @``, tab or CR as a formula; such text (and text that starts with
the guard itself) gets one leading apostrophe, which an import takes off again. Numbers are never guarded.
"""

from tracker.core.numbers import Number, plain_number

GUARD = "'"
_GUARDED = frozenset("=+-@\t\r'")


def quoted(text: str) -> str:
    """Quote *text* only where comma, quote or line end make it necessary."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def text_cell(text: str | None) -> str:
    """Write free text; None and empty text are an empty cell."""
    if not text:
        return ""
    return quoted(GUARD + text if text[0] in _GUARDED else text)


def number_cell(value: Number | None) -> str:
    """Write a number at full precision; whole ones without ``.0``."""
    if value is None:
        return ""
    return str(value) if type(value) is int else plain_number(value)
