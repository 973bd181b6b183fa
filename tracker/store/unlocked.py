"""The data keys of the files that are unlocked in this process; nothing else keeps a key.

Whoever opens a connection asks here, so callers go on passing paths.
"""

from pathlib import Path

_held: dict[Path, bytes] = {}


def hold(path: Path, key: bytes) -> None:
    """Keep the data key of *path* until it is forgotten."""
    _held[path.resolve()] = key


def key_of(path: Path) -> bytes | None:
    """Return the data key of *path*, None for a plain file and for one that is locked."""
    return _held.get(path.resolve()) if _held else None


def forget(path: Path) -> None:
    """Let go of the data key of *path*; connections that are open already stay so."""
    _held.pop(path.resolve(), None)
