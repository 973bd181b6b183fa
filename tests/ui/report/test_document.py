"""A report as a file: its size, its fonts, where it may be written, and its entry in the audit."""

import datetime
import json
import os
import re

import pytest

from tests.ui.chart.clinic import TREATED
from tests.ui.report.conftest import PRINTED
from tracker.clinic.records import Patient
from tracker.core.keys import new_key
from tracker.core.messages import Language
from tracker.services.workspace import Workspace
from tracker.store.connect import connect
from tracker.ui.report.document import ReportError, make_report, pdf_of, save_pdf
from tracker.ui.report.model import Paper, ReportChoices

DAY = datetime.timedelta(days=1)


@pytest.fixture
def treated(clinic):
    clinic.treat()
    clinic.pain(TREATED - DAY, 6)
    clinic.pain(TREATED + 60 * DAY, 3)
    return clinic


def entries(path):
    connection = connect(path)
    found = connection.execute("SELECT patient_id, after FROM audit WHERE action = 'report'").fetchall()
    connection.close()
    return [(patient, json.loads(after)) for patient, after in found]


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_a_pdf_has_the_papers_size_and_its_own_font_inside(treated, report_of, paper, size):
    content = pdf_of(report_of(treated, paper=paper))
    box = re.search(rb"/MediaBox \[([\d. ]+)\]", content)
    assert tuple(round(float(side)) for side in box[1].split()[2:]) == size
    assert content.count(b"/Type /Page\n") == 1
    assert b"TrackerSansSC" in content
    assert b"/FontFile2" in content
    assert b"/ToUnicode" in content


def test_a_report_in_chinese_in_an_english_window_leaves_the_window_english(treated, report_of):
    layout = report_of(treated, language=Language.ZH_CN)
    assert "编号" in layout.head.person
    assert "疗效追踪 0." in layout.head.made_with
    pdf_of(layout)
    assert "No." in report_of(treated).head.person


def test_what_is_saved_is_in_the_audit_with_how_it_was_printed(treated, report_of, tmp_path):
    path = save_pdf(treated.workspace, report_of(treated), (treated.episode,), tmp_path / "r.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    ((patient, after),) = entries(treated.workspace.path)
    assert patient == treated.patient.id
    assert after == {
        "what": "course", "format": "pdf", "file": str(path), "paper": "a4", "language": "en", "voice": "clinician",
        "pages": 1, "episodes": [treated.episode.id],
    }  # fmt: skip


def test_a_file_that_is_there_stays_and_no_report_is_entered(treated, report_of, tmp_path):
    path = tmp_path / "r.pdf"
    path.write_text("mine")
    with pytest.raises(ReportError, match="is there already"):
        save_pdf(treated.workspace, report_of(treated), (treated.episode,), path)
    assert path.read_text() == "mine"
    assert entries(treated.workspace.path) == []
    save_pdf(treated.workspace, report_of(treated), (treated.episode,), path, replace=True)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(treated, report_of, tmp_path):
    with pytest.raises(ReportError, match="cannot be written"):
        save_pdf(treated.workspace, report_of(treated), (treated.episode,), tmp_path / "none" / "r.pdf")
    assert list(tmp_path.glob("**/*.pdf*")) == []
    assert entries(treated.workspace.path) == []


def test_a_folder_in_the_files_place_is_told_and_stays(treated, report_of, tmp_path):
    (tmp_path / "r.pdf").mkdir()
    for replace in (False, True):
        with pytest.raises(ReportError):
            save_pdf(treated.workspace, report_of(treated), (treated.episode,), tmp_path / "r.pdf", replace=replace)
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".part")] == ["r.pdf"]
    assert entries(treated.workspace.path) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_told(treated, report_of, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(ReportError, match="cannot be written"):
        save_pdf(treated.workspace, report_of(treated), (treated.episode,), folder / "r.pdf")


def test_a_file_that_can_only_be_read_still_prints(treated, tmp_path):
    path, number = treated.workspace.path, treated.patient.patient_number
    treated.workspace.close()
    opened = Workspace.open(path)
    opened.store.read_only = True
    patient = opened.patients.find(number)
    layout = make_report(opened, patient, opened.episodes.of(patient.id), ReportChoices(), PRINTED)
    save_pdf(opened, layout, opened.episodes.of(patient.id), tmp_path / "r.pdf")
    opened.close()
    assert (tmp_path / "r.pdf").exists()
    assert entries(path) == []


def test_a_patient_without_an_episode_has_no_report(clinic):
    alone = clinic.workspace.patients.add(Patient(id=new_key(), patient_number="P-9", name="No One"))
    with pytest.raises(ReportError, match="patient P-9 has no episode"):
        make_report(clinic.workspace, alone, (), ReportChoices(), PRINTED)


def test_a_sign_of_the_name_that_no_font_has_is_named(clinic, report_of):
    clinic.patient = Patient(id=clinic.patient.id, patient_number="P-1", name="王\U0003134f")
    assert "this computer has no font for U+3134F of the name" in report_of(clinic).head.person
