"""The entry page on a real file: typed with the keyboard, kept, completed, changed, left."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from tracker.clinic.codes import AssessmentStatus, Context, EntryMode, MissingReason
from tracker.core.messages import msg
from tracker.core.numbers import MINUS
from tracker.scales.catalogue import catalogue
from tracker.services.change_reasons import Asking
from tracker.store.errors import StoreError
from tracker.ui import theme
from tracker.ui.entry.entry_page import EntryPage

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PAD = Qt.KeyboardModifier.KeypadModifier


def complete(form):
    form.press(KEY.Key_Return, modifier=CONTROL)


def test_womac_is_typed_with_the_keyboard_only_with_a_zero_and_a_missing_item(form):
    form.open("womac-lk31")
    form.type("2301md")
    assert form.current == "S1"
    form.type("21" + "1" * 17)
    assert form.current is None
    with form.qtbot.waitSignal(form.page.saved) as saved:
        complete(form)
    assert saved.args == ["ana"]
    stored = form.stored("womac-lk31")
    assert stored.assessment.status is AssessmentStatus.COMPLETE
    assert stored.responses["P3"] == 0
    assert stored.missing == {"P5": MissingReason.DECLINED}
    assert stored.scores["pain"] == 7.5
    assert stored.scores["function"] == 17


@pytest.mark.parametrize("typed", ["3.5", "3,5"])
def test_vas_takes_a_point_or_a_comma_and_ends_with_enter(form, typed):
    form.open("vas-pain")
    form.type(typed)
    form.press(KEY.Key_Return)
    complete(form)
    assert form.stored("vas-pain").responses == {"pain": 3.5}


def test_vas_zero_is_an_answer_and_looks_and_reads_unlike_a_blank(form):
    form.open("vas-pain")
    blank = form.row_name("pain")
    form.type("0")
    form.press(KEY.Key_Enter, modifier=PAD)
    zero = form.row_name("pain")
    form.press(KEY.Key_Up)
    form.type("mu")
    assert "no answer yet" in blank
    assert "answer 0" in zero
    assert "missing: unable to answer" in form.row_name("pain")
    form.press(KEY.Key_Up)
    form.type("0")
    form.press(KEY.Key_Enter, modifier=PAD)
    complete(form)
    assert form.stored("vas-pain").scores == {"pain": 0}


def test_scim_values_of_several_digits_end_with_enter(form):
    form.open("scim-iii")
    form.type("333443")
    assert form.current == "5"
    form.type("1")
    assert form.current == "5"
    form.type("0")
    form.press(KEY.Key_Return)
    form.type("15")
    form.press(KEY.Key_Return)
    form.type("5")
    assert form.sheet.state.responses == {
        "1": 3, "2A": 3, "2B": 3, "3A": 4, "3B": 4, "4": 3, "5": 10, "6": 15, "7": 5,
    }  # fmt: skip
    assert form.current == "8"


def test_ten_has_its_own_key_on_letters_and_on_the_pad(form):
    form.open("womac-nrs31")
    form.type("t1")
    form.press(KEY.Key_Asterisk, modifier=PAD)
    assert form.sheet.state.responses == {"P1": 10, "P2": 1, "P3": 10}


def test_an_azerty_keyboard_needs_no_shift(form):
    form.open("womac-lk31")
    for text, scan in (("&", 10), ("é", 11), ("à", 19)):
        target = form.page.focusWidget()
        press = QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), Qt.KeyboardModifier.NoModifier, scan, 0, 0, text)
        QApplication.sendEvent(target, press)
    assert form.sheet.state.responses == {"P1": 1, "P2": 2, "P3": 0}


def test_an_input_method_is_off_on_the_rows_and_its_full_width_digits_count_all_the_same(form):
    form.open("womac-lk31")
    row = form.page.focusWidget()
    assert not row.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent()
    event.setCommitString("\N{FULLWIDTH DIGIT THREE}\N{FULLWIDTH DIGIT ONE}")
    QApplication.sendEvent(row, event)
    assert form.sheet.state.responses == {"P1": 3, "P2": 1}


def test_a_value_that_is_not_allowed_is_refused_in_words_at_its_row(form):
    form.open("scim-iii")
    form.type("3334432")
    form.press(KEY.Key_Up)
    form.type("7")
    assert "7 is not a value of “Respiration”: it takes 0, 2, 4, 6, 8, 10" in form.row_name("5")
    assert form.sheet.state.responses["5"] == 2
    form.type("6")
    assert form.sheet.state.responses["5"] == 6
    assert "not a value" not in form.row_name("5")


def test_what_is_typed_after_the_last_item_is_refused_in_words_at_the_end(form):
    form.open("nrs-pain")
    form.type("3,5")
    assert form.sheet.state.responses == {"pain": 3}
    assert "the form ends here" in form.page.grid._body.end.text()
    form.press(KEY.Key_Up)
    assert "the form ends here" not in form.page.grid._body.end.text()


def test_the_draft_is_saved_with_each_key_and_there_after_closing(form, workspace, qtbot):
    form.open("womac-lk31")
    form.type("20m")
    form.wait_saved()
    assert "Draft saved" in form.page.keeper.words.text()
    form.type("c")
    form.press(KEY.Key_Escape)
    stored = form.stored("womac-lk31")
    assert stored.assessment.status is AssessmentStatus.DRAFT
    assert (stored.responses, stored.missing) == ({"P1": 2, "P2": 0}, {"P3": MissingReason.UNCLEAR})
    again = EntryPage(workspace, theme.load(theme.DARK))
    qtbot.addWidget(again)
    again.open("second", "womac-lk31", "knee")
    assert again.grid.sheet.item.code == "P4"
    assert "answer 0" in again.grid.row("P2").accessibleName()


def test_an_empty_draft_leaves_nothing_behind(form):
    form.open("womac-lk31")
    with form.qtbot.waitSignal(form.page.closed):
        form.press(KEY.Key_Escape)
    assert form.workspace.assessments.of_visit("second") == ()


def test_score_and_change_since_the_last_visit_are_live(form):
    form.completed("womac-lk31", form.same_answer("womac-lk31", 3))
    form.open("womac-lk31")
    assert "last visit 3" in form.row_name("P1")
    form.type("1111")
    assert card(form, "Pain") == "Pain: – of 20. 1 of 5 items to go"
    form.type("2")
    assert card(form, "Pain") == f"Pain: 6 of 20. ↓ {MINUS}9 since last visit, better"


def card(form, title):
    names = [card.accessibleName() for card in form.page.scores.cards() if card.isVisible()]
    (found,) = [name for name in names if name.startswith(f"{title}: ")]
    return found


def test_a_reason_completes_a_subscale_by_the_unverified_rule_and_says_so(form):
    form.open("womac-lk31")
    form.type("2301md")
    assert card(form, "Pain").startswith("Pain: 7.5 of 20. 1 of 5 items missing")
    assert "unverified" in card(form, "Pain")


def test_keystrokes_are_undone_and_redone_in_the_form(form):
    form.open("womac-lk31")
    form.type("123")
    form.press(KEY.Key_Z, modifier=CONTROL)
    assert (form.sheet.state.responses, form.current) == ({"P1": 1, "P2": 2}, "P3")
    form.press(KEY.Key_Z, modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert form.sheet.state.responses["P3"] == 3
    form.wait_saved()
    assert form.stored("womac-lk31").responses == {"P1": 1, "P2": 2, "P3": 3}


def test_the_form_keeps_its_keys_though_the_window_uses_them_too(form, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    taken = []
    for keys in ("Ctrl+Z", "Del", "F1", "Esc", "Backspace"):
        QShortcut(keys, window).activated.connect(lambda keys=keys: taken.append(keys))
    form.page.setParent(window)
    window.show()
    form.open("womac-lk31")
    form.type("12")
    form.press(KEY.Key_Up, KEY.Key_Delete)
    assert form.sheet.state.responses == {"P1": 1}
    form.press(KEY.Key_Z, modifier=CONTROL)
    form.press(KEY.Key_F1)
    assert form.page.side.currentWidget() is form.page.about
    form.press(KEY.Key_Escape)
    assert form.sheet.state.responses == {"P1": 1, "P2": 2}
    assert taken == []
    form.page.setParent(None)


def click(form, code, part):
    row = form.page.grid.row(code)
    form.qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=part(row.parts()).center().toPoint())


def test_the_mouse_answers_marks_missing_and_clears(form):
    form.open("womac-lk31")
    click(form, "P4", lambda parts: parts.cells[3][1])
    assert (form.sheet.state.responses, form.current) == ({"P4": 3}, "P4")
    click(form, "P2", lambda parts: parts.missing)
    click(form, "P2", lambda parts: dict(parts.reasons)[MissingReason.DECLINED])
    assert form.sheet.state.missing == {"P2": MissingReason.DECLINED}
    click(form, "P2", lambda parts: parts.missing)
    click(form, "P2", lambda parts: parts.clear)
    assert form.sheet.state.missing == {}


def test_a_click_on_the_drawn_line_answers_in_whole_millimetres(form):
    form.open("vas-pain")
    row = form.page.grid.row("pain")
    line = row.parts().line
    form.qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(round(line.left()), round(line.center().y())))
    assert form.sheet.state.responses == {"pain": 0}
    form.qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=line.center().toPoint())
    assert form.sheet.state.responses["pain"] == pytest.approx(50, abs=1)
    assert isinstance(form.sheet.state.responses["pain"], int)


def test_completing_with_blanks_asks_in_place_and_goes_to_the_first(form):
    form.open("womac-lk31")
    form.type("12")
    form.press(KEY.Key_Down)
    complete(form)
    assert form.page.unfinished.sentence == "22 items have no answer."
    form.press(KEY.Key_Space)
    assert form.current == "P3"
    assert form.page.unfinished.sentence == ""


def test_completing_with_blanks_can_mark_them_as_not_asked(form):
    form.open("womac-lk31")
    form.type("1" * 23)
    complete(form)
    assert form.page.unfinished.sentence == "1 item has no answer."
    form.qtbot.mouseClick(form.page.unfinished.buttons[1], Qt.MouseButton.LeftButton)
    stored = form.stored("womac-lk31")
    assert stored.assessment.status is AssessmentStatus.COMPLETE
    assert stored.missing == {"F17": MissingReason.NOT_ASKED}


def test_how_and_by_whom_is_kept_with_the_answers_and_offered_for_the_next_form(form):
    form.open("nrs-pain")
    form.page.scores.set_mode(EntryMode.INTERVIEW)
    form.page.scores.assessor.setText("Dr Li")
    form.type("4")
    complete(form)
    stored = form.stored("nrs-pain").assessment
    assert (stored.mode, stored.assessor) == (EntryMode.INTERVIEW, "Dr Li")
    form.open("vas-pain")
    assert form.page.scores.chosen_mode() is EntryMode.INTERVIEW
    assert form.page.scores.assessor.text() == "Dr Li"


def test_a_change_of_a_complete_form_is_saved_as_a_change(form):
    form.completed("nrs-pain", {"pain": 4}, visit="second")
    form.open("nrs-pain")
    assert form.page.header.complete.text() == "Save change"
    form.type("7")
    form.wait_saved()
    assert form.page.header.status.text() == "changed"
    assert form.stored("nrs-pain").responses == {"pain": 4}
    complete(form)
    assert form.stored("nrs-pain").responses == {"pain": 7}
    assert form.page.header.status.text() == "complete"


def test_a_reason_is_asked_in_place_where_the_file_wants_one_and_only_of_a_change(form):
    form.workspace.change_reasons.choose(Asking.REQUIRED)
    form.open("nrs-pain")
    assert form.page.scores.reason.isHidden()
    form.type("4")
    complete(form)
    assert not form.page.scores.reason.isHidden()
    form.type("6")
    form.wait_saved()
    complete(form)
    assert "wants a reason" in form.page.trouble.sentence
    assert form.stored("nrs-pain").responses == {"pain": 4}
    form.page.scores.reason.setText("heard wrongly")
    complete(form)
    assert form.stored("nrs-pain").responses == {"pain": 6}
    newest = form.workspace.histories.of_patient("ana")[0]
    assert (newest.action, newest.reason) == ("amend", "heard wrongly")
    assert form.page.scores.reason.text() == ""


def test_a_change_survives_closing_and_can_be_discarded(form):
    form.completed("nrs-pain", {"pain": 4}, visit="second")
    form.open("nrs-pain")
    form.type("7")
    form.press(KEY.Key_Escape)
    form.open("nrs-pain")
    assert form.sheet.state.responses == {"pain": 7}
    form.qtbot.mouseClick(form.page.header.discard, Qt.MouseButton.LeftButton)
    assert form.sheet.state.responses == {"pain": 4}
    assert form.page.header.discard.isHidden()
    assert form.page.focusWidget() is form.page.grid.row("pain")
    assert form.stored("nrs-pain").responses == {"pain": 4}


def test_a_draft_that_cannot_be_saved_is_said_and_saved_with_the_next_key(form, monkeypatch):
    form.open("womac-lk31")
    real = form.workspace.assessments.save_draft

    def full(*_):
        raise StoreError(msg("the disk is full: make room"))

    monkeypatch.setattr(form.workspace.assessments, "save_draft", full)
    form.type("2")
    form.qtbot.waitUntil(lambda: "the disk is full" in form.page.trouble.sentence)
    assert form.sheet.state.responses == {"P1": 2}
    assert form.page.keeper.words.text() == "Draft not saved"
    with form.qtbot.assertNotEmitted(form.page.closed):
        form.press(KEY.Key_Escape)
    monkeypatch.setattr(form.workspace.assessments, "save_draft", real)
    form.type("3")
    form.wait_saved()
    assert form.page.trouble.sentence == ""
    assert form.stored("womac-lk31").responses == {"P1": 2, "P2": 3}


def test_an_answer_far_from_the_last_visits_is_asked_about_and_blocks_nothing(form):
    form.completed("womac-lk31", form.same_answer("womac-lk31", 3))
    form.open("womac-lk31")
    form.type("0")
    assert form.page.scores.question.sentence == "P1 Walking on the flat went from 3 to 0. Right?"
    assert form.current == "P2"
    form.qtbot.mouseClick(form.page.scores.question.yes, Qt.MouseButton.LeftButton)
    assert form.page.scores.question.sentence == ""
    form.type("0")
    form.qtbot.mouseClick(form.page.scores.question.change, Qt.MouseButton.LeftButton)
    assert form.current == "P2"
    form.type("3")
    assert form.page.scores.question.sentence == ""


def test_contexts_are_forms_of_their_own(form):
    form.open("vas-pain")
    form.type("30")
    form.press(KEY.Key_Return)
    form.page.header.context.setCurrentIndex(form.page.header.context.findData("night"))
    form.page.header.context.activated.emit(form.page.header.context.currentIndex())
    assert form.sheet.state.responses == {}
    form.type("80")
    form.press(KEY.Key_Return)
    complete(form)
    assert form.stored("vas-pain", context=Context.NIGHT).responses == {"pain": 80}
    assert form.stored("vas-pain", context=Context.UNSPECIFIED).responses == {"pain": 30}


def test_the_head_says_whose_form_it_is_and_when(form):
    form.open("womac-lk31")
    facts = form.page.header.facts.text()
    for fact in ("Garcia, Ana", "KOA-0117", "knee, left", "2026-05-02", "5.7 months", "month 6", "lower is better"):
        assert fact in facts


def test_contradicting_totals_are_said_and_not_scored(form):
    form.open("asia-totals")
    for value in ("40", "112", "112", "50", "20"):
        form.type(value)
        form.press(KEY.Key_Return)
    said = "“Motor total” contradicts “Upper extremity motor score” + “Lower extremity motor score”"
    assert said in form.page.scores.problem
    assert all(card.isHidden() for card in form.page.scores.cards())
    complete(form)
    assert said in form.page.trouble.sentence
    assert form.stored("asia-totals").assessment.status is AssessmentStatus.DRAFT


def test_tab_moves_between_items_and_keeps_a_refused_value(form):
    form.open("womac-va31")
    form.type("37")
    form.press(KEY.Key_Tab)
    assert (form.sheet.state.responses, form.current) == ({"P1": 37}, "P2")
    form.type("120")
    form.press(KEY.Key_Tab)
    assert form.current == "P2"
    assert "120 is not a value" in form.row_name("P2")
    assert form.page.focusWidget() is form.page.grid.row("P2")


def test_the_current_row_and_its_neighbours_stay_in_view(form):
    form.page.resize(1000, 420)
    form.open("whoqol-bref")
    form.type("3" * 14)
    port = form.page.grid.viewport()
    for code in ("Q13", "Q14", "Q15", "Q16", "Q17"):
        row = form.page.grid.row(code)
        box = row.rect().translated(row.mapTo(port, QPoint(0, 0)))
        assert port.rect().contains(box), code


def test_a_form_that_cannot_be_opened_says_why_and_shows_nothing(form):
    form.open("nrs-pain")
    form.page.open("no such visit", "nrs-pain", "knee")
    assert form.page.trouble.sentence != ""
    assert form.page.grid.sheet is None


@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("scale", [scale for scale in catalogue() if scale != "isncsci"])
def test_every_scale_opens_and_paints_in_both_themes(form, scale, name):
    form.open(scale)
    form.page.set_theme(theme.load(name))
    picture = form.page.grab().toImage()
    row = form.page.grid.row(catalogue()[scale].items[0].code)
    at = row.mapTo(form.page, QPoint(row.width() - 5, row.height() // 2))
    assert picture.pixelColor(at).name() == theme.load(name).colour("accent_soft")
    assert all(row.accessibleName() for row in form.page.grid.rows())


def test_the_form_speaks_the_language_in_use(form, monkeypatch):
    from tracker.core import messages

    form.open("scim-iii")
    form.type("3")
    monkeypatch.setattr(messages._speaking, "language", messages.Language.ZH_CN)
    form.page.retranslate()
    assert form.page.header.title.text() == catalogue()["scim-iii"].title.zh_CN
    assert catalogue()["scim-iii"].item("2A").label.zh_CN in form.row_name("2A")
    assert form.sheet.state.responses == {"1": 3}
    assert form.current == "2A"
