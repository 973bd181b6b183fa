"""What every test gets: offscreen Qt, user paths redirected to a temporary folder, English."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from tracker.core.messages import Language, use_language


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def _speak_english():
    use_language(Language.EN)
    yield
    use_language(Language.EN)
