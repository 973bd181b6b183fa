import datetime
import json

import pytest

from tests.servers import only_a_file
from tests.store.making import (
    DAY,
    assessment,
    complete,
    episode,
    event,
    fill,
    fill_one_patient,
    patient,
    treatment,
    visit,
)
from tracker.clinic.records import Assessment, Patient, Visit
from tracker.store import streams
from tracker.store.streams import TABLES, open_streams


@pytest.fixture
def store(any_store):
    return any_store


LATER = datetime.date(2026, 5, 1)
COLUMNS = {
    "patient": streams.PATIENT_COLUMNS,
    "episode": streams.EPISODE_COLUMNS,
    "treatment": streams.TREATMENT_COLUMNS,
    "visit": streams.VISIT_COLUMNS,
    "assessment": streams.ASSESSMENT_COLUMNS,
    "score": streams.SCORE_COLUMNS,
    "adverse_event": streams.EVENT_COLUMNS,
}


def read(store, table, patient_id=None):
    with open_streams(store.place) as found:
        return [dict(zip(COLUMNS[table], row, strict=True)) for row in found.rows(table, patient_id)]


@pytest.fixture
def filled(store):
    fill(store, patient("z", "A-0"), visit("late", "z", LATER), visit("early", "z", DAY), episode("n", "z", "sci"))
    fill_one_patient(store)
    fill(
        store,
        treatment("u", date=LATER, is_index=True),
        episode("f", condition="sci"),
        treatment("w", "f", datetime.date(2026, 4, 1)),
        assessment("b", "late", "n"),
        complete("c", episode_id=None, scale="whoqol-bref"),
        event("y"),
        patient("gone", "A-9"),
        visit("gone", "gone"),
        visit("dropped"),
    )
    with store.work() as work:
        work.remove(Patient, "gone")
        work.remove(Visit, "dropped")
        work.commit()
    return store


def test_rows_come_by_patient_number_then_date_then_id(filled):
    assert [row["id"] for row in read(filled, "patient")] == ["z", "p"]
    assert [row["id"] for row in read(filled, "visit")] == ["early", "late", "v"]
    assert [row["id"] for row in read(filled, "treatment")] == ["t", "w", "u"]
    assert [row["id"] for row in read(filled, "assessment")] == ["b", "a", "c"]
    assert [(row["assessment_id"], row["code"]) for row in read(filled, "score")] == [
        ("a", "other"),
        ("a", "pain"),
        ("c", "other"),
        ("c", "pain"),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_the_count_is_that_of_the_rows_and_no_column_is_missing(filled, table):
    rows = read(filled, table)
    assert rows
    with open_streams(filled.place) as found:
        assert found.count(table) == len(rows)
    assert read(filled, table, "p") == [
        row for row in rows if row.get("patient_id", row["id"] if table == "patient" else "") == "p"
    ]


def test_months_of_an_episode_count_from_its_flagged_treatment_and_a_persons_from_the_first(filled):
    assert {row["id"]: row["index_date"] for row in read(filled, "episode")} == {
        "n": None,
        "e": "2026-05-01",
        "f": "2026-04-01",
    }
    assert {row["id"]: row["index_date"] for row in read(filled, "assessment")} == {
        "b": None,
        "a": "2026-05-01",
        "c": "2026-04-01",
    }
    assert {row["id"]: row["index_date"] for row in read(filled, "visit")}["v"] == "2026-04-01"
    assert {row["id"]: row["index_date"] for row in read(filled, "adverse_event")} == {
        "x": "2026-05-01",
        "y": "2026-04-01",
    }
    assert {row["assessment_id"]: row["index_date"] for row in read(filled, "score")} == {
        "a": "2026-05-01",
        "c": "2026-04-01",
    }


def test_answers_come_as_they_are_stored(filled):
    row = next(row for row in read(filled, "assessment") if row["id"] == "a")
    assert json.loads(row["responses"]) == {"pain": 0}
    assert (row["status"], row["date"], row["patient_id"]) == ("complete", "2026-03-01", "p")


def test_an_export_sees_one_moment(filled):
    with open_streams(filled.place) as found:
        before = found.count("visit")
        fill(filled, visit("new"))
        assert found.count("visit") == before
        assert found.facts()["kind"] == "clinic"


@only_a_file
def test_no_stream_sorts_the_whole_table(filled):
    with open_streams(filled.place) as found:
        for table in TABLES:
            plan = [row[3] for row in found._connection.execute(f"EXPLAIN QUERY PLAN {streams._SQL[table]}")]
            assert plan[0] == "SCAN p USING INDEX uq_patient_number_live", table
            sorts = [step for step in plan if step.startswith("USE TEMP B-TREE")]
            own = sorts[-1:]  # the last is the stream's own, those before are of the index date of one episode
            assert all("FOR LAST" in step for step in own), (table, plan)


def test_what_the_streams_pass_over_is_counted(filled):
    fill(filled, complete("d", episode_id="f"))
    with filled.work() as work:
        work.keep_draft(work.get(Assessment, "a"), {"pain": 1}, {})
        work.commit()
    with open_streams(filled.place) as found:
        left_out = found.left_out()
        assert found.score_keys() == {
            (scale, code, "unspecified") for scale in ("vas-pain", "whoqol-bref") for code in ("pain", "other")
        }
        of_nobody = found.left_out("nobody")
        of_one = found.left_out("p")
    assert left_out.pop("audit") > 10
    assert left_out == {"removed": 3, "amendments": 1, "drafts": 1}
    assert set(of_nobody.values()) == {0}
    assert of_one.pop("audit") > 1
    assert of_one == {"removed": 1, "amendments": 1, "drafts": 0}
