import pytest

from tracker.store.store import Store


@pytest.fixture
def store(clinic_file):
    opened = Store(clinic_file, actor="dr-lin")
    yield opened
    opened.close()
