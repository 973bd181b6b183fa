"""The export holds what is stored, joins by its keys, and leaves nothing half."""

import csv
import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date

import pytest

from tracker.clinic.codes import Side, VisitTiming
from tracker.clinic.records import Episode, Patient, Treatment, Visit
from tracker.core.dates import PartialDate
from tracker.core.errors import TrackerError
from tracker.core.keys import new_key
from tracker.exchange.columns import layout
from tracker.exchange.folder import ExportFolder, ExportRefusedError
from tracker.exchange.writing import ExportCancelledError
from tracker.scales.catalogue import scale as find_scale
from tracker.services.demo import write_demo
from tracker.services.export import export_csv
from tracker.services.workspace import Workspace
from tracker.store.checking.chain import verify_chain
from tracker.store.store import Store

NASTY = ("=1+1", "+49", "-dash", "@you", "\ttab", "'quoted", 'say "no", then\nleave')


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    write_demo(path, patients=80, seed=4)
    return path


@pytest.fixture(scope="module")
def out(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "out"
    export_csv(demo, folder)
    return folder


def rows_of(folder, name):
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, strict=True))


def as_number(text):
    """An answer as stored: a number, or the code or text it is."""
    try:
        return float(text)
    except ValueError:
        return text


def asked(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"}


def one_patient(path, **changes):
    """Store one knee patient with a visit on the day of treatment; returns the patient."""
    with closing(Workspace.open(path)) as workspace:
        patient = workspace.patients.add(
            Patient(id=new_key(), **({"patient_number": "K-1", "name": "Ann Lee"} | changes))
        )
        episode = workspace.episodes.add(
            Episode(id=new_key(), patient_id=patient.id, condition="knee-oa", body_site="knee", side=Side.LEFT)
        )
        day = date(2026, 1, 5)
        workspace.treatments.add(Treatment(id=new_key(), episode_id=episode.id, date=day, product="PRP", is_index=True))
        workspace.visits.add(Visit(id=new_key(), patient_id=patient.id, date=day, timing=VisitTiming.BEFORE))
    return patient


def test_every_table_is_there_with_its_header_even_with_no_rows(clinic_file, tmp_path):
    report = export_csv(clinic_file, tmp_path / "out")
    for table in layout().tables.values():
        lines = (tmp_path / "out" / table.file_name).read_text(encoding="utf-8").split("\n")
        assert lines[0].split(",")[: len(table.columns)] == list(table.names)
        assert report.rows[table.file_name] == (0 if table.name != "codebook" else len(lines) - 2)
    assert rows_of(tmp_path / "out", "codebook")
    assert "womac-lk31__total" in (tmp_path / "out" / "scores_wide.csv").read_text(encoding="utf-8").split("\n")[0]
    assert not report.synthetic


def test_the_exported_numbers_are_the_stored_ones(demo, out):
    stored = {(key, code): value for key, code, value in asked(demo, "SELECT assessment_id, code, value FROM score")}
    found = {(row["assessment_id"], row["score"]): row for row in rows_of(out, "scores")}
    assert found.keys() == stored.keys()
    for key, value in stored.items():
        assert (float(found[key]["value"]) if found[key]["value"] else None) == value
        assert bool(found[key]["not_scored_reason"]) is (value is None)
        assert found[key]["status"] == "complete"


def test_every_answer_and_every_reason_is_a_row(demo, out):
    expected = {}
    for key, status, responses, missing in asked(demo, "SELECT id, status, responses, missing FROM assessment"):
        expected |= {(key, item): (status, value, "") for item, value in json.loads(responses).items()}
        expected |= {(key, item): (status, None, reason) for item, reason in json.loads(missing).items()}
    found = {
        (row["assessment_id"], row["item"]): (
            row["status"],
            as_number(row["value"]) if row["value"] else None,
            row["missing_reason"],
        )
        for row in rows_of(out, "responses")
    }
    assert found == expected
    assert any(status == "draft" for status, _, _ in found.values())
    assert any(value == 0 for _, value, _ in found.values())


def test_drafts_have_no_scores(out):
    drafts = {row["assessment_id"] for row in rows_of(out, "assessments") if row["status"] == "draft"}
    assert drafts
    assert not drafts & {row["assessment_id"] for row in rows_of(out, "scores")}


def test_keys_join_and_rows_are_in_order_of_number_date_and_id(out):
    patients = rows_of(out, "patients")
    numbers = {row["patient_id"]: row["patient_number"] for row in patients}
    assert [row["patient_number"] for row in patients] == sorted(numbers.values())
    visits = {row["visit_id"]: row for row in rows_of(out, "visits")}
    episodes = {row["episode_id"]: row for row in rows_of(out, "episodes")}
    assessments = {row["assessment_id"]: row for row in rows_of(out, "assessments")}
    for name, key in (("visits", "visit_id"), ("treatments", "treatment_id"), ("adverse_events", "adverse_event_id")):
        order = [(numbers[row["patient_id"]], row["date"], row[key]) for row in rows_of(out, name)]
        assert order == sorted(order)
    for row in rows_of(out, "scores"):
        assert visits[row["visit_id"]]["date"] == row["date"]
        assert assessments[row["assessment_id"]]["visit_id"] == row["visit_id"]
        assert not row["episode_id"] or episodes[row["episode_id"]]["patient_id"] == row["patient_id"]


def test_months_are_counted_from_the_index_treatment_of_the_episode_or_the_persons_first(out):
    index = {row["episode_id"]: row["index_treatment_date"] for row in rows_of(out, "episodes")}
    firsts = defaultdict(list)
    for row in rows_of(out, "episodes"):
        if row["index_treatment_date"]:
            firsts[row["patient_id"]].append(row["index_treatment_date"])
    checked = set()
    for row in rows_of(out, "scores"):
        origin = index[row["episode_id"]] if row["episode_id"] else min(firsts[row["patient_id"]], default="")
        checked.add((bool(origin), bool(row["episode_id"])))
        if not origin:
            assert row["months_since_treatment"] == ""
            continue
        days = (date.fromisoformat(row["date"]) - date.fromisoformat(origin)).days
        assert float(row["months_since_treatment"]) == days / 30.4375
    assert checked == {(True, True), (True, False), (False, True), (False, False)}


def test_the_wide_table_has_a_row_a_visit_and_episode_and_repeats_the_persons_scores(out):
    scores = defaultdict(dict)
    for row in rows_of(out, "scores"):
        ending = "" if row["context"] == "unspecified" else f"__{row['context']}"
        scores[row["visit_id"], row["episode_id"]][f"{row['scale']}__{row['score']}{ending}"] = row["value"]
    episodes = defaultdict(list)
    for row in rows_of(out, "episodes"):
        episodes[row["patient_id"]].append(row["episode_id"])
    expected = [(row["visit_id"], key) for row in rows_of(out, "visits") for key in sorted(episodes[row["patient_id"]])]
    wide = rows_of(out, "scores_wide")
    assert sorted((row["visit_id"], row["episode_id"]) for row in wide) == sorted(expected)
    for row in wide:
        own = scores[row["visit_id"], row["episode_id"]] | scores[row["visit_id"], ""]
        assert {name: value for name, value in row.items() if "__" in name and value} == {
            name: value for name, value in own.items() if value
        }


def test_the_manifest_counts_hashes_and_names_what_was_left_out(demo, out):
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name, entry in manifest["files"].items():
        data = (out / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["rows"] == len(rows_of(out, name.removesuffix(".csv")))
        assert b"\r\n" not in data
    assert set(manifest["files"]) == {path.name for path in out.iterdir()} - {"manifest.json"}
    assert manifest["synthetic"] is True
    assert "Synthetic" in manifest["demo"]["about"]
    assert {"id": "scim-iii", "version": "1"} in manifest["scales"]
    assert {"scale": "whoqol-bref", "policy": "who_syntax"} in manifest["scoring"]["policies"]
    counts = {entry["what"].split(":")[0]: entry["count"] for entry in manifest["left_out"]}
    assert counts["scores of drafts"] == asked(demo, "SELECT count(*) FROM assessment WHERE status = 'draft'")[0][0]
    assert counts["removed records"] == 0


def test_two_demos_made_alike_export_the_same_bytes(out, tmp_path):
    write_demo(tmp_path / "again.sqlite", patients=80, seed=4)
    export_csv(tmp_path / "again.sqlite", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(out)


def test_a_deidentified_export_holds_no_name_number_date_note_or_key(demo, out, tmp_path):
    export_csv(demo, tmp_path / "out", deidentified=True)
    written = contents(tmp_path / "out")
    codebook = written.pop("codebook.csv")
    everything = b"".join(written.values()) + (tmp_path / "out" / "manifest.json").read_bytes()
    without_keys = _KEY.sub(b"", everything)  # a random key may hold what looks like a month
    secrets = set()
    for table in layout().tables.values():
        lost = {column.name for column in table.columns if column.deidentified != "keep"}
        if table.name != "codebook":
            secrets |= {row[name] for row in rows_of(out, table.name) for name in lost}
    secrets = {secret for secret in secrets if len(secret) > 4 or not secret.isdigit()} - {""}
    assert len(secrets) > 1000
    assert not [secret for secret in secrets if secret.encode() in without_keys and secret not in _DEMO_TODAY]
    assert not [secret for secret in secrets if len(secret) == 36 and secret.encode() in everything]
    assert not [secret for secret in secrets if len(secret) > 8 and secret.encode() in codebook]
    assert not re.search(rb"\d{4}-\d{2}-\d{2}", b"".join(written.values()))


_DEMO_TODAY = {"2026-06-30"}
"""Said by the manifest of a demo: nobody's date."""
_KEY = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_a_deidentified_export_still_joins_and_says_what_was_lost(demo, out, tmp_path):
    export_csv(demo, tmp_path / "out", deidentified=True)
    hidden = tmp_path / "out"
    patients = {row["patient_id"]: row["patient_number"] for row in rows_of(hidden, "patients")}
    assert len(patients) == len(set(patients.values())) == len(rows_of(out, "patients"))
    assert list(patients.values()) == sorted(patients.values())
    assert [row["sex"] for row in rows_of(hidden, "patients")] != [row["sex"] for row in rows_of(out, "patients")]

    def joined(folder):
        episodes = {row["episode_id"]: row["condition"] for row in rows_of(folder, "episodes")}
        return sorted(
            (
                row["scale"],
                row["score"],
                row["value"],
                row["months_since_treatment"],
                episodes.get(row["episode_id"], ""),
            )
            for row in rows_of(folder, "scores")
        )

    assert joined(hidden) == joined(out)
    manifest = json.loads((hidden / "manifest.json").read_text(encoding="utf-8"))
    assert "patients.name" in manifest["lost"][0]["columns"]
    assert manifest["deidentified"] is True
    assert all(row["age_years"] == "" or int(row["age_years"]) <= 90 for row in rows_of(hidden, "visits"))


def test_two_deidentified_exports_share_no_key(demo, tmp_path):
    for name in ("first", "second"):
        export_csv(demo, tmp_path / name, deidentified=True)
    first, second = ({row["visit_id"] for row in rows_of(tmp_path / name, "visits")} for name in ("first", "second"))
    assert not first & second


def test_what_is_typed_freely_as_site_or_attribute_does_not_survive_deidentifying(clinic_file, tmp_path):
    patient = one_patient(clinic_file)
    with closing(Workspace.open(clinic_file)) as workspace:
        episode = Episode(
            id=new_key(), patient_id=patient.id, condition="sci", body_site="ward of Dr. Ann", attributes={"ais": "A"}
        )
        workspace.store.read_only = False
        with workspace.store.work() as work:
            work.add(episode)
            work.commit()
    export_csv(clinic_file, tmp_path / "out", deidentified=True)
    sci = next(row for row in rows_of(tmp_path / "out", "episodes") if row["condition"] == "sci")
    assert (sci["body_site"], sci["ais"]) == ("", "A")


@pytest.mark.parametrize("text", NASTY)
def test_text_that_looks_like_a_formula_gets_one_apostrophe_and_comes_back_without_it(clinic_file, tmp_path, text):
    one_patient(clinic_file, name=text.strip(), note=text)
    export_csv(clinic_file, tmp_path / "out")
    row = rows_of(tmp_path / "out", "patients")[0]
    stored = asked(clinic_file, "SELECT name, note FROM patient")[0]
    assert tuple(row[name][row[name].startswith("'") :] for name in ("name", "note")) == stored
    assert not row["name"].startswith(("=", "+", "-", "@", "\t"))


def test_excel_gets_a_byte_order_mark_and_otherwise_the_same_bytes(demo, out, tmp_path):
    export_csv(demo, tmp_path / "out", excel=True)
    assert contents(tmp_path / "out") == {name: b"\xef\xbb\xbf" + data for name, data in contents(out).items()}


def test_one_patient_is_exported_by_number_or_id(demo, out, tmp_path):
    wanted = rows_of(out, "patients")[10]
    export_csv(demo, tmp_path / "one", patient=wanted["patient_number"])
    export_csv(demo, tmp_path / "same", patient=wanted["patient_id"])
    assert contents(tmp_path / "one") == contents(tmp_path / "same")
    for name in ("patients", "episodes", "treatments", "visits", "assessments", "responses", "scores", "scores_wide"):
        expected = [row for row in rows_of(out, name) if row["patient_id"] == wanted["patient_id"]]
        assert rows_of(tmp_path / "one", name) == expected
    with pytest.raises(TrackerError, match="no patient"):
        export_csv(demo, tmp_path / "none", patient="nobody")
    assert not (tmp_path / "none").exists()


def test_the_export_of_one_patient_counts_what_is_left_out_of_that_patient(clinic_file, tmp_path):
    kept = one_patient(clinic_file)
    gone = one_patient(clinic_file, patient_number="K-2", name="Gone Away")
    with closing(Workspace.open(clinic_file)) as workspace:
        workspace.patients.remove(gone.id)
    export_csv(clinic_file, tmp_path / "out", patient=kept.id)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    counts = {entry["what"]: entry["count"] for entry in manifest["left_out"]}
    assert asked(clinic_file, "SELECT patient_id FROM audit WHERE action = 'export'") == [(kept.id,)]
    assert counts["removed records"] == 0
    own = asked(clinic_file, f"SELECT count(*) FROM audit WHERE patient_id = '{kept.id}' AND action <> 'export'")[0][0]
    assert counts["audit entries"] == own > 0


def test_removed_records_are_left_out_and_counted(clinic_file, tmp_path):
    one_patient(clinic_file)
    gone = one_patient(clinic_file, patient_number="K-2", name="Gone Away")
    with closing(Workspace.open(clinic_file)) as workspace:
        workspace.patients.remove(gone.id)
    export_csv(clinic_file, tmp_path / "out")
    assert [row["name"] for row in rows_of(tmp_path / "out", "patients")] == ["Ann Lee"]
    assert len(rows_of(tmp_path / "out", "visits")) == 1
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["left_out"][0] == {"what": "removed records", "count": 4}
    assert manifest["synthetic"] is False


def test_ages_and_partial_birth_dates(clinic_file, tmp_path):
    one_patient(clinic_file, birth_date=PartialDate(1930))
    for name, expected in (("plain", ("95", "96")), ("hidden", ("90", "90"))):
        export_csv(clinic_file, tmp_path / name, deidentified=name == "hidden")
        row = rows_of(tmp_path / name, "visits")[0]
        assert (row["age_years"], row["age_years_oldest"]) == expected


def test_progress_rises_to_the_whole(demo, tmp_path):
    seen = []
    export_csv(demo, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] > 1000


@pytest.mark.parametrize("after", [0, 3, 8])
def test_a_cancelled_export_leaves_nothing(demo, tmp_path, after):
    asked_so_far = []

    def cancelled():
        asked_so_far.append(1)
        return len(asked_so_far) > after

    entries = asked(demo, "SELECT count(*) FROM audit")
    with pytest.raises(ExportCancelledError):
        export_csv(demo, tmp_path / "out", cancelled=cancelled)
    assert list(tmp_path.iterdir()) == []
    assert asked(demo, "SELECT count(*) FROM audit") == entries


def test_every_export_is_in_the_audit(clinic_file, tmp_path):
    export_csv(clinic_file, tmp_path / "out", deidentified=True)
    action, after = asked(clinic_file, "SELECT action, after FROM audit ORDER BY sequence DESC LIMIT 1")[0]
    assert action == "export"
    assert json.loads(after)["deidentified"] is True
    assert json.loads(after)["folder"] == str(tmp_path / "out")
    assert (json.loads(after)["what"], json.loads(after)["format"]) == ("records", "csv")
    assert json.loads(after)["rows"]["patients.csv"] == 0
    assert verify_chain(clinic_file).broken is None


def test_if_the_audit_cannot_be_written_there_is_no_export(clinic_file, tmp_path, monkeypatch):
    def refuse(_self, _manifest):
        monkeypatch.undo()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ExportFolder, "publish", refuse)
    entries = asked(clinic_file, "SELECT count(*) FROM audit")
    with pytest.raises(TrackerError, match="No space left"):
        export_csv(clinic_file, tmp_path / "out")
    assert asked(clinic_file, "SELECT count(*) FROM audit") == entries
    assert [path.name for path in tmp_path.iterdir()] == ["clinic.sqlite"]


def test_a_folder_that_is_there_is_refused_and_ours_replaced_on_request(clinic_file, tmp_path):
    target = tmp_path / "out"
    export_csv(clinic_file, target)
    with pytest.raises(ExportRefusedError):
        export_csv(clinic_file, target)
    one_patient(clinic_file)
    export_csv(clinic_file, target, replace=True)
    assert len(rows_of(target, "patients")) == 1
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    with pytest.raises(ExportRefusedError):
        export_csv(clinic_file, foreign, replace=True)


def test_a_file_that_may_only_be_read_is_exported_without_audit_and_says_so(clinic_file, tmp_path, monkeypatch):
    one_patient(clinic_file)
    monkeypatch.setattr("tracker.store.keeping.opens_read_only", lambda _path: True)
    export_csv(clinic_file, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["audited"] is False
    assert manifest["files"]["patients.csv"]["rows"] == 1


def test_scores_of_a_scale_that_is_not_installed_are_exported_all_the_same(clinic_file, tmp_path):
    one_patient(clinic_file)
    visit = asked(clinic_file, "SELECT id FROM visit")[0][0]
    with closing(sqlite3.connect(clinic_file)) as connection, connection:
        connection.execute(
            "INSERT INTO assessment (id, version, created_at, changed_at, visit_id, scale, scale_version, policy,"
            " context, status, responses, missing, mode, completed_at) VALUES ('a1', 1, '', '', ?, 'own-scale', '2',"
            " 'own', 'night', 'complete', '{\"x\":2.5}', '{}', 'paper', 'now')",
            (visit,),
        )
        connection.execute("INSERT INTO score VALUES ('a1', 'sum', 'own-scale.sum', 2.5, NULL, 0)")
    export_csv(clinic_file, tmp_path / "out")
    assert rows_of(tmp_path / "out", "responses")[0]["value"] == "2.5"
    assert rows_of(tmp_path / "out", "scores_wide")[0]["own-scale__sum__night"] == "2.5"
    explained = {(row["kind"], row["code"] or row["column"]) for row in rows_of(tmp_path / "out", "codebook")}
    assert {("scale", "own-scale"), ("column", "own-scale__sum__night")} <= explained


def test_a_missing_file_is_said_and_not_made(tmp_path):
    with pytest.raises(TrackerError, match="no file"):
        export_csv(tmp_path / "none.sqlite", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_export_runs_beside_an_open_file(clinic_file, tmp_path):
    with closing(Store(clinic_file)) as store, store.read() as reader:
        reader.facts()
        export_csv(clinic_file, tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").exists()


def test_an_exam_is_exported_with_its_codes_totals_and_classification(clinic_file, tmp_path):
    patient = one_patient(clinic_file)
    example = find_scale("isncsci").examples[2]
    normal = find_scale("isncsci").examples[0]
    with closing(Workspace.open(clinic_file)) as workspace:
        ((visit,), (episode,)) = workspace.visits.of(patient.id), workspace.episodes.of(patient.id)
        second = workspace.visits.add(Visit(id=new_key(), patient_id=patient.id, date=date(2026, 2, 5)))
        third = workspace.visits.add(Visit(id=new_key(), patient_id=patient.id, date=date(2026, 3, 5)))
        for where, responses in ((visit, example.responses), (second, normal.responses)):
            started = workspace.assessments.start(where.id, "isncsci")
            workspace.assessments.complete(started.id, {**responses, "comment": "=Ann, by the window"}, {})
        draft = workspace.assessments.start(third.id, "isncsci", episode_id=episode.id)
        workspace.assessments.save_draft(draft.id, {"right.motor.C5": "NT"}, {})
    export_csv(clinic_file, tmp_path / "out")
    answers = {
        row["item"]: row["value"] for row in rows_of(tmp_path / "out", "responses") if row["visit_id"] == visit.id
    }
    assert answers == {item: str(value) for item, value in example.responses.items()} | {
        "comment": "'=Ann, by the window"
    }
    scores = [row for row in rows_of(tmp_path / "out", "scores") if row["visit_id"] == visit.id]
    assert {row["series"]: row["value"] for row in scores}["asia.light_touch"] == "96"
    assert {row["score"]: row["not_scored_reason"] for row in scores}["motor"] == (
        "not determinable (ND): right.motor.L3 not testable"
    )
    results = {(row["visit_id"], row["field"]): row for row in rows_of(tmp_path / "out", "exam_classifications")}
    assert {key for key, _ in results} == {visit.id, second.id}
    nli = results[visit.id, "nli"]
    assert (nli["possible"], nli["star"], nli["examined"]) == ("T12", "1", "T1")
    assert results[second.id, "ais"]["possible"] == "NA"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]["exam_classifications.csv"]["rows"] == 22
    assert manifest["scoring"]["classification"] == "isncsci-2019.1"
    export_csv(clinic_file, tmp_path / "hidden", deidentified=True)
    hidden = {(row["field"], row["possible"]) for row in rows_of(tmp_path / "hidden", "exam_classifications")}
    assert ("nli", "T12") in hidden
    assert b"window" not in b"".join(contents(tmp_path / "hidden").values())


def test_an_injury_makes_the_grade_of_a_normal_exam(clinic_file, tmp_path):
    patient = one_patient(clinic_file)
    with closing(Workspace.open(clinic_file)) as workspace:
        (visit,) = workspace.visits.of(patient.id)
        workspace.episodes.add(Episode(id=new_key(), patient_id=patient.id, condition="sci"))
        started = workspace.assessments.start(visit.id, "isncsci")
        workspace.assessments.complete(started.id, find_scale("isncsci").examples[0].responses, {})
    export_csv(clinic_file, tmp_path / "out")
    grades = [row["possible"] for row in rows_of(tmp_path / "out", "exam_classifications") if row["field"] == "ais"]
    assert grades == ["E"]
