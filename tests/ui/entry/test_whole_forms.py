"""Whole forms of the neighbour scales, typed with the keys only, by the one grammar."""

import pytest
from PySide6.QtCore import Qt

from tracker.clinic.codes import AssessmentStatus
from tracker.core.numbers import plain_number
from tracker.scales.catalogue import catalogue, scale

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = "\n"


def press_all(form, keys):
    for key in keys:
        if key == ENTER:
            form.press(KEY.Key_Return)
        else:
            form.type(key)


def complete(form):
    form.press(KEY.Key_Return, modifier=CONTROL)


# What a person types, item by item in the order of the form; \n is Enter, t is ten.
TYPED = {
    "koos": ("121022122111201122102111211011131334333223", {"pain": 69.44444444444444, "qol": 37.5}),
    "lequesne-knee": ("11110311.5\n1\n20.5\n", {"pain": 4, "walking": 4, "adl": 5, "total": 13}),
    "lysholm": ("3510\n20\n15\n664", {"total": 69}),
    "odi": ("2132102122", {"total": 32}),
    "fri": ("2132123122", {"total": 47.5}),
    "quickdash": ("2312432321323321111", {"quickdash": 34.09090909090909, "work": 37.5, "sport": 0}),
    "prtee": ("3754t4637524563", {"pain": 29, "function": 22.5, "total": 51.5}),
    "edss": ("6,5\n", {"edss": 6.5}),
    "sane": ("70\n", {"sane": 70}),
    "patient-global": ("37,5\n", {"global": 37.5}),
    "walk-distance": ("412.5\n1030\n", {"metres": 412.5}),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_a_whole_form_is_typed_with_keys_only(form, name):
    keys, wanted = TYPED[name]
    form.open(name)
    press_all(form, keys)
    assert form.current is None
    with form.qtbot.waitSignal(form.page.saved):
        complete(form)
    stored = form.stored(name)
    assert stored.assessment.status is AssessmentStatus.COMPLETE
    assert len(stored.responses) == len(scale(name).items)
    assert {code: stored.scores[code] for code in wanted} == pytest.approx(wanted)


@pytest.mark.parametrize(("name", "example"), [(one, example) for one in TYPED for example in scale(one).examples])
def test_the_worked_examples_give_their_scores_when_typed(form, name, example):
    form.open(name)
    for item in scale(name).items:
        assert form.current == item.code
        value = example.responses.get(item.code)
        if value is None:
            press_all(form, "" if item.optional else "md")
            if item.optional:
                form.press(KEY.Key_Down)
            continue
        press_all(form, "t" if value == 10 and item.allowed == tuple(range(11)) else plain_number(value))
        if form.current == item.code:
            form.press(KEY.Key_Return)
    complete(form)
    stored = form.stored(name)
    assert stored.responses == example.responses
    if example.policy in (None, scale(name).policies[0].id):
        assert {code: value for code, value in stored.scores.items() if value is not None} == pytest.approx(
            {code: value for code, value in example.expected.items() if value is not None}
        )


def test_death_and_a_step_that_is_none_are_refused_in_words_where_they_are_typed(form):
    form.open("edss")
    press_all(form, "10\n")
    assert "10 is not entered here: it is death, not the finding of a visit" in form.row_name("edss")
    form.press(KEY.Key_Escape)
    press_all(form, "0.5\n")
    assert "0.5 is not a value of “EDSS step”: it takes 0, 1, 1.5 ... 9.5" in form.row_name("edss")
    assert form.sheet.state.responses == {}


def test_an_open_score_names_its_unit_and_no_maximum(form):
    form.open("walk-distance")
    press_all(form, "350\n")
    (card,) = [card for card in form.page.scores.cards() if card.isVisible()]
    assert card.accessibleName() == "Metres: 350 m"


def test_what_is_typed_covers_every_scale_that_has_a_form_of_its_own_here():
    elsewhere = {"vas-pain", "nrs-pain", "womac-lk31", "womac-va31", "womac-nrs31", "isncsci", "asia-totals"}
    assert set(TYPED) == set(catalogue()) - elsewhere - {"scim-iii", "whoqol-bref"}
