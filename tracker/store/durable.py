"""Replace a small file so that after a power cut there is the old one or the new one, never half of either."""

import contextlib
import os
from pathlib import Path

from tracker.core.keys import new_key


def replace_file(path: Path, content: bytes) -> None:
    """Write *content* to *path*, readable by its owner only; raises OSError and then leaves *path* as it was."""
    unfinished = path.with_name(f".{path.name}.{new_key()[:8]}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the disk hold what was written to *path*."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in *folder*; Windows does so by itself and opens no folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
