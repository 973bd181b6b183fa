"""Every change made past the program is found and located; at length: ``TAMPER_PATIENTS=2``, ``VERIFY_FUZZ=1000``."""

import datetime
import json
import os
import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from tests.services.making import answers, complete, day, event, one_patient, visit
from tracker.cli.audit import line_of
from tracker.clinic.codes import EntryMode, Role
from tracker.clinic.records import Episode, Patient, User, Visit
from tracker.core.dates import now_utc
from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.scales.errors import UnknownScaleError
from tracker.services import security
from tracker.services.audit_document import document, open_entries
from tracker.services.demo import write_demo
from tracker.services.export import export_csv
from tracker.services.verification import StoppedError, Verification, check_connection, enter, verify_file
from tracker.services.workspace import Workspace
from tracker.store.anchor import Anchor, anchor_path, read
from tracker.store.audit import COLUMNS, Head, entry_hash, head_text
from tracker.store.backup import copy_file
from tracker.store.errors import NotADatabaseError
from tracker.store.restoring import put_back
from tracker.store.store import Store

SCHEMAS = Path(__file__).resolve().parent.parent / "data" / "schema"
PATIENTS = int(os.environ.get("TAMPER_PATIENTS", "0"))
RECORDS = ("patient", "episode", "treatment", "visit", "assessment", "adverse_event", "app_user")
KEYS = {"score": ("assessment_id", "code"), "fact": ("name",), "audit": ("sequence",)}


def a_working_day(workspace):
    """Everything that leaves rows and entries: made, changed, amended, undone, removed, brought back, exported."""
    one_patient(workspace, "knee-oa")
    workspace.patients.add(
        Patient(id="q", patient_number="A-2", name="Bo Chen"), Episode(id="f", patient_id="q", condition="sci")
    )
    workspace.patients.change(replace(workspace.patients.get("p"), name="Ann Lee-Wu"))
    visit(workspace, "v0", -3)
    visit(workspace, "v1", 90)
    first = complete(workspace, "v0")
    workspace.assessments.complete(first.assessment.id, {"pain": 70}, {}, mode=EntryMode.PAPER)
    complete(workspace, "v1", "womac-lk31")
    gone = complete(workspace, "v1", responses={"pain": 20})
    workspace.assessments.remove(gone.assessment.id)
    workspace.policies.choose("womac-lk31", "strict")
    draft = workspace.assessments.start("v1", "vas-pain", episode_id="e")
    workspace.assessments.save_draft(draft.id, {"pain": 33}, {})
    workspace.assessments.save_draft(first.assessment.id, {"pain": 71}, {})
    discarded = workspace.assessments.start("v1", "nrs-pain", episode_id="e")
    workspace.assessments.save_draft(discarded.id, {"pain": 4}, {})
    workspace.assessments.discard_draft(discarded.id)
    workspace.undo.undo()
    workspace.events.add(event(episode_id="e", treatment_id="t"))
    workspace.events.remove("x")
    workspace.undo.undo()
    export_csv(workspace.path, workspace.path.with_name("out"))


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory):
    """A file of a working day, made once."""
    path = tmp_path_factory.mktemp("filled") / "clinic.sqlite"
    with closing(Workspace.open(path, create=True, actor="dr-lin")) as workspace:
        a_working_day(workspace)
    return path


@pytest.fixture
def filled(filled_once, tmp_path):
    """A copy of it, with what lies beside it."""
    for one in (filled_once, anchor_path(filled_once)):
        shutil.copy(one, tmp_path)
    return tmp_path / filled_once.name


def check(connection, path, anchors=None):
    made = Verification(place=path)
    check_connection(connection, made, read(path) if anchors is None else anchors)
    return made


