import pytest

from tracker.services.workspace import Workspace


@pytest.fixture
def workspace(clinic_file):
    opened = Workspace.open(clinic_file, actor="dr-lin")
    yield opened
    opened.close()


@pytest.fixture
def other_window(workspace):
    """A second program on the same file."""
    opened = Workspace.open(workspace.path, actor="dr-wu")
    yield opened
    opened.close()
