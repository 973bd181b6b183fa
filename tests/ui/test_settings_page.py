import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox

from tracker.services.change_reasons import Asking
from tracker.ui.settings_page import SettingsPage, policy_scales, policy_title


@pytest.fixture
def page(office, qtbot, themed):
    made = SettingsPage(office, "Dr. Li", "light")
    qtbot.addWidget(made)
    made.show()
    return made


def test_scrolling_over_a_choice_changes_nothing(page):
    untouched = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    for box in page.findChildren(QComboBox):
        before, middle = box.currentIndex(), QPointF(box.rect().center())
        for step in (-120, 120):
            turned = QWheelEvent(middle, QPointF(box.mapToGlobal(middle)), QPoint(), QPoint(0, step), *untouched)
            QApplication.sendEvent(box, turned)
            assert box.currentIndex() == before


def row_of(page, scale_id):
    return next(row for row in page.rows if row._scale.id == scale_id)


def test_every_scale_with_a_choice_is_listed(page):
    assert {row._scale.id for row in page.rows} == {scale.id for scale in policy_scales()}
    assert {"womac-lk31", "whoqol-bref"} <= {row._scale.id for row in page.rows}


def test_an_unverified_policy_is_marked(page):
    row = row_of(page, "womac-lk31")
    marks = {policy.id: policy_title(policy).startswith("\N{WARNING SIGN}") for policy in row._scale.policies}
    assert marks == {"user_guide_unverified": True, "strict": False}


def test_a_choice_shows_what_would_change_and_changes_nothing_yet(page, office):
    row = row_of(page, "womac-lk31")
    row.box.setCurrentIndex(row.box.findData("strict"))
    assert "2 stored forms" in row.preview.text()
    assert row.apply_button.isVisibleTo(page)
    assert office.policies.current("womac-lk31").id == "user_guide_unverified"


def test_using_a_policy_scores_again_and_says_so(page, office, qtbot):
    row = row_of(page, "womac-lk31")
    row.box.setCurrentIndex(row.box.findData("strict"))
    with qtbot.waitSignal(row.chosen):
        row.apply_button.click()
    assert office.policies.current("womac-lk31").id == "strict"
    assert row.preview.text().startswith("done: ")
    assert not row.apply_button.isVisibleTo(page)
    stored = next(one for one in office.assessments.of_visit("month1") if one.assessment.scale == "womac-lk31")
    assert {score.code: score.value for score in stored.scores}["pain"] is None


def test_a_scale_without_forms_says_so(page):
    row = row_of(page, "whoqol-bref")
    other = next(policy.id for policy in row._scale.policies if policy.id != row.box.currentData())
    row.box.setCurrentIndex(row.box.findData(other))
    assert row.preview.text() == "no form of this scale is stored yet"


def test_language_and_theme_are_chosen_here_too(page, qtbot):
    with qtbot.waitSignal(page.language_chosen) as language:
        page.form.box("language").activated.emit(1)
    assert language.args == ["en"]
    with qtbot.waitSignal(page.theme_chosen) as shade:
        page.form.box("theme").setCurrentIndex(2)
        page.form.box("theme").activated.emit(2)
    assert shade.args == ["dark"]


def test_whether_reasons_are_asked_is_chosen_for_the_file(page, office):
    box = page.reasons.form.findChild(QComboBox)
    assert box.currentData() == Asking.OFF.value
    box.setCurrentIndex(box.findData(Asking.REQUIRED.value))
    box.activated.emit(box.currentIndex())
    assert office.change_reasons.asking() is Asking.REQUIRED
