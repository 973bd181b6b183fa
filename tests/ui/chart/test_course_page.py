"""The course page over a real file: what is drawn is what was recorded, at the months it was recorded."""

import datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.chart.clinic import TREATED, middle_answers
from tracker.clinic.codes import Context, Relatedness
from tracker.clinic.records import AdverseEvent, Episode
from tracker.core.keys import new_key
from tracker.scales.catalogue import scale
from tracker.ui import theme
from tracker.ui.chart.drawing import BandChoice, PanelState

ALL = "akhlaghpasand-2025/all"
SUBACUTE = "akhlaghpasand-2025/subacute"
CHRONIC = "akhlaghpasand-2025/chronic"
DAY = datetime.timedelta(days=1)
NRS = "nrs-pain.pain"


def panel_of(page, series):
    return next(panel for panel in page.panels if panel.drawn().series == series)


def drawn(page, series):
    return panel_of(page, series).drawn()


def shown_words(panel):
    """Every text under a plot that a user sees, and what the short name of a cohort stands for."""
    from PySide6.QtWidgets import QLabel

    links = [link.accessibleName() for link in panel.legend.studies if link.isVisible()]
    return "\n".join([*links, *(label.text() for label in panel.legend.findChildren(QLabel) if label.isVisible())])


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    panel.plot.widget.setFocus()
    qtbot.keyClick(panel.plot.widget, key, modifier)


def treated_with_pains(clinic, *pains, every=60):
    clinic.treat()
    clinic.pain(TREATED - 10 * DAY, pains[0])
    for number, pain in enumerate(pains[1:], 1):
        clinic.pain(TREATED + number * every * DAY, pain)


def test_the_points_drawn_are_the_points_of_the_course_at_their_months(clinic, open_page):
    treated_with_pains(clinic, 7, 4, 2, 0)
    page = open_page(clinic)
    course = next(one for one in clinic.workspace.courses.of(clinic.episode.id).panels if one.series == NRS)
    marks = drawn(page, NRS).marks
    assert [(mark.months, mark.value) for mark in marks] == [(point.months, point.value) for point in course.points]
    assert [mark.months for mark in marks] == [days / 30.4375 for days in (-10, 60, 120, 180)]
    assert [mark.is_baseline for mark in marks] == [True, False, False, False]


def test_a_zero_is_a_point_and_is_painted_at_the_bottom_of_the_scale(clinic, open_page):
    treated_with_pains(clinic, 7, 0)
    page = open_page(clinic)
    panel = panel_of(page, NRS)
    assert panel.drawn().marks[-1].value == 0
    image = panel.plot.widget.grab().toImage()
    at = panel.frame().at(panel.drawn().marks[-1].months, 0)
    assert image.pixelColor(at.toPoint()).name() == theme.load(theme.LIGHT).colour("course")


def test_links_are_straight_between_consecutive_scores(clinic, open_page):
    treated_with_pains(clinic, 7, 4, 2)
    drawing = drawn(open_page(clinic), NRS)
    ends = [(link.from_value, link.to_value, link.from_months, link.to_months) for link in drawing.links]
    first, second, third = (mark.months for mark in drawing.marks)
    assert ends == [(7, 4, first, second), (4, 2, second, third)]


def test_a_visit_without_a_score_breaks_the_line_and_says_why(clinic, open_page):
    clinic.treat()
    answers = middle_answers("scim-iii")
    clinic.fill(clinic.visit(TREATED - DAY), "scim-iii", answers)
    partial = {code: value for code, value in answers.items() if code != "6"}
    clinic.fill(clinic.visit(TREATED + 40 * DAY), "scim-iii", partial, missing=["6"])
    clinic.fill(clinic.visit(TREATED + 90 * DAY), "scim-iii", answers)
    page = open_page(clinic)
    total = drawn(page, "scim-iii.total")
    assert [len(total.marks), len(total.gaps), len(total.links)] == [2, 1, 0]
    assert total.gaps[0].months == 40 / 30.4375
    panel = panel_of(page, "scim-iii.total")
    frame = panel.frame()
    at = QPointF(frame.x(total.gaps[0].months), frame.strip_y)
    words = panel.plot._hover(at)
    assert words.startswith("no score:")
    assert "6" in words.splitlines()[0]
    assert (TREATED + 40 * DAY).isoformat() in words
    self_care = drawn(page, "scim-iii.self_care")
    assert (len(self_care.marks), len(self_care.links)) == (3, 2)


