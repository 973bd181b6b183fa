"""The answers of an open form: moving on, holding, missing, undo."""

import pytest

from tracker.clinic.codes import MissingReason
from tracker.scales.catalogue import catalogue
from tracker.ui.entry.sheet import REASON_KEYS, Sheet


def sheet(scale, responses=None, **more):
    return Sheet(catalogue()[scale], responses or {}, {}, **more)


def test_a_digit_answers_and_moves_on_and_zero_is_an_answer():
    form = sheet("womac-lk31")
    form.digit("0")
    form.digit("3")
    assert form.state.responses == {"P1": 0, "P2": 3}
    assert form.item.code == "P3"
    assert "P1" not in form.unanswered()


def test_the_form_ends_after_the_last_item_so_that_one_digit_too_many_overwrites_nothing():
    form = sheet("nrs-pain")
    form.digit("4")
    form.digit("7")
    assert form.state.responses == {"pain": 4}
    assert form.item is None
    assert form.refused is not None


def test_a_decimal_part_after_a_whole_answer_is_refused_in_words():
    form = sheet("nrs-pain")
    form.digit("3")
    form.point()
    assert form.refused is not None
    form.digit("5")
    assert form.state.responses == {"pain": 3}


def test_a_refused_digit_stays_on_the_row_and_loses_nothing():
    form = sheet("womac-lk31", {"P1": 2})
    form.go(0)
    form.digit("7")
    assert form.item.code == "P1"
    assert form.refused is not None
    assert form.state.responses == {"P1": 2}


def test_what_is_held_is_accepted_when_the_row_is_left_and_keeps_the_row_when_refused():
    form = sheet("vas-pain")
    form.digit("4")
    form.digit("2")
    form.move(1)
    assert form.state.responses == {"pain": 42}
    form.move(-1)
    for digit in "120":
        form.digit(digit)
    form.move(1)
    assert form.item.code == "pain"
    assert form.state.held == "120"
    assert form.state.responses == {"pain": 42}


def test_a_reason_takes_the_place_of_an_answer_and_a_digit_takes_the_place_of_a_reason():
    form = sheet("womac-lk31", {"P1": 2})
    form.go(0)
    form.ask_reason()
    form.reason(MissingReason.DECLINED)
    assert (form.state.responses, form.state.missing) == ({}, {"P1": MissingReason.DECLINED})
    form.move(-1)
    form.ask_reason()
    form.digit("1")
    assert (form.state.responses, form.state.missing) == ({"P1": 1}, {})


def test_backspace_takes_a_held_character_first_then_the_answer():
    form = sheet("vas-pain", {"pain": 30})
    form.go(0)
    form.digit("4")
    form.digit("5")
    form.erase()
    assert form.state.held == "4"
    form.erase()
    form.erase()
    assert form.state.responses == {}
    assert form.unanswered() == ("pain",)


def test_undo_takes_keystrokes_back_one_by_one_and_redo_brings_them_back():
    form = sheet("womac-lk31")
    for digit in "120":
        form.digit(digit)
    form.undo()
    form.undo()
    assert form.state.responses == {"P1": 1}
    assert form.item.code == "P2"
    form.redo()
    assert form.state.responses == {"P1": 1, "P2": 2}
    form.digit("4")
    form.redo()
    assert form.state.responses == {"P1": 1, "P2": 2, "P3": 4}


def test_the_mouse_answers_without_moving_on():
    form = sheet("womac-lk31")
    form.answer(4, 3)
    assert form.state.responses == {"P5": 3}
    assert form.item.code == "P5"


def test_all_blank_items_can_be_marked_as_not_asked_at_once():
    form = sheet("nrs-pain")
    form.not_asked()
    assert form.state.missing == {"pain": MissingReason.NOT_ASKED}
    assert form.unanswered() == ()
    form.undo()
    assert form.state.missing == {}


def test_a_motor_total_that_follows_from_its_parts_needs_no_answer():
    form = sheet("asia-totals", {"light_touch": 112, "pin_prick": 100})
    assert form.unanswered() == ("motor",)
    assert sheet("asia-totals", {"light_touch": 112, "pin_prick": 100, "uems": 50, "lems": 9}).unanswered() == ()


def test_a_form_opens_at_its_first_blank_item():
    assert sheet("womac-lk31", {"P1": 0, "P2": 1}).item.code == "P3"


def test_a_locked_form_changes_nothing():
    form = sheet("womac-lk31", {"P1": 0}, locked=True)
    form.digit("3")
    form.answer(5, 2)
    form.clear()
    form.not_asked()
    assert form.state.responses == {"P1": 0}
    assert form.refused is not None


@pytest.mark.parametrize("reason", MissingReason)
def test_each_reason_has_its_key(reason):
    assert list(REASON_KEYS.values()).count(reason) == 1
