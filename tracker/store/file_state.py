"""What a file is, told by its first bytes: one of ours that is plain, an encrypted one, or something else."""

from enum import StrEnum
from pathlib import Path

PAGE = 4096
_PLAIN_START = b"SQLite format 3\0"
_ENOUGH_VALUES = 230
"""Of 256 byte values a page of noise misses hardly any; a page of text, a picture's header or zeros miss many."""


class FileState(StrEnum):
    """What there is at a path."""

    MISSING = "missing"
    EMPTY = "empty"
    PLAIN = "plain"
    ENCRYPTED = "encrypted"
    FOREIGN = "foreign"


def key_file_of(path: Path) -> Path:
    """Return where the key file of *path* lies."""
    return path.with_name(path.name + ".keys")


def state_of(path: Path) -> FileState:
    """Tell what *path* is; an encrypted file is known by its key file, or without one by looking like noise."""
    if not path.is_file():
        return FileState.FOREIGN if path.exists() else FileState.MISSING
    size = path.stat().st_size
    if not size:
        return FileState.EMPTY
    with path.open("rb") as file:
        page = file.read(PAGE)
    if page.startswith(_PLAIN_START):
        return FileState.PLAIN
    noise = size % PAGE == 0 and len(set(page)) >= _ENOUGH_VALUES
    return FileState.ENCRYPTED if noise or key_file_of(path).is_file() else FileState.FOREIGN
