"""Hints of several sentences: folded to lines, for a plain hint is otherwise as wide as its longest line."""

import re
import unicodedata

WIDTH = 92
"""Letters a line; a Chinese one counts twice."""


def folded(text: str, width: int = WIDTH) -> str:
    """Return *text* with lines no longer than *width*; broken between words, in Chinese between letters."""
    return "\n".join(_fold_line(line, width) for line in text.split("\n"))


def _fold_line(line: str, width: int) -> str:
    if not _MAY_BE_WIDE.search(line):
        return _fold_words(line, width)
    lines, start, used, place = [], 0, 0, 0
    for index, letter in enumerate(line):
        wide = unicodedata.east_asian_width(letter) in "WF"
        used += 2 if wide else 1
        if used > width and place > start:
            lines.append(line[start:place].rstrip())
            start = place
            used = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line[start : index + 1])
        if letter == " " or (wide and line[index + 1 : index + 2] not in _NOT_FIRST):
            place = index + 1
    lines.append(line[start:])
    return "\n".join(lines)


def _fold_words(line: str, width: int) -> str:
    """Fold a line without wide letters: most hints are such lines, and a chart has hundreds of them."""
    lines, start = [], 0
    while len(line) - start > width:
        end = line.rfind(" ", start, start + width + 1)
        if end < start:
            end = line.find(" ", start)
            if end < 0:
                break
        lines.append(line[start:end].rstrip())
        start = end + 1
    lines.append(line[start:])
    return "\n".join(lines)


_MAY_BE_WIDE = re.compile("[\u1100-\U0010ffff]")
_NOT_FIRST = frozenset("\uff0c\u3002\uff1b\uff1a\u3001\uff1f\uff01\uff09\u300d\u201d\u2019")
