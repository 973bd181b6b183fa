from contextlib import closing
from datetime import timedelta

import pytest

from tests.services.making import complete, one_patient, visit
from tests.store.protecting import protected_copy
from tests.store.test_lease import another_program
from tracker.core.dates import now_utc
from tracker.services.backup_words import difference_lines
from tracker.services.backups import StoppedError, back_up, check, differences, restore
from tracker.services.workspace import Workspace
from tracker.store.backup import BackupTargetError
from tracker.store.checking.chain import verify_chain
from tracker.store.lease import HeldError


def actions(workspace):
    with workspace.store.read() as reader:
        return [row[0] for row in reader.driver.execute("SELECT action FROM audit ORDER BY sequence")]


def test_an_empty_file_needs_no_backup_and_a_record_makes_one_due(workspace):
    assert not workspace.backups.due()
    assert workspace.backups.last() is None
    one_patient(workspace)
    assert workspace.backups.due()
    workspace.backups.make()
    assert not workspace.backups.due()
    assert now_utc() - workspace.backups.last() < timedelta(minutes=5)
    visit(workspace, "v")
    assert workspace.backups.due()


def test_a_key_typed_into_a_draft_makes_a_backup_due(workspace):
    one_patient(workspace)
    visit(workspace, "v")
    draft = workspace.assessments.start("v", "vas-pain", episode_id="e")
    workspace.backups.make()
    assert not workspace.backups.due()
    workspace.assessments.save_draft(draft.id, {"pain": 4}, {})
    assert workspace.backups.due()


def test_an_export_alone_makes_no_backup_due(workspace):
    one_patient(workspace)
    workspace.backups.make()
    with workspace.store.acting("export", {"folder": "x"}):
        pass
    assert not workspace.backups.due()


def test_a_backup_lies_beside_the_file_and_is_in_the_audit(workspace):
    one_patient(workspace)
    made = workspace.backups.make()
    assert made.copy.path.parent == workspace.path.parent / "backups"
    assert made.missing is None
    assert actions(workspace)[-1] == "backup"
    assert [backup.path for backup in workspace.backups.listed()] == [made.copy.path]
    assert verify_chain(workspace.path).broken is None


def test_a_chosen_folder_is_used_and_a_missing_stick_is_said_and_loses_no_backup(workspace, tmp_path):
    one_patient(workspace)
    stick = tmp_path / "stick"
    made = workspace.backups.make(stick)
    assert made.missing == stick
    assert made.copy.path.parent == workspace.path.parent / "backups"
    stick.mkdir()
    on_stick = workspace.backups.make(stick)
    assert on_stick.missing is None
    assert stick in on_stick.copy.path.parents
    assert {backup.path for backup in workspace.backups.listed(stick)} == {made.copy.path, on_stick.copy.path}


def test_a_stopped_backup_leaves_nothing_and_is_still_due(workspace):
    one_patient(workspace)
    with pytest.raises(StoppedError):
        workspace.backups.make(stopped=lambda: True)
    assert workspace.backups.due()
    assert list((workspace.path.parent / "backups").iterdir()) == []


def test_what_comes_in_while_a_backup_is_made_makes_the_next_one_due(workspace):
    one_patient(workspace)
    visits = iter(range(1000))

    def somebody_works():
        visit(workspace, f"v{next(visits)}")
        return False

    held = workspace.backups.make(stopped=somebody_works).copy.rows["visit"]
    assert held < next(visits)
    assert workspace.backups.due()


def test_old_backups_go_when_a_new_one_is_made(workspace):
    one_patient(workspace)
    first = workspace.backups.make().copy.path
    for day in range(30):
        old = now_utc() - timedelta(days=day)
        first.with_name(f"clinic-{old:%Y%m%dT000000Z}.sqlite").write_bytes(first.read_bytes())
    workspace.backups.make()
    assert 10 < len(workspace.backups.listed()) < 20


def test_a_file_that_is_open_elsewhere_is_copied_and_the_copy_is_audited(workspace, tmp_path):
    one_patient(workspace)
    workspace.close()
    with another_program(workspace.path):
        copied = back_up(workspace.path, tmp_path / "copy.db")
    check(copied.path)
    with closing(Workspace.open(workspace.path)) as again:
        assert actions(again)[-1] == "backup"


def test_a_protected_file_is_copied_too(workspace, tmp_path):
    one_patient(workspace)
    workspace.close()
    with protected_copy(workspace.path) as path:
        target = path.parent.with_suffix(".db")
        assert back_up(path, target).rows["patient"] == 1
    target.unlink()


def test_a_restore_is_in_the_audit_of_what_it_brought_back(workspace, tmp_path):
    one_patient(workspace)
    backup = back_up(workspace.path, tmp_path / "copy.db").path
    visit(workspace, "v")
    complete(workspace, "v")
    workspace.close()
    lines = difference_lines(differences(workspace.path, backup))
    assert lines[1].startswith("visits: 1 would be lost")
    assert lines[2].startswith("assessments: 1 would be lost")
    assert any(line.endswith("assessment completed") for line in lines)
    assert not any("Ann" in line for line in lines)
    assert not any("backup" in line for line in lines)
    replaced = restore(workspace.path, backup, "dr-lin")
    with closing(Workspace.open(workspace.path)) as again:
        assert actions(again)[-1] == "restore"
        assert again.visits.of("p") == ()
    assert verify_chain(workspace.path).broken is None
    restore(workspace.path, replaced, "dr-lin")
    with closing(Workspace.open(workspace.path)) as again:
        assert len(again.visits.of("p")) == 1


def test_a_restore_that_loses_nothing_says_so(workspace, tmp_path):
    one_patient(workspace)
    backup = back_up(workspace.path, tmp_path / "copy.db").path
    found = differences(backup, backup)
    assert difference_lines(found)[-1] == "Nothing that is in the file now would be lost."


def test_a_damaged_file_is_named_as_not_comparable(workspace, tmp_path):
    one_patient(workspace)
    backup = back_up(workspace.path, tmp_path / "copy.db").path
    damaged = tmp_path / "damaged.db"
    damaged.write_text("a letter" * 2000)
    lines = difference_lines(differences(damaged, backup))
    assert "cannot be compared" in lines[0]
    assert "The backup holds 1 patients." in lines


def test_neither_a_backup_nor_a_restore_takes_what_another_has(workspace, tmp_path):
    one_patient(workspace)
    backup = back_up(workspace.path, tmp_path / "copy.db").path
    with pytest.raises(BackupTargetError):
        back_up(workspace.path, backup)
    workspace.close()
    with another_program(workspace.path), pytest.raises(HeldError):
        restore(workspace.path, backup)
