"""What the backups that this program makes are called, and where they lie: enough to tell one by its path."""

import re
from pathlib import Path

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%SZ"
NAME = r"-(\d{8}T\d{6}Z)(?:-\d+)?(?:-(before-\w+|replaced))?"
_NAMED = re.compile(r"(?P<stem>.+)" + NAME)
_SHARED = re.compile(r"(?P<stem>.+)-[0-9a-f]{8}")


def is_backup(path: Path) -> bool:
    """Whether *path* is a backup by its name, in the folder beside its file or in its own one of a chosen folder."""
    named = _NAMED.fullmatch(path.stem)
    if named is None:
        return False
    folder = path.absolute().parent.name
    shared = _SHARED.fullmatch(folder)
    return folder == FOLDER or (shared is not None and shared["stem"] == named["stem"])
