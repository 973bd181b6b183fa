import pytest
from PySide6.QtCore import Qt

from tests.ui.office import on
from tracker.ui.events_page import EventsPage

SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def page(office, qtbot, themed):
    made = EventsPage(office)
    qtbot.addWidget(made)
    made.resize(1000, 600)

    def show():
        made.show_episode(office.episodes.get("left"), office.episodes.index_treatment("left"))

    made.changed.connect(show)
    show()
    made.show()
    qtbot.waitExposed(made)
    return made


def type_into(page, qtbot, **texts):
    for name, text in texts.items():
        line = page.side.panel.form.line(name)
        line.clear()
        qtbot.keyClicks(line, text)


def test_a_treatment_is_added_and_can_take_over_the_months(page, qtbot, office):
    page.new_treatment()
    type_into(page, qtbot, treatment_date="2026-03-01", product="bone marrow MSC", dose="10 million cells", lot="B-2")
    page.side.panel.form._editors["is_index"].setChecked(True)
    qtbot.keyClick(page.side.panel.form.line("lot"), *SAVE)
    index = office.episodes.index_treatment("left")
    assert (index.product, index.dose, index.lot) == ("bone marrow MSC", "10 million cells", "B-2")
    marks = [page.treatments.index(row, 6).data() for row in range(2)]
    assert [bool(mark) for mark in marks] == [False, True]


def test_a_treatment_without_product_is_refused_beside_the_field(page, office):
    page.new_treatment()
    page.side.panel.save()
    assert "product" in page.side.panel.form.complaints()
    assert len(office.treatments.of("left")) == 1


def test_a_treatment_is_edited_from_its_row(page, qtbot, office):
    page.treatment_table.setCurrentIndex(page.treatments.index(0, 0))
    qtbot.keyClick(page.treatment_table, Qt.Key.Key_Return)
    type_into(page, qtbot, dose="8 mL")
    qtbot.keyClick(page.side.panel.form.line("dose"), *SAVE)
    assert office.treatments.get("prp").dose == "8 mL"


def test_an_event_is_added_with_its_treatment(page, qtbot, office):
    page.new_event()
    type_into(page, qtbot, term="headache", date=on(3).isoformat(), end_date=on(4).isoformat())
    form = page.side.panel.form
    form.box("grade").setCurrentIndex(3)
    form.box("treatment_id").setCurrentIndex(1)
    qtbot.keyClick(form.line("term"), *SAVE)
    event = next(one for one in office.events.of("wang") if one.term == "headache")
    assert (event.grade, event.treatment_id, event.end_date) == (3, "prp", on(4))


def test_a_grade_is_never_assumed_and_is_asked_for_beside_its_field(page, qtbot, office):
    page.new_event()
    type_into(page, qtbot, term="headache")
    form = page.side.panel.form
    assert form.raw("grade") == ""
    page.side.panel.save()
    assert list(form.complaints()) == ["grade"]
    assert len(office.events.of("wang")) == 1
    form.box("grade").setCurrentIndex(form.box("grade").findData("1"))
    page.side.panel.save()
    assert [one.grade for one in office.events.of("wang") if one.term == "headache"] == [1]


def test_the_grade_of_a_recorded_event_is_shown_and_cannot_be_unchosen(page):
    page._show_event(page.events.record(0))
    box = page.side.panel.form.box("grade")
    assert (box.currentData(), box.findData("")) == ("1", -1)


def test_an_end_before_the_start_is_refused_beside_the_end(page, qtbot, office):
    page.new_event()
    type_into(page, qtbot, term="headache", date=on(3).isoformat(), end_date=on(1).isoformat())
    page.side.panel.form.box("grade").setCurrentIndex(1)
    page.side.panel.save()
    assert "end_date" in page.side.panel.form.complaints()
    assert len(office.events.of("wang")) == 1


def test_delete_removes_an_event_and_says_what_went(page, qtbot, office):
    page.event_table.setCurrentIndex(page.events.index(0, 0))
    with qtbot.waitSignal(page.removed, check_params_cb=lambda text: "swelling" in text):
        qtbot.keyClick(page.event_table, Qt.Key.Key_Delete)
    assert office.events.of("wang") == ()


def test_empty_tables_say_so(page, office):
    assert not page._no_treatment.isVisible()
    page.show_episode(office.episodes.get("right"), None)
    assert page._no_treatment.isVisible()
