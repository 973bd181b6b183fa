import pytest
from PySide6.QtCore import Qt

from tracker.ui.records_table import Column, RecordsModel, RecordsTable, shared


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


@pytest.mark.parametrize(
    ("room", "widths"),
    [(500, [90, 230, 180]), (400, [90, 150, 160]), (332, [90, 150, 92]), (300, [90, 118, 92]), (100, [90, 92, 92])],
)
def test_the_stretched_column_takes_what_is_left_and_gives_way_last(room, widths):
    assert shared([90, 150, 180], [90, 92, 92], room, stretched=1)[1:] == widths[1:]


def test_a_name_is_whole_beside_long_texts_and_nothing_scrolls_sideways(qtbot, themed):
    texts = (
        "Bone-marrow MSC and Schwann cells",
        "blood, autologous, of the iliac crest",
        "intrathecal, by lumbar puncture",
    )
    model = RecordsModel(tuple(Column(f"No {at}", lambda _one, text=text: text) for at, text in enumerate(texts)))
    table = RecordsTable(model, "Treatments", stretched=0)
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    model.set_records(["one"])
    assert table.columnWidth(0) >= table.sizeHintForColumn(0)
    assert sum(table.columnWidth(at) for at in range(3)) <= table.viewport().width()
