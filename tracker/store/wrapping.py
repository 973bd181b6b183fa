"""Wrap a data key under a passphrase: Argon2id makes the wrapping key, AES-256-GCM wraps."""

import hashlib
import os
import unicodedata
from dataclasses import dataclass

SALT_BYTES, NONCE_BYTES, KEY_BYTES, WRAPPED_BYTES, ID_BYTES = 16, 12, 32, 48, 8


@dataclass(frozen=True, slots=True)
class Kdf:
    """What Argon2id is asked for: passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int

    def bearable(self) -> bool:
        """Whether a key file may ask this of the computer that reads it."""
        return 1 <= self.passes <= 20 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024 and 1 <= self.lanes <= 16


STRENGTH = Kdf(passes=3, memory_kib=128 * 1024, lanes=4)
"""What a new slot asks for: about half a second a try on an office computer."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key wrapped under one person's passphrase; a clinic of one has one slot with the empty name."""

    name: str
    key_id: bytes
    kdf: Kdf
    salt: bytes
    nonce: bytes
    wrapped: bytes


def wrap(name: str, passphrase: str, data_key: bytes) -> Slot:
    """Return a slot that gives back *data_key* for *passphrase*."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only where a key is needed

    kdf, salt, nonce = STRENGTH, os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    wrapped = AESGCM(_wrapping_key(passphrase, kdf, salt)).encrypt(nonce, data_key, _bound(name))
    return Slot(name, key_id(data_key), kdf, salt, nonce, wrapped)


def key_id(data_key: bytes) -> bytes:
    """Return what tells data keys apart and says nothing about them."""
    return hashlib.sha256(b"outcome-tracker key id 1" + data_key).digest()[:ID_BYTES]


def unwrap(slot: Slot, passphrase: str) -> bytes | None:
    """Return the data key, None for another passphrase than the slot's."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    wrapping_key = _wrapping_key(passphrase, slot.kdf, slot.salt)
    try:
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, _bound(slot.name))
    except InvalidTag:
        return None


def _wrapping_key(passphrase: str, kdf: Kdf, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    # The same passphrase typed on another keyboard or with full-width letters is the same passphrase.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(
        secret,
        salt,
        time_cost=kdf.passes,
        memory_cost=kdf.memory_kib,
        parallelism=kdf.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _bound(name: str) -> bytes:
    # A slot belongs to its name: who may write the key file still cannot give one person's slot to another.
    return b"outcome-tracker slot 1 " + name.encode()
