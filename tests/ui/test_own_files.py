"""The clinic's own files reach the window: listed where they can be used, told in words where they cannot."""

import gc

import pytest
from PySide6.QtGui import QDesktopServices

from tests.reference.conftest import SMALL
from tracker.data import resource
from tracker.reference import library
from tracker.scales import catalogue
from tracker.services import own_files
from tracker.ui import app, settings, theme
from tracker.ui.library.library_page import LibraryPage
from tracker.ui.library.models import study_line
from tracker.ui.settings_page import SettingsPage


@pytest.fixture(autouse=True)
def _forget_the_folders():
    yield
    catalogue.choose_folder(None)
    library.choose_folder(None)


@pytest.fixture
def folder():
    """The data folder with a usable study, and a broken file of either kind."""
    made = settings.data_folder()
    for name in ("scales", "studies"):
        (made / name).mkdir(parents=True)
        (made / name / "broken@1.toml").write_text("id = ", encoding="utf-8")
    (made / "studies" / "small-2020.toml").write_text(SMALL, encoding="utf-8")
    return made


@pytest.fixture
def page(qtbot, themed):
    def _page():
        made = LibraryPage(theme.load(theme.LIGHT))
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        return made

    return _page


def test_an_own_study_is_listed_last_and_marked_as_the_clinics_own(folder, page):
    own_files.choose(folder)
    shown = page()
    study = shown.model.studies[-1]
    assert study.id == "small-2020"
    assert study_line(study).startswith("your own · ")
    shown.show_study("small-2020")
    assert shown.study is study


def test_the_library_tells_which_study_file_cannot_be_used_and_reads_it_again(folder, page):
    own_files.choose(folder)
    shown = page()
    assert shown.own_button.text() == "\N{WARNING SIGN} Your own study files (1)"
    shown.own_button.click()
    assert shown.own_panel.path.text() == str(folder / "studies")
    assert "study file broken@1.toml is not valid TOML" in shown.own_panel.told[0]
    text = SMALL.replace("small-2020", "another-2021")
    (folder / "studies" / "broken@1.toml").unlink()
    (folder / "studies" / "another-2021.toml").write_text(text, encoding="utf-8")
    shown.show_study("small-2020")
    shown.own_panel.again_button.click()
    assert shown.own_panel.told == []
    assert shown.own_button.text() == "Your own study files"
    assert [study.id for study in shown.model.studies[-2:]] == ["another-2021", "small-2020"]
    assert shown.study.id == "small-2020"
    shown.show_study("another-2021")
    assert shown.passport._study.id == "another-2021"


def test_the_panel_is_put_away_by_the_same_button(page):
    shown = page()
    shown.own_button.click()
    assert shown.own_panel is not None
    shown.own_button.click()
    assert shown.own_panel is None


def test_the_folder_is_made_when_it_is_opened(page, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    shown = page()
    shown.own_button.click()
    shown.own_panel.open_button.click()
    assert opened == [str(settings.data_folder() / "studies")]
    assert (settings.data_folder() / "studies").is_dir()


def test_a_folder_that_cannot_be_made_is_told(page):
    settings.data_folder().parent.mkdir(parents=True, exist_ok=True)
    settings.data_folder().write_text("a file stands in the way", encoding="utf-8")
    shown = page()
    shown.own_button.click()
    shown.own_panel.open_button.click()
    assert "cannot be made" in shown.own_panel.told[0]


def test_the_settings_tell_which_scale_file_cannot_be_used(folder, qtbot, themed):
    own_files.choose(folder)
    made = SettingsPage(None, "", "light")
    qtbot.addWidget(made)
    assert made.own_scales.path.text() == str(folder / "scales")
    assert made.own_scales.told[0].startswith("scale file broken@1.toml: is not valid TOML")
    text = resource("scales", "nrs-pain@1.toml").read_text(encoding="utf-8").replace('"nrs-pain"', '"broken"', 1)
    (folder / "scales" / "broken@1.toml").write_text(text, encoding="utf-8")
    made.own_scales.again_button.click()
    assert made.own_scales.told == []
    assert "broken" in catalogue.catalogue()


def test_the_window_takes_the_clinics_files_after_it_is_painted(folder, start_window, office_file, qtbot):
    start = app.Start(db=office_file)
    window = start_window(start)
    assert library.studies() == library.shipped()
    with qtbot.waitSignal(window.ready, timeout=20000):
        gc.disable()  # as the start does
        app._go_on(window, start)
    assert gc.isenabled()
    assert library.studies()[-1].id == "small-2020"
    assert len(own_files.scale_problems()) == 1
