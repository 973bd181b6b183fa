import pytest

from tracker.store.store import Store


@pytest.fixture
def store(clinic_file):
    opened = Store(clinic_file, actor="dr-lin")
    yield opened
    opened.close()


@pytest.fixture
def any_store(any_clinic):
    """A store on a file, then one on a server."""
    opened = Store(any_clinic, actor="dr-lin")
    yield opened
    opened.close()
