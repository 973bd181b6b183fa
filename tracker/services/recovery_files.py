"""The recovery key as text to be printed, as a file to be kept, and read back from one."""

from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import msg, tr
from tracker.store.durable import replace_file
from tracker.store.recovery import RecoveryKeyError, recovery_key_in

MOST_BYTES = 64 * 1024
"""A longer file is not one of a recovery key."""


class NotSavedError(TrackerError):
    """The file of the recovery key could not be written."""


def recovery_text(path: Path, recovery_key: str) -> str:
    """Return what is printed or saved for the user to keep."""
    about = tr(
        "Recovery key of {file}: opens it if every passphrase is forgotten or its key file is lost. Keep it apart from "
        "the computer; whoever has it and the file can read everything.",
        file=path.name,
    )
    return f"{about}\n\n{recovery_key}\n"


def save_recovery_file(file: Path, path: Path, recovery_key: str) -> None:
    """Write the recovery key of *path* to *file*; raises NotSavedError if that cannot be."""
    try:
        replace_file(file, recovery_text(path, recovery_key).encode())
    except OSError as error:
        raise NotSavedError(
            msg("{path} cannot be written: {problem}", path=str(file), problem=error.strerror or str(error))
        ) from error


def read_recovery_file(file: Path) -> str:
    """Return the recovery key in *file*; raises TrackerError if it holds none."""
    try:
        with file.open("rb") as opened:
            text = opened.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        text = ""
    found = recovery_key_in(text)
    if found is None:
        raise RecoveryKeyError(msg("{file} holds no recovery key, or one with a typing error", file=str(file)))
    return found