class Tampering:
    """Changes one thing at a time on one connection, checks, and takes it back."""

    def __init__(self, path):
        self.path = path
        self.anchors = read(path)
        self.tried, self.found = Counter(), Counter()
        self.connection = dbapi2.connect(str(path), isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys=OFF")
        self.connection.execute("PRAGMA ignore_check_constraints=ON")
        self.connection.execute("BEGIN")

    def rows(self, table):
        cursor = self.connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def try_out(self, kind, *statements, anchors=None):
        """Return what is found after *statements*; None if the database itself refuses them."""
        self.connection.execute("SAVEPOINT one")
        try:
            for sql, *values in statements:
                self.connection.execute(sql, values)
            return check(self.connection, self.path, self.anchors if anchors is None else anchors).findings
        except dbapi2.IntegrityError:
            return None
        finally:
            self.connection.execute("ROLLBACK TO one")

    def must_find(self, kind, where, *statements, anchors=None):
        """Tamper; *where* says of a finding whether it is at the right place."""
        found = self.try_out(kind, *statements, anchors=anchors)
        if found is None:
            return
        self.tried[kind] += 1
        assert any(where(one) for one in found), (kind, statements, [str(one.message) for one in found])
        self.found[kind] += 1


@pytest.fixture
def tampering(filled, tmp_path):
    path = filled
    if PATIENTS:
        path = tmp_path / "demo.sqlite"
        write_demo(path, patients=PATIENTS)
    with closing(Store(path)) as store, store.work() as work:
        work.add(User(id="u", name="Dr. Lin", role=Role.ADMINISTRATOR), {"password_hash": "$argon2id$x"})
        work.commit()
    made = Tampering(path)
    with closing(made.connection):
        yield made
    counts = (f"{kind}: {made.found[kind]} of {made.tried[kind]}" for kind in sorted(made.tried))
    sys.stdout.write("\n" + "; ".join(counts) + "\n")


def key_of(table, row):
    return " ".join(str(row[name]) for name in KEYS.get(table, ("id",)))


def condition(table):
    return " AND ".join(f"{name} IS ?" for name in KEYS.get(table, ("id",)))


def key_values(table, row):
    return [row[name] for name in KEYS.get(table, ("id",))]


def other_values(value):
    if value is None:
        return ["x", 1]
    if isinstance(value, (int, float)):
        return [value + 1, None, "x"]
    return [value + "x", value.swapcase(), None, 7]


def free(table, row):
    """The columns that are saved without audit, of this row: keystrokes, and drafts that were never completed."""
    if table == "app_user":
        return {"failed_attempts", "locked_until"}
    if table != "assessment":
        return set()
    if row["status"] == "complete":
        return {"amendment"} if row["deleted_at"] else {"amendment", "changed_at"}
    if row["deleted_at"]:
        return set()
    if row["version"] == 1:
        return set(row) - {"status", "version", "amendment"}
    return {"responses", "missing", "changed_at"}


def in_place(table, row, column):
    key = key_of(table, row)
    if table == "audit":
        return lambda one: one.sequence == row["sequence"]
    if column in KEYS.get(table, ("id",)) or (row.get("status"), row.get("version")) == ("draft", 1):
        return lambda one: (one.table, one.key) == (table, key)
    return lambda one: (one.table, one.key, one.column) == (table, key, column)


def test_a_file_of_a_working_day_holds(filled):
    made = verify_file(filled)
    assert (made.found, made.findings, made.notes) == (0, [], [])
    assert made.entries == made.head.sequence > 20


def test_every_column_of_every_row_is_watched(tampering):
    for table in (*RECORDS, "score", "fact", "audit"):
        for row in tampering.rows(table):
            for column in row.keys() - free(table, row):
                if (table, row.get("name")) == ("fact", "audit_head"):
                    continue  # has a test of its own
                for value in other_values(row[column]):
                    if value == row[column]:
                        continue
                    sql = f'UPDATE {table} SET "{column}" = ? WHERE {condition(table)}'
                    tampering.must_find(
                        f"{table} changed", in_place(table, row, column), (sql, value, *key_values(table, row))
                    )
    assert sum(tampering.tried.values()) > 1000


def test_what_is_saved_without_audit_is_left_out_and_nothing_else(tampering):
    for row in tampering.rows("assessment"):
        for column in free("assessment", row) - {"id", "visit_id", "episode_id", "deleted_at"}:
            value = '{"pain":5}' if column in {"responses", "missing", "amendment"} else "x"
            sql = f'UPDATE assessment SET "{column}" = ? WHERE id = ?'
            assert tampering.try_out("free", (sql, value, row["id"])) == [], (row["status"], column)


def test_every_removed_row_is_missed(tampering):
    for table in (*RECORDS, "score", "fact", "audit"):
        for row in tampering.rows(table):
            if table == "assessment" and row["version"] == 1 and row["status"] == "draft":
                continue
            where = in_place(table, row, KEYS.get(table, ("id",))[0])
            if (table, row.get("name")) == ("fact", "audit_head"):
                where = in_place("fact", row, "value")
            sql = f"DELETE FROM {table} WHERE {condition(table)}"
            tampering.must_find(f"{table} deleted", where, (sql, *key_values(table, row)))


def test_every_row_put_in_is_found(tampering):
    for table in (*RECORDS, "score", "fact"):
        for row in tampering.rows(table):
            if table == "assessment" and row["version"] == 1 and row["status"] == "draft":
                continue
            new = dict(row) | {KEYS.get(table, ("id",))[-1]: "new"}
            if "patient_number" in new:
                new["patient_number"] = "N-1"
            if "context" in new:
                new["context"] = "new"
            if "is_index" in new:
                new["is_index"] = 0
            places = ", ".join("?" * len(new))
            sql = f"INSERT INTO {table} ({', '.join(new)}) VALUES ({places})"
            tampering.must_find(f"{table} inserted", lambda one: "new" in (one.key or ""), (sql, *new.values()))


def insert_entry(entry):
    names = ", ".join(f'"{name}"' for name in entry)
    return (f"INSERT INTO audit ({names}) VALUES ({', '.join('?' * len(entry))})", *entry.values())


def chained(entries):
    """The entries as somebody who knows the algorithm would chain them."""
    previous = entries[0]["previous_hash"]
    made = []
    for entry in entries:
        stored = [entry[name] for name in COLUMNS[:-2]]
        made.append(entry | {"previous_hash": previous, "hash": entry_hash(previous, stored)})
        previous = made[-1]["hash"]
    return made


def test_every_entry_put_in_is_found(tampering):
    entries = tampering.rows("audit")
    last = entries[-1]
    for entry in entries:
        copied = entry | {"sequence": last["sequence"] + 1, "hash": "0" * 64}
        tampering.must_find("audit appended", lambda one: one.sequence == last["sequence"] + 1, insert_entry(copied))
        follows = chained([copied | {"previous_hash": last["hash"]}])[0]
        tampering.must_find(
            "audit appended, chained", lambda one: one.sequence == last["sequence"] + 1, insert_entry(follows)
        )
        at = entry["sequence"]
        apart = [("UPDATE audit SET sequence = -sequence - 1 WHERE sequence > ?", at)]
        apart += [("UPDATE audit SET sequence = -sequence WHERE sequence < 0",)]
        between = insert_entry(entry | {"sequence": at + 1, "hash": "0" * 64})
        tampering.must_find("audit inserted", lambda one, at=at: one.sequence == at + 1, *apart, between)


def test_rows_that_changed_places_are_found(tampering):
    for table in RECORDS:
        ids = [row["id"] for row in tampering.rows(table) if not free(table, row) >= {"scale"}]
        for one, other in pairwise(ids):
            swap = [
                (f"UPDATE {table} SET id = ? WHERE id = ?", new, old)
                for old, new in ((one, "between"), (other, one), ("between", other))
            ]
            tampering.must_find(f"{table} swapped", lambda found, one=one: found.key == one, *swap)
    entries = [row["sequence"] for row in tampering.rows("audit")]
    for one, other in pairwise(entries):
        swap = [
            ("UPDATE audit SET sequence = ? WHERE sequence = ?", new, old)
            for old, new in ((one, -1), (other, one), (-1, other))
        ]
        tampering.must_find("audit swapped", lambda found, one=one: found.sequence == one, *swap)
        closed = [("DELETE FROM audit WHERE sequence = ?", one)]
        closed += [("UPDATE audit SET sequence = -sequence + 1 WHERE sequence > ?", one)]
        closed += [("UPDATE audit SET sequence = -sequence WHERE sequence < 0",)]
        tampering.must_find("audit renumbered", lambda found, one=one: found.sequence == one, *closed)


def test_a_tail_cut_off_is_found_also_with_the_fact_adjusted(tampering):
    entries = tampering.rows("audit")
    for entry in entries[:-1]:
        at = entry["sequence"]
        cut = ("DELETE FROM audit WHERE sequence > ?", at)
        fact = ("UPDATE fact SET value = ? WHERE name = 'audit_head'", head_text(Head(at, entry["hash"])))
        tampering.must_find("tail cut", lambda one, at=at: one.sequence == at + 1, cut)
        noted = [Anchor("the note of Monday", Head(len(entries), entries[-1]["hash"]))]
        tampering.must_find(
            "tail cut, fact adjusted", lambda one, at=at: one.sequence == at + 1, cut, fact, anchors=noted
        )
        # Without any anchor the rows themselves still tell of every entry that changed one.
        if any(cut_off["entity"] for cut_off in entries[at:]):
            tampering.must_find("tail cut, fact adjusted, no anchor", lambda one: True, cut, fact, anchors=[])


def test_a_chain_forged_from_an_entry_on_is_found_by_what_was_written_down(tampering):
    entries = tampering.rows("audit")
    for entry in entries:
        at = entry["sequence"]
        forged = chained([entry | {"actor": "somebody-else"}, *entries[at:]])
        written = [
            (
                "UPDATE audit SET actor = ?, previous_hash = ?, hash = ? WHERE sequence = ?",
                new["actor"],
                new["previous_hash"],
                new["hash"],
                new["sequence"],
            )
            for new in forged
        ]
        fact = (
            "UPDATE fact SET value = ? WHERE name = 'audit_head'",
            head_text(Head(len(entries), forged[-1]["hash"])),
        )
        noted = [Anchor("the note of Monday", Head(len(entries), entries[-1]["hash"]))]
        tampering.must_find("chain forged", lambda one: one.table == "audit", *written, fact, anchors=noted)
        assert tampering.try_out("forged", *written, fact, anchors=[]) == []  # what the file alone cannot show


def test_the_end_kept_inside_the_file_is_watched(tampering):
    last = tampering.rows("audit")[-1]
    for value in ("", "x", head_text(Head(1, "0" * 64)), head_text(Head(last["sequence"], "0" * 64)), "9 9"):
        sql = "UPDATE fact SET value = ? WHERE name = 'audit_head'"
        tampering.must_find("fact changed", lambda one: one.key == "audit_head", (sql, value))


def change(path, sql, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def test_a_change_past_the_program_is_found_even_after_work_went_on(filled):
    change(filled, "UPDATE patient SET name = 'Somebody' WHERE id = 'p'")
    with closing(Workspace.open(filled)) as workspace:
        workspace.patients.change(replace(workspace.patients.get("p"), note="n"))
    (found,) = verify_file(filled).findings
    assert (found.table, found.key, found.column) == ("patient", "p", "name")
    assert "was changed past the audit between its entries" in str(found.message)


def test_an_answer_changed_past_the_program_is_named_with_what_scoring_gives(filled):
    change(filled, "UPDATE score SET value = 12 WHERE code = 'pain' AND value = 70")
    (found,) = verify_file(filled).findings
    assert "column “value” holds 12.0, scoring the answers again gives 70.0" in str(found.message)
    assert found.sequence


def test_answers_no_form_could_have_given_are_named_not_scored(filled):
    change(filled, """UPDATE assessment SET responses = '["a"]' WHERE scale = 'vas-pain' AND status = 'complete'""")
    found = verify_file(filled)
    assert {one.column for one in found.findings} == {"responses"}
    assert any("cannot be scored again" in str(one.message) for one in found.findings)


def test_a_row_that_belongs_to_nothing_is_named_by_its_key(filled):
    change(filled, "UPDATE visit SET patient_id = 'nobody' WHERE id = 'v0'")
    messages = [str(one.message) for one in verify_file(filled).findings]
    assert "visit v0: column “patient_id” names a patient that is not there" in messages


def test_a_clock_set_back_is_told_and_is_no_damage(filled, monkeypatch):
    past = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("tracker.store.work.now_utc", lambda: past)
    with closing(Workspace.open(filled)) as workspace:
        workspace.visits.add(Visit(id="w", patient_id="p", date=day(5)))
    made = verify_file(filled)
    assert made.found == 0
    assert "the clock was set back" in str(made.notes[0])


def test_an_older_whole_put_back_is_missed_beside_the_file_and_by_a_note_from_elsewhere(filled):
    older = filled.read_bytes()
    with closing(Workspace.open(filled)) as workspace:
        visit(workspace, "late", 200)
    noted = verify_file(filled).head
    filled.write_bytes(older)
    (found,) = verify_file(filled).findings
    assert found.sequence == noted.sequence
    assert f"clinic.sqlite.anchor wrote down entry {noted.sequence}" in str(found.message)
    anchor_path(filled).unlink()
    assert verify_file(filled).found == 0
    assert "is known from the file alone" in str(verify_file(filled).notes[0])
    assert verify_file(filled, heads=(Anchor("the note", noted),)).found == 1


def test_a_backup_put_back_on_purpose_begins_its_anchors_anew(filled, tmp_path):
    copy_file(filled, tmp_path / "backup.sqlite")
    with closing(Workspace.open(filled)) as workspace:
        visit(workspace, "late", 200)
    put_back(filled, tmp_path / "backup.sqlite", "dr-lin")
    assert verify_file(filled).found == 0
    with closing(Workspace.open(filled)) as workspace:
        visit(workspace, "later", 201)
    assert (verify_file(filled).found, len(read(filled))) == (0, 1)


def test_a_new_file_does_not_answer_for_another_that_was_in_its_place(filled):
    filled.unlink()
    assert anchor_path(filled).exists()
    with closing(Workspace.open(filled, create=True)) as workspace:
        one_patient(workspace)
    assert verify_file(filled).found == 0


def test_verifying_is_entered_in_the_audit_with_what_was_found(filled):
    change(filled, "UPDATE patient SET note = 'x' WHERE id = 'q'")
    made = verify_file(filled)
    enter(made, "dr-wu")
    with closing(sqlite3.connect(filled)) as connection:
        entry = connection.execute("SELECT actor, action, after FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    assert entry == ("dr-wu", "verify", f'{{"entries":{made.entries},"found":1,"rows":{made.rows}}}')


def test_the_demo_holds_and_its_progress_is_told(tmp_path):
    write_demo(tmp_path / "d.sqlite", patients=12)
    seen = []
    made = verify_file(tmp_path / "d.sqlite", progress=lambda done, total: seen.append((done, total)))
    assert made.found == 0
    assert seen == sorted(seen)
    assert all(done <= total for done, total in seen)


def test_a_verification_can_be_stopped(tmp_path):
    write_demo(tmp_path / "d.sqlite", patients=30)
    with pytest.raises(StoppedError):
        verify_file(tmp_path / "d.sqlite", cancelled=lambda: True)


def test_a_file_that_is_not_ours_is_refused(tmp_path):
    change(tmp_path / "other.sqlite", "CREATE TABLE t (a)")
    with pytest.raises(NotADatabaseError):
        verify_file(tmp_path / "other.sqlite")


def test_a_damaged_page_is_a_finding_not_a_crash(filled):
    content = bytearray(filled.read_bytes())
    for page in range(4096 * 6, len(content), 4096 * 5):
        content[page : page + 512] = b"\xff" * 512
    filled.write_bytes(content)
    made = verify_file(filled)
    assert made.found
    assert "file" in {one.table for one in made.findings}
    assert not any("\n" in str(one.message) for one in made.findings)


def test_an_unanswered_question_of_older_files_is_no_finding(clinic_file):
    with closing(Workspace.open(clinic_file, actor="a")) as workspace:
        one_patient(workspace)
        visit(workspace, "v")
        complete(workspace, "v", responses=answers("vas-pain", 5))
    assert verify_file(clinic_file).found == 0


def test_what_is_recorded_on_either_engine_holds_and_a_change_past_the_program_is_named(any_workspace, any_clinic):
    one_patient(any_workspace)
    visit(any_workspace, "v")
    view = complete(any_workspace, "v")
    any_workspace.assessments.complete(view.assessment.id, {"pain": 4}, {})
    any_workspace.visits.remove("v")
    any_workspace.undo.undo()
    made = verify_file(any_clinic)
    assert (made.found, [str(one.message) for one in made.findings]) == (0, [])
    enter(made, "dr-lin")
    assert any_workspace.histories.of_file(limit=1)[0].action == "verify"
    with any_workspace.store.work() as work:
        work._connection.execute(text("UPDATE visit SET date = '2020-01-01' WHERE id = 'v'"))
        work._connection.execute(text("UPDATE score SET value = 9 WHERE code = 'pain'"))
        work._connection.execute(text("DELETE FROM audit WHERE sequence = 2"))
        work.commit()
    found = {(one.table, one.key) for one in verify_file(any_clinic).findings}
    assert {("visit", "v"), ("audit", "2"), ("score", f"{view.assessment.id} pain")} <= found


def test_an_encrypted_file_is_verified_with_the_seal_of_its_pages(tmp_path):
    path = tmp_path / "clinic.db"
    security.create(path, "a long passphrase", security.new_recovery_key())
    with closing(Workspace.open(path)) as workspace:
        a_working_day(workspace)
    assert verify_file(path).found == 0
    content = bytearray(path.read_bytes())
    content[4096 * 9 + 100] ^= 1
    path.write_bytes(content)
    made = verify_file(path)
    assert "file" in {one.table for one in made.findings}
    assert any("HMAC" in str(one.message) for one in made.findings)


def test_the_seal_is_not_checked_while_pages_lie_in_a_log_that_cannot_be_emptied(tmp_path):
    path = tmp_path / "clinic.db"
    security.create(path, "a long passphrase", security.new_recovery_key())
    with closing(Workspace.open(path)) as workspace, workspace.store.read() as reader:
        reader.facts()
        with closing(Workspace.open(path)) as other:
            one_patient(other)
        made = verify_file(path)
    assert made.found == 0
    assert "seal of the pages was not checked" in str(made.notes[0])


def test_a_file_of_an_older_schema_is_verified_as_it_is(tmp_path):
    path = shutil.copy(SCHEMAS / "0001.sqlite", tmp_path / "old.sqlite")
    made = verify_file(path)
    assert (made.found, made.entries) == (0, made.head.sequence)
    before = path.read_bytes()
    enter(made)
    assert path.read_bytes() == before


def test_a_scale_that_is_not_known_here_is_compared_with_the_audit(filled, monkeypatch):
    def unknown(assessment):
        raise UnknownScaleError(msg("there is no scale {scale}", scale=assessment.scale))

    monkeypatch.setattr("tracker.services.checked_scores.scores_of", unknown)
    made = verify_file(filled)
    assert made.found == 0
    assert any("is not known here" in str(note) for note in made.notes)
    change(filled, "UPDATE score SET value = 12 WHERE code = 'pain' AND value = 70")
    assert verify_file(filled).found == 1


def test_a_check_that_breaks_off_on_a_damaged_page_is_a_finding_and_the_others_go_on(filled):
    with closing(dbapi2.connect(str(filled))) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchone()
    content = bytearray(filled.read_bytes())
    content[4096 * (root - 1) : 4096 * root] = b"\xff" * 4096
    filled.write_bytes(content)
    made = verify_file(filled)
    assert any("a check broke off" in str(one.message) for one in made.findings)
    enter(made)
    assert any("was not entered in the audit" in str(note) for note in made.notes)


def test_rows_of_a_kind_this_program_does_not_know_are_told(filled):
    with closing(Workspace.open(filled)) as workspace, workspace.store.work() as work:
        work._entries.append(work._entry("create", ("thing", "t", None), None, {"a": 1}))
        work.commit()
    made = verify_file(filled)
    assert made.found == 0
    assert str(made.notes[0]) == "rows of the kind “thing” are of another version and were not compared"


def test_a_score_without_its_assessment_is_named(filled):
    change(filled, "INSERT INTO score VALUES ('nobody', 'pain', 'vas-pain.pain', 1, NULL, 0)")
    assert {(one.table, one.key) for one in verify_file(filled).findings} == {("score", "?"), ("score", "nobody pain")}


def test_a_key_changed_past_the_program_is_a_row_missing_and_a_row_unexplained(filled):
    change(filled, "UPDATE adverse_event SET id = 'other'")
    found = {one.key: str(one.message) for one in verify_file(filled).findings}
    assert "is missing: audit entry" in found["x"]
    assert found["other"] == "adverse_event other is there, but no audit entry says who put it there"


WRONG = [None, b"\xff\x00", "{", "[1]", '{"scores":5}', "NaN", -1, 2**62, 3.5, "x" * 5000, b"\xff\xfe{"]
"""What no column of ours ever holds; the last one is put in as a text that is no UTF-8."""


@pytest.mark.parametrize("seed", range(int(os.environ.get("VERIFY_FUZZ", "40"))))
def test_whatever_lies_in_the_file_verifying_ends_in_words(filled, seed):
    path, random = filled, Random(seed)
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for _ in range(random.randint(1, 3)):
            table, value = random.choice([*RECORDS, "score", "fact", "audit"]), random.choice(WRONG)
            column = random.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
            put = "CAST(? AS TEXT)" if value is WRONG[-1] else "?"
            with suppress(dbapi2.Error):
                connection.execute(f'UPDATE {table} SET "{column}" = {put}', (value,))
    said = []
    with suppress(TrackerError):
        made = verify_file(path)
        enter(made)
        said += [str(one.message) for one in made.findings]
    with suppress(TrackerError), open_entries(path) as entries:
        said += [json.dumps(document(entry)) + line_of(entry) for entry in entries]
    with suppress(TrackerError), closing(Workspace.open(path)) as workspace:
        said += [str(one.sequence) for one in workspace.histories.of_file()]
        workspace.histories.of_patient("p")
        workspace.histories.as_it_was("p", now_utc())
    "\n".join(said).encode()
