"""What a day's work leaves on the disk: of an encrypted file nothing that names a patient, wherever it is searched.

The same search finds every name and id of a plain file, so it can find them.
"""

import os
import sys
import tempfile
import uuid
from pathlib import Path

import pytest

from tests.store.keys import OTHER_RECOVERY, RECOVERY
from tests.ui.office_keys import PASSPHRASE, unlock
from tracker.clinic.codes import Sex, Side
from tracker.clinic.records import AdverseEvent, Episode, Patient, Visit
from tracker.core.keys import new_key
from tracker.services import security
from tracker.services.workspace import Workspace
from tracker.store.file_state import key_file_of
from tracker.ui import app
from tracker.ui.patient_page import Tab
from tracker.ui.widgets import today

PEOPLE = [
    ("王小梅", "Wang Xiaomei"),
    ("李建国", "Li Jianguo"),
    ("欧阳靖雯", "Ouyang Jingwen"),
    ("Ana García Núñez", "Garcia Nunez"),
    ("Chidi Okonkwo-Bell", "Okonkwo"),
    ("Zoë Vandermeulen", "Vandermeulen"),
    ("Björk Þorsteinsdóttir", "Thorsteinsdottir"),
    ("Siobhán O'Rourke", "ORourke"),
    ("Нина Ковальчук", "Kovalchuk"),
    ("Jean-Baptiste Lefèvre", "Lefevre"),
    ("Priya Raghunathan", "Raghunathan"),
    ("Tadeusz Wiśniewski", "Wisniewski"),
    ("Mehmet Öztürk", "Ozturk"),
]
NOTE, TERM = "prefers Thursday mornings qzv", "herpes zoster ophthalmicus qzv"
TYPED = "Quincy Halfway-Typed"


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Where the program may write: the clinic's folder, the home, the folder of temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (tmp_path / "clinic").mkdir()
    return tmp_path / "clinic", Path(os.environ["HOME"]), temporary


def a_day(path, start_window, qtbot):
    """Work in the window as on a day; return what names the patients."""
    window = start_window(app.Start(db=path))
    if window.locks.covering:
        unlock(window, qtbot)
    else:
        with qtbot.waitSignal(window.ready, timeout=20000):
            window.opener.open(path, actor="Dr. Osei")
    words = record(window.workspace)
    window.side.refresh()
    for name, latin in PEOPLE[:4]:
        window.bar.search.setText(name)
        window.open_patient(window.side.model.line(0).id)
        window.bar.search.setText(latin)
    enter(window, qtbot)
    if window.locks.encrypted:
        window.locks.lock()
        unlock(window, qtbot)
    window.commands.settings()
    sys.excepthook(ValueError, ValueError(f"a bug about {PEOPLE[0][0]}"), None)
    window.workspace.backups.make()
    return window, words


def record(workspace):
    words = [NOTE, TERM]
    for number, (name, latin) in enumerate(PEOPLE):
        patient = Patient(
            id=new_key(),
            patient_number=f"QZ-{number:04d}-77",
            name=name,
            latin_name=latin,
            sex=Sex.FEMALE,
            note=NOTE,
        )
        episode = Episode(id=new_key(), patient_id=patient.id, condition="knee-oa", body_site="knee", side=Side.LEFT)
        workspace.patients.add(patient, episode)
        workspace.visits.add(Visit(id=new_key(), patient_id=patient.id, date=today()))
        workspace.events.add(AdverseEvent(id=new_key(), patient_id=patient.id, date=today(), term=TERM, grade=2))
        words += [name, latin, patient.patient_number, patient.id, episode.id]
    return words


def enter(window, qtbot):
    """A form half-filled, a patient removed and brought back, a record begun and left."""
    window.middle.patient.show_tab(Tab.VISITS)
    window.middle.enter_scores()
    qtbot.keyClicks(window.middle._scores._form, "12")
    assert window.middle.put_away()
    window.middle.back()
    window.workspace.patients.remove(window.middle.patient.patient.id)
    window.workspace.undo.undo()
    window.middle.new_patient()
    window.middle._record.panel.form.line("name").setText(TYPED)


def written(folders):
    """Every file there is, with its bytes."""
    return {path: path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


def found_in(files, words):
    """Which words stand in which files, as any text a program may write them as."""
    found = {}
    for word in words:
        looks = {word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be"), ascii(word)[1:-1].encode()}
        if len(word) == 36:
            looks.add(uuid.UUID(word).bytes)
        places = [path.name for path, content in files.items() if any(look in content for look in looks)]
        if places:
            found[word] = places
    return found


@pytest.fixture
def day(folders, start_window, qtbot, no_log, monkeypatch):
    """Runs a day on a file; returns what names the patients and what was written while it was open and after."""
    from tracker.ui import faults

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    faults.watch(lambda _error: None, lambda _report: None)

    def run(path):
        hook = sys.excepthook
        window, words = a_day(path, start_window, qtbot)
        sys.excepthook = hook
        files = written(folders)
        window.close()
        window.jobs.wait()
        return words, files, written(folders)

    return run


def test_a_day_with_an_encrypted_file_leaves_no_name_on_the_disk(folders, day):
    path = folders[0] / "clinic.db"
    security.create(path, PASSPHRASE, RECOVERY)
    security.lock(path)
    words, while_open, after = day(path)
    security.rekey(path, PASSPHRASE, OTHER_RECOVERY, PASSPHRASE)
    security.lock(path)
    rekeyed = written(folders)
    names = {one.name for one in while_open}
    assert {"clinic.db", "clinic.db-wal", "clinic.db-shm", "clinic.db.keys", "clinic.db.lease"} <= names
    assert {"settings.ini", "tracker.log"} <= names
    assert any("backups" in one.parts for one in after)
    assert len(words) >= 50
    for files in (while_open, after, rekeyed):
        assert found_in(files, [*words, TYPED, "Dr. Osei", PASSPHRASE, RECOVERY, OTHER_RECOVERY]) == {}
    assert key_file_of(path) in after


def test_the_same_search_finds_them_all_in_a_plain_file(folders, day):
    path = folders[0] / "clinic.db"
    Workspace.open(path, create=True).close()
    words, while_open, after = day(path)
    assert set(found_in(while_open, words)) == set(words)
    found = found_in(after, words)
    assert set(found) == set(words)
    # The file and its backup, and nothing else: not the settings, not the log, no temporary file.
    assert all(place.startswith("clinic") for places in found.values() for place in places)


def test_a_plain_file_that_is_encrypted_leaves_no_name_beside_it(folders, day):
    path = folders[0] / "clinic.db"
    Workspace.open(path, create=True).close()
    words, _, _ = day(path)
    for copy in security.encrypt(path, PASSPHRASE, RECOVERY):
        copy.unlink()  # the plain backups, which are named
    security.lock(path)
    assert found_in(written(folders), words) == {}


def test_the_search_knows_every_way_to_write_a_word(tmp_path):
    key = new_key()
    contents = [
        "王小梅".encode(),
        "王小梅".encode("utf-16-le"),
        "王小梅".encode("utf-16-be"),
        b'"\\u738b\\u5c0f\\u6885"',
        uuid.UUID(key).bytes,
    ]
    files = {Path(f"{number}"): b"\0\xff" + content + b"\0" for number, content in enumerate(contents)}
    assert found_in(files, ["王小梅", key, "nobody"]) == {"王小梅": ["0", "1", "2", "3"], key: ["4"]}
