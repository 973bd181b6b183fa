"""Turn a plain file into an encrypted one and back: a new file beside, compared with the old one, then put in place.

The old file is replaced only after the new one was opened and held the same: tables and their definitions, rows of
each, foreign keys, the audit chain. A kill at any moment leaves the old file or the new one in place.
"""

import contextlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tracker.core.keys import new_key
from tracker.core.messages import msg
from tracker.store.connect import (
    Connection,
    check_there,
    connect,
    explained,
    key_text,
    may_write,
    schema_of,
    take_alone,
)
from tracker.store.durable import sync_file, sync_folder
from tracker.store.errors import ConversionError, file_gone, not_a_database, read_only
from tracker.store.file_state import FileState, key_file_of, state_of
from tracker.store.keyfile import KeyFile, save
from tracker.store.unlocked import forget, hold

_UNFINISHED = ".converting"
_ENDINGS = tuple(f"{_UNFINISHED}{ending}" for ending in ("", "-wal", "-shm", "-journal"))


def encrypt(path: Path, key: bytes, keys: KeyFile) -> None:
    """Turn the plain file *path* into one encrypted under *key*, with the key file *keys*, and unlock it."""
    _check(path, FileState.PLAIN)
    with _copied(path, None, key) as copy:
        save(path, keys)
        copy.replace(path)
    hold(path, key)
    sync_folder(path.parent)


def decrypt(path: Path, key: bytes) -> None:
    """Turn the encrypted file *path*, unlocked by *key*, into a plain one; its key file goes."""
    _check(path, FileState.ENCRYPTED)
    hold(path, key)
    with _copied(path, key, None) as copy:
        copy.replace(path)
    forget(path)
    sync_folder(path.parent)
    key_file_of(path).unlink(missing_ok=True)


def _check(path: Path, state: FileState) -> None:
    check_there(path)
    if state_of(path) is not state:
        raise not_a_database(path)
    if not (may_write(path) and may_write(path.parent)):
        raise read_only(path)


@contextlib.contextmanager
def _copied(path: Path, key: bytes | None, new: bytes | None) -> Iterator[Path]:
    """Give a checked copy of *path* under another key; what is left of it, or of a killed try, is removed."""
    _remove_copies(path)
    copy = path.with_name(f".{path.name}.{new_key()[:8]}{_UNFINISHED}")
    try:
        with explained(path):
            _write_copy(path, copy, key, new)
            signature = _signature(path)
            _check_copy(path, copy, key, new)
        sync_file(copy)
        if _signature(path) != signature:
            raise file_gone(path)
        yield copy
    finally:
        forget(copy)
        _remove_copies(path)


def _remove_copies(path: Path) -> None:
    # What a killed decryption left holds records in the clear.
    for found in path.parent.iterdir():
        if found.name.startswith(f".{path.name}.") and found.name.endswith(_ENDINGS):
            found.unlink(missing_ok=True)


def _write_copy(path: Path, copy: Path, key: bytes | None, new: bytes | None) -> None:
    # Closed at the end, so that the old file's log is gone: it must not be replayed into the new file.
    with closing(connect(path, key=key)) as connection:
        take_alone(connection, path)
        schema_of(connection, path)
        _attach(connection, copy, "copy", new)
        connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        connection.execute("DETACH DATABASE copy")


def _check_copy(path: Path, copy: Path, key: bytes | None, new: bytes | None) -> None:
    from tracker.store.checking.chain import verify_chain  # noqa: PLC0415 - it loads SQLAlchemy

    if new:
        hold(copy, new)
    with closing(connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        _attach(connection, path, "original", key)
        tables = [name for (name,) in connection.execute("SELECT name FROM original.sqlite_master WHERE type='table'")]
        differ = [name for name in ("sqlite_master", *tables) if _differ(connection, name)]
        whole = connection.execute("PRAGMA main.integrity_check").fetchall() == [("ok",)]
        broken = connection.execute("PRAGMA main.foreign_key_check").fetchall()
    if differ or not whole or broken or verify_chain(copy) != verify_chain(path):
        raise ConversionError(
            msg(
                "{path} was not changed: its copy did not come out the same; check the disk, verify the file, then "
                "try again",
                path=str(path),
            )
        )


def _attach(connection: Connection, path: Path, name: str, key: bytes | None) -> None:
    connection.execute(f"ATTACH DATABASE ? AS {name} KEY {key_text(key) if key else repr('')}", (str(path),))


def _differ(connection: Connection, table: str) -> bool:
    columns = "type, name, tbl_name, sql" if table == "sqlite_master" else "*"
    original, copy = (f'SELECT {columns} FROM {schema}."{table}"' for schema in ("original", "main"))  # noqa: S608
    counts = [
        connection.execute(f"SELECT count(*) FROM ({query})").fetchone()  # noqa: S608 - tables of our own schema
        for query in (original, copy, f"{original} EXCEPT {copy}")
    ]
    return bool(counts[0] != counts[1] or counts[2] != (0,))


def _signature(path: Path) -> tuple[int, int, int, int]:
    found = path.stat()
    log = path.with_name(path.name + "-wal")
    return found.st_ino, found.st_size, found.st_mtime_ns, log.stat().st_size if log.exists() else 0
