"""One writer a file: a lock of the operating system on ``<file>.lease``, which says who holds it.

The lock goes with the process: a program that crashed leaves no stale lease behind. Within one process the lease is
shared, for several services may have the same file open. Imports no library.
"""

import contextlib
import datetime
import errno
import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from tracker.core.dates import now_utc
from tracker.core.messages import Message, msg
from tracker.store.errors import StoreError

MOST_BYTES = 4096
"""A longer lease file is not one of ours."""
_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and nobody else can read a locked one: far behind the text."""
_IN_USE = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class HeldError(StoreError):
    """Another program has the file open for writing."""


class Access(StrEnum):
    """What a program opens a file for."""

    SHARE = "share"
    """To change it, or to read it while another program changes it: the window."""
    WRITE = "write"
    """To change it; refused while another program does: commands that write."""
    VISIT = "visit"
    """To read it and enter that into its audit: exports and reports, whoever has the file open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a file open for writing; the texts are empty where the lease does not say."""

    who: str = ""
    computer: str = ""
    since: str = ""
    """UTC, ISO 8601."""


@dataclass(slots=True)
class _Held:
    descriptor: int
    times: int


_leases: dict[str, _Held] = {}
_guard = threading.Lock()


def held(path: Path, holder: Message) -> HeldError:
    """Return the error for a change to a file that *holder* has open for writing."""
    return HeldError(
        msg(
            "{path} is open for writing in another program ({holder}), nothing was changed: close it there, then try "
            "again",
            path=str(path),
            holder=holder,
        )
    )


def said(holder: Holder) -> Message:
    """Return who holds a lease, where and since when, as far as the lease says."""
    if not holder.who:
        return msg("it does not say who")
    since = holder.since
    with contextlib.suppress(ValueError):
        since = datetime.datetime.fromisoformat(since).astimezone().strftime("%Y-%m-%d %H:%M")
    return msg("{who} on {computer} since {since}", who=holder.who, computer=holder.computer, since=since)


def lease_path(path: Path) -> Path:
    """Return the lease file of *path*."""
    return path.with_name(path.name + ".lease")


def take(path: Path, who: str) -> Holder | None:
    """Take the lease of *path*, or return who holds it. What was taken must be given back with ``give_back``."""
    name = _name(path)
    with _guard:
        if name in _leases:
            _leases[name].times += 1
            return None
        try:
            descriptor = _lock(path)
        except OSError:  # a folder or a network drive without locks: the database's own locks remain
            return None
        if descriptor is None:
            return _read(path)
        _leases[name] = _Held(descriptor, 1)
        with contextlib.suppress(OSError):
            _write(descriptor, Holder(who=who, computer=computer(), since=now_utc().isoformat(timespec="seconds")))
    return None


def give_back(path: Path) -> None:
    """Give the lease of *path* back, as often as it was taken."""
    name = _name(path)
    with _guard:
        held = _leases.get(name)
        if held is None:
            return
        held.times -= 1
        if held.times == 0:
            del _leases[name]
            with contextlib.suppress(OSError):  # before it is let go: whoever takes it next makes a new one
                lease_path(path).unlink()
            os.close(held.descriptor)


@contextlib.contextmanager
def leased(path: Path, who: str) -> Iterator[None]:
    """Hold the lease of *path* for a while; raises HeldError if another program has it."""
    found = take(path, who)
    if found is not None:
        raise held(path, said(found))
    try:
        yield
    finally:
        give_back(path)


def computer() -> str:
    """Return this computer's name."""
    import socket  # noqa: PLC0415 - not needed for the first paint

    return socket.gethostname()


def _name(path: Path) -> str:
    return str(path.resolve())


def _lock(path: Path) -> int | None:
    """Return the locked lease file's descriptor, None if another program has the lock."""
    while True:
        descriptor = _open(lease_path(path))
        try:
            _lock_descriptor(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _IN_USE:
                return None
            raise
        if _is_at(descriptor, lease_path(path)):
            return descriptor
        os.close(descriptor)  # the one before took its file away between our opening and our locking


def _open(lease: Path) -> int:
    try:
        return os.open(lease, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:  # left by another user's crash: it can be locked all the same
        return os.open(lease, os.O_RDONLY)


def _is_at(descriptor: int, lease: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), lease.stat())
    except OSError:
        return False


def _write(descriptor: int, found: Holder) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(asdict(found)).encode())


def _read(path: Path) -> Holder:
    try:
        with lease_path(path).open("rb") as file:
            kept = json.loads(file.read(MOST_BYTES))
        return Holder(**{name: str(kept.get(name, ""))[:100] for name in ("who", "computer", "since")})
    except (OSError, ValueError, AttributeError):
        return Holder()


if sys.platform == "win32":
    import msvcrt

    def _lock_descriptor(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock_descriptor(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
