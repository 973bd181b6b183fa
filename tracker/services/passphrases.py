"""How strong a new passphrase is, in words: a rough count of the guesses it costs, never a promise.

A word counts as a word and not as its letters, runs and rows of the keyboard count as next to nothing.
"""

import math
import re
import unicodedata
from enum import StrEnum

from tracker.core.messages import Message, msg

_COMMON = frozenset(
    (
        *("password", "passwort", "password1", "password123", "passw0rd", "qwerty123", "abc12345", "abcd1234"),
        *("iloveyou", "sunshine", "princess", "football", "baseball", "welcome1", "welcome123", "admin123"),
        *("changeme", "letmein1", "trustno1", "superman", "5201314520", "woaini1314", "a123456789", "1qaz2wsx"),
        *("zaq12wsx", "hospital", "clinic123", "patient1", "doctor123"),
    )
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_TOKENS = re.compile(r"[a-z]+|\d+|.", re.DOTALL)
_WORD_BITS, _LETTER_BITS, _DIGIT_BITS, _SIGN_BITS, _IDEOGRAPH_BITS = 13.0, 4.7, 3.3, 5.0, 9.0


class Strength(StrEnum):
    """What a passphrase is said to be."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


WORDS: dict[Strength, Message] = {
    Strength.WEAK: msg("weak: guessed within hours; add words"),
    Strength.FAIR: msg("fair: keeps a curious person out; one more word makes it good"),
    Strength.GOOD: msg("good"),
    Strength.STRONG: msg("strong"),
}
_LIMITS = ((28.0, Strength.WEAK), (45.0, Strength.FAIR), (55.0, Strength.GOOD), (math.inf, Strength.STRONG))


def strength(passphrase: str) -> Strength:
    """Return how strong *passphrase* is."""
    plain = unicodedata.normalize("NFKC", passphrase).lower()
    if is_common(passphrase):
        return Strength.WEAK
    bits, seen = 0.0, set[str]()
    for token in _TOKENS.findall(plain):
        bits += 1.0 if token in seen else _bits(token)
        seen.add(token)
    if passphrase != passphrase.lower() and passphrase != passphrase.upper():
        bits += 3.0
    return next(word for limit, word in _LIMITS if bits < limit)


def is_common(passphrase: str) -> bool:
    """Whether *passphrase* is among the first that anybody tries."""
    plain = unicodedata.normalize("NFKC", passphrase).lower()
    return plain in _COMMON or len(set(plain)) <= 2 or _is_run(plain)


def _bits(token: str) -> float:
    if _is_run(token):
        return 6.0
    if token.isascii() and token.isalpha():
        return min(len(token) * _LETTER_BITS, _WORD_BITS)
    if token.isascii() and token.isdecimal():
        return min(len(token) * _DIGIT_BITS, 30.0)
    return _IDEOGRAPH_BITS if token.isalpha() else _SIGN_BITS if not token.isspace() else 0.5


def _is_run(text: str) -> bool:
    if len(text) < 3:
        return False
    return len(set(text)) == 1 or any(text in row or text[::-1] in row for row in _ROWS)
