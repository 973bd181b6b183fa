import pytest

from tests.services.making import one_patient
from tests.store.protecting import protected_copy
from tracker.services.workspace import Workspace
from tracker.store.errors import FileMissingError, ReadOnlyFileError
from tracker.store.store import system_user


def test_a_new_file_is_a_clinics_and_its_actor_is_the_systems_user(tmp_path):
    workspace = Workspace.open(tmp_path / "new.sqlite", create=True)
    assert (workspace.kind, workspace.read_only, workspace.actor) == ("clinic", False, system_user())
    assert workspace.path == tmp_path / "new.sqlite"
    workspace.close()


def test_a_demo_file_says_so(tmp_path):
    Workspace.open(tmp_path / "demo.sqlite", create=True, kind="demo").close()
    workspace = Workspace.open(tmp_path / "demo.sqlite")
    assert workspace.kind == "demo"
    workspace.close()


def test_a_missing_file_is_not_opened(tmp_path):
    with pytest.raises(FileMissingError):
        Workspace.open(tmp_path / "none.sqlite")


def test_a_protected_file_can_be_read_and_nothing_else(workspace):
    one_patient(workspace)
    workspace.close()
    with protected_copy(workspace.path) as path:
        opened = Workspace.open(path)
        assert opened.read_only
        assert opened.patients.search().found == 1
        assert opened.courses.of("e").panels
        with pytest.raises(ReadOnlyFileError):
            opened.patients.remove("p")
        assert opened.undo.next_undo() is None
        opened.close()


def test_whoever_signs_is_in_the_audit_from_then_on(workspace):
    one_patient(workspace, treated=False)
    workspace.sign_as("dr-wu")
    workspace.patients.remove("p")
    with workspace.store.read() as reader:
        actors = [row[0] for row in reader.driver.execute("SELECT DISTINCT actor FROM audit ORDER BY sequence")]
    assert actors == ["dr-lin", "dr-wu"]
