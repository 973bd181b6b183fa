"""Two desks at one form: what comes in is told, both versions stand side by side, nothing is overwritten unseen."""

import pytest
from PySide6.QtCore import Qt

from tracker.clinic.codes import MissingReason
from tracker.services.workspace import Workspace

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
VAS, WOMAC = "vas-pain", "womac-lk31"


@pytest.fixture
def there(workspace):
    """Another desk on the same records."""
    opened = Workspace.open(workspace.place, actor="dr-wu")
    yield opened
    opened.close()


def at(desk, scale):
    """The form as another desk opens it: its key and what is seen."""
    key = desk.assessments.start("second", scale, episode_id="knee").id
    return key, desk.assessments.seen(key)


def texts(panel):
    table = panel.table
    return [[table.item(row, place).text() for place in range(3)] for row in range(table.rowCount())]


def test_answers_of_another_desk_come_into_the_open_form_and_are_told(form, there):
    form.open(WOMAC)
    key, seen = at(there, WOMAC)
    there.assessments.save_draft(key, {"P3": 4}, {"P4": MissingReason.DECLINED}, seen)
    form.type("1")
    form.wait_saved()
    assert (form.sheet.state.responses, dict(form.sheet.state.missing)) == (
        {"P1": 1, "P3": 4},
        {"P4": MissingReason.DECLINED},
    )
    assert form.page.unfinished.sentence == "2 answers came from another desk"
    assert form.stored(WOMAC).responses == {"P1": 1, "P3": 4}
    form.page.undo()
    form.wait_saved()
    assert form.stored(WOMAC).responses == {"P1": 1, "P3": 4}  # undo takes nothing of theirs away


def test_one_item_typed_at_two_desks_is_shown_twice_and_waits(form, there):
    form.open(WOMAC)
    key, seen = at(there, WOMAC)
    there.assessments.save_draft(key, {"P1": 4}, {}, seen)
    form.type("1")
    form.qtbot.waitUntil(lambda: form.page.both.sentence != "")
    assert "another desk is typing" in form.page.both.sentence
    assert texts(form.page.both)[0] == ["P1 Walking on the flat", "4", "\N{CHECK MARK} 1"]
    assert form.stored(WOMAC).responses == {"P1": 4}
    assert not form.page.put_away()  # what is typed here is not left behind
    form.qtbot.mouseClick(form.page.both.keep_mine, Qt.MouseButton.LeftButton)
    form.wait_saved()
    assert form.stored(WOMAC).responses == {"P1": 1}
    assert form.page.both.sentence == ""


def test_keeping_theirs_shows_theirs(form, there):
    form.open(WOMAC)
    key, seen = at(there, WOMAC)
    there.assessments.save_draft(key, {"P1": 4}, {}, seen)
    form.type("1")
    form.qtbot.waitUntil(lambda: form.page.both.sentence != "")
    form.qtbot.mouseClick(form.page.both.keep_theirs, Qt.MouseButton.LeftButton)
    assert form.sheet.state.responses == {"P1": 4}
    assert form.page.put_away()
    assert form.stored(WOMAC).responses == {"P1": 4}


@pytest.fixture
def met(form, there):
    """A form completed at both desks: 1 everywhere here, 2 there but for P2."""
    form.open(WOMAC)
    form.type("1" * 24)
    form.wait_saved()
    key, seen = at(there, WOMAC)
    theirs = dict.fromkeys(form.sheet.state.responses, 2) | {"P2": 1}
    there.assessments.complete(key, theirs, {}, seen=seen)
    form.press(KEY.Key_Return, modifier=CTRL)
    return form


def test_a_form_completed_elsewhere_shows_both_versions_with_their_scores(met):
    panel = met.page.both
    assert panel.sentence.startswith("dr-wu saved this form on 20")
    shown = texts(panel)
    assert shown[0] == ["P1 Walking on the flat", "\N{CHECK MARK} 2", "1"]
    assert ["47", "24"] in [row[1:] for row in shown]  # the total; a score is not chosen, it follows from the items
    assert not any(row[0].startswith("P2 ") for row in shown)
    assert met.stored(WOMAC).responses["P1"] == 2


def test_saving_mine_over_theirs_is_an_amendment_with_both_in_the_audit(met, there):
    with met.qtbot.waitSignal(met.page.saved):
        met.qtbot.mouseClick(met.page.both.keep_mine, Qt.MouseButton.LeftButton)
    assert set(met.stored(WOMAC).responses.values()) == {1}
    with there.store.read() as reader:
        entries = reader.driver.execute(
            "SELECT action, actor, before FROM audit WHERE entity = 'assessment' ORDER BY sequence"
        ).fetchall()
    assert [action for action, _actor, _before in entries] == ["complete", "amend"]
    assert '"P1":2' in entries[1][2]


def test_items_are_chosen_one_by_one_with_the_keys(met):
    table = met.page.both.table
    assert table.hasFocus()
    table.setCurrentCell(0, 2)
    met.qtbot.keyClick(table, KEY.Key_Space)
    assert texts(met.page.both)[0][1:] == ["2", "\N{CHECK MARK} 1"]
    with met.qtbot.waitSignal(met.page.saved):
        met.qtbot.mouseClick(met.page.both.keep_chosen, Qt.MouseButton.LeftButton)
    kept = met.stored(WOMAC).responses
    assert (kept["P1"], kept["P2"], kept["P3"]) == (1, 1, 2)


def test_leaving_an_empty_form_leaves_what_another_desk_types_in_it(form, there):
    form.open(VAS)
    key, seen = at(there, VAS)
    there.assessments.save_draft(key, {"pain": 30}, {}, seen)
    assert form.page.put_away()
    assert form.stored(VAS).responses == {"pain": 30}


def test_both_versions_are_said_in_chinese_too(met):
    from tracker.core.messages import use_language

    use_language("zh_CN")
    session = met.page.form
    met.page.both.show_both(session, met.page.both.both, completing=True)
    assert met.page.both.table.horizontalHeaderItem(1).text() == "对方"
    assert met.page.both.keep_chosen.text().startswith("按")
