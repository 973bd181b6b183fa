"""Every state of the course in both languages and both themes; and what is painted first is what stands there last."""

import datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.chart.clinic import TREATED, middle_answers
from tracker.clinic.records import Episode
from tracker.core.keys import new_key
from tracker.core.messages import Language, use_language
from tracker.ui import theme
from tracker.ui.chart.drawing import PanelState

DAY = datetime.timedelta(days=1)
ALL = "akhlaghpasand-2025/all"


def nothing(clinic):
    return None


def one_visit(clinic):
    clinic.treat()
    clinic.pain(TREATED - DAY, 7)
    return PanelState.SINGLE


def no_baseline(clinic):
    clinic.treat()
    clinic.pain(TREATED + 30 * DAY, 5)
    clinic.pain(TREATED + 60 * DAY, 4)
    return PanelState.COURSE


def all_missing(clinic):
    clinic.treat()
    clinic.fill(clinic.visit(TREATED - DAY), "nrs-pain", {}, missing=["pain"])
    clinic.fill(clinic.visit(TREATED + 30 * DAY), "nrs-pain", {}, missing=["pain"])
    return PanelState.UNSCORED


def no_treatment(clinic):
    clinic.pain(TREATED, 7)
    clinic.pain(TREATED + 30 * DAY, 5)
    return PanelState.COURSE


def words_of(page):
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", [nothing, one_visit, no_baseline, all_missing, no_treatment])
def test_every_state_is_painted_and_told_in_words(clinic, open_page, state, language, name):
    expected = state(clinic)
    use_language(language)
    page = open_page(clinic, name=name)
    image = page.grab().toImage()
    assert not image.isNull()
    words = words_of(page)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in words) is (language is Language.ZH_CN)
    if expected is None:
        assert page.panels == ()
        return
    panel = page.grid.panel("nrs-pain.pain|unspecified")
    assert panel.drawn().state is expected
    assert panel.legend.words.words.text()
    assert panel.legend.words.text.startswith(panel.legend.words.words.text())


def test_what_is_painted_first_is_what_stands_there_last(clinic, open_page):
    clinic.treat()
    for number in range(3):
        visit = clinic.visit(TREATED - DAY + 90 * number * DAY)
        for scale_id in ("asia-totals", "scim-iii", "whoqol-bref", "nrs-pain"):
            clinic.fill(visit, scale_id, middle_answers(scale_id, number))
    clinic.workspace.episodes.choose_cohorts(clinic.episode.id, (ALL,))
    other = Episode(id=new_key(), patient_id=clinic.patient.id, condition="sci", attributes={"ais": "A"})
    clinic.workspace.episodes.add(other)
    page = open_page(clinic, (1114, 420))
    page.show_episode(other.id)
    page.finish()
    page.show_episode(clinic.episode.id)
    first = [(one.name, one.drawing) for one in page.grid._shown]
    home = page.window_of_time.home
    page.finish()
    last = [(one.name, one.drawing) for one in page.grid._shown]
    assert 2 <= len(first) < len(last)
    assert last[: len(first)] == first
    assert page.window_of_time.home == home


def test_another_patient_is_painted_once(clinic, open_page):
    clinic.treat()
    visit = clinic.visit(TREATED - DAY)
    for scale_id in ("asia-totals", "scim-iii", "whoqol-bref", "nrs-pain"):
        clinic.fill(visit, scale_id, middle_answers(scale_id))
    other = Episode(id=new_key(), patient_id=clinic.patient.id, condition="sci", attributes={"ais": "A"})
    clinic.workspace.episodes.add(other)
    page = open_page(clinic, (1114, 420))
    page.finish()
    settle()
    paints = count_paints(page.grid.panels[0].plot)
    for episode in (other, clinic.episode):
        before = len(paints)
        page.show_episode(episode.id)
        for _ in range(3):
            QApplication.sendPostedEvents()  # layout and painting, but not the turn after it
        assert len(paints) == before + 1
        page.finish()
        settle()


def settle():
    for _ in range(12):
        QApplication.processEvents()


def count_paints(plot):
    """Return a list that grows by one with each paint from now on."""
    paints, painting = [], plot._painting

    def counted(painter):
        paints.append(1)
        painting(painter)

    plot._painting = counted
    return paints


def test_cards_below_the_view_are_words_too_after_the_turn(clinic, open_page):
    clinic.treat()
    visit = clinic.visit(TREATED - DAY)
    for scale_id in ("asia-totals", "scim-iii", "whoqol-bref"):
        clinic.fill(visit, scale_id, middle_answers(scale_id))
    page = open_page(clinic, (1114, 420))
    assert all(panel.legend.words.words.text() and panel.title.text() for panel in page.panels)
    assert all(panel.plot.widget.accessibleDescription() for panel in page.panels)
