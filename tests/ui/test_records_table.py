import pytest
from PySide6.QtCore import Qt

from tracker.ui.records_table import Column, RecordsModel, RecordsTable


@pytest.fixture
def model():
    made = RecordsModel((Column("Name", lambda one: one[0]), Column("Dose", lambda one: one[1])))
    made.set_records([("PRP", "5 mL"), ("MSC", "")])
    return made


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)


def test_headings_and_texts_come_from_the_columns(model):
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Dose"
    assert model.index(0, 1).data() == "5 mL"


def test_enter_opens_and_delete_asks_to_remove_the_row_of_the_cursor(model, qtbot, themed):
    table = RecordsTable(model, "Treatments", stretched=0)
    qtbot.addWidget(table)
    table.setCurrentIndex(model.index(1, 0))
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row == 1):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.remove_wanted, check_params_cb=lambda row: row == 1):
        qtbot.keyClick(table, Qt.Key.Key_Delete)


def test_the_frame_of_the_cursor_cuts_no_text(qtbot, themed):
    model = RecordsModel((Column("At", lambda one: one), Column("What", lambda _one: "x")))
    table = RecordsTable(model, "Events", stretched=1)
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    model.set_records(["2024-01-01"])
    qtbot.waitUntil(lambda: table.columnWidth(0) > 60)
    padding, frame = 2 * 5, 2 * 2
    text = table.fontMetrics().horizontalAdvance("2024-01-01")
    assert table.columnWidth(0) >= text + padding + frame + 2  # Qt's own margin on both sides of a text
