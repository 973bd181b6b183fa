"""Files that cannot be written, also for a test that runs as root."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def protected_copy(path, mode=0o555):
    """Copy *path* (and its write-ahead log) into a folder of *mode*, and be somebody who has no other rights there."""
    folder = Path(tempfile.mkdtemp())
    for one in path.parent.glob(path.name + "*"):
        Path(shutil.copy(one, folder)).chmod(0o444)
    folder.chmod(mode)
    is_root = os.name == "posix" and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield folder / path.name
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)
