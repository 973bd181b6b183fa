"""Encrypted files for the tests."""

from tests.store.making import fill_one_patient
from tracker.store.file_state import key_file_of
from tracker.store.keyfile import KeyFile, save
from tracker.store.recovery import data_key_of
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold
from tracker.store.wrapping import wrap

PASSPHRASE = "correct horse battery"
RECOVERY = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-5QV2"
OTHER_RECOVERY = "0000-0000-0000-0000-0000-0000-0000-0000-GKGC"
KEY, OTHER_KEY = data_key_of(RECOVERY), data_key_of(OTHER_RECOVERY)


def make_encrypted(path, *, filled=True):
    """Make an encrypted file, with one patient; it is locked afterwards."""
    save(path, KeyFile(slots=(wrap("", PASSPHRASE, KEY),)))
    hold(path, KEY)
    store = Store.create(path)
    if filled:
        fill_one_patient(store)
    store.close()
    forget(path)
    return path


def everything(path):
    """The bytes of the file and of its key file."""
    return path.read_bytes(), key_file_of(path).read_bytes()


def full_width(text):
    """The text as an input method for Chinese may type it."""
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() or sign == "-" else sign for sign in text)
