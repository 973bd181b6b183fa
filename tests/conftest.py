"""What every test gets: offscreen Qt, user paths redirected to a temporary folder, English."""

import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from tests import servers
from tracker.core.messages import Language, use_language


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def _speak_english():
    use_language(Language.EN)
    yield
    use_language(Language.EN)


@pytest.fixture(autouse=True)
def _quick_derivation(monkeypatch):
    """Argon2id with little memory: the tests unlock hundreds of times."""
    from tracker.store import passwords, wrapping

    monkeypatch.setattr(passwords, "COST", (1, 64, 1))
    monkeypatch.setattr(wrapping, "STRENGTH", wrapping.Kdf(passes=1, memory_kib=64, lanes=1))


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory):
    from tracker.store.migrate import create

    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    create(path, {"kind": "clinic", "software": "0"})
    return path


@pytest.fixture
def clinic_file(tmp_path, _empty_file):
    """A new file with today's schema and nothing in it (migrated once, then copied)."""
    return shutil.copy(_empty_file, tmp_path / "clinic.sqlite")


@pytest.fixture(scope="session")
def _empty_clinic_on_server():
    from tracker.store.migrate import create

    with servers.database() as place:
        create(place, {"kind": "clinic", "software": "0"})
        yield place


@pytest.fixture
def server_address():
    """The server of the tests; the test is skipped without one."""
    found = servers.address()
    if found is None:
        pytest.skip(servers.REASON)
    return found


@pytest.fixture
def empty_database(server_address):
    """A new database on the server with nothing in it."""
    with servers.database() as place:
        yield place


@pytest.fixture
def clinic_database(server_address, request):
    """A database on the server with today's schema and nothing recorded."""
    from tracker.services import signed_in

    place = request.getfixturevalue("_empty_clinic_on_server")
    servers.empty(place)
    yield place
    signed_in.forget(place)  # the next test has the same address


@pytest.fixture(params=["clinic_file", *(["clinic_database"] if servers.address() else [])])
def any_clinic(request):
    """A new clinic, once as a file and, where there is a server to test on, once there."""
    return request.getfixturevalue(request.param)
