import builtins

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from tests.store.keys import KEY, OTHER_KEY, PASSPHRASE, RECOVERY
from tracker.services import remembered, security


class Held(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


class Broken(Held):
    """One whose service does not answer."""

    def get_password(self, service, username):
        raise OSError("no answer")

    def set_password(self, service, username, password):
        raise OSError("no answer")


@pytest.fixture
def use():
    before = keyring.get_keyring()

    def use(backend):
        keyring.set_keyring(backend)
        return backend

    yield use
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path):
    security.create(tmp_path / "clinic.db", PASSPHRASE, RECOVERY)
    yield tmp_path / "clinic.db"
    security.lock(tmp_path / "clinic.db")


def test_a_remembered_file_opens_by_itself_until_it_is_forgotten(path, use):
    backend = use(Held())
    assert remembered.can_remember()
    remembered.remember(path)
    assert set(backend.held.values()) == {KEY.hex()}
    security.lock(path)
    assert remembered.unlock_remembered(path)
    assert security.is_unlocked(path)
    security.lock(path)
    remembered.forget(path)
    remembered.forget(path)
    assert not remembered.unlock_remembered(path)
    assert security.is_locked(path)


@pytest.mark.parametrize("kept", ["", "nonsense", "00", OTHER_KEY.hex()])
def test_a_key_that_no_longer_fits_opens_nothing(path, use, kept):
    backend = use(Held())
    remembered.remember(path)
    backend.held = dict.fromkeys(backend.held, kept)
    security.lock(path)
    assert not remembered.unlock_remembered(path)
    assert security.is_locked(path)


def test_a_keyring_that_does_not_answer_is_said(path, use):
    use(Broken())
    with pytest.raises(remembered.KeyringError, match="did not take the key: no answer"):
        remembered.remember(path)
    assert not remembered.unlock_remembered(path)


def test_without_a_keyring_nothing_is_remembered(path, use):
    use(fail.Keyring())
    assert not remembered.can_remember()
    with pytest.raises(remembered.KeyringError, match="no keyring"):
        remembered.remember(path)
    assert not remembered.unlock_remembered(path)
    remembered.forget(path)


def test_without_the_optional_library_nothing_is_offered(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "keyring":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert not remembered.can_remember()
