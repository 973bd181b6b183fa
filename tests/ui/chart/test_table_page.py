"""The table behind the chart: every point that is drawn, in words a screen reader reads."""

import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from tests.ui.chart.clinic import TREATED, middle_answers

ALL = "akhlaghpasand-2025/all"
DAY = datetime.timedelta(days=1)
NRS = "nrs-pain.pain|unspecified"
LIGHT = "asia.light_touch|unspecified"


def opened(clinic, open_page, qtbot, name=NRS):
    clinic.treat()
    for number, pain in enumerate((7, 4, 0)):
        clinic.pain(TREATED - DAY + number * 60 * DAY, pain)
    clinic.motor(TREATED - 2 * DAY, 40)
    clinic.motor(TREATED + 365 * DAY, 50)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    widget = page.grid.panel(name).plot.widget
    page.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return page


def cells(table):
    model = table.model()
    head = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    return [
        dict(zip(head, (model.index(row, column).data() for column in range(model.columnCount())), strict=True))
        for row in range(model.rowCount())
    ]


def test_the_key_shows_the_table_of_the_panel_with_the_focus_and_brings_the_chart_back(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot)
    table = page.deeds.table
    assert table.isVisible()
    assert table.panel == NRS
    assert not page.side.isVisible()
    qtbot.keyClick(table.tables[0], Qt.Key.Key_Escape)
    assert page.grid.isVisible()
    assert page.side.isVisible()
    assert page.grid.name_of_focus() == NRS


def test_every_point_has_its_row_with_change_and_verdicts(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot)
    rows = cells(page.deeds.table.tables[0])
    drawn = page.grid.panel(NRS).drawn()
    assert [row["Date"] for row in rows] == [mark.point.date.isoformat() for mark in drawn.marks]
    assert [row["Value"] for row in rows] == ["7", "4", "0"]
    assert [row["Since baseline"] for row in rows] == ["", "−3 (−43 %), better", "−7 (−100 %), better"]
    assert rows[0]["Note"] == "baseline"
    assert "MCID 2: reached (Farrar et al. 2001" in rows[1]["Each published limit"]


def test_every_month_of_a_cohort_has_its_row_with_n_band_place_and_doubts(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot, LIGHT)
    rows = cells(page.deeds.table.tables[1])
    assert [row["Month"] for row in rows] == ["0", "12"]
    assert [row["n"] for row in rows] == ["n 106", "n 106"]
    (place,) = [
        point.place
        for panel in page.composed.comparison.panels if panel.series == "asia.light_touch"
        for cohort in panel.cohorts if cohort.key == ALL
        for point in cohort.points if point.drawn.months == 12
    ]  # fmt: skip
    assert f"better than about {place.better_than:.0f} of 100" in rows[1]["Place, or why there is none"]
    assert rows[1]["Visit read against it"].startswith((TREATED + 365 * DAY).isoformat())


def test_a_visit_without_a_score_has_a_row_that_says_why(clinic, open_page):
    clinic.treat()
    answers = middle_answers("scim-iii")
    partial = {code: value for code, value in answers.items() if code != "6"}
    clinic.fill(clinic.visit(TREATED - DAY), "scim-iii", partial, missing=["6"])
    page = open_page(clinic)
    page.deeds.show_table("scim-iii.total|unspecified")
    (row,) = cells(page.deeds.table.tables[0])
    assert row["Note"].startswith("no score:")
    assert "Value" not in row


def test_all_panels_can_be_read_in_one_table(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot)
    table = page.deeds.table
    table.choice.setCurrentIndex(0)
    table.choice.activated.emit(0)
    scores = {row["Score"] for row in cells(table.tables[0])}
    assert scores == {panel.heading.title for panel in page.panels}


def test_the_table_is_copied_as_text(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot)
    page.deeds.table.copy()
    text = QGuiApplication.clipboard().text()
    assert "Date\tMonth\tValue" in text
    assert f"{(TREATED + 59 * DAY).isoformat()}\t1.9\t4\t" in text


def test_a_screen_reader_finds_the_cells(clinic, open_page, qtbot):
    page = opened(clinic, open_page, qtbot)
    reader = QAccessible.queryAccessibleInterface(page.deeds.table.tables[0])
    assert reader.role() == QAccessible.Role.Table
    texts = [reader.child(place).text(QAccessible.Text.Name) for place in range(reader.childCount())]
    assert {"Date", "Value", "7", "4", "0", "−3 (−43 %), better"} <= set(texts)
    assert reader.text(QAccessible.Text.Name) == "This patient"


def test_the_table_follows_another_patient(clinic, open_page, qtbot):
    from tracker.clinic.records import Episode
    from tracker.core.keys import new_key

    page = opened(clinic, open_page, qtbot)
    other = Episode(id=new_key(), patient_id=clinic.patient.id, condition="sci", attributes={"ais": "A"})
    clinic.workspace.episodes.add(other)
    page.show_episode(other.id)
    page.finish()
    assert page.deeds.table.isVisible()
    assert all(
        row["Since baseline"] == "" if "Since baseline" in row else True for row in cells(page.deeds.table.tables[0])
    )
