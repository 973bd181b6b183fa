"""The figures of the OMERACT-OARSI rule can be set, are checked in words, and stay marked as unverified."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tracker.scales.responders import OMERACT_OARSI, VARIANT_A, VARIANT_B
from tracker.ui.responder_settings import responder_settings, worsening_settings
from tracker.ui.settings_page import SettingsPage


@pytest.fixture
def card(office, qtbot, themed):
    page = SettingsPage(office, "Dr. Li", "light")
    qtbot.addWidget(page)
    page.show()
    return page.responders


def typed(card, name, text):
    card.form.line(name).setText(text)


def test_the_figures_in_force_are_shown_and_marked_unverified(card):
    assert card.form.values() == {
        "high_percent": "50", "high_points": "20", "low_percent": "20", "low_points": "10"
    }  # fmt: skip
    assert "UNVERIFIED" in card.mark.text()
    assert "Pham et al. 2003" in card.mark.text()
    assert card.mark.isVisible()


def test_other_figures_are_kept_in_the_file_and_told(card, office, qtbot):
    typed(card, "high_percent", "62,5")
    with qtbot.waitSignal(card.changed):
        card.use_button.click()
    assert office.responder_rules.omeract_oarsi() == replace(OMERACT_OARSI, high_percent=62.5)
    assert card.form.raw("high_percent") == "62.5"
    assert card.done.text() == "these figures are in force"
    assert "UNVERIFIED" in card.mark.text()


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "fill this in"), ("many", "is not a number"), ("0", "above 0, at most 100"), ("101", "above 0, at most 100")],
)
def test_a_wrong_figure_is_told_beside_it_and_nothing_changes(card, office, text, words):
    typed(card, "high_percent", "60")
    typed(card, "low_points", text)
    card.use_button.click()
    assert list(card.form.complaints()) == ["low_points"]
    assert words in card.form.complaints()["low_points"]
    assert office.responder_rules.omeract_oarsi() == OMERACT_OARSI


def test_enter_on_the_last_field_uses_the_figures(card, office, qtbot):
    typed(card, "low_points", "15")
    qtbot.keyClick(card.form.line("low_points"), Qt.Key.Key_Return)
    assert office.responder_rules.omeract_oarsi().low_points == 15


def test_the_programs_figures_come_back(card, office):
    typed(card, "low_points", "15")
    card.use_button.click()
    card.reset_button.click()
    assert office.responder_rules.omeract_oarsi() == OMERACT_OARSI
    assert card.form.raw("low_points") == "10"


@pytest.mark.parametrize("panel", [responder_settings, worsening_settings])
def test_a_file_open_for_reading_only_lets_nothing_be_changed(office, qtbot, panel):
    made = panel(office.responder_rules, read_only=True)
    qtbot.addWidget(made)
    assert not made.use_button.isEnabled()
    assert not made.reset_button.isEnabled()
    assert not any(made.form.line(name).isEnabled() for name in made.form.values())


@pytest.fixture
def worsening(office, qtbot, themed):
    page = SettingsPage(office, "Dr. Li", "light")
    qtbot.addWidget(page)
    page.show()
    return page.worsening


def test_the_rule_for_edss_is_variant_a_and_not_marked(worsening):
    assert worsening.form.values() == {
        "from_zero": "1.5", "step": "1", "up_to": "5.5", "above": "0.5", "days": "84"
    }  # fmt: skip
    assert not worsening.mark.isVisible()


def test_the_other_published_variant_may_be_chosen_and_own_figures_are_marked(worsening, office, qtbot):
    typed(worsening, "up_to", "5")
    with qtbot.waitSignal(worsening.changed):
        worsening.use_button.click()
    assert office.responder_rules.edss_worsening() == VARIANT_B
    assert not worsening.mark.isVisible()
    typed(worsening, "days", "100")
    worsening.use_button.click()
    assert "UNVERIFIED" in worsening.mark.text()
    assert worsening.mark.isVisible()
    worsening.reset_button.click()
    assert office.responder_rules.edss_worsening() == VARIANT_A


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("step", "0.3", "is not a step of EDSS"), ("days", "84.5", "is not a number of days"), ("days", "0", "1 to 730")],
)
def test_a_figure_the_rule_for_edss_cannot_work_with_is_told(worsening, office, name, text, words):
    typed(worsening, name, text)
    worsening.use_button.click()
    assert words in worsening.form.complaints()[name]
    assert office.responder_rules.edss_worsening() == VARIANT_A
