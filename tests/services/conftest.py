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
    opened = Workspace.open(workspace.place, actor="dr-wu")
    yield opened
    opened.close()


@pytest.fixture
def any_workspace(any_clinic):
    """A workspace on a file, then one on a server."""
    opened = Workspace.open(any_clinic, actor="dr-lin")
    yield opened
    opened.close()
