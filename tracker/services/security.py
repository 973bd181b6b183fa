"""What a user does about the key of a file: make it, unlock and lock it, change the passphrase, re-key, convert.

A file with a window on it must be closed (``Workspace.close``) for ``rekey``, ``encrypt`` and ``decrypt``; they raise
LockedError otherwise. No secret passes any other way than as an argument; nothing here keeps one.
"""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.core.places import ServerAddress
from tracker.services import passphrases
from tracker.services.proving import administrator_of, key_from_administrator
from tracker.services.rights import not_signed_in
from tracker.store import converting, rekeying, unlocking
from tracker.store.backup_folder import backups_in, beside
from tracker.store.connect import check_there
from tracker.store.errors import KeyFileError, StoreError, encrypted, not_a_database
from tracker.store.file_state import FileState, key_file_of, state_of
from tracker.store.keyfile import KeyFile, load, save
from tracker.store.lease import leased
from tracker.store.passwords import hash_passphrase
from tracker.store.recovery import (
    data_key_of,
    is_recovery_key,
    new_recovery_key,
    parse_recovery_key,
    recovery_key_in,
)
from tracker.store.unlocked import forget, hold, key_of
from tracker.store.users import same_name, users_of
from tracker.store.wrapping import wrap

if TYPE_CHECKING:
    from tracker.store.store import Store

__all__ = ["FileState", "is_recovery_key", "new_recovery_key", "parse_recovery_key", "recovery_key_in", "state_of"]
LONGEST_PASSPHRASE = 1024
SHORTEST_PASSPHRASE = 8


class PassphraseError(TrackerError):
    """A new passphrase that cannot be taken."""


class TakenError(TrackerError):
    """There is a file in the way."""


def unlock(path: Path, secret: str, name: str = "") -> str:
    """Unlock an encrypted file by passphrase or recovery key; returns which it was, for the user to be told."""
    return unlocking.unlock(path, secret, name)


def lock(path: Path) -> None:
    """Forget the key of *path*; what is open must be closed before."""
    forget(path)


def is_locked(path: Path) -> bool:
    """Whether *path* is encrypted and not unlocked in this process."""
    return key_of(path) is None and state_of(path) is FileState.ENCRYPTED


def check_plain(path: Path) -> None:
    """Raise an error unless there is a plain file of this program at *path*."""
    check_there(path)
    state = state_of(path)
    if state is FileState.ENCRYPTED:
        raise TakenError(msg("{path} is encrypted already", path=str(path)))
    if state is not FileState.PLAIN:
        raise not_a_database(path)


def check_encrypted(path: Path) -> None:
    """Raise an error unless there is an encrypted file at *path*."""
    unlocking.check_encrypted(path)


def is_unlocked(path: Path) -> bool:
    """Whether the key of *path* is held in this process."""
    return key_of(path) is not None


def check(path: Path, secret: str, name: str = "") -> str:
    """Try *secret* on *path* as ``unlock`` does, and unlock nothing."""
    return unlocking.find_key(path, secret, name)[1]


def seconds_to_wait(path: Path) -> int:
    """Return how long the next attempt to unlock has to wait."""
    return unlocking.seconds_to_wait(path)


def create(
    path: Path, passphrase: str, recovery_key: str, name: str = "", facts: Mapping[str, str] | None = None
) -> None:
    """Make a new encrypted clinic file under *recovery_key*, with one slot, and unlock it; all or nothing."""
    from tracker.store.store import Store  # noqa: PLC0415 - SQLAlchemy comes after the first paint

    check_passphrase(passphrase)
    key = data_key_of(recovery_key)
    if state_of(path) not in (FileState.MISSING, FileState.EMPTY) or key_file_of(path).exists():
        raise TakenError(
            msg("{path} or its key file exists already: choose another name, or open the file", path=str(path))
        )
    save(path, KeyFile(slots=(wrap(name, passphrase, key),)))
    hold(path, key)
    try:
        Store.create(path, facts=facts).close()
    except BaseException:
        forget(path)
        key_file_of(path).unlink(missing_ok=True)
        raise


def change_passphrase(path: Path, secret: str, new: str, name: str = "") -> None:
    """Set the passphrase of *name*; *secret* is the one before or the recovery key. The data stay under their key."""
    check_passphrase(new)
    key, by = unlocking.find_key(path, secret, name)
    details = {"name": name, "by": by}
    if not users_of(path, key):
        with _acting(path, key, "change passphrase", details):
            _save_slot(path, key, new, name)
        return
    with _opened(path, key, name) as store, store.work() as work:
        user = next((one for one in work.users() if same_name(one.name, name) and not one.disabled), None)
        if user is None:
            raise not_signed_in()
        work.set_secret(user, hash_passphrase(new))
        work.act("change passphrase", details)
        _save_slot(path, key, new, user.name)
        work.commit()


def add_person(path: Path, name: str, passphrase: str) -> None:
    """Give *name* a passphrase of their own to the file, which is unlocked; replaces the one they had."""
    check_passphrase(passphrase)
    _save_slot(path, _held(path), passphrase, name)


