"""What the user sets over the chart: lines, zoomed y, voice, time axis, order, review; by mouse and by key."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from tests.ui.chart.clinic import TREATED, middle_answers
from tracker.core.dates import PartialDate
from tracker.scales.catalogue import scale
from tracker.ui.chart.chart_choices import LineChoice, Voice
from tracker.ui.chart.drawing import LineKind, StepDrawing
from tracker.ui.chart.time_axis import TimeChoice

ALL = "akhlaghpasand-2025/all"
DAY = datetime.timedelta(days=1)
NRS = "nrs-pain.pain|unspecified"
MOTOR = "asia.motor|unspecified"


def with_pain(clinic, *pains):
    clinic.treat()
    for number, pain in enumerate(pains):
        clinic.pain(TREATED - DAY + number * 60 * DAY, pain)


def with_two_panels(clinic):
    with_pain(clinic, 7, 4)
    clinic.motor(TREATED - 2 * DAY, 40)
    clinic.motor(TREATED + 365 * DAY, 50)


def press(qtbot, page, name, key, modifier=Qt.KeyboardModifier.NoModifier):
    widget = page.grid.panel(name).plot.widget
    page.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key, modifier)


def lines_of(page, name=NRS):
    return {line.code: line for line in page.grid.panel(name).drawn().lines}


def test_published_limits_start_at_the_baseline_and_name_their_source(clinic, open_page):
    with_pain(clinic, 7, 4)
    page = open_page(clinic)
    lines = lines_of(page)
    assert (lines["farrar_points"].value, lines["farrar_points"].kind) == (5, LineKind.IMPROVE)
    assert lines["farrar_points"].from_months == -1 / 30.4375
    hover = [str(part) for part in lines["farrar_points"].hover]
    assert hover[0] == "MCID: 5, from the baseline of 7"
    assert any("Farrar et al. 2001" in part for part in hover)
    panel = page.grid.panel(NRS)
    frame = panel.frame()
    words = panel.plot._hover(frame.at(3.0, 5))
    assert "Farrar et al. 2001" in words


def test_lines_are_percent_or_none_as_chosen(clinic, open_page, qtbot):
    with_pain(clinic, 7, 4)
    page = open_page(clinic)
    qtbot.mouseClick(page.side.options.lines.segments[LineChoice.PERCENT], Qt.MouseButton.LeftButton)
    assert {line.code: line.value for line in lines_of(page).values()} == {
        "percent_20": 5.6, "percent_30": 4.9, "percent_50": 3.5, "percent_70": 2.1,
    }  # fmt: skip
    qtbot.mouseClick(page.side.options.lines.segments[LineChoice.OFF], Qt.MouseButton.LeftButton)
    assert lines_of(page) == {}


def test_a_baseline_of_zero_draws_no_percent_line_and_the_table_says_why(clinic, open_page):
    with_pain(clinic, 0, 4)
    page = open_page(clinic)
    page.choose(lines=LineChoice.PERCENT)
    assert lines_of(page) == {}
    page.deeds.show_table(NRS)
    assert "the baseline is 0" in page.deeds.table.text()


def test_without_a_baseline_there_is_no_line(clinic, open_page):
    clinic.treat()
    clinic.pain(TREATED + 30 * DAY, 5)
    assert lines_of(open_page(clinic)) == {}


def test_a_line_is_painted_where_it_stands(clinic, open_page):
    with_pain(clinic, 7, 4)
    page = open_page(clinic)
    panel = page.grid.panel(NRS)
    page.choose(lines=LineChoice.PERCENT)
    image = panel.plot.widget.grab().toImage()
    frame = panel.frame()
    y = round(frame.y(2.1))
    row = {image.pixelColor(x, y + step).name() for x in range(60, 300) for step in (-1, 0)}
    page.choose(lines=LineChoice.OFF)
    bare = panel.plot.widget.grab().toImage()
    without = {bare.pixelColor(x, y + step).name() for x in range(60, 300) for step in (-1, 0)}
    assert row - without


def test_y_zooms_by_key_and_says_so(clinic, open_page, qtbot):
    with_two_panels(clinic)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    full = page.grid.panel(MOTOR).drawn()
    assert full.shown == (0, 100)
    assert page.head.zoom.text() == "Zoom y"
    press(qtbot, page, MOTOR, Qt.Key.Key_Y)
    zoomed = page.grid.panel(MOTOR).drawn()
    low, high = zoomed.shown
    assert 0 < low <= 40
    assert 50 <= high < 100
    assert page.head.zoom.text() == "Full range"
    assert page.grid.panel(MOTOR).frame().low == low
    press(qtbot, page, MOTOR, Qt.Key.Key_Y)
    assert page.grid.panel(MOTOR).drawn() == full


def test_a_page_opens_with_the_full_range_whatever_was_zoomed_before(clinic, open_page):
    with_two_panels(clinic)
    open_page(clinic).toggle_zoom()
    assert not open_page(clinic).choices.zoomed


def test_the_voice_changes_the_sentences_and_the_paragraph_stands_over_the_panels(clinic, open_page, qtbot):
    with_two_panels(clinic)
    page = open_page(clinic)
    panel = page.grid.panel(NRS)
    clinician = panel.legend.words.text
    assert page.grid._first_card.isHidden()
    qtbot.mouseClick(page.side.options.voice.segments[Voice.PATIENT], Qt.MouseButton.LeftButton)
    assert panel.legend.words.text != clinician
    told = page.composed.comparison.paragraph
    assert str(told[0]) in page.grid._first.text()
    assert page.grid._first_card.isVisible()


def test_sentences_are_folded_whole_and_unfold_by_key(clinic, open_page, qtbot):
    with_two_panels(clinic)
    page = open_page(clinic)
    words = page.grid.panel(NRS).legend.words
    shown = words.words.text()
    assert words.text.startswith(shown)
    assert shown.endswith(".")
    assert words.more.isVisible()
    press(qtbot, page, NRS, Qt.Key.Key_M)
    assert words.words.text() == words.text
    press(qtbot, page, NRS, Qt.Key.Key_M)
    assert words.words.text() == shown


def test_the_time_axis_offers_what_the_records_allow(clinic, open_page):
    from dataclasses import replace

    with_pain(clinic, 7, 4)
    page = open_page(clinic)
    assert not page.side.options.time.segments[TimeChoice.AGE].isEnabled()
    clinic.workspace.patients.change(replace(clinic.patient, birth_date=PartialDate(1980, 5, 2), version=1))
    page.show_episode(clinic.episode.id)
    assert page.side.options.time.segments[TimeChoice.AGE].isEnabled()
    before = [mark.months for mark in page.grid.panel(NRS).drawn().marks]
    page.choose(time=TimeChoice.AGE)
    assert page.window_of_time.axis.choice is TimeChoice.AGE
    assert "born 1980-05-02" in page.head.key.toolTip()
    assert [mark.months for mark in page.grid.panel(NRS).drawn().marks] == before


def test_panels_move_hide_and_come_back_by_key_and_are_kept(clinic, open_page, qtbot):
    with_two_panels(clinic)
    page = open_page(clinic)
    names = page.grid.names
    assert names.index(NRS) > 0
    press(qtbot, page, NRS, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    moved = page.grid.names
    assert moved.index(NRS) == names.index(NRS) - 1
    assert page.grid.name_of_focus() == NRS
    press(qtbot, page, MOTOR, Qt.Key.Key_H)
    assert MOTOR not in page.grid.names
    again = open_page(clinic)
    assert again.grid.names == [name for name in moved if name != MOTOR]
    QApplication.processEvents()
    back = [one for one in again.grid.findChildren(QAbstractButton) if one.isVisible() and "otor" in one.text()]
    qtbot.mouseClick(back[0], Qt.MouseButton.LeftButton)
    assert again.grid.names == moved


def test_forms_completed_after_a_review_are_marked_until_the_next(clinic, open_page, qtbot):
    with_pain(clinic, 7)
    page = open_page(clinic)
    assert not any(mark.is_new for mark in page.grid.panel(NRS).drawn().marks)
    qtbot.mouseClick(page.head.review, Qt.MouseButton.LeftButton)
    assert clinic.workspace.reviews.last(clinic.patient.id).changed == frozenset()
    clinic.pain(TREATED + 60 * DAY, 4)
    page.show_episode(clinic.episode.id)
    assert [mark.is_new for mark in page.grid.panel(NRS).drawn().marks] == [False, True]
    assert "1 new form" in page.head.review.text()
    qtbot.mouseClick(page.head.review, Qt.MouseButton.LeftButton)
    assert not any(mark.is_new for mark in page.grid.panel(NRS).drawn().marks)


def test_a_changed_answer_is_new_since_the_review_too(clinic, open_page):
    with_pain(clinic, 7, 4)
    page = open_page(clinic)
    page.mark_reviewed()
    last = page.grid.panel(NRS).drawn().marks[-1].point.assessment_id
    clinic.workspace.assessments.complete(last, {"pain": 5}, {})
    page.show_episode(clinic.episode.id)
    assert [mark.is_new for mark in page.grid.panel(NRS).drawn().marks] == [False, True]
    clinic.workspace.undo.undo()
    page.show_episode(clinic.episode.id)
    assert page.grid.panel(NRS).drawn().marks[-1].value == 4
    assert page.grid.panel(NRS).drawn().marks[-1].is_new, "what was changed and changed back is to be looked at too"


def test_a_review_is_kept_in_the_file_with_who_did_it(clinic, open_page):
    with_pain(clinic, 7)
    page = open_page(clinic)
    page.mark_reviewed()
    review = clinic.workspace.reviews.last(clinic.patient.id)
    assert review.by == clinic.workspace.actor
    assert review.by in page.head.review.toolTip()


def test_a_click_on_a_studys_bar_or_its_name_asks_for_the_library(clinic, open_page, qtbot):
    clinic.treat()
    clinic.motor(TREATED - 2 * DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    panel = page.grid.panel(MOTOR)
    with qtbot.waitSignal(page.library_wanted) as asked:
        qtbot.mouseClick(
            panel.plot.widget.viewport(), Qt.MouseButton.LeftButton, pos=panel.frame().at(12, 43.3).toPoint()
        )
    assert asked.args == [ALL]
    with qtbot.waitSignal(page.library_wanted) as asked:
        panel.legend.studies[0].setFocus()
        qtbot.keyClick(panel.legend.studies[0], Qt.Key.Key_Space)
    assert asked.args == [ALL]


def test_two_cohorts_stand_side_by_side_each_with_its_own_name(clinic, open_page):
    from dataclasses import replace

    episode = clinic.workspace.episodes.get(clinic.episode.id)
    clinic.workspace.episodes.change(replace(episode, attributes={"ais": "A", "phase": "chronic"}))
    clinic.treat()
    clinic.fill(clinic.visit(TREATED - DAY), "scim-iii", middle_answers("scim-iii"))
    page = open_page(clinic)
    chosen = (ALL, "akhlaghpasand-2025/chronic")
    page.choose_cohorts(chosen)
    panel = page.grid.panel("scim-iii.total|unspecified")
    assert tuple(study.cohort for study in panel.drawn().studies) == chosen
    assert [link.text().split(" · ")[0] for link in panel.legend.studies] == [
        study.title for study in panel.drawn().studies
    ]


def test_what_holds_for_one_of_two_cohorts_names_that_cohort(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 45)
    page = open_page(clinic)
    page.choose_cohorts((ALL, "akhlaghpasand-2025/thoracolumbar"))
    told = page.grid.panel(MOTOR).legend.warning.text()
    assert told.startswith("Akhlaghpasand 2025, thoracolumbar: no band:")
    page.choose_cohorts(("akhlaghpasand-2025/thoracolumbar",))
    assert page.grid.panel(MOTOR).legend.warning.text().startswith("No band:")


def test_early_spinal_injury_says_natural_recovery_on_the_page_and_on_its_panels(clinic, open_page):
    from dataclasses import replace

    episode = clinic.workspace.episodes.get(clinic.episode.id)
    clinic.workspace.episodes.change(replace(episode, onset_date=PartialDate(2025, 1, 10)))
    with_two_panels(clinic)
    page = open_page(clinic)
    assert "Steeves 2011" in page.head.recovery.text()
    assert page.head.recovery.isVisible()
    motor = page.grid.panel(MOTOR).legend.recovery
    assert motor.isVisible()
    assert "Steeves 2011" in motor.toolTip()
    assert page.grid.panel(NRS).legend.recovery.isHidden()


def test_cohorts_say_why_they_fit_or_not_or_what_to_record(clinic, open_page):
    with_two_panels(clinic)
    page = open_page(clinic)
    card = page.side.cards[ALL]
    assert "AIS A, as in this cohort" in card.accessibleDescription()
    from dataclasses import replace

    episode = clinic.workspace.episodes.get(clinic.episode.id)
    clinic.workspace.episodes.change(replace(episode, attributes={}))
    page.show_episode(clinic.episode.id)
    assert "AIS grade not recorded" in page.side.cards[ALL].accessibleDescription()


def test_exams_are_drawn_as_steps_with_their_open_results_as_spans(clinic, open_page):
    normal, cervical, open_exam = (dict(example.responses) for example in scale("isncsci").examples)
    del normal
    clinic.treat()
    clinic.fill(clinic.visit(TREATED - 7 * DAY), "isncsci", cervical)
    clinic.fill(
        clinic.visit(TREATED + 91 * DAY), "isncsci", cervical | {"right.motor.C5": "NT", "deepAnalPressure": "NT"}
    )
    clinic.fill(clinic.visit(TREATED + 200 * DAY), "isncsci", open_exam)
    page = open_page(clinic)
    drawing = page.grid.panel("isncsci.ais").drawn()
    assert isinstance(drawing, StepDrawing)
    (steps,) = [one for one in clinic.workspace.courses.of(clinic.episode.id).steps if one.series == "isncsci.ais"]
    assert [(mark.months, mark.low, mark.high) for mark in drawing.marks] == [
        (point.months, point.low, point.high) for point in steps.points
    ]
    assert drawing.marks[1].low != drawing.marks[1].high
    panel = page.grid.panel("isncsci.ais")
    assert "leaves open" in panel.plot._hover(panel.frame().at(drawing.marks[1].months, 1))
    assert "order, no distances" in panel.anchor.toolTip()
    assert panel.plot.widget.grab().toImage().width() > 100


def controls(page):
    kinds = (QAbstractButton, QComboBox)
    found = [
        one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible() and one.isEnabled()
    ]
    return [*found, *(panel.plot.widget for panel in page.panels)]


def test_every_control_takes_the_focus_and_has_a_name(clinic, open_page):
    with_two_panels(clinic)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    assert len(controls(page)) > 25
    for control in controls(page):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
        named = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name) or control.accessibleName()
        assert named, control


@pytest.mark.parametrize("key", [Qt.Key.Key_Menu, Qt.Key.Key_F10])
def test_the_menu_of_a_panel_opens_by_key_and_its_entries_do_what_they_say(clinic, open_page, qtbot, key):
    with_two_panels(clinic)
    page = open_page(clinic)
    modifier = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_F10 else Qt.KeyboardModifier.NoModifier
    press(qtbot, page, NRS, key, modifier)
    menu = page.grid.panel(NRS).menu.made()
    assert menu.isVisible()
    hide = next(action for action in menu.actions() if action.text().startswith("Hide this panel"))
    menu.close()
    hide.trigger()
    assert NRS not in page.grid.names
