"""The folder of an export: files written to a hidden sibling folder, moved into place whole or not at all.

A target that exists is refused; replacing is allowed only for a folder that holds our manifest, and files in it that
its manifest does not list are kept.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tracker.core.errors import TrackerError
from tracker.core.keys import new_key
from tracker.core.messages import msg
from tracker.exchange.columns import Table
from tracker.exchange.text import text_cell

FORMAT = "outcome-tracker-csv"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 18


class ExportRefusedError(TrackerError):
    """The target cannot take the export; nothing was written."""


class ExportFailedError(TrackerError):
    """The system did not let the files be written; nothing is left of them."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the manifest says of one file."""

    rows: int
    sha256: str


class CsvFile:
    """One file being written: text collects in memory up to a chunk, the hash goes along."""

    def __init__(self, path: Path, header: tuple[str, ...], *, excel: bool) -> None:
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self._parts: list[str] = []
        self._size = 0
        self.rows = 0
        if excel:
            self._put(BYTE_ORDER_MARK)
        self.write(",".join(map(text_cell, header)) + "\n", 0)

    def write(self, lines: str, rows: int = 1) -> None:
        """Add *lines* (each with its line end), which are *rows* rows."""
        self._parts.append(lines)
        self._size += len(lines)
        self.rows += rows
        if self._size >= _CHUNK:
            self._flush()

    def close(self) -> FileFacts:
        """Write the rest; returns row count and hash."""
        self._flush()
        self._file.close()
        return FileFacts(self.rows, self._hash.hexdigest())

    def abandon(self) -> None:
        """Close without writing the rest."""
        self._file.close()

    def _flush(self) -> None:
        self._put("".join(self._parts).encode("utf-8"))
        self._parts.clear()
        self._size = 0

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


class ExportFolder:
    """Context of one export: leaves nothing behind unless :meth:`publish` was reached."""

    def __init__(self, target: Path, *, replace: bool, excel: bool) -> None:
        self.target = target.absolute()
        self.replace = replace
        self._excel = excel
        self._open: dict[str, CsvFile] = {}
        self._former: Path | None = None
        self._published = False
        self.facts: dict[str, FileFacts] = {}

    def __enter__(self) -> "ExportFolder":
        refuse_target(self.target, replace=self.replace)
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._work = self._sibling("part")
        except OSError as error:
            raise _failed(self.target, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._open.values():
            file.abandon()
        if error is None and self._published:
            self._settle()
        elif self._published:
            self._withdraw()
        shutil.rmtree(self._work, ignore_errors=True)
        if isinstance(error, OSError):
            raise _failed(self.target, error) from error

    def table(self, table: Table, extra: tuple[str, ...] = ()) -> CsvFile:
        """Open the file of *table*, its header written; *extra* columns follow the fixed ones."""
        file = CsvFile(self._work / table.file_name, table.names + extra, excel=self._excel)
        self._open[table.file_name] = file
        return file

    def finish(self, table: Table) -> None:
        """Close the file of *table*."""
        self.facts[table.file_name] = self._open.pop(table.file_name).close()

    def publish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest and move the folder into place; an error later in the context takes it back."""
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (self._work / MANIFEST).write_bytes(text.encode("utf-8"))
        refuse_target(self.target, replace=self.replace)
        if self.target.exists():
            self._former = self._sibling("old") / self.target.name
            self.target.rename(self._former)
        try:
            self._work.rename(self.target)
        except OSError:
            self._restore()
            raise
        self._published = True

    def _settle(self) -> None:
        """Keep what was in the former folder beside our files, and let go of the rest."""
        if self._former is None:
            return
        ours = {MANIFEST, *(read_manifest(self._former) or {"files": ()})["files"]}
        for entry in self._former.iterdir():
            if entry.name not in ours and not (self.target / entry.name).exists():
                entry.rename(self.target / entry.name)
        shutil.rmtree(self._former.parent, ignore_errors=True)

    def _withdraw(self) -> None:
        shutil.rmtree(self.target, ignore_errors=True)
        self._restore()

    def _restore(self) -> None:
        if self._former is not None:
            self._former.rename(self.target)
            self._former.parent.rmdir()

    def _sibling(self, ending: str) -> Path:
        folder = self.target.with_name(f".{self.target.name}.{new_key()[:8]}.{ending}")
        folder.mkdir()
        return folder


def refuse_target(target: Path, *, replace: bool) -> None:
    """Raise ExportRefusedError if an export must not go to *target*."""
    try:
        there = target.exists() or target.is_symlink()
    except OSError as error:
        raise _failed(target, error) from error
    if not there:
        return
    if not replace:
        raise ExportRefusedError(
            msg("{path} exists already: choose another folder, or replace it with --replace", path=str(target))
        )
    if target.is_symlink() or read_manifest(target) is None:
        raise ExportRefusedError(
            msg("{path} is not a folder made by this export, it is not replaced: choose another", path=str(target))
        )


def read_manifest(folder: Path) -> Mapping[str, Any] | None:
    """Return the manifest of a folder that this export made, else None."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(manifest, dict) and manifest.get("format") == FORMAT and isinstance(manifest.get("files"), dict)
    return manifest if ours else None


def _failed(target: Path, error: OSError) -> ExportFailedError:
    return ExportFailedError(
        msg(
            "the export to {path} was not written ({problem}): check that the folder may be written and the disk has "
            "space; nothing was left behind",
            path=str(target),
            problem=error.strerror or str(error),
        )
    )