def test_an_unfinished_form_is_a_gap_and_never_a_partial_total(clinic, open_page):
    treated_with_pains(clinic, 7, 4)
    visit = clinic.visit(TREATED + 120 * DAY)
    begun = clinic.workspace.assessments.start(visit.id, "scim-iii")
    clinic.workspace.assessments.save_draft(begun.id, {"1": 3}, {})
    drawing = drawn(open_page(clinic), "scim-iii.total")
    assert (drawing.state, len(drawing.marks), len(drawing.gaps)) == (PanelState.UNSCORED, 0, 1)


def test_every_point_is_drawn_however_many_there_are(clinic, open_page):
    treated_with_pains(clinic, *[number % 11 for number in range(40)], every=20)
    assert len(drawn(open_page(clinic), NRS).marks) == 40


def test_a_cohort_stands_at_its_reported_months_only_with_n(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    clinic.motor(TREATED + 180 * DAY, 44)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    (study,) = drawn(page, "asia.motor").studies
    assert [(centre.months, centre.value, centre.n_label) for centre in study.centres] == [
        (0.0, 40.7, "n 106"),
        (12.0, 43.3, "n 106"),
    ]
    assert [band.months for band in study.bands] == [0.0, 12.0]
    first = study.bands[0]
    assert (first.lower + first.upper) / 2 == pytest.approx(40.7)
    assert first.upper - 40.7 == pytest.approx(1.98282 * 17 * (1 + 1 / 106) ** 0.5, abs=1e-3)
    assert [(link.from_months, link.to_months) for link in study.links] == [(0.0, 12.0)]
    words = shown_words(panel_of(page, "asia.motor"))
    assert "range that would hold 95 of 100 people like those studied (n 106 enrolled)" in words.replace(
        "Range", "range"
    )
    assert "Not a forecast for this patient" in words
    assert "Uncontrolled" in words


def test_the_band_is_painted_at_its_month_and_nowhere_else(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - 60 * DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    panel = panel_of(page, "asia.motor")
    image, frame = panel.plot.widget.grab().toImage(), panel.frame()
    band, paper = theme.load(theme.LIGHT).colour("band"), theme.load(theme.LIGHT).colour("surface")
    assert image.pixelColor(frame.at(12, 60).toPoint()).name() == band
    for months in (3, 6, 9):
        assert image.pixelColor(frame.at(months, 60).toPoint()).name() == paper


def test_the_clinician_chooses_the_band(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    page.choose(band=BandChoice.SD)
    (study,) = drawn(page, "asia.motor").studies
    assert (study.bands[0].lower, study.bands[0].upper) == (pytest.approx(23.7), pytest.approx(57.7))
    assert "SD between patients (n 106" in shown_words(panel_of(page, "asia.motor"))
    page.choose(band=BandChoice.OFF)
    (study,) = drawn(page, "asia.motor").studies
    assert (study.bands, len(study.centres)) == ((), 2)
    assert "Means only" in shown_words(panel_of(page, "asia.motor"))


def test_the_choice_of_cohorts_is_kept_with_the_episode(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.side.cards[ALL].click()
    assert clinic.workspace.episodes.get(clinic.episode.id).read_against == (ALL,)
    page.side.cards[ALL].click()
    assert clinic.workspace.episodes.get(clinic.episode.id).read_against == ()
    assert drawn(page, "asia.motor").studies == ()


def test_at_most_two_cohorts_are_drawn_the_third_takes_the_place_of_the_first(clinic, open_page):
    clinic.treat()
    clinic.fill(clinic.visit(TREATED - DAY), "scim-iii", middle_answers("scim-iii"))
    page = open_page(clinic)
    for key in (ALL, SUBACUTE, CHRONIC):
        page.side.cards[key].click()
    studies = drawn(page, "scim-iii.total").studies
    assert [(study.cohort, study.rank) for study in studies] == [(SUBACUTE, 0), (CHRONIC, 1)]


def test_a_cohort_without_the_score_draws_nothing_and_offers_its_parent_by_name(clinic, open_page, qtbot):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((SUBACUTE,))
    panel = panel_of(page, "asia.motor")
    assert panel.drawn().studies == ()
    (offer,) = panel.drawn().offers
    assert offer.parent == ALL
    button = panel.legend.offers[0].button
    assert "Akhlaghpasand 2025, all" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clinic.workspace.episodes.get(clinic.episode.id).read_against == (ALL,)
    assert len(drawn(page, "asia.motor").studies) == 1


def test_a_score_no_chosen_cohort_reports_says_so_and_draws_none(clinic, open_page):
    treated_with_pains(clinic, 7, 4)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    assert drawn(page, NRS).studies == ()
    assert "No printed reference for this score." in shown_words(panel_of(page, NRS))


def test_a_patient_who_started_outside_the_cohort_gets_no_band_and_is_told_why(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 95)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    (study,) = drawn(page, "asia.motor").studies
    assert (study.bands, study.started_outside, len(study.centres)) == ((), True, 2)
    assert "started outside the range of this study" in shown_words(panel_of(page, "asia.motor"))


def test_values_of_an_unstated_variant_appear_only_on_request_and_unjoined(knee_clinic, open_page, qtbot):
    knee_clinic.treat(product="PRP")
    visit = knee_clinic.visit(TREATED - DAY)
    knee_clinic.fill(visit, "womac-lk31", middle_answers("womac-lk31", 2))
    page = open_page(knee_clinic)
    page.choose_cohorts(("migliorini-2019/pooled",))
    total = panel_of(page, "womac-lk31.total")
    assert total.drawn().studies == ()
    qtbot.mouseClick(total.legend.offers[0].button, Qt.MouseButton.LeftButton)
    (study,) = drawn(page, "womac-lk31.total").studies
    assert [(mark.months, mark.value) for mark in study.centres] == [(0, 25.66), (6, 25.23), (12, 15.60)]
    assert all(mark.is_as_printed for mark in study.centres)
    assert (study.links, study.bands) == ((), ())
    assert "as printed" in shown_words(total).lower()
    page.show_episode(knee_clinic.episode.id)
    assert len(drawn(page, "womac-lk31.total").studies) == 1


def test_a_request_ends_with_the_episode_it_was_made_for(knee_clinic, open_page):
    other = Episode(id=new_key(), patient_id=knee_clinic.patient.id, condition="knee-oa", body_site="knee")
    knee_clinic.workspace.episodes.add(other)
    knee_clinic.treat(product="PRP")
    knee_clinic.fill(knee_clinic.visit(TREATED - DAY), "womac-lk31", middle_answers("womac-lk31", 2))
    page = open_page(knee_clinic)
    page.choose_cohorts(("migliorini-2019/pooled",))
    page.show_as_printed("migliorini-2019/pooled")
    page.show_episode(other.id)
    page.show_episode(knee_clinic.episode.id)
    assert drawn(page, "womac-lk31.total").studies == ()


def test_the_same_episode_read_anew_stays_where_it_was_zoomed_to(clinic, open_page):
    treated_with_pains(clinic, 7, 4, 2)
    page = open_page(clinic)
    page.window_of_time.show(1, 3)
    clinic.pain(TREATED + 300 * DAY, 1)
    page.show_episode(clinic.episode.id)
    assert page.window_of_time.range == (1.0, 3.0)
    page.window_of_time.reset()
    assert page.window_of_time.range[1] > 300 / 30.4375


def test_cohorts_of_other_people_are_listed_with_the_reason_and_cannot_be_chosen(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    assert "akhlaghpasand-2025/cervical" not in page.side.cards
    from dataclasses import replace

    episode = clinic.workspace.episodes.get(clinic.episode.id)
    clinic.workspace.episodes.change(replace(episode, attributes={"ais": "C"}, read_against=(ALL,)))
    page.show_episode(clinic.episode.id)
    assert ALL not in page.side.cards
    assert drawn(page, "asia.motor").studies == ()


def test_without_a_treatment_months_count_from_the_first_visit_and_no_study_is_drawn(clinic, open_page):
    clinic.motor(TREATED, 40)
    clinic.motor(TREATED + 61 * DAY, 42)
    clinic.workspace.episodes.choose_cohorts(clinic.episode.id, (ALL,))
    page = open_page(clinic)
    drawing = drawn(page, "asia.motor")
    assert [mark.months for mark in drawing.marks] == [0, 61 / 30.4375]
    assert (drawing.studies, drawing.treatments) == ((), ())
    assert "no treatment recorded: months since the first visit" in page.head.key.toolTip()
    assert not page.side.cards[ALL].isEnabled()


def test_an_episode_without_visits_says_so(clinic, open_page):
    page = open_page(clinic)
    assert page._nothing.isVisible()
    assert "No visit with a score yet" in page._nothing.text()
    assert page.panels == ()


def test_a_single_visit_says_that_a_course_needs_two(clinic, open_page):
    treated_with_pains(clinic, 7)
    page = open_page(clinic)
    assert drawn(page, NRS).state is PanelState.SINGLE
    assert "Single score so far" in shown_words(panel_of(page, NRS))


def test_a_score_without_baseline_says_why_and_promotes_no_follow_up(clinic, open_page):
    clinic.treat()
    clinic.pain(TREATED + 30 * DAY, 5)
    clinic.pain(TREATED + 60 * DAY, 4)
    page = open_page(clinic)
    assert [mark.is_baseline for mark in drawn(page, NRS).marks] == [False, False]
    assert "no baseline: no computed score in the 90 days before" in shown_words(panel_of(page, NRS))


def test_scores_never_recorded_stand_in_words_and_take_no_panel(clinic, open_page):
    treated_with_pains(clinic, 7, 4)
    page = open_page(clinic)
    assert [panel.drawn().series for panel in page.panels] == [NRS]
    assert "SCIM-III" in page.grid.not_recorded
    assert "Ctrl+E" not in page.grid.not_recorded


def test_where_nothing_was_recorded_the_scales_stand_a_line_each_under_the_keys_to_begin_with(clinic, open_page):
    clinic.treat()
    first, *lines = open_page(clinic).grid.not_recorded.splitlines()
    assert first.startswith("Ctrl+E enters the scores of today's visit")
    assert len({line.partition(":")[0] for line in lines}) == len(lines) > 2
    assert "(0-100) (0" not in " ".join(lines)


def test_contexts_have_panels_of_their_own_named_by_the_context(clinic, open_page):
    clinic.treat()
    for context, pain in ((Context.REST, 3), (Context.MOVEMENT, 6)):
        clinic.fill(clinic.visit(TREATED - DAY), "nrs-pain", {"pain": pain}, context)
    page = open_page(clinic)
    named = {panel.title.text(): [mark.value for mark in panel.drawn().marks] for panel in page.panels}
    assert {name.split(", ")[-1]: values for name, values in named.items()} == {"at rest": [3], "on movement": [6]}


def test_treatments_and_events_stand_in_the_lane_and_across_all_panels(clinic, open_page):
    clinic.treat(product="MSC + Schwann cells", dose="50 million cells")
    clinic.treat(TREATED + 100 * DAY, product="MSC", dose=None)
    clinic.workspace.events.add(
        AdverseEvent(
            id=new_key(), patient_id=clinic.patient.id, date=TREATED + 2 * DAY, term="headache", grade=2,
            relatedness=Relatedness.PROBABLE, end_date=TREATED + 5 * DAY, episode_id=clinic.episode.id,
        )
    )  # fmt: skip
    clinic.pain(TREATED - DAY, 5)
    page = open_page(clinic)
    lane = page.lane.drawn()
    months = [0.0, 100 / 30.4375]
    assert [(mark.label, mark.months, mark.is_index) for mark in lane.treatments] == [
        ("MSC + Schwann cells · 50 million cells", months[0], True),
        ("MSC", months[1], False),
    ]
    (event,) = lane.events
    assert (event.months, event.until_months, event.grade, event.is_related) == (2 / 30.4375, 5 / 30.4375, 2, True)
    assert event.label == "headache, grade 2"
    assert all(list(panel.drawn().treatments) == months for panel in page.panels)


def ranges(page):
    plots = [page.lane.plot, *(panel.plot for panel in page.panels)]
    return {tuple(round(end, 9) for end in plot.box.viewRange()[0]) for plot in plots}


def many_panels(clinic):
    treated_with_pains(clinic, 7, 4, 2)
    visit = clinic.visit(TREATED + 200 * DAY)
    for scale_id in ("scim-iii", "asia-totals", "whoqol-bref"):
        clinic.fill(visit, scale_id, middle_answers(scale_id))


def test_dragging_one_panel_moves_all(clinic, open_page):
    many_panels(clinic)
    page = open_page(clinic)
    before = page.window_of_time.range
    page.panels[0].plot.box.setXRange(2, 5, padding=0)
    assert ranges(page) == {(2.0, 5.0)}
    assert page.window_of_time.range == (2.0, 5.0) != before


def test_keys_zoom_pan_and_reset_all_panels(clinic, open_page, qtbot):
    many_panels(clinic)
    page = open_page(clinic)
    home = page.window_of_time.range
    press(qtbot, page.panels[0], Qt.Key.Key_Plus)
    zoomed = page.window_of_time.range
    assert zoomed[0] > home[0]
    assert zoomed[1] < home[1]
    press(qtbot, page.panels[1], Qt.Key.Key_Right)
    moved = page.window_of_time.range
    assert moved[0] > zoomed[0]
    assert moved[1] - moved[0] == pytest.approx(zoomed[1] - zoomed[0])
    press(qtbot, page.panels[1], Qt.Key.Key_Left)
    press(qtbot, page.panels[1], Qt.Key.Key_Minus)
    assert page.window_of_time.range == pytest.approx(home)
    press(qtbot, page.panels[1], Qt.Key.Key_Plus)
    press(qtbot, page.panels[1], Qt.Key.Key_0)
    assert page.window_of_time.range == home
    assert len(ranges(page)) == 1


def turn_wheel(panel, modifiers=Qt.KeyboardModifier.NoModifier):
    viewport = panel.plot.widget.viewport()
    at = QPointF(viewport.width() / 2, viewport.height() / 2)
    where, turn, still = QPointF(viewport.mapToGlobal(at.toPoint())), QPoint(0, 120), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, where, QPoint(0, 0), turn, Qt.MouseButton.NoButton, modifiers, still, False)  # noqa: FBT003
    QApplication.sendEvent(viewport, event)
    return event


def test_the_wheel_zooms_a_page_that_fits_and_scrolls_one_that_does_not(clinic, open_page, qtbot):
    many_panels(clinic)
    page = open_page(clinic, (1114, 420))
    assert not page.grid.fits()
    home = page.window_of_time.range
    turn_wheel(page.panels[0])
    assert page.window_of_time.range == home
    turn_wheel(page.panels[0], Qt.KeyboardModifier.ControlModifier)
    assert page.window_of_time.range[1] < home[1]
    page.window_of_time.reset()
    page.activateWindow()
    page.panels[0].plot.widget.setFocus()
    qtbot.waitUntil(page.panels[0].plot.widget.hasFocus)
    turn_wheel(page.panels[0])
    assert page.window_of_time.range[1] < home[1]


def test_a_double_click_shows_the_whole_course_again(clinic, open_page, qtbot):
    many_panels(clinic)
    page = open_page(clinic)
    home = page.window_of_time.range
    page.window_of_time.zoom(0.5)
    qtbot.mouseDClick(page.panels[0].plot.widget.viewport(), Qt.MouseButton.LeftButton)
    assert page.window_of_time.range == home


def test_hover_says_value_date_and_months(clinic, open_page):
    treated_with_pains(clinic, 7, 4)
    panel = panel_of(open_page(clinic), NRS)
    mark = panel.drawn().marks[1]
    words = panel.plot._hover(panel.frame().at(mark.months, mark.value))
    lines = words.splitlines()
    assert lines[:3] == ["4", f"{(TREATED + 60 * DAY).isoformat()} · month 2.0", "since baseline: −3 (−43 %), better"]
    assert any(line.startswith("MCID 2: reached (Farrar et al. 2001") for line in lines)
    assert "no published figure for measurement error" in words


def test_hover_over_a_cohort_says_month_centre_n_and_range(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - 60 * DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    panel = panel_of(page, "asia.motor")
    words = panel.plot._hover(panel.frame().at(12, 43.3))
    assert "month 12" in words
    assert "mean 43.3 · n 106" in words


def test_a_screen_reader_is_told_every_visit(clinic, open_page):
    treated_with_pains(clinic, 7, 4, 0)
    panel = panel_of(open_page(clinic), NRS)
    spoken = panel.plot.widget.accessibleDescription().splitlines()
    assert [line.split(",")[0] for line in spoken[:3]] == ["7", "4", "0"]
    assert spoken[3] == panel.legend.words.text
    assert panel.plot.widget.accessibleName()


def test_the_panel_of_studies_opens_and_closes_by_key(clinic, open_page, qtbot):
    treated_with_pains(clinic, 7, 4)
    page = open_page(clinic)
    qtbot.keyClick(page.panels[0].plot.widget, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    page.show_side(shown=False)
    assert not page.side.isVisible()
    assert page.head.side.isVisible()
    page.show_side(shown=True)
    assert page.side.isVisible()


def test_the_passport_is_asked_for_by_name(clinic, open_page, qtbot):
    from PySide6.QtWidgets import QPushButton

    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    link = next(one for one in page.side.findChildren(QPushButton) if "passport" in one.text())
    with qtbot.waitSignal(page.library_wanted) as asked:
        link.click()
    assert asked.args == [ALL]


def test_before_you_read_names_design_control_and_doubts(clinic, open_page):
    from PySide6.QtWidgets import QLabel

    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    words = "\n".join(label.text() for label in page.side.findChildren(QLabel))
    assert "uncontrolled study" in words
    assert "n 106" in words
    assert "⚠" in words
    assert "Others found" in words


def test_a_choice_that_cannot_be_kept_is_told_and_changes_nothing(clinic, open_page):
    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    clinic.workspace.patients.remove(clinic.patient.id)
    page.choose_cohorts((ALL,))
    assert page.head.trouble.isVisible()
    assert drawn(page, "asia.motor").studies == ()


def test_another_patient_reuses_the_cards(clinic, open_page):
    many_panels(clinic)
    page = open_page(clinic)
    cards = page.panels
    page.show_episode(clinic.episode.id)
    assert all(one is other for one, other in zip(cards, page.panels, strict=True))


def test_the_columns_follow_the_width(clinic, open_page, qtbot):
    many_panels(clinic)
    page = open_page(clinic, (1700, 900))
    tops = [panel.geometry().top() for panel in page.panels]
    assert tops.count(tops[0]) == 3
    page.resize(760, 900)
    qtbot.waitUntil(lambda: page.panels[0].geometry().top() != page.panels[1].geometry().top())


@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
def test_both_themes_paint_the_patient_in_their_own_colour(clinic, open_page, name):
    treated_with_pains(clinic, 7, 4)
    page = open_page(clinic, name=name)
    panel = panel_of(page, NRS)
    mark = panel.drawn().marks[1]
    image = panel.plot.widget.grab().toImage()
    colours = theme.load(name).colour
    assert image.pixelColor(panel.frame().at(mark.months, mark.value).toPoint()).name() == colours("course")
    assert image.pixelColor(image.width() - 2, 2).name() == colours("surface")


def test_a_change_of_theme_repaints_what_is_shown(clinic, open_page):
    treated_with_pains(clinic, 7, 4)
    page = open_page(clinic)
    page.set_theme(theme.load(theme.DARK))
    image = panel_of(page, NRS).plot.widget.grab().toImage()
    assert image.pixelColor(image.width() - 2, 2).name() == theme.load(theme.DARK).colour("surface")


def test_headings_and_studies_follow_the_language(clinic, open_page, monkeypatch):
    from tracker.core import messages

    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    page = open_page(clinic)
    page.choose_cohorts((ALL,))
    monkeypatch.setattr(messages._speaking, "language", messages.Language.ZH_CN)
    page.retranslate()
    panel = panel_of(page, "asia.motor")
    assert panel.title.toolTip().endswith(scale("asia-totals").score("motor").label.zh_CN)
    assert "全部（完全性损伤）" in shown_words(panel)


def test_range_unit_direction_and_anchor_stand_over_the_plot(knee_clinic, open_page):
    knee_clinic.treat()
    knee_clinic.fill(knee_clinic.visit(TREATED - DAY), "vas-pain", {"pain": 62.5})
    page = open_page(knee_clinic)
    panel = panel_of(page, "vas-pain.pain")
    assert panel.range.text() == "0–100 mm"
    assert panel.anchor.toolTip().startswith("▼ better · 0 = ")
    assert (panel.drawn().low, panel.drawn().high) == (0, 100)


def test_every_card_has_its_room_before_anything_is_painted(clinic, open_page):
    clinic.treat()
    for number, scale_id in enumerate(("asia-totals", "scim-iii", "whoqol-bref", "nrs-pain", "vas-pain")):
        clinic.fill(clinic.visit(TREATED - (number + 1) * DAY), scale_id, middle_answers(scale_id))
    page = open_page(clinic)
    seen = []
    page.grid.painted_once = _watched(page.grid, seen)
    page.choose_cohorts((ALL,))
    page.show_episode(clinic.episode.id)
    assert seen
    assert [(height, needed) for heights in seen for height, needed in heights if height < needed] == []


def _watched(grid, seen):
    from contextlib import contextmanager

    inner = grid.painted_once

    @contextmanager
    def watched():
        with inner():
            yield
        shown = [panel for panel in grid._pool if panel.isVisible()]
        seen.append([(panel.height(), panel.heightForWidth(panel.width())) for panel in shown])

    return watched


def test_a_kept_cohort_that_does_not_fit_is_named_and_can_be_forgotten(clinic, open_page, qtbot):
    from dataclasses import replace

    from PySide6.QtWidgets import QLabel, QPushButton

    clinic.treat()
    clinic.motor(TREATED - DAY, 40)
    workspace = clinic.workspace
    workspace.episodes.choose_cohorts(clinic.episode.id, (ALL, "gone-2020/all"))
    episode = workspace.episodes.get(clinic.episode.id)
    workspace.episodes.change(replace(episode, attributes={"ais": "C"}))
    page = open_page(clinic)

    def told():
        return "\n".join(one.text() for one in page.side.findChildren(QLabel) if one.isVisible())

    qtbot.waitUntil(lambda: "not drawn" in told())
    assert "Kept for this episode but not drawn: Akhlaghpasand 2025, all, complete injury" in told()
    assert "gone-2020/all (the library does not have it)" in told()
    forget = next(one for one in page.side.findChildren(QPushButton) if one.text() == "Forget it")
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert workspace.episodes.get(clinic.episode.id).read_against == ()
    qtbot.waitUntil(lambda: "not drawn" not in told())
