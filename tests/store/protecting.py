"""Files that cannot be written, also for a test that runs as root."""

import codecs
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def protected_copy(path, mode=0o555):
    """Copy *path* (and its write-ahead log) into a folder of *mode*, and be somebody who has no other rights there."""
    folder = Path(tempfile.mkdtemp())
    for one in path.parent.glob(path.name + "*"):
        Path(shutil.copy(one, folder)).chmod(0o444)
    folder.chmod(mode)
    with _nobody_special():
        yield folder / path.name
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def own_copy(path):
    """Copy *path* into a folder of one's own, and be its owner, who has no rights beyond those its mode gives."""
    folder = Path(tempfile.mkdtemp())
    copy = Path(shutil.copy(path, folder))
    if _is_root():
        os.chown(folder, _NOBODY, -1)
        os.chown(copy, _NOBODY, -1)
    with _nobody_special():
        yield copy
    shutil.rmtree(folder)


def _is_root():
    return os.name == "posix" and os.geteuid() == 0


@contextmanager
def _nobody_special():
    is_root = _is_root()
    codecs.lookup("utf-8-sig")  # the interpreter may lie where only root may read what is loaded late
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
