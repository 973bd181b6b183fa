"""Folding of text for search: case, marks and widths are ignored; Chinese is also found by pinyin and initials."""

import gc
import unicodedata
from functools import cache


def fold(text: str) -> str:
    """Return *text* as search compares it: NFKD, no marks, case folded, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


def search_key(*texts: str) -> str:
    """Return the folded text stored for search; Chinese parts add their pinyin and its initials."""
    parts = [fold(text) for text in texts if text]
    chinese = [text for text in texts if text and any("\u3400" <= character <= "\u9fff" for character in text)]
    if chinese:
        _load_pinyin()
        from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a large table, needed only when saving

        for text in chinese:
            parts.append(fold("".join(lazy_pinyin(text))))
            parts.append(fold("".join(lazy_pinyin(text, style=Style.FIRST_LETTER))))
    return " ".join(dict.fromkeys(parts))


@cache
def _load_pinyin() -> None:
    """Load the table, and take its 200 000 lists out of the garbage collector's rounds: they stay for good.

    Each round would otherwise stop the window for a fifteenth of a second to look at them.
    """
    import pypinyin  # noqa: F401, PLC0415 - a large table, needed only when saving

    gc.freeze()
