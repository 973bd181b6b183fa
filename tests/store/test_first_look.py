import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.servers import only_a_file
from tests.store.making import assessment, complete, episode, fill, fill_one_patient, patient, visit
from tracker.clinic.codes import Side
from tracker.clinic.records import Assessment, Patient
from tracker.core.dates import PartialDate
from tracker.core.folding import fold
from tracker.store import first_look as module
from tracker.store.connect import connect
from tracker.store.errors import FileMissingError, NewerSchemaError, NotADatabaseError
from tracker.store.first_look import find_patients, first_look


@pytest.fixture
def store(any_store):
    return any_store


def find(store, text="", limit=200):
    with store.read() as reader:
        return find_patients(reader.driver, text, limit)


def keys(found):
    return [line.id for line in found.lines]


@pytest.fixture
def people(store):
    fill(
        store,
        patient("ann", "B-7", "Ann Müller", birth_date=PartialDate(1980, 4)),
        episode("e1", "ann", "knee-oa", side=Side.LEFT, body_site="knee"),
        episode("e2", "ann", "knee-oa", side=Side.RIGHT, body_site="knee"),
        patient("wang", "A-12", "王小明", latin_name="Wang Xiaoming"),
        episode("e3", "wang", "sci"),
        patient("odd", "C_1%", "O'Neil \\ Back"),
    )
    return store


def test_the_list_is_in_order_of_number_and_complete(people):
    found = find(people)
    assert keys(found) == ["wang", "ann", "odd"]
    assert (found.found, found.total) == (3, 3)
    ann = found.lines[1]
    assert [(line.condition, line.side) for line in ann.episodes] == [("knee-oa", Side.LEFT), ("knee-oa", Side.RIGHT)]
    assert (ann.birth_date, ann.last_visit, ann.drafts) == (PartialDate(1980, 4), None, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muller", ["ann"]),
        ("MÜLLER ann", ["ann"]),
        ("小明", ["wang"]),
        ("wxm", ["wang"]),
        ("xiaoming wang", ["wang"]),
        ("a-12", ["wang"]),
        ("knee", ["ann"]),
        ("膝", ["ann"]),
        ("脊髓损伤", ["wang"]),
        ("ann spinal", []),
        ("_1%", ["odd"]),
        ("%", ["odd"]),
        ("\\", ["odd"]),
        ("'", ["odd"]),
        ("  ", ["wang", "ann", "odd"]),
    ],
)
def test_a_patient_is_found_by_name_number_and_condition(people, text, expected):
    assert keys(find(people, text)) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=6))
def test_search_finds_what_holds_every_word_and_nothing_else(people, text):
    with people.read() as reader:
        rows = reader.driver.execute("SELECT id, search FROM patient ORDER BY patient_number").fetchall()
    expected = [key for key, kept in rows if all(word in kept for word in fold(text).split() if "\x00" not in word)]
    if "\x00" not in text:
        assert keys(find(people, text)) == expected


def test_what_is_cut_off_is_counted(people):
    found = find(people, limit=1)
    assert (keys(found), found.found, found.total) == (["wang"], 3, 3)
    found = find(people, "n", limit=1)
    assert (len(found.lines), found.found) == (1, 3)


def test_a_removed_patient_is_not_listed(people):
    with people.work() as work:
        work.remove(Patient, "ann")
        work.commit()
    assert keys(find(people, "muller")) == []
    assert find(people).total == 2


def test_the_last_visit_and_unfinished_forms_are_shown(store):
    fill_one_patient(store)
    fill(store, episode("f"), assessment("empty", episode_id="f"), assessment("begun", scale="nrs-pain"))
    with store.work() as work:
        work.keep_draft(work.get(Assessment, "begun"), {"pain": 0}, {})
        work.keep_draft(work.get(Assessment, "a"), {"pain": 3}, {})
        work.commit()
    (line,) = find(store).lines
    assert (line.last_visit.isoformat(), line.drafts) == ("2026-03-01", 2)


def test_the_first_look_shows_the_file_before_anything_is_loaded(people):
    found = first_look(people.place)
    assert (len(found.lines), found.total, found.kind, found.up_to_date) == (3, 3, "clinic", True)


def test_the_first_look_names_what_is_wrong(tmp_path, clinic_file):
    with pytest.raises(FileMissingError):
        first_look(tmp_path / "none.sqlite")
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(NotADatabaseError):
        first_look(tmp_path / "empty.sqlite")
    with closing(connect(clinic_file)) as connection:
        connection.execute("DELETE FROM fact")
    assert first_look(clinic_file).kind == "clinic"
    with closing(connect(clinic_file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '7777'")
    with pytest.raises(NewerSchemaError):
        first_look(clinic_file)


@only_a_file
def test_the_first_look_and_the_services_load_no_database_library(people):
    code = (
        "import sys, pathlib; from tracker.store.first_look import first_look; import tracker.services.workspace;"
        f"first_look(pathlib.Path({str(people.path)!r}));"
        "print([name for name in ('sqlalchemy', 'alembic', 'numpy', 'pypinyin') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@only_a_file
def test_a_search_reads_the_index_only(people):
    with people.read() as reader:
        sql = f"EXPLAIN QUERY PLAN SELECT id {module._LIVE}{module._LIKE} ORDER BY patient_number LIMIT 5"
        plan = [row[3] for row in reader.driver.execute(sql, ["%a%"])]
    assert plan in (
        ["SCAN patient USING INDEX ix_patient_search_live"],
        ["SCAN patient USING COVERING INDEX ix_patient_search_live"],
    )


def test_complete_forms_are_no_drafts(store):
    fill(store, patient(), episode(), visit(), complete())
    assert find(store).lines[0].drafts == 0
