import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError


@pytest.fixture(autouse=True)
def _no_keyring_of_this_computer():
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def keyring_in_memory():
    """A keyring that works; what it holds."""
    held = {}

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return held.get((service, username))

        def set_password(self, service, username, password):
            held[service, username] = password

        def delete_password(self, service, username):
            if (service, username) not in held:
                raise PasswordDeleteError
            del held[service, username]

    keyring.set_keyring(InMemory())
    return held
