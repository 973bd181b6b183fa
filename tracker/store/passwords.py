"""Argon2id over a passphrase, in the encoded form that carries its own salt and cost."""

import unicodedata

COST = (3, 64 * 1024, 4)
"""Passes, memory in KiB and lanes, the second recommended choice of RFC 9106: about a tenth of a second a try."""

MOST_KIB = 1024 * 1024
"""More than this no hash may ask of the computer that checks it: the file may come from anywhere."""


def hash_passphrase(passphrase: str) -> str:
    """Return what is kept of *passphrase*."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only where somebody signs in

    return PasswordHasher(*COST).hash(_same_everywhere(passphrase))


def is_passphrase(kept: str, passphrase: str) -> bool:
    """Whether *kept* was made of *passphrase*; False too for what is no hash."""
    from argon2 import PasswordHasher, extract_parameters  # noqa: PLC0415
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        if extract_parameters(kept).memory_cost > MOST_KIB:
            return False
        return PasswordHasher().verify(kept, _same_everywhere(passphrase))
    except (VerificationError, InvalidHashError):
        return False


def _same_everywhere(passphrase: str) -> bytes:
    # The same passphrase typed on another keyboard or with full-width letters is the same passphrase.
    return unicodedata.normalize("NFKC", passphrase).encode()
