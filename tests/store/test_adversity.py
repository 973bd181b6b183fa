"""A full disk, a clock set back, pages that went bad: nothing saved is missing, and the words say what to do."""

import datetime
import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from tests.services.making import answers, complete, one_patient, visit
from tests.store.test_backup import flip
from tracker.clinic.codes import AssessmentStatus
from tracker.core.errors import TrackerError
from tracker.services import backups
from tracker.services.workspace import Workspace
from tracker.store import backup, work
from tracker.store.backup import BackupTargetError, check_copy, copy_file
from tracker.store.checking.chain import verify_chain
from tracker.store.errors import StoreFullError
from tracker.store.migrate import upgrade

MAY_MOUNT = sys.platform == "linux" and os.geteuid() == 0


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB of its own."""
    if not MAY_MOUNT:
        pytest.skip("only root on Linux makes a file system for a test")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this system lets no file system be made")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill_up(folder, leave=0):
    """Fill the disk but for so many bytes; return the file that fills it."""
    filler = folder / "filler"
    free = shutil.disk_usage(folder).free - leave
    with filler.open("wb") as file:
        file.write(b"x" * free)
    return filler


@contextmanager
def opened(path):
    with closing(Workspace.open(path, actor="dr-lin")) as workspace:
        yield workspace


def complete_forms(path):
    with opened(path) as workspace:
        views = [view for number in range(40) for view in workspace.assessments.of_visit(f"v{number}")]
    assert all(view.scores for view in views if view.assessment.status is AssessmentStatus.COMPLETE)
    return {view.visit.id for view in views if view.assessment.status is AssessmentStatus.COMPLETE}


def complete_all(workspace, saved):
    for number in range(40):
        complete(workspace, f"v{number}", "womac-lk31")
        saved.add(f"v{number}")


def test_a_disk_that_fills_up_while_saving_loses_no_form_and_says_what_to_do(small_disk, clinic_file):
    path = shutil.copy(clinic_file, small_disk / "clinic.db")
    saved = set()
    with opened(path) as workspace:
        one_patient(workspace)
        for number in range(40):
            visit(workspace, f"v{number}", number)
        filler = fill_up(small_disk, 150_000)
        with pytest.raises(StoreFullError, match="free some space"):
            complete_all(workspace, saved)
        assert 0 < len(saved) < 40
        filler.unlink()
        complete(workspace, "v39", "womac-lk31")
        saved.add("v39")
    assert complete_forms(path) == saved
    check_copy(path)


def test_a_full_stick_leaves_no_half_backup_and_the_backup_stays_due(small_disk, clinic_file):
    fill_up(small_disk, 100_000)
    with opened(clinic_file) as workspace:
        one_patient(workspace)
        with pytest.raises((StoreFullError, BackupTargetError)):
            workspace.backups.make(small_disk)
        assert workspace.backups.due()
        assert not [found for found in small_disk.rglob("*clinic-*") if found.is_file()]
        assert workspace.backups.make().copy.rows["patient"] == 1


def test_a_full_disk_before_an_upgrade_leaves_the_old_file_byte_for_byte(small_disk):
    from tests.store.test_migrate import FILLED

    path = shutil.copy(FILLED / "0001.sqlite", small_disk / "old.db")
    before = path.read_bytes()
    filler = fill_up(small_disk, 100_000)
    with pytest.raises((StoreFullError, BackupTargetError)):
        upgrade(path)
    assert path.read_bytes() == before
    filler.unlink()
    upgrade(path)
    check_copy(path)


def test_a_disk_that_fills_up_during_the_upgrade_leaves_the_old_file(small_disk, monkeypatch):
    from tests.store.test_migrate import FILLED, execute
    from tracker.store import migrate

    path = shutil.copy(FILLED / "0001.sqlite", small_disk / "old.db")
    really = migrate._migrate

    def on_a_full_disk(*arguments):
        fill_up(small_disk)
        really(*arguments)

    monkeypatch.setattr(migrate, "_migrate", on_a_full_disk)
    with pytest.raises(TrackerError):
        upgrade(path)
    (small_disk / "filler").unlink()
    assert execute(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    check_copy(path)


def test_a_restore_onto_a_full_disk_changes_nothing(small_disk, clinic_file, tmp_path):
    with opened(clinic_file) as workspace:
        one_patient(workspace)
    copied = copy_file(clinic_file, tmp_path / "copy.db").path
    path = shutil.copy(clinic_file, small_disk / "clinic.db")
    before = path.read_bytes()
    fill_up(small_disk, 100_000)
    with pytest.raises((StoreFullError, BackupTargetError)):
        backups.restore(path, copied)
    assert path.read_bytes() == before
    assert not list(small_disk.glob("*.restor*"))


def test_a_clock_that_was_set_back_loses_nothing(clinic_file, monkeypatch):
    with opened(clinic_file) as workspace:
        one_patient(workspace)
        visit(workspace, "v0")
        complete(workspace, "v0")
        first = workspace.backups.make().copy.path
        past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        monkeypatch.setattr(work, "now_utc", lambda: past)
        monkeypatch.setattr(backups, "now_utc", lambda: past)
        visit(workspace, "v1", 1)
        complete(workspace, "v1")
        assert workspace.backups.due()
        second = workspace.backups.make().copy.path
        assert first.exists()
        assert second.exists()
        assert not workspace.backups.due()
    assert complete_forms(clinic_file) == {"v0", "v1"}
    assert verify_chain(clinic_file).broken is None


def test_every_damaged_page_is_said_in_words_and_a_backup_brings_all_back(clinic_file, tmp_path):
    with opened(clinic_file) as workspace:
        one_patient(workspace)
        for number in range(3):
            visit(workspace, f"v{number}", number)
            workspace.assessments.complete(
                workspace.assessments.start(f"v{number}", "womac-lk31", episode_id="e").id, answers("womac-lk31"), {}
            )
        copied = workspace.backups.make().copy.path
    whole = clinic_file.read_bytes()
    for page in range(1, len(whole) // 4096, 5):
        flip(clinic_file, page * 4096)
        with pytest.raises(TrackerError):
            check_copy(clinic_file)
        with pytest.raises(TrackerError):
            copy_file(clinic_file, tmp_path / "damaged copy.db")
        clinic_file.write_bytes(whole)
    flip(clinic_file, 4096)
    backups.restore(clinic_file, copied)
    assert complete_forms(clinic_file) == {"v0", "v1", "v2"}


def test_a_copy_whose_rows_change_under_the_writer_is_not_taken_for_a_backup(clinic_file, tmp_path, monkeypatch):
    with opened(clinic_file) as workspace:
        one_patient(workspace)
    monkeypatch.setattr(backup, "count_rows", lambda connection, calls=[]: calls.append(1) or {"patient": len(calls)})
    with pytest.raises(backup.BackupCheckError):
        copy_file(clinic_file, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))
