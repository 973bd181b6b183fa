from contextlib import closing
from pathlib import Path

import pytest

from tests.store.making import fill_one_patient
from tracker.core.dates import now_utc
from tracker.store.backup import copy_file
from tracker.store.backup_folder import made_beside, new_name, place_in
from tracker.store.backup_names import is_backup
from tracker.store.errors import ReadOnlyFileError
from tracker.store.store import Store


@pytest.mark.parametrize("kind", ["", "before-0002", "replaced"])
def test_what_the_folder_of_backups_names_is_told_by_its_path(tmp_path, kind):
    clinic = tmp_path / "clinic.v2.sqlite"
    folder = made_beside(clinic)
    assert is_backup(new_name(folder, clinic, now_utc(), kind))
    assert is_backup(new_name(place_in(tmp_path, clinic), clinic, now_utc(), kind))
    assert not is_backup(new_name(tmp_path, clinic, now_utc(), kind))


@pytest.mark.parametrize("name", ["backups/clinic.sqlite", "backups/clinic-2026.sqlite", "clinic.sqlite"])
def test_a_file_of_another_name_is_worked_with_wherever_it_lies(tmp_path, name):
    assert not is_backup(tmp_path / Path(name))


def test_a_backup_is_read_leaves_nothing_beside_it_and_refuses_a_change_with_the_way_back(tmp_path):
    clinic = tmp_path / "clinic.sqlite"
    with closing(Store.create(clinic, actor="dr-lin")) as store:
        fill_one_patient(store)
    folder = made_beside(clinic)
    backup = copy_file(clinic, new_name(folder, clinic, now_utc())).path
    before = (sorted(folder.iterdir()), backup.read_bytes())
    with closing(Store(backup)) as store:
        assert store.read_only
        with store.read() as reader:
            assert reader.facts()["kind"] == "clinic"
        with pytest.raises(ReadOnlyFileError, match="is a backup"), store.work():
            pass
    assert (sorted(folder.iterdir()), backup.read_bytes()) == before
