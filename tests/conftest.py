"""What every test gets: offscreen Qt, user paths redirected to a temporary folder, English."""

import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

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
    from tracker.store import wrapping

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
