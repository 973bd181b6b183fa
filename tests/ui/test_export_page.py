import csv

import pytest
from PySide6.QtCore import Qt

from tracker.ui import export_page
from tracker.ui.export_page import EXCEL, ExportPage
from tracker.ui.jobs import Jobs


@pytest.fixture
def page(office_file, qtbot, themed):
    jobs = Jobs()
    made = ExportPage(office_file, jobs, "", ("wang", "王磊"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    jobs.wait()


def finished(page):
    return not page.running and page.report.text() not in ("", "Exporting...")


def test_an_export_is_written_beside_the_window_and_reported(page, qtbot, tmp_path):
    qtbot.keyClicks(page.folder, str(tmp_path / "out"))
    with qtbot.waitSignal(page.folder_chosen):
        qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    assert page.running
    qtbot.waitUntil(lambda: finished(page), timeout=20000)
    assert "rows in" in page.report.text()
    with (tmp_path / "out" / "patients.csv").open(encoding="utf-8", newline="") as file:
        assert {row["patient_number"] for row in csv.DictReader(file)} == {"K-0007", "S-0002", "M-0001"}


def test_excel_adds_the_byte_order_mark_and_one_patient_is_one_patient(page, qtbot, tmp_path):
    page.kinds.button(EXCEL).setChecked(True)
    page.only_patient.setChecked(True)
    page.folder.setText(str(tmp_path / "out"))
    page.start_export()
    qtbot.waitUntil(lambda: finished(page), timeout=20000)
    raw = (tmp_path / "out" / "patients.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(raw.splitlines()) == 2


def test_a_folder_with_something_else_in_it_is_refused_beside_the_field(page, qtbot, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    page.folder.setText(str(tmp_path / "out"))
    page.start_export()
    qtbot.waitUntil(lambda: bool(page.form.complaints()), timeout=20000)
    assert not page.running
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_a_cancelled_export_leaves_nothing(page, qtbot, tmp_path):
    page.folder.setText(str(tmp_path / "out"))
    page.start_export()
    page.cancel()
    qtbot.waitUntil(lambda: not page.running, timeout=20000)
    assert not (tmp_path / "out" / "patients.csv").exists() or "rows in" in page.report.text()


def test_no_folder_is_asked_for(page):
    page.start_export()
    assert "folder" in page.form.complaints()
    assert not page.running


def test_the_folder_can_be_chosen(page, monkeypatch, tmp_path):
    monkeypatch.setattr(export_page, "ask_folder", lambda _parent, _start: str(tmp_path))
    page._choose()
    assert page.folder.text() == str(tmp_path)


def test_progress_is_shown(page):
    page.show_progress((30, 120))
    assert (page.progress.value(), page.progress.maximum()) == (30, 120)


def test_escape_leaves_when_nothing_runs(page, qtbot):
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.folder, Qt.Key.Key_Escape)


def test_the_keys_stay_on_the_page_while_and_after_it_exports(page, qtbot, tmp_path):
    page.start()
    qtbot.keyClicks(page.folder, str(tmp_path / "out"))
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    assert page.cancel_button.hasFocus()
    qtbot.waitUntil(lambda: finished(page), timeout=20000)
    assert page.cancel_button.hasFocus()
    assert page.cancel_button.text() == "Close"
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.cancel_button, Qt.Key.Key_Escape)