def remove_person(path: Path, name: str) -> None:
    """Take the passphrase of *name* away; the last one stays."""
    keys = load(path)
    left = keys.without_slot(name)
    if not left.slots:
        raise PassphraseError(msg("this is the only passphrase of the file: add another one before removing it"))
    save(path, left)


def people(path: Path) -> tuple[str, ...]:
    """Return the names that have a passphrase to the file ("" in a clinic of one)."""
    return tuple(dict.fromkeys(slot.name for slot in load(path).slots))


def rekey(path: Path, secret: str, recovery_key: str, passphrase: str, name: str = "") -> None:
    """Write the file anew under a new recovery key, typed by the user from what was shown; *name* keeps a passphrase.

    Everybody else's passphrase ends: they are given new ones with ``add_person``.
    """
    check_passphrase(passphrase)
    old, by = key_from_administrator(path, secret, name)
    new = data_key_of(recovery_key)
    with leased(path, name):
        rekeying.rekey(path, old, new, (wrap(name, passphrase, new),))
    with _acting(path, new, "new recovery key", {"name": name, "by": by}):
        pass


def encrypt(path: Path, passphrase: str, recovery_key: str, name: str = "") -> tuple[Path, ...]:
    """Turn a plain file into an encrypted one and unlock it; returns older copies beside it that are still plain."""
    check_passphrase(passphrase)
    name = administrator_of(path, passphrase, name)
    key = data_key_of(recovery_key)
    with leased(path, name):
        converting.encrypt(path, key, KeyFile(slots=(wrap(name, passphrase, key),)))
    with _acting(path, key, "encrypt", {"name": name}):
        return plain_copies(path)


def decrypt(path: Path, secret: str, name: str = "") -> None:
    """Turn an encrypted file into a plain one that anybody can read."""
    key, by = key_from_administrator(path, secret, name)
    held = key_of(path)
    try:
        with leased(path, name):
            converting.decrypt(path, key)
    finally:
        if held is None:
            forget(path)
    with _acting(path, None, "decrypt", {"name": name, "by": by}):
        pass


def plain_copies(path: Path) -> tuple[Path, ...]:
    """Return the copies of *path* beside it, and in its backup folder, that are not encrypted."""
    copies = [found for found in path.parent.iterdir() if found.name.startswith(f"{path.name}.") and found.is_file()]
    copies += [backup.path for backup in backups_in(beside(path), path)]
    return tuple(sorted(copy for copy in copies if state_of(copy) is FileState.PLAIN))


def record_unlocks(store: "Store") -> None:
    """Move the unlocks and failed ones that wait in the key file into the audit."""
    if isinstance(store.place, ServerAddress) or store.read_only or key_of(store.path) is None:
        return
    with contextlib.suppress(StoreError):  # another program writes, the disk is full: they go on waiting
        keys = load(store.path)
        if not keys.waiting:
            return
        with store.work() as work:
            for attempt in keys.waiting:
                work.act(attempt.action, {"at": attempt.at, "name": attempt.name, "by": attempt.by})
            if keys.not_listed:
                work.act(unlocking.FAILED_UNLOCK, {"count": keys.not_listed})
            work.commit()
        save(store.path, keys.audited())


def check_passphrase(passphrase: str) -> None:
    """Raise PassphraseError for a new passphrase that is too short or too long, or that is a recovery key."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseError(
            msg("a passphrase needs at least {shortest} characters: take several words", shortest=SHORTEST_PASSPHRASE)
        )
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise PassphraseError(msg("a passphrase has at most {longest} characters", longest=LONGEST_PASSPHRASE))
    if passphrases.is_common(passphrase):
        raise PassphraseError(msg("this is among the first passphrases that anybody tries: take several words"))
    if is_recovery_key(passphrase):
        raise PassphraseError(msg("the recovery key cannot be the passphrase: choose another one"))


@contextlib.contextmanager
def _acting(path: Path, key: bytes | None, action: str, details: Mapping[str, str]) -> Iterator[None]:
    """Do what is inside and enter it in the audit of *path*, which may be locked and is as it was afterwards."""
    with _opened(path, key, details["name"]) as store, store.acting(action, details):
        yield


@contextlib.contextmanager
def _opened(path: Path, key: bytes | None, name: str) -> Iterator["Store"]:
    """Have *path*, which may be locked and is as it was afterwards, open for work as the person of that name."""
    from tracker.store.store import Store  # noqa: PLC0415 - SQLAlchemy comes after the first paint

    held = key_of(path)
    if key is not None:
        hold(path, key)
    try:
        with contextlib.closing(Store(path, actor=name or None)) as store:
            yield store
    finally:
        if held is None:
            forget(path)


def _held(path: Path) -> bytes:
    key = key_of(path)
    if key is None:
        raise encrypted(path)
    return key


def _save_slot(path: Path, key: bytes, passphrase: str, name: str) -> None:
    try:
        keys = load(path)
    except KeyFileError:  # damaged, and the recovery key opened the file: a new key file takes its place
        keys = KeyFile()
    save(path, keys.settled(key).with_slot(wrap(name, passphrase, key)))
