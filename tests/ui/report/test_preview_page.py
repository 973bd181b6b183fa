"""The preview: what is chosen is shown, saved and printed; it is a page of the window, reached and left by keys."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from tests.ui.office import fill
from tracker.core.messages import Language
from tracker.services.workspace import Workspace
from tracker.store.connect import connect
from tracker.ui import settings
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.report import preview_page
from tracker.ui.report.model import Paper
from tracker.ui.report.preview_page import ReportPreview


@pytest.fixture
def office(clinic_file):
    opened = Workspace.open(fill(clinic_file))
    yield opened
    opened.close()


@pytest.fixture
def page(office, qtbot):
    made = ReportPreview(office, office.patients.get("wang"), office.episodes.of("wang"), "left")
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def audited(path):
    connection = connect(path)
    found = connection.execute("SELECT after FROM audit WHERE action = 'report'").fetchall()
    connection.close()
    return [json.loads(after) for (after,) in found]


def test_it_shows_the_episode_it_was_asked_for(page):
    assert [one.title for one in page.shown.episodes] == ["Knee osteoarthritis, left"]
    assert page.preview.pageCount() == len(page.shown.pages)
    assert page.shown.choices.language is Language.EN


def test_another_paper_language_and_voice_are_laid_out_anew_and_kept(page):
    choose(page.paper, Paper.LETTER)
    choose(page.language, Language.ZH_CN)
    choose(page.voice, Voice.PATIENT)
    assert page.shown.size == (816, 1056)
    assert page.shown.head.person.startswith("编号 K-0007")
    assert page.shown.episodes[0].paragraph
    assert [settings.remembered("report", name) for name in ("paper", "language", "voice")] == [
        "letter",
        "zh_CN",
        "patient",
    ]


def test_a_screen_reader_is_told_all_that_is_printed(page):
    told = page.preview.accessibleDescription()
    assert told.startswith("王磊")
    (report,) = page.shown.episodes
    for text in (report.title, report.figures[0].said, report.not_drawn, *report.events, *report.sources):
        assert text in told
    assert "VAS pain: Baseline 62; Last (month) 0 (1); Change −62 (−100 %) better" in told


def test_all_episodes_may_be_printed_together(page):
    choose(page.episode, "")
    assert len(page.shown.episodes) == 2
    assert page.preview.pageCount() == len(page.shown.pages) >= 2


def test_save_writes_the_pdf_and_says_where(page, office, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "r.pdf"
    monkeypatch.setattr(preview_page, "ask_pdf_file", lambda _parent, _name: str(path))
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert path.read_bytes().startswith(b"%PDF")
    assert page.told.text() == f"Saved: {path}"
    assert audited(office.path)[0]["file"] == str(path)


def test_a_name_that_was_not_given_saves_nothing(page, office, monkeypatch):
    monkeypatch.setattr(preview_page, "ask_pdf_file", lambda _parent, _name: "")
    page.save()
    assert page.told.isHidden()
    assert audited(office.path) == []


def test_a_folder_that_is_not_there_is_told_on_the_page(page, office, tmp_path, monkeypatch):
    monkeypatch.setattr(preview_page, "ask_pdf_file", lambda _parent, _name: str(tmp_path / "no" / "r.pdf"))
    page.save()
    assert "cannot be written" in page.told.text()
    assert page.told.isVisible()
    assert audited(office.path) == []


def test_print_sends_the_same_pages_and_enters_it(page, office, tmp_path, monkeypatch):
    def to_a_file(printer, _parent):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    monkeypatch.setattr(preview_page, "ask_printer", to_a_file)
    page.print()
    content = (tmp_path / "printed.pdf").read_bytes()
    assert content.count(b"/Type /Page\n") == len(page.shown.pages)
    assert audited(office.path)[0]["format"] == "paper"
    assert page.told.text() == "Sent to the printer."


def test_a_print_that_was_called_off_is_no_report(page, office, monkeypatch):
    monkeypatch.setattr(preview_page, "ask_printer", lambda _printer, _parent: False)
    page.print()
    assert audited(office.path) == []


def test_the_window_opens_it_by_key_prints_by_the_same_and_leaves_it_by_escape(clinic_file, qtbot, qapp, monkeypatch):
    from tracker.ui import app, theme

    path = fill(clinic_file)
    settings.save(settings.load(), theme=theme.LIGHT, language="en")
    window = app.prepare(qapp, app.Start(db=path))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: bool(window._actions))
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.opener.open(path, actor="tester")
    assert not window._actions["report"].isEnabled()
    window.open_patient("wang")
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.middle.page == "printed"
    asked = []
    monkeypatch.setattr(preview_page, "ask_printer", lambda *_: asked.append("printer"))
    monkeypatch.setattr(preview_page, "ask_pdf_file", lambda *_: asked.append("file") or "")
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.middle.currentWidget().save_button, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["printer", "file"]
    qtbot.keyClick(window.middle.currentWidget(), Qt.Key.Key_Escape)
    assert window.middle.page == "patient"
    window.close()
