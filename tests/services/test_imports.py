"""An export read back is the same file; what does not fit is named by file, line and column, and changes nothing."""

import csv
import shutil
from contextlib import closing

import pytest

from tracker.core.errors import TrackerError
from tracker.exchange.reading import NotReadableError
from tracker.services.demo import write_demo
from tracker.services.export import export_csv
from tracker.services.imports import ImportRefusedError, import_folder
from tracker.services.verification import verify_file
from tracker.services.workspace import Workspace


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The export of a demo with every condition."""
    folder = tmp_path_factory.mktemp("import")
    write_demo(folder / "demo.db", patients=14)
    export_csv(folder / "demo.db", folder / "out")
    return folder / "out"


@pytest.fixture
def copy(exported, tmp_path):
    return shutil.copytree(exported, tmp_path / "copy")


@pytest.fixture
def clinic(clinic_file):
    with closing(Workspace.open(clinic_file)) as workspace:
        yield workspace


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"}


def change(folder, table, line, **cells):
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    for column, value in cells.items():
        rows[line - 2][header.index(column)] = value
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def column_of(folder, table, column):
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_an_export_read_in_and_exported_again_is_the_same(clinic, exported, tmp_path):
    report = import_folder(clinic, exported)
    assert (report.patients, report.problems, report.written) == (14, (), True)
    export_csv(clinic.path, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(exported)


def test_a_byte_order_mark_makes_no_difference(clinic, copy, exported, tmp_path):
    for path in copy.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert import_folder(clinic, copy).written
    export_csv(clinic.path, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(exported)


def test_a_dry_run_changes_nothing(clinic, exported):
    report = import_folder(clinic, exported, dry_run=True)
    assert (report.patients, report.written) == (14, False)
    assert clinic.patients.search("").total == 0


def test_a_second_import_says_once_a_table_what_is_there_already_and_changes_nothing(clinic, exported):
    import_folder(clinic, exported)
    again = import_folder(clinic, exported)
    assert (again.written, again.more_problems) == (False, 0)
    tables = ("patients", "episodes", "treatments", "visits", "assessments", "adverse_events")
    expected = []
    for table in tables:
        rows = (exported / f"{table}.csv").read_text(encoding="utf-8").count("\n") - 1
        expected.append(
            f"{table}.csv:2: is the first of {rows} rows that are in the file already (or were and are removed)"
        )
    assert [str(problem) for problem in again.problems] == expected
    assert clinic.patients.search("").total == 14


def test_synthetic_patients_do_not_go_among_real_ones(clinic, exported):
    from tracker.clinic.records import Patient

    clinic.patients.add(Patient(id="one", patient_number="1", name="A"))
    with pytest.raises(ImportRefusedError, match="synthetic"):
        import_folder(clinic, exported)


def test_the_import_is_in_the_audit_and_the_chain_holds(exported, tmp_path):
    with closing(Workspace.open(tmp_path / "new.db", create=True)) as workspace:
        import_folder(workspace, exported)
    checked = verify_file(tmp_path / "new.db")
    assert [str(finding) for finding in checked.findings] == []


@pytest.mark.parametrize(
    ("table", "line", "cells", "said"),
    [
        ("patients", 3, {"name": ""}, "patients.csv:3, name: is empty and must not be"),
        ("patients", 2, {"sex": "man"}, "patients.csv:2, sex: “man” is not one of: female, male, other, unknown"),
        ("patients", 2, {"birth_date": "1980-13"}, "patients.csv:2, birth_date: is not a year, a month or a date"),
        ("episodes", 4, {"patient_id": "nobody"}, "episodes.csv:4, patient_id: is of no patient in patients.csv"),
        ("episodes", 2, {"condition": "gout"}, "episodes.csv:2, condition: no condition gout is known"),
        ("episodes", 2, {"other_attributes": "[1]"}, "episodes.csv:2, other_attributes: is not a JSON object of texts"),
        ("treatments", 2, {"date": "31.03.2026"}, "treatments.csv:2, date: is not a date like 2026-03-31"),
        ("treatments", 2, {"product": ""}, "treatments.csv:2, product: is empty"),
        ("visits", 2, {"date": "1890-01-01"}, "visits.csv:2, date: 1890-01-01 lies before the patient’s birth"),
        ("visits", 5, {"timing": "noon"}, "visits.csv:5, timing: “noon” is not one of"),
        ("assessments", 2, {"completed_at": "yesterday"}, "assessments.csv:2, completed_at: is not a moment like"),
        ("assessments", 2, {"scale": "made-up"}, "assessments.csv:2, scale: there is no"),
        ("assessments", 2, {"policy": "made-up"}, "assessments.csv:2, policy:"),
        ("responses", 2, {"item": "Z9"}, "Z9"),
        ("responses", 2, {"assessment_id": "nothing"}, "responses.csv:2, assessment_id: is of no assessment"),
        ("responses", 2, {"value": "", "missing_reason": ""}, "responses.csv:2, missing_reason: is empty"),
        ("responses", 2, {"value": "999999"}, "999999"),
        ("adverse_events", 2, {"grade": "9"}, "grade 9 does not exist"),
        ("adverse_events", 2, {"grade": "one"}, "adverse_events.csv:2, grade: is not a whole number"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_imported(clinic, copy, table, line, cells, said):
    change(copy, table, line, **cells)
    report = import_folder(clinic, copy)
    assert not report.written
    assert any(said in str(problem) for problem in report.problems)
    assert clinic.patients.search("").total == 0


def test_a_patient_number_in_use_is_named(clinic, copy):
    numbers = column_of(copy, "patients", "patient_number")
    change(copy, "patients", 3, patient_number=numbers[0])
    report = import_folder(clinic, copy)
    assert [str(one) for one in report.problems if one.column == "patient_number"] == [
        "patients.csv:3, patient_number: this patient number is already in use: give another one"
    ]


def test_a_guarded_text_loses_exactly_one_apostrophe(clinic, copy):
    change(copy, "patients", 2, note="''=1+1")
    import_folder(clinic, copy)
    key = column_of(copy, "patients", "patient_id")[0]
    assert clinic.patients.get(key).note == "'=1+1"


def test_a_policy_other_than_the_default_is_taken_over_by_an_empty_file(clinic, exported, tmp_path, clinic_file):
    path = shutil.copy(clinic_file, tmp_path / "strict.db")
    with closing(Workspace.open(path)) as strict:
        import_folder(strict, exported)
        strict.policies.choose("womac-lk31", "strict")
    export_csv(path, tmp_path / "strict")
    assert import_folder(clinic, tmp_path / "strict").written
    assert clinic.policies.current("womac-lk31").id == "strict"


@pytest.mark.parametrize("policy", ["strict", "made-up"])
def test_one_wrong_policy_is_one_problem_even_in_the_first_row(clinic, copy, policy):
    line = column_of(copy, "assessments", "scale").index("womac-lk31") + 2
    change(copy, "assessments", line, policy=policy)
    report = import_folder(clinic, copy)
    assert [(one.file, one.line, one.column) for one in report.problems] == [("assessments.csv", line, "policy")]


def test_what_is_no_export_is_refused(clinic, copy, tmp_path):
    with pytest.raises(NotReadableError, match="no manifest"):
        import_folder(clinic, tmp_path)
    (copy / "visits.csv").unlink()
    with pytest.raises(NotReadableError, match=r"visits\.csv"):
        import_folder(clinic, copy)


def test_a_deidentified_export_is_refused(clinic, exported, tmp_path):
    write_demo(tmp_path / "demo.db", patients=2)
    export_csv(tmp_path / "demo.db", tmp_path / "anonymous", deidentified=True)
    with pytest.raises(TrackerError, match="de-identified"):
        import_folder(clinic, tmp_path / "anonymous")


@pytest.mark.parametrize("damage", [b"\xff\xfe", b'"never closed', b"patient_id\n"])
def test_a_file_that_is_no_such_table_is_refused(clinic, copy, damage):
    (copy / "patients.csv").write_bytes(damage)
    with pytest.raises(NotReadableError, match=r"patients\.csv"):
        import_folder(clinic, copy)
