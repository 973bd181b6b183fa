"""Where the audit ended, written down outside the file: ``FILE.anchor``, a line (sequence, hash) a saved transaction.

Entries cut off at the end, or a whole older file put back, are missed by it even where the fact inside the file was
changed too. The lines carry no secret and no signature: who can rewrite the file's content holds its key and could
sign as well, and who cannot can only put an older whole back. What stops that is a copy kept elsewhere: every backup
has its own, and ``verify`` prints the head to be noted down.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.store.audit import Head, head_text, read_head_text

ENDING = ".anchor"
MOST_BYTES = 65_536
"""A longer file is cut to its newest lines; more is never read."""
KEPT_LINES = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place that saw the audit end at ``head``."""

    where: str
    head: Head


def anchor_path(path: Path) -> Path:
    """Return where the anchors of *path* are."""
    return path.with_name(path.name + ENDING)


def write_down(path: Path, head: Head) -> None:
    """Add *head*; what cannot be written is let go, for the change itself is saved."""
    beside = anchor_path(path)
    try:
        with beside.open("a", encoding="ascii") as file:
            file.write(head_text(head) + "\n")
            long = file.tell() > MOST_BYTES
        if long:
            _replace(beside, [head_text(anchor.head) for anchor in read(path)][-KEPT_LINES:])
    except OSError:
        _log.warning("the end of the audit could not be written down beside the file")


def read(path: Path, where: str | None = None) -> list[Anchor]:
    """Return what was written down beside *path*; a line that cannot be read (a power cut) is passed over."""
    return list(_lines(anchor_path(path), where or anchor_path(path).name))


def _lines(beside: Path, where: str) -> Iterator[Anchor]:
    try:
        with beside.open("rb") as file:
            start = max(beside.stat().st_size - 2 * MOST_BYTES, 0)
            file.seek(start)
            content = file.read(2 * MOST_BYTES)
    except OSError:
        return
    lines = content.decode("ascii", "replace").splitlines()
    for line in lines[1:] if start else lines:
        head = read_head_text(line)
        if len(head.hash) == 64 and head.sequence:
            yield Anchor(where, head)


def _replace(beside: Path, lines: list[str]) -> None:
    unfinished = beside.with_name(beside.name + ".part")
    unfinished.write_text("".join(f"{line}\n" for line in lines), encoding="ascii", newline="\n")
    os.replace(unfinished, beside)  # noqa: PTH105 - one step
