import pytest
from PySide6.QtCore import Qt

from tracker.core.dates import parse_date
from tracker.ui.form import Form, optional, or_none, required


@pytest.fixture
def form(qtbot, themed):
    made = Form()
    made.section("About")
    made.text("name", "Name")
    made.text("date", "Date")
    made.choice("side", "Side", [("left", "left"), ("right", "right")], "right")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.start()
    return made


def test_enter_goes_from_field_to_field_and_saves_on_the_last(form, qtbot):
    qtbot.keyClicks(form.line("name"), "Ana")
    qtbot.keyClick(form.line("name"), Qt.Key.Key_Return)
    qtbot.waitUntil(form.line("date").hasFocus)
    qtbot.keyClick(form.line("date"), Qt.Key.Key_Return)
    qtbot.waitUntil(form.box("side").hasFocus)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.box("side"), Qt.Key.Key_Return)


def test_control_enter_saves_from_anywhere_and_escape_leaves(form, qtbot):
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.line("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(form.line("name"), Qt.Key.Key_Escape)


def test_a_wrong_field_says_so_beside_it_and_gets_the_focus(form, qtbot):
    qtbot.keyClicks(form.line("date"), "yesterday")
    assert form.read("name", required) is None
    assert form.read("date", parse_date) is None
    assert set(form.complaints()) == {"name", "date"}
    assert "yesterday" in form.complaints()["date"]
    assert form.line("name").hasFocus()
    assert form.line("date").accessibleDescription() == form.complaints()["date"]


def test_a_mended_field_loses_its_complaint(form, qtbot):
    form.read("name", required)
    qtbot.keyClicks(form.line("name"), "Ana")
    assert form.read("name", required) == "Ana"
    assert form.complaints() == {}


def test_a_choice_gives_its_code_and_can_be_offered_anew(form):
    assert form.raw("side") == "right"
    form.offer("side", [("none", "no side")])
    assert form.raw("side") == "none"


def test_empty_optional_fields_are_none(form):
    assert optional("  ") is None
    assert or_none(parse_date)(" ") is None


def test_a_field_of_another_kind_is_a_fault(form):
    with pytest.raises(TypeError):
        form.line("side")
    with pytest.raises(TypeError):
        form.box("name")


def test_a_hidden_field_is_left_out_by_enter(form, qtbot):
    form.show_field("date", shown=False)
    qtbot.keyClick(form.line("name"), Qt.Key.Key_Return)
    qtbot.waitUntil(form.box("side").hasFocus)


def test_suggestions_are_framed_apart_from_the_fields_under_them(form, qtbot):
    form.suggest("name", ["PRP, leukocyte-poor", "PRP, leukocyte-rich"])
    qtbot.keyClicks(form.line("name"), "leuko")
    popup = form.line("name").completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.frameWidth() == 1 or popup.contentsMargins().left() == 1
    popup.hide()
