import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.store.backup import BackupTargetError
from tracker.store.backup_folder import backups_in, beside, made_beside, new_name, place_in, tidy

AT = datetime(2026, 11, 28, 10, 15, 30, tzinfo=UTC)
FILE = Path("clinic.db")


def made(folder, at, kind=""):
    name = new_name(folder, FILE, at, kind)
    name.write_bytes(b"x" * 10)
    return name


def test_a_name_says_which_file_when_and_why(tmp_path):
    assert made(tmp_path, AT).name == "clinic-20261128T101530Z.db"
    assert made(tmp_path, AT).name == "clinic-20261128T101530Z-2.db"
    assert made(tmp_path, AT, "replaced").name == "clinic-20261128T101530Z-replaced.db"
    found = backups_in(tmp_path, FILE)
    assert found[-1].path.name == "clinic-20261128T101530Z.db"
    assert [(backup.at, backup.size) for backup in found] == [(AT, 10)] * 3
    assert {backup.kind for backup in found} == {"", "replaced"}


def test_only_what_is_named_so_is_a_backup(tmp_path):
    for name in ("clinic.db", "clinic-2.db", "other-20261128T101530Z.db", "clinic-20261128T101530Z.db.part", "notes"):
        (tmp_path / name).touch()
    (tmp_path / "clinic-20261128T101530Z.db").mkdir()
    assert backups_in(tmp_path, FILE) == []
    assert backups_in(tmp_path / "nowhere", FILE) == []


def test_two_files_of_one_name_have_two_places_in_a_shared_folder(tmp_path):
    first, second = tmp_path / "a" / "clinic.db", tmp_path / "b" / "clinic.db"
    assert place_in(tmp_path, first) != place_in(tmp_path, second)
    assert place_in(tmp_path, first) == place_in(tmp_path, first)
    assert beside(first) == tmp_path / "a" / "backups"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "backups").write_text("a letter", encoding="utf-8")
    with pytest.raises(BackupTargetError, match="cannot be written"):
        made_beside(tmp_path / "clinic.db")


def test_tidying_removes_what_had_its_time_with_its_keys_and_nothing_else(tmp_path):
    for day in range(40):
        made(tmp_path, AT - timedelta(days=day))
    old = new_name(tmp_path, FILE, AT - timedelta(days=20))
    replaced = made(tmp_path, AT - timedelta(days=900), "replaced")
    before = made(tmp_path, AT - timedelta(days=900), "before-0001")
    foreign = tmp_path / "clinic-letter.db"
    foreign.touch()
    gone = tidy(tmp_path, FILE, AT)
    assert len(gone) == 40 - 14 - 1
    assert not [path for path in gone if path.exists()]
    assert all(path.exists() for path in (replaced, before, foreign))
    assert old.name.startswith("clinic-")


def test_the_keys_of_a_backup_go_with_it(tmp_path):
    for day in range(12):
        path = made(tmp_path, AT - timedelta(days=365 * day))
        path.with_name(path.name + ".keys").touch()
    (gone, *_) = tidy(tmp_path, FILE, AT)
    assert not gone.with_name(gone.name + ".keys").exists()
    assert len(list(tmp_path.glob("*.keys"))) == len(list(tmp_path.glob("*.db")))


def test_what_a_crash_left_half_written_is_removed_the_day_after(tmp_path):
    half = tmp_path / "clinic-20261120T101530Z.db.part"
    fresh = tmp_path / "clinic-20261128T101530Z.db.part"
    for part, age in ((half, timedelta(days=8)), (fresh, timedelta(0))):
        part.touch()
        os.utime(part, ((AT - age).timestamp(),) * 2)
    tidy(tmp_path, FILE, AT)
    assert (half.exists(), fresh.exists()) == (False, True)
