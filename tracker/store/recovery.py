"""The recovery key: 160 random bits in groups a person can copy, from which the data key follows.

Written in Crockford's base 32 (no I, L, O, U) as eight groups of four and a ninth that checks them. The data key is
HKDF-SHA256 of the bits, so the recovery key opens the file even when its key file is lost.
"""

import hashlib
import secrets
import unicodedata

from tracker.core.errors import TrackerError
from tracker.core.messages import msg

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES = 20
_SIGNS = 32
_CHECK = 4
_GROUP = 4
_PURPOSE = b"outcome-tracker data key 1"


class RecoveryKeyError(TrackerError):
    """What was typed is not a recovery key."""


def new_recovery_key() -> str:
    """Return a new recovery key as it is shown: nine groups of four."""
    return _written(secrets.token_bytes(_BYTES))


def parse_recovery_key(typed: str) -> str:
    """Return what was typed as it is shown: any case, spaces or dashes, O for 0, I or L for 1.

    Raises RecoveryKeyError if signs are missing or the check group does not fit.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isalnum()).translate(_READ_AS)
    if len(signs) != _SIGNS + _CHECK:
        raise RecoveryKeyError(
            msg(
                "a recovery key has {expected} letters and digits, here are {found}: compare it with the printed one",
                expected=_SIGNS + _CHECK,
                found=len(signs),
            )
        )
    wrong = sorted({sign for sign in signs if sign not in _ALPHABET})
    if wrong or _check_of(signs[:_SIGNS]) != signs[_SIGNS:]:
        raise RecoveryKeyError(
            msg("the recovery key has a typing error: compare it with the printed one, group by group")
        )
    return _grouped(signs)


def is_recovery_key(typed: str) -> bool:
    """Whether *typed* is a recovery key without a typing error."""
    try:
        parse_recovery_key(typed)
    except RecoveryKeyError:
        return False
    return True


def recovery_key_in(text: str) -> str | None:
    """Return the recovery key that stands on a line of its own in *text*, None if there is none."""
    return next((parse_recovery_key(line) for line in text.splitlines() if is_recovery_key(line)), None)


def data_key_of(recovery_key: str) -> bytes:
    """Return the data key that follows from a recovery key; raises RecoveryKeyError if it has a typing error."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - only where a key is needed
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    signs = parse_recovery_key(recovery_key).replace("-", "")[:_SIGNS]
    number = 0
    for sign in signs:
        number = number * 32 + _ALPHABET.index(sign)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(number.to_bytes(_BYTES, "big"))


def _written(bits: bytes) -> str:
    number = int.from_bytes(bits, "big")
    signs = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return _grouped(signs + _check_of(signs))


def _check_of(signs: str) -> str:
    digest = int.from_bytes(hashlib.sha256(signs.encode()).digest()[:3], "big") >> 4
    return "".join(_ALPHABET[digest >> 5 * place & 31] for place in reversed(range(_CHECK)))


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
