import datetime

import pytest
from PySide6.QtCore import Qt

from tests.ui.office import on
from tracker.scales.catalogue import scale
from tracker.ui import theme
from tracker.ui.flowsheet_model import FlowsheetModel, Role

VISITS, ACROSS, DOWN = Qt.ItemDataRole.DisplayRole, Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@pytest.fixture
def model(office, themed):
    made = FlowsheetModel()
    made.set_sheet(office.flowsheets.of("left", today=on(400)))
    return made


def cell(model, visit, title, role=Qt.ItemDataRole.DisplayRole):
    rows = [model.headerData(row, DOWN).strip() for row in range(model.rowCount())]
    return model.index(rows.index(title), model.column_of(visit)).data(role)


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)


def test_zero_blank_draft_and_no_score_are_four_different_things(model):
    assert cell(model, "month1", "VAS pain") == "0"
    assert cell(model, "same", "VAS pain") == ""
    assert cell(model, "same", "WOMAC LK3.1") == "\N{WHITE CIRCLE} 2 of 24"
    assert cell(model, "same", "Pain") == "\N{WHITE CIRCLE}"


def test_a_cell_says_its_state_in_words(model):
    assert cell(model, "same", "VAS pain", Role.WORDS) == "2026-01-10  VAS pain: not entered"
    assert "draft, 2 of 24 items answered" in cell(model, "same", "Pain", Role.WORDS)
    assert cell(model, "month1", "VAS pain", Role.WORDS).endswith("0 mm")


def test_a_further_scale_is_one_line_below_and_opens_its_form(model):
    rows = [model.headerData(row, DOWN).strip() for row in range(model.rowCount())]
    assert rows[-6:] == ["KOOS", "Lequesne knee", "Lysholm", "SANE", "Walking distance", "Patient global"]
    assert cell(model, "month1", "KOOS") == ""
    assert cell(model, "month1", "KOOS", Role.WORDS) == "2026-02-10  KOOS: not entered"
    assert model.line(len(rows) - 6).scale.id == "koos"


def test_a_score_with_an_imputed_item_is_marked_and_says_so(model):
    assert cell(model, "month1", "Pain").endswith("*")
    assert "1 missing items filled in" in cell(model, "month1", "Pain", Role.WORDS)
    assert cell(model, "month1", "WOMAC LK3.1") == "23 of 24"


def test_a_form_without_a_score_says_why(office, model):
    office.policies.choose("womac-lk31", "strict")
    model.set_sheet(office.flowsheets.of("left", today=on(400)))
    assert cell(model, "month1", "Pain") == "\N{EN DASH}"
    assert "no score: " in cell(model, "month1", "Pain", Role.WORDS)


def test_a_visit_names_date_months_and_plan(model):
    assert model.headerData(model.column_of("month1"), ACROSS) == "2026-02-10\n1.0 months\nmonth 1"


def test_missed_planned_visits_stand_in_their_place(model):
    titles = [model.headerData(column, ACROSS).split("\n")[0] for column in range(model.columnCount())]
    assert titles[:3] == ["2026-01-05", "2026-01-10", "2026-02-10"]
    assert titles[3:] == ["month 3", "month 6"]  # the window of month 12 is still open on day 400
    assert model.visit(3) is None
    assert model.index(0, 3).data(Role.WORDS) == "planned visit, no visit in its window"


def test_an_episode_without_treatment_has_no_months(office, model):
    model.set_sheet(office.flowsheets.of("right", today=datetime.date(2026, 6, 1)))
    assert model.headerData(0, ACROSS).split("\n")[1] == ""


def test_the_level_and_grade_of_an_exam_stand_as_on_the_form(office, model):
    started = office.assessments.start("month1", "isncsci")
    office.assessments.complete(started.id, scale("isncsci").examples[2].responses, {})
    model.set_sheet(office.flowsheets.of("left", today=on(400)))
    level, grade = "Neurological level of injury", "AIS grade"
    assert (cell(model, "month1", level), cell(model, "month1", grade)) == ("T12*", "C")
    assert cell(model, "month1", level, Role.WORDS) == "2026-02-10  ISNCSCI, Neurological level of injury: T12*"
    assert cell(model, "month1", grade, Qt.ItemDataRole.ForegroundRole).name() == theme.colour("text").lower()
    assert cell(model, "month1", "ISNCSCI") == "complete"


def test_an_unfinished_change_is_marked_beside_the_stored_score(model, office):
    (view,) = [one for one in office.assessments.of_visit("month1") if one.assessment.scale == "vas-pain"]
    office.assessments.save_draft(view.assessment.id, {"pain": 5}, {})
    model.set_sheet(office.flowsheets.of("left", today=on(400)))
    assert cell(model, "month1", "VAS pain") == "\N{WHITE CIRCLE} 0"
    assert "0 mm; a change of it is not finished" in cell(model, "month1", "VAS pain", Role.WORDS)
