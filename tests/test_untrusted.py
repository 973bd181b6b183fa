"""Files given to the program are data: whatever is in them, it uses them or refuses them in words.

The number of mutations is small here; ``OUTCOME_TRACKER_FUZZ=20000`` runs as many over all kinds of file.
"""

import os
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests import fuzzing
from tests.reference.conftest import SMALL
from tracker.core.errors import TrackerError
from tracker.data import resource, seed
from tracker.reference import library
from tracker.scales.loader import load_scale
from tracker.services import backups
from tracker.services.demo import TODAY, write_demo
from tracker.services.export import export_csv
from tracker.services.imports import import_folder
from tracker.services.opening import first_look, search_file
from tracker.services.workspace import Workspace
from tracker.store import keyfile
from tracker.store.file_state import key_file_of
from tracker.store.wrapping import wrap

TIMES = int(os.environ.get("OUTCOME_TRACKER_FUZZ", "2000"))
SCALES, STUDIES, KEYS, TABLES, DATABASES, BACKUPS = (TIMES * share // 100 for share in (35, 35, 20, 5, 3, 2))


def tried(change, read, times):
    outcomes = Counter(used for _seed, used in fuzzing.readings(0, times, change, read, (TrackerError,)))
    assert outcomes.total() == times
    return outcomes


def test_a_changed_scale_file_is_used_or_refused_in_words(tmp_path):
    shipped = sorted(resource("scales").glob("*.toml"), key=lambda path: path.stat().st_size)[:4]

    def change(number):
        source = shipped[number % len(shipped)]
        (tmp_path / source.name).write_bytes(fuzzing.mutated_text(source.read_bytes(), number))
        changed.append(tmp_path / source.name)

    changed = []
    outcomes = tried(change, lambda: load_scale(changed[-1]), SCALES)
    assert outcomes[True] > 0
    assert outcomes[False] > outcomes[True]


def test_a_changed_study_file_is_used_or_refused_in_words(tmp_path):
    sources = [SMALL.encode(), (seed() / "vaquero-2018.toml").read_bytes()]

    def change(number):
        (tmp_path / "small-2020.toml").write_bytes(fuzzing.mutated_text(sources[number % 2], number))

    def read():
        problems = library.use_folder(tmp_path)
        assert all(str(problem) for problem in problems)
        if problems:
            raise TrackerError(problems[0])

    try:
        outcomes = tried(change, read, STUDIES)
    finally:
        library.choose_folder(None)
    assert outcomes[False] > 0


def test_a_changed_key_file_is_used_or_refused_in_words(tmp_path):
    path = tmp_path / "clinic.db"
    keyfile.save(path, keyfile.KeyFile(slots=tuple(wrap(name, "a passphrase", b"k" * 32) for name in ("", "Ana"))))
    sound = key_file_of(path).read_bytes()

    def change(number):
        key_file_of(path).write_bytes(fuzzing.mutated_text(sound, number))

    outcomes = tried(change, lambda: keyfile.load(path), KEYS)
    assert outcomes[False] > outcomes[True] > 0


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, patients=3)
    return path


def use(path, folder):
    """Open, list, search, look at, compare and export everything in the file at *path*."""
    first_look(path)
    search_file(path, "li")
    with closing(Workspace.open(path)) as workspace:
        for line in workspace.patients.search("").lines[:1]:
            workspace.patients.get(line.id)
            workspace.events.of(line.id)
            for episode in workspace.episodes.of(line.id):
                workspace.treatments.of(episode.id)
                workspace.flowsheets.of(episode.id, today=TODAY)
                workspace.comparisons.of(episode.id)
    export_csv(path, folder)


def test_a_changed_database_is_used_or_refused_in_words(tmp_path, small_demo):
    path, folder = tmp_path / "changed.db", tmp_path / "out"

    def change(number):
        for old in tmp_path.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copy(small_demo, path)
        fuzzing.change_database(path, number)

    outcomes = tried(change, lambda: use(path, folder), DATABASES)
    assert outcomes[False] > 0
    assert outcomes[True] > 0


def test_a_changed_export_is_read_in_or_refused_in_words(tmp_path, small_demo, clinic_file):
    exported, folder = tmp_path / "exported", tmp_path / "changed"
    export_csv(small_demo, exported)
    files = sorted(path.name for path in exported.iterdir() if not path.name.startswith(("scores", "codebook")))
    with closing(Workspace.open(clinic_file)) as workspace:

        def change(number):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(exported, folder)
            name = files[number % len(files)]
            (folder / name).write_bytes(fuzzing.mutated_text((exported / name).read_bytes(), number))

        def read():
            report = import_folder(workspace, folder, dry_run=True)
            if report.problems:
                assert all(str(problem) for problem in report.problems)
                raise TrackerError(report.problems[0].message)

        outcomes = tried(change, read, TABLES)
    assert outcomes[True] > 0
    assert outcomes[False] > 0


def test_a_changed_backup_is_restored_or_refused_and_the_file_stays_whole(tmp_path, small_demo):
    path, backup = tmp_path / "clinic.db", tmp_path / "backup.db"
    before = small_demo.read_bytes()

    def change(number):
        for old in tmp_path.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copy(small_demo, path)
        shutil.copy(small_demo, backup)
        fuzzing.change_database(backup, number)

    def read():
        try:
            backups.restore(path, backup)
        except TrackerError:
            assert path.read_bytes() == before
            raise

    outcomes = tried(change, read, BACKUPS)
    assert outcomes[False] > 0


def test_a_refused_database_leaves_no_half_export(tmp_path, small_demo):
    path, folder = tmp_path / "changed.db", tmp_path / "out"
    shutil.copy(small_demo, path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(TrackerError):
        use(path, folder)
    assert not folder.exists()
    assert [entry for entry in Path(tmp_path).iterdir() if "part" in entry.name] == []
