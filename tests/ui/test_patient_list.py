import dataclasses

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from tracker.clinic.codes import Side
from tracker.ui.patient_list import PatientModel, Role, episode_words, full_name, second_row, third_row


@pytest.fixture
def lines(office):
    return {line.id: line for line in office.patients.search("").lines}


@pytest.fixture
def model(lines, qtmodeltester):
    made = PatientModel()
    made.set_lines(tuple(lines.values()))
    return made


def test_the_model_keeps_qts_rules(model, qtmodeltester, lines):
    qtmodeltester.check(model)
    model.set_lines(())
    qtmodeltester.check(model)


def test_a_line_says_all_it_has_for_a_screen_reader(model):
    text = model.index(model.row_of("wang")).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in (
        "王磊",
        "Wang Lei",
        "K-0007",
        "male",
        "Knee osteoarthritis, left + right",
        "last visit 2026-02-10",
        "1 unfinished",
    ):
        assert part in text


def test_a_name_that_is_latin_already_is_written_once(lines):
    assert full_name(lines["wang"]) == "王磊  Wang Lei"
    assert full_name(dataclasses.replace(lines["ana"], latin_name="Ana García")) == "Ana García"


def test_a_patient_without_birth_date_has_no_age(lines):
    assert " y " not in second_row(lines["chidi"])


def test_a_patient_without_episode_says_so(lines):
    assert third_row(lines["chidi"]) == "no episode yet"


def test_a_condition_with_several_sites_names_the_site(lines):
    assert third_row(lines["ana"]) == "Spinal cord injury, chest (thoracic)"


def test_an_unknown_condition_is_shown_by_its_code(lines):
    (episode,) = lines["ana"].episodes
    strange = dataclasses.replace(episode, condition="no-longer-there", side=Side.LEFT)
    assert episode_words(strange) == "no-longer-there"


def test_an_index_from_elsewhere_has_no_data(model):
    assert model.data(QModelIndex()) is None
    assert model.row_of("nobody") == -1
    assert model.index(0).data(Role.ID)


def test_every_row_is_painted(model, qtbot, themed):
    from PySide6.QtWidgets import QListView

    from tracker.ui.patient_list import PatientDelegate

    view = QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    delegate = PatientDelegate(view)
    view.setCurrentIndex(model.index(0))
    pictures = set()
    for row in range(model.rowCount()):
        picture = QImage(290, 80, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        option = QStyleOptionViewItem()
        option.rect = picture.rect()
        painter = QPainter(picture)
        delegate.paint(painter, option, model.index(row))
        painter.end()
        pictures.add(bytes(picture.constBits()))
    assert len(pictures) == model.rowCount()
