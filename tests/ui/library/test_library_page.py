"""The study library shows every number as printed and every doubt."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from tracker.core import messages
from tracker.reference.codes import PlotPolicy
from tracker.services import references
from tracker.ui import theme
from tracker.ui.library import wording
from tracker.ui.library.library_page import LibraryPage
from tracker.ui.library.models import StudiesModel, events_model, points_model

STUDIES = {study.id: study for study in references.studies()}


@pytest.fixture
def page(qtbot):
    made = LibraryPage(theme.load(theme.LIGHT))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def words(page):
    return "\n".join(label.text() for label in page.passport.findChildren(QLabel))


def cells(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_every_study_is_listed_seed_studies_first(page):
    listed = page.model.studies
    assert {study.id for study in listed} == set(STUDIES)
    flags = [study.supplementary for study in listed]
    assert flags == sorted(flags)


@pytest.mark.parametrize("study_id", sorted(STUDIES))
@pytest.mark.parametrize("language", list(messages.Language))
def test_every_passport_shows_all_doubts_and_numbers_in_both_languages(page, study_id, language, monkeypatch):
    monkeypatch.setattr(messages._speaking, "language", language)
    page.show_study(study_id)
    study, shown = STUDIES[study_id], words(page)
    assert page.study == study
    assert study.citation in shown
    for doubt in study.doubts:
        assert str(doubt.text) in shown
    for statement in study.statements:
        assert str(statement.text) in shown
    for evidence in study.counter_evidence:
        assert str(evidence.text) in shown
    tables = [table.model().rowCount() for table in page.passport.tables]
    expected = [len(cohort.points) for cohort in study.cohorts if cohort.points]
    assert tables == [*expected, *([len(study.adverse_events)] if study.adverse_events else [])]


def test_a_cohort_opens_the_passport_of_its_study(page):
    page.show_study("akhlaghpasand-2025/cervical")
    assert page.study.id == "akhlaghpasand-2025"
    assert "cervical" in page.passport.cohorts


def test_points_are_shown_as_printed_with_the_kind_of_spread():
    cohort = STUDIES["akhlaghpasand-2025"].cohort("all")
    rows = cells(points_model(cohort.points))
    row = next(row for row in rows if row[0] == "SCIM-III total" and row[1] == "month 12")
    assert row[2:5] == ["47.2", "SD 17.1 (kind inferred)", "106 (enrolled)"]
    assert row[5] == "<0.001"
    assert row[6] == "mean and band"
    assert "n is the number enrolled" in row[7]


def test_counts_of_adverse_events_come_first_with_what_they_are_out_of():
    rows = cells(events_model(STUDIES["akhlaghpasand-2025"].adverse_events))
    headache = next(row for row in rows if row[0].lower() == "headache")
    assert headache[1] == "34"
    assert "48" in headache[2]
    assert "106" in headache[2]


def test_values_that_contradict_their_scale_get_a_picture_of_their_own_with_the_warning(page):
    page.show_study("migliorini-2019")
    (picture,) = page.passport.pictures
    assert picture.drawn() == ((0.0, 18.37), (6.0, 30.98), (12.0, 36.91))
    cohort = STUDIES["migliorini-2019"].cohort("pooled")
    vas = [point for point in cohort.points if point.measure.id == "vas-pain"]
    assert {point.plot for point in vas} == {PlotPolicy.NEVER}
    assert "never on a patient’s chart" in words(page)
    assert "Direction contradicts the scale" in words(page)


def test_no_other_study_has_such_a_picture(page):
    for study_id in STUDIES:
        page.show_study(study_id)
        assert bool(page.passport.pictures) == (study_id == "migliorini-2019")


def test_what_is_not_reported_is_said_in_words(page):
    page.show_study("akhlaghpasand-2025")
    assert "not seen: the full source could not be read" in words(page)


def test_the_network_is_asked_only_when_the_link_is_clicked(page, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    page.show_study("akhlaghpasand-2025")
    assert opened == []
    link = next(one for one in page.passport.findChildren(QPushButton) if one.text().startswith("doi"))
    link.click()
    assert opened == ["https://doi.org/10.1186/s13287-025-04312-7"]


def test_escape_leaves(page, qtbot):
    page.list.setFocus()
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.list, Qt.Key.Key_Escape)


def test_arrow_keys_walk_through_the_studies(page, qtbot):
    page.show_study("")
    first = page.study
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.study is not first
    assert page.study.citation in words(page)


def test_the_models_keep_qts_rules(qtmodeltester):
    study = STUDIES["akhlaghpasand-2025"]
    for model in (
        StudiesModel(tuple(STUDIES.values())),
        points_model(study.points),
        events_model(study.adverse_events),
    ):
        qtmodeltester.check(model)


def test_every_point_of_every_study_has_words():
    for study in STUDIES.values():
        for point in study.points:
            row = (wording.time(point), wording.value(point), wording.spread(point), wording.number_of_people(point))
            assert all(row), (study.id, point.measure.id)
            assert wording.plot(point)


@pytest.mark.parametrize("name", [theme.LIGHT, theme.DARK])
def test_the_library_follows_the_theme(page, name):
    page.show_study("")
    page.set_theme(theme.load(name))
    image = page.list.grab().toImage()
    chosen, other = (page.list.visualRect(page.model.index(row)).topRight() for row in (0, 2))
    assert image.pixelColor(chosen.x() - 4, chosen.y() + 4).name() == theme.load(name).colour("accent_soft")
    assert image.pixelColor(other.x() - 4, other.y() + 4).name() == theme.load(name).colour("surface")
