"""Give an encrypted file a new data key, in an order that a kill at any moment leaves openable.

The key file first holds the passphrase for both data keys, then the file is written anew in one transaction, then the
slots of the old key go. Whatever stands in the file at any moment, one of the two recovery keys and the passphrase
open it.
"""

from contextlib import closing
from pathlib import Path

from tracker.store.connect import connect, explained, key_text, take_alone
from tracker.store.keyfile import load, save
from tracker.store.unlocked import hold, key_of
from tracker.store.unlocking import opens
from tracker.store.wrapping import Slot


def rekey(path: Path, old: bytes, new: bytes, slots: tuple[Slot, ...]) -> None:
    """Write *path* anew under the data key *new*, which *slots* wrap; slots of other people are gone afterwards.

    No other connection may be open: raises LockedError and has then changed nothing.
    """
    with explained(path), closing(connect(path, key=old)) as connection:
        take_alone(connection, path)
        keys = load(path)
        for slot in slots:
            keys = keys.with_slot(slot)
        save(path, keys)
        connection.execute(f"PRAGMA rekey = {key_text(new)}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if opens(path, new):
        save(path, load(path).settled(new))
        if key_of(path) is not None:
            hold(path, new)
