import dataclasses
import datetime

import pytest
from PySide6.QtCore import Qt

from tracker.clinic.codes import Sex, Side
from tracker.core.dates import PartialDate
from tracker.ui.record_pages import RecordPage, next_number

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(office, qtbot, themed):
    made = RecordPage(office)
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def type_into(page, qtbot, **texts):
    for name, text in texts.items():
        line = page.panel.form.line(name)
        line.clear()
        if text.isascii():
            qtbot.keyClicks(line, text)
        else:  # Qt's test keys know no Chinese; an input method commits text as insert does
            line.insert(text)


def test_the_next_number_counts_on_in_the_clinics_own_form(office):
    assert next_number(office) == "K-0008"


def test_a_new_patient_with_episode_and_treatment_is_typed_with_the_keyboard(page, qtbot, office):
    page.new_patient()
    qtbot.waitUntil(page.panel.form.line("name").hasFocus)
    type_into(
        page,
        qtbot,
        name="李娜",
        latin_name="Li Na",
        birth_date="1958-03",
        onset_date="2024",
        treatment_date="2026-02-03",
    )
    type_into(page, qtbot, product="PRP, leukocyte-poor", dose="6 mL")
    qtbot.keyClicks(page.panel.form.box("sex"), "f")
    qtbot.keyClicks(page.panel.form.box("side"), "r")
    with qtbot.waitSignal(page.saved) as saved:
        qtbot.keyClick(page.panel.form.line("lot"), Qt.Key.Key_Return)
    patient = office.patients.get(saved.args[0])
    assert (patient.patient_number, patient.sex, patient.birth_date) == ("K-0008", Sex.FEMALE, PartialDate(1958, 3))
    episode = office.episodes.get(saved.args[1])
    assert (episode.condition, episode.side, episode.onset_date) == ("knee-oa", Side.RIGHT, PartialDate(2024))
    (treatment,) = office.treatments.of(episode.id)
    assert (treatment.date, treatment.product, treatment.dose) == (
        datetime.date(2026, 2, 3),
        "PRP, leukocyte-poor",
        "6 mL",
    )


def test_what_is_wrong_is_said_beside_each_field_and_nothing_is_stored(page, qtbot, office):
    page.new_patient()
    type_into(page, qtbot, birth_date="1958-13", product="PRP")
    page.panel.save()
    assert set(page.panel.form.complaints()) == {"name", "side", "birth_date", "treatment_date"}
    assert office.patients.search("").total == 3


def test_a_mended_form_is_stored_at_the_first_save(page, qtbot, office):
    page.new_patient()
    type_into(page, qtbot, name="Li Na", birth_date="1958-13", treatment_date="soon")
    qtbot.keyClicks(page.panel.form.box("side"), "r")
    page.panel.save()
    type_into(page, qtbot, birth_date="1958-12", treatment_date="2026-02-03", product="PRP")
    assert page.panel.form.complaints() == {}
    page.panel.save()
    assert office.patients.search("").total == 4


def test_the_side_of_a_new_episode_has_to_be_chosen(page, qtbot, office):
    page.new_patient()
    type_into(page, qtbot, name="Li Na")
    page.panel.save()
    assert set(page.panel.form.complaints()) == {"side"}
    form = page.panel.form
    form.box("condition").setCurrentIndex(form.box("condition").findData("sci"))
    page.panel.save()
    assert office.patients.search("").total == 4


def test_no_field_of_a_new_patient_is_cut_at_the_width_of_a_small_screen(page, qtbot):
    page.resize(1076, 640)
    page.new_patient()
    form = page.panel.form
    for code in ("knee-oa", "sci", "tendinopathy", "lumbar-disc"):
        box = form.box("condition")
        box.setCurrentIndex(box.findData(code))
        qtbot.wait(10)
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 40
    onset = form.line("onset_date")
    assert onset.fontMetrics().horizontalAdvance(onset.placeholderText()) < onset.width() - 24


def test_a_number_in_use_is_refused_beside_the_number(page, qtbot, office):
    page.new_patient()
    qtbot.keyClicks(page.panel.form.box("side"), "l")
    type_into(page, qtbot, patient_number="K-0007", name="Somebody")
    page.panel.save()
    said = page.panel.form.complaints().get("patient_number", "") or page.panel.trouble.text()
    assert "already in use" in said
    assert office.patients.search("").total == 3


def test_site_side_and_attributes_follow_the_condition(page):
    page.new_patient()
    form = page.panel.form
    assert form.box("side").isVisible()
    assert not form.box("body_site").isVisible()
    form.box("condition").setCurrentIndex(form.box("condition").findData("sci"))
    assert not form.box("side").isVisible()
    assert form.raw("side") == Side.NONE
    assert [form.box("body_site").itemData(row) for row in range(3)] == ["cervical", "thoracic", "lumbar"]
    assert form.box("attribute_0").accessibleName() == "AIS grade"


def test_editing_a_patient_keeps_what_was_not_touched(page, qtbot, office):
    page.edit_patient(office.patients.get("wang"))
    type_into(page, qtbot, name="王磊磊")
    qtbot.keyClick(page.panel.form.line("name"), Qt.Key.Key_Return, CONTROL)
    changed = office.patients.get("wang")
    assert (changed.name, changed.latin_name, changed.birth_date) == ("王磊磊", "Wang Lei", PartialDate(1960))


def test_a_stale_record_is_refused_in_words(page, qtbot, office):
    old = office.patients.get("ana")
    office.patients.change(dataclasses.replace(old, name="Ana María García"))
    page.edit_patient(old)
    page.panel.save()
    assert page.panel.trouble.isVisible()
    assert page.panel.trouble.text()


def test_an_episode_is_edited_with_its_attributes(page, office):
    page.edit_episode(office.episodes.get("spine"))
    form = page.panel.form
    assert form.raw("body_site") == "thoracic"
    form.box("attribute_0").setCurrentIndex(form.box("attribute_0").findData("C"))
    page.panel.save()
    assert dict(office.episodes.get("spine").attributes) == {"ais": "C"}


def test_a_further_episode_is_added(page, office):
    page.new_episode(office.patients.get("chidi"))
    box = page.panel.form.box("side")
    box.setCurrentIndex(box.findData("right"))
    page.panel.save()
    assert [episode.condition for episode in office.episodes.of("chidi")] == ["knee-oa"]


def test_escape_leaves_without_storing(page, qtbot, office):
    page.new_patient()
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.panel.form.line("name"), Qt.Key.Key_Escape)
    assert office.patients.search("").total == 3
