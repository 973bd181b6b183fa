"""Out of the chart: pictures with their sources, and the data behind them."""

import csv
import datetime
import io
import json
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from tests.services.making_users import sign_in, with_users
from tests.ui.chart.clinic import TREATED
from tracker.services.chart_data import COLUMNS, chart_data
from tracker.ui.chart import out
from tracker.ui.chart.panel_menu import PanelDeed

ALL = "akhlaghpasand-2025/all"
DAY = datetime.timedelta(days=1)
LIGHT = "asia.light_touch|unspecified"
CITATION = "Akhlaghpasand M, Tavanaei R, Hosseinpoor M, et al. Stem Cell Res Ther 2025;16:226"


@pytest.fixture
def page(clinic, open_page):
    clinic.treat()
    clinic.pain(TREATED - DAY, 7)
    clinic.pain(TREATED + 60 * DAY, 4)
    clinic.motor(TREATED - 2 * DAY, 40)
    clinic.motor(TREATED + 365 * DAY, 50)
    shown = open_page(clinic)
    shown.choose_cohorts((ALL,))
    return shown


@pytest.fixture
def save(page, monkeypatch, qtbot, tmp_path):
    """Does a deed with a panel and waits for the file."""

    def saved(deed, name, file):
        path = tmp_path / file
        monkeypatch.setattr(out, "ask_picture_file", lambda _parent, _name: str(path))
        monkeypatch.setattr(out, "ask_data_file", lambda _parent, _name: str(path))
        with qtbot.waitSignal(page.deeds.told, timeout=10000) as told:
            page.deeds.do(name, deed)
        return path, told.args[0]

    return saved


def test_a_png_holds_the_picture_and_its_sources(save):
    path, told = save(PanelDeed.SAVE, LIGHT, "one.png")
    image = QImage(str(path))
    assert image.width() == 2 * (640 + 48)
    assert CITATION in image.text("Description")
    assert told == f"Saved: {path}"


def test_an_svg_prints_citation_scale_version_and_what_stands_beside_the_picture(save, clinic):
    path, _ = save(PanelDeed.SAVE, LIGHT, "one.svg")
    words = " ".join("".join(ElementTree.parse(path).getroot().itertext()).split())
    assert CITATION in words
    assert "asia-totals 1 (" in words
    assert "Range that would hold 95 of 100 people like those studied" in words
    assert "Uncontrolled study" in words
    assert "Wang Lei" not in words
    assert clinic.patient.patient_number not in words


def test_a_limit_that_the_sentences_judge_by_is_cited(save):
    path, _ = save(PanelDeed.SAVE, "nrs-pain.pain|unspecified", "pain.svg")
    words = " ".join("".join(ElementTree.parse(path).getroot().itertext()).split())
    assert "Limit: Farrar et al. 2001" in words


def test_a_pdf_is_one_page_of_the_sheets_size(save):
    path, _ = save(PanelDeed.SAVE, "", "course.pdf")
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1


def test_the_whole_course_is_on_one_sheet(save, page):
    path, _ = save(PanelDeed.SAVE, "", "course.png")
    assert QImage(str(path)).width() == 2 * (48 + 2 * 500 + 18)
    one, _ = save(PanelDeed.SAVE, LIGHT, "one.png")
    assert QImage(str(path)).height() > QImage(str(one)).height()


def test_the_picture_goes_to_the_clipboard(page, qtbot):
    with qtbot.waitSignal(page.deeds.told, timeout=10000):
        page.deeds.do(LIGHT, PanelDeed.COPY)
    assert QGuiApplication.clipboard().image().width() == 2 * (640 + 48)


def test_a_name_with_another_ending_is_refused_readably(save):
    path, told = save(PanelDeed.SAVE, LIGHT, "one.gif")
    assert told == "“one.gif”: end the name with .png, .svg or .pdf"
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_told(save):
    _, told = save(PanelDeed.SAVE, LIGHT, "missing/one.png")
    assert "cannot be written" in told
    _, told = save(PanelDeed.DATA, LIGHT, "missing/one.csv")
    assert "cannot be written" in told


def test_the_data_are_the_comparison_at_full_precision(save, page):
    path, _ = save(PanelDeed.DATA, LIGHT, "one.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert tuple(rows[0]) == COLUMNS
    (panel,) = [one for one in page.composed.comparison.panels if one.series == "asia.light_touch"]
    visits = [row for row in rows if row["record"] == "visit"]
    assert [(row["date"], float(row["months"]), float(row["value"])) for row in visits] == [
        (point.date.isoformat(), point.months, point.value) for point in panel.points
    ]
    months = {float(row["months"]): row for row in rows if row["record"] == "cohort"}
    (cohort,) = [one for one in panel.cohorts if one.key == ALL]
    for point in cohort.points:
        row = months[point.drawn.months]
        assert float(row["value"]) == point.drawn.value
        assert row["source"] == CITATION
        assert (row["better_than"] == "") is (point.place is None)
    assert {(row["scale"], row["scale_version"]) for row in visits} == {("asia-totals", "1")}
    assert {row["series"] for row in rows} == {"asia.light_touch"}
    assert {row["synthetic"] for row in rows} == {"0"}


def test_the_data_do_not_depend_on_the_language(page, chinese):
    comparison = page.composed.comparison
    text, rows = chart_data(comparison, wanted=lambda _: True, cohorts=(ALL,), synthetic=True)
    assert rows == len(text.strip().splitlines()) - 1
    assert "no percentile" in text or "no score within" in text
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_a_name_offered_for_a_file_says_which_score_and_never_who():
    assert out.file_name(LIGHT) == "course-asia.light_touch"
    assert out.file_name("nrs-pain.pain|movement") == "course-nrs-pain.pain-movement"
    assert out.file_name("") == "course"


def test_a_demo_says_synthetic_on_every_sheet(page):
    from tracker.ui.chart.picture import Sheet

    composed = page.composed
    sheet = Sheet(composed, composed.panels, page.window_of_time.range, page.font(), synthetic=True)
    assert any("Synthetic demo data" in words for words in sheet.words())


def test_what_leaves_is_entered_in_the_audit(save, clinic):
    path, _ = save(PanelDeed.SAVE, LIGHT, "one.png")
    with clinic.workspace.store.read() as reader:
        found = reader.driver.execute("SELECT patient_id, after FROM audit WHERE action = 'export'").fetchall()
    ((patient_id, after),) = found
    assert patient_id == clinic.patient.id
    assert json.loads(after) == {"what": "picture", "file": str(path)}


def test_who_may_take_nothing_out_is_told_before_a_file_is_asked_for(page, save, clinic):
    with_users(clinic.workspace)
    sign_in(clinic.workspace, "Eva")
    for deed in (PanelDeed.SAVE, PanelDeed.DATA, PanelDeed.COPY):
        path, told = save(deed, LIGHT, "one.png")
        assert "your role here" in told
        assert not path.exists()
