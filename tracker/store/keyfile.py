"""The key file beside an encrypted file: wrapped data keys, failed attempts, unlocks that wait for the audit.

Holds no patient's text and no key in the clear. It is data from outside: size and every value are checked when read.
While a file is re-keyed there are slots for its old and for its new data key, so that a kill at any moment leaves a
file that a passphrase opens; ``settled`` drops those of the other key.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tracker.core.messages import msg
from tracker.store.durable import replace_file
from tracker.store.errors import KeyFileError
from tracker.store.file_state import key_file_of
from tracker.store.wrapping import ID_BYTES, NONCE_BYTES, SALT_BYTES, WRAPPED_BYTES, Kdf, Slot, key_id

FORMAT, VERSION = "outcome-tracker keys", 1
MOST_BYTES = 256 * 1024
MOST_SLOTS = 200
MOST_WAITING = 100
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Attempt:
    """An unlock or a failed one that is not in the audit yet."""

    at: str
    action: str
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says."""

    slots: tuple[Slot, ...] = ()
    failures: int = 0
    """Failed attempts since the last unlock."""
    last_failure: datetime | None = None
    waiting: tuple[Attempt, ...] = ()
    not_listed: int = 0
    """Failed attempts beyond those that ``waiting`` has room for."""

    def with_slot(self, slot: Slot) -> "KeyFile":
        """Return this with *slot* in place of the one with its name for the same data key."""
        others = (kept for kept in self.slots if (kept.name, kept.key_id) != (slot.name, slot.key_id))
        return replace(self, slots=(*others, slot))

    def without_slot(self, name: str) -> "KeyFile":
        """Return this without the slot of *name*."""
        return replace(self, slots=tuple(kept for kept in self.slots if kept.name != name))

    def settled(self, data_key: bytes) -> "KeyFile":
        """Return this with the slots of *data_key* only."""
        known = key_id(data_key)
        return replace(self, slots=tuple(kept for kept in self.slots if kept.key_id == known))

    def noted(self, attempt: Attempt) -> "KeyFile":
        """Return this with one more attempt that waits for the audit."""
        if len(self.waiting) >= MOST_WAITING:
            return replace(self, not_listed=self.not_listed + 1)
        return replace(self, waiting=(*self.waiting, attempt))

    def audited(self) -> "KeyFile":
        """Return this with nothing that waits for the audit."""
        return replace(self, waiting=(), not_listed=0)


def load(path: Path) -> KeyFile:
    """Read the key file of *path*, an empty one if there is none; raises KeyFileError for one that cannot be used."""
    place = key_file_of(path)
    try:
        with place.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return KeyFile()
    except OSError as error:
        raise _unusable(place) from error
    try:
        return _read(content)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unusable(place) from error


def save(path: Path, keys: KeyFile) -> None:
    """Write the key file of *path* durably; raises KeyFileError if the disk refuses and leaves the old one."""
    place = key_file_of(path)
    content = json.dumps(_document(keys), ensure_ascii=True, indent=1).encode() + b"\n"
    try:
        replace_file(place, content)
    except OSError as error:
        raise KeyFileError(
            msg(
                "the key file {path} cannot be written ({problem}): nothing was changed; check the disk and your "
                "rights in its folder",
                path=str(place),
                problem=error.strerror or str(error),
            )
        ) from error


def _unusable(place: Path) -> KeyFileError:
    return KeyFileError(
        msg(
            "the key file {path} is damaged or cannot be read: open the file with its recovery key, or put the key "
            "file of a backup in its place",
            path=str(place),
        )
    )


def _document(keys: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "slots": [_slot_document(slot) for slot in keys.slots],
        "failures": keys.failures,
        "last_failure": keys.last_failure.isoformat() if keys.last_failure else None,
        "waiting": [{"at": one.at, "action": one.action, "name": one.name, "by": one.by} for one in keys.waiting],
        "not_listed": keys.not_listed,
    }


def _slot_document(slot: Slot) -> dict[str, Any]:
    return {
        "name": slot.name,
        "key_id": _base64(slot.key_id),
        "kdf": {
            "name": "argon2id",
            "passes": slot.kdf.passes,
            "memory_kib": slot.kdf.memory_kib,
            "lanes": slot.kdf.lanes,
        },
        "salt": _base64(slot.salt),
        "nonce": _base64(slot.nonce),
        "wrapped": _base64(slot.wrapped),
    }


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _read(content: bytes) -> KeyFile:
    if len(content) > MOST_BYTES:
        raise ValueError("too long")
    document = json.loads(content)
    if document["format"] != FORMAT or document["version"] != VERSION:
        raise ValueError("another format")
    last = document["last_failure"]
    return KeyFile(
        slots=_slots(document["slots"]),
        failures=_count(document["failures"]),
        last_failure=None if last is None else _moment(last),
        waiting=tuple(_attempt(one) for one in _few(document["waiting"], MOST_WAITING)),
        not_listed=_count(document["not_listed"]),
    )


def _slots(found: Any) -> tuple[Slot, ...]:
    slots = tuple(_slot(one) for one in _few(found, MOST_SLOTS))
    if len({(slot.name, slot.key_id) for slot in slots}) != len(slots):
        raise ValueError("two slots of one name for one key")
    return slots


def _slot(found: Mapping[str, Any]) -> Slot:
    asked = found["kdf"]
    kdf = Kdf(_count(asked["passes"]), _count(asked["memory_kib"]), _count(asked["lanes"]))
    if asked["name"] != "argon2id" or not kdf.bearable():
        raise ValueError("a derivation that is not borne")
    return Slot(
        name=_text(found["name"]),
        key_id=_bytes(found["key_id"], ID_BYTES),
        kdf=kdf,
        salt=_bytes(found["salt"], SALT_BYTES),
        nonce=_bytes(found["nonce"], NONCE_BYTES),
        wrapped=_bytes(found["wrapped"], WRAPPED_BYTES),
    )


def _attempt(found: Mapping[str, Any]) -> Attempt:
    return Attempt(_text(found["at"]), _text(found["action"]), _text(found["name"]), _text(found["by"]))


def _few(found: Any, most: int) -> list[Any]:
    if not isinstance(found, list) or len(found) > most:
        raise ValueError("not a list, or too long")
    return found


def _text(found: Any) -> str:
    if not isinstance(found, str) or len(found) > LONGEST_NAME:
        raise ValueError("not a text, or too long")
    return found


def _moment(found: Any) -> datetime:
    moment = datetime.fromisoformat(_text(found))
    if moment.tzinfo is None:
        raise ValueError("a moment without zone")
    return moment


def _count(found: Any) -> int:
    if type(found) is not int or not 0 <= found < 2**53:
        raise ValueError("not a count")
    return found


def _bytes(found: Any, length: int) -> bytes:
    try:
        content = base64.b64decode(_text(found), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(content) != length:
        raise ValueError("not of its length")
    return content
