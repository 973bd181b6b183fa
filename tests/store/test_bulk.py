import datetime
import shutil
from contextlib import closing

import pytest

from tests.store.making import SCORES, assessment, complete, episode, event, patient, treatment, visit
from tracker.clinic.records import Assessment, Visit
from tracker.store.bulk import Batch, Stamp
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.errors import ConflictError
from tracker.store.first_look import find_patients
from tracker.store.store import Store

AT = datetime.datetime(2026, 6, 30, 8, tzinfo=datetime.UTC)
STAMP = Stamp(at=AT, actor="maker", transaction_id="transaction")


def batches():
    yield Batch(
        patients=[patient(), patient("q", "A-2", "王小明")],
        episodes=[episode(), episode("f", "q", "sci")],
        treatments=[treatment()],
        visits=[visit()],
        assessments=[(complete(), SCORES)],
        events=[event()],
    )
    yield Batch(visits=[visit("w")], assessments=[(assessment("b", "w"), ())])


def dump(path):
    """All rows of all tables."""
    with closing(connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in tables
            if table != "alembic_version"
        }


def test_what_is_written_at_once_reads_like_what_is_written_one_by_one(store):
    assert store.bulk(batches(), STAMP, {"kind": "demo"}) == 10
    with store.read() as reader:
        assert reader.get(Visit, "w") == visit("w", version=1)
        view = reader.view("a")
        assert view.assessment == complete(version=1)
        assert {score.code: score.value for score in view.scores} == {"pain": 0, "other": None}
        assert reader.get(Assessment, "b").responses == {}
        assert reader.facts()["kind"] == "demo"
        found = find_patients(reader.driver, "wxm 脊髓")
    assert [line.id for line in found.lines] == ["q"]


def test_every_record_has_its_audit_entry_in_one_chain_with_the_rest(store):
    store.bulk(batches(), STAMP)
    with store.work() as work:
        work.add(patient("r", "A-3"))
        work.commit()
    found = verify_chain(store.path)
    assert (found.entries, found.broken) == (11, None)
    with store.read() as reader:
        rows = reader.driver.execute(
            "SELECT DISTINCT patient_id, actor, at FROM audit WHERE entity = 'assessment'"
        ).fetchall()
    assert rows == [("p", "maker", "2026-06-30T08:00:00.000000Z")]


def test_the_same_input_makes_the_same_rows(tmp_path, clinic_file):
    other = shutil.copy(clinic_file, tmp_path / "other.sqlite")
    for path in (clinic_file, other):
        store = Store(path)
        store.bulk(batches(), STAMP)
        store.close()
    assert dump(clinic_file) == dump(other)


def test_all_or_nothing(store):
    with pytest.raises(ConflictError):
        store.bulk([Batch(patients=[patient()]), Batch(patients=[patient("q")])], STAMP)
    with store.read() as reader:
        assert reader.patients_numbered("A-1") == ()
    assert verify_chain(store.path).entries == 0
