"""Unlock an encrypted file with a passphrase or its recovery key; a wrong one never harms the file.

A key is tried on a connection of its own, for reading only, that is closed at once. Failed attempts are counted in the
key file and make the next one wait; they and unlocks stay there until the next opening moves them into the audit.
"""

import math
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tracker.core.dates import now_utc
from tracker.core.messages import msg
from tracker.store.connect import DriverError, check_there, connect
from tracker.store.errors import KeyFileError, NotEncryptedError, damaged, explain, not_a_database, too_soon, wrong_key
from tracker.store.file_state import FileState, state_of
from tracker.store.keyfile import Attempt, KeyFile, load, save
from tracker.store.recovery import data_key_of, is_recovery_key
from tracker.store.unlocked import hold
from tracker.store.wrapping import unwrap

UNLOCK, FAILED_UNLOCK = "unlock", "failed unlock"
BY_PASSPHRASE, BY_RECOVERY_KEY, BY_KEYRING = "passphrase", "recovery key", "this computer"
FREE_ATTEMPTS = 3
LONGEST_WAIT = 60
_NOT_A_DATABASE = 26


def unlock(path: Path, secret: str, name: str = "") -> str:
    """Unlock *path* for this process with a passphrase (of the slot *name*) or the recovery key; return which it was.

    Raises WrongKeyError, TooSoonError, KeyFileError, DamagedFileError or NotADatabaseError; the file is as it was.
    """
    key, by = find_key(path, secret, name)
    _unlocked(path, key, name, by)
    return by


def unlock_with_key(path: Path, key: bytes) -> None:
    """Unlock *path* with a data key that this computer remembers; raises WrongKeyError if it is of another file."""
    check_encrypted(path)
    if not opens(path, key):
        raise wrong_key(path)
    _unlocked(path, key, "", BY_KEYRING)


def find_key(path: Path, secret: str, name: str = "") -> tuple[bytes, str]:
    """Return the data key that *secret* gives and whether it is a passphrase or the recovery key; counts failures."""
    check_encrypted(path)
    by = BY_RECOVERY_KEY if is_recovery_key(secret) else BY_PASSPHRASE
    keys = _load(path, by)
    _wait(path, keys)
    key = _by_recovery_key(path, secret) if by == BY_RECOVERY_KEY else _by_passphrase(path, keys, secret, name)
    if key is None:
        with suppress(KeyFileError):
            _failed(path, load(path), name, by)
        raise wrong_key(path)
    return key, by


def opens(path: Path, key: bytes) -> bool:
    """Whether *key* decrypts *path*; reads only, on a connection of its own."""
    try:
        with closing(connect(path, read_only=True, key=key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == _NOT_A_DATABASE:
            return False
        raise explain(error, path) or error from error
    return True


def seconds_to_wait(path: Path) -> int:
    """Return how long the next attempt on *path* has to wait after failed ones."""
    try:
        keys = load(path)
    except KeyFileError:
        return 0
    return _seconds(keys, now_utc())


def check_encrypted(path: Path) -> None:
    """Raise an error unless there is an encrypted file at *path*."""
    check_there(path)
    state = state_of(path)
    if state is FileState.PLAIN:
        raise NotEncryptedError(msg("{path} is not encrypted: it opens without a passphrase", path=str(path)))
    if state is not FileState.ENCRYPTED:
        raise not_a_database(path)


def _load(path: Path, by: str) -> KeyFile:
    try:
        return load(path)
    except KeyFileError:
        if by == BY_RECOVERY_KEY:  # which needs no key file
            return KeyFile()
        raise


def _by_recovery_key(path: Path, secret: str) -> bytes | None:
    key = data_key_of(secret)
    return key if opens(path, key) else None


def _by_passphrase(path: Path, keys: KeyFile, secret: str, name: str) -> bytes | None:
    found = [key for slot in keys.slots if slot.name == name and (key := unwrap(slot, secret)) is not None]
    for key in found:
        if opens(path, key):
            return key
    if found:  # the passphrase is right, so it is the file that is not
        raise damaged(path)
    return None


def _wait(path: Path, keys: KeyFile) -> None:
    now = now_utc()
    seconds = _seconds(keys, now)
    if not seconds:
        return
    if keys.last_failure and keys.last_failure > now:  # the clock was set back: wait once, not until it catches up
        _keep(path, replace(keys, last_failure=now))
    raise too_soon(path, seconds)


def _seconds(keys: KeyFile, now: datetime) -> int:
    if keys.failures < FREE_ATTEMPTS or keys.last_failure is None:
        return 0
    delay = min(1 << min(keys.failures - FREE_ATTEMPTS, 6), LONGEST_WAIT)
    passed = max((now - keys.last_failure).total_seconds(), 0.0)
    return math.ceil(max(delay - passed, 0.0))


def _unlocked(path: Path, key: bytes, name: str, by: str) -> None:
    hold(path, key)
    with suppress(KeyFileError):  # damaged: the recovery key opened the file, a passphrase is set anew later
        keys = replace(load(path).settled(key), failures=0, last_failure=None)
        _keep(path, keys.noted(_attempt(UNLOCK, name, by)))


def _failed(path: Path, keys: KeyFile, name: str, by: str) -> None:
    keys = replace(keys, failures=keys.failures + 1, last_failure=now_utc())
    known = name if any(slot.name == name for slot in keys.slots) else "?"  # it may be a passphrase in the wrong field
    _keep(path, keys.noted(_attempt(FAILED_UNLOCK, known, by)))


def _attempt(action: str, name: str, by: str) -> Attempt:
    return Attempt(now_utc().isoformat(timespec="seconds").replace("+00:00", "Z"), action, name, by)


def _keep(path: Path, keys: KeyFile) -> None:
    # Where the key file cannot be written nothing can be counted; reading must be possible all the same.
    with suppress(KeyFileError):
        save(path, keys)
