"""The clinic's own scales and studies are taken from two folders of its data folder."""

import datetime

import pytest

from tests.reference.conftest import SMALL
from tests.services.making import complete, one_patient, visit
from tracker.data import resource
from tracker.reference import library
from tracker.scales import catalogue
from tracker.services import own_files, references


@pytest.fixture(autouse=True)
def _forget_the_folders():
    yield
    catalogue.choose_folder(None)
    library.choose_folder(None)


@pytest.fixture
def folder(tmp_path):
    """A data folder with a usable and a broken file of either kind."""
    scale = resource("scales", "nrs-pain@1.toml").read_text(encoding="utf-8")
    for name, good, text in (
        ("scales", "nrs-stiffness@1.toml", scale.replace('"nrs-pain"', '"nrs-stiffness"', 1)),
        ("studies", "small-2020.toml", SMALL),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / good).write_text(text, encoding="utf-8")
        (tmp_path / name / "broken@1.toml").write_text("id = ", encoding="utf-8")
    return tmp_path


def test_a_chosen_folder_adds_scales_and_studies_and_tells_what_is_broken(folder):
    own_files.choose(folder)
    assert "nrs-stiffness" in catalogue.catalogue()
    assert references.studies()[-1].id == "small-2020"
    assert [str(one).split(":")[0] for one in own_files.scale_problems()] == ["scale file broken@1.toml"]
    assert ["study file broken@1.toml" in str(one) for one in own_files.study_problems()] == [True]


def test_files_mended_are_read_again(folder):
    own_files.choose(folder)
    assert len(own_files.study_problems()) == len(own_files.scale_problems()) == 1
    (folder / "studies" / "broken@1.toml").unlink()
    (folder / "scales" / "broken@1.toml").unlink()
    assert own_files.use_studies(folder) == own_files.use_scales(folder) == ()


def test_an_own_scale_is_offered_for_an_episode_and_its_answers_are_scored_and_charted(folder, workspace):
    own_files.choose(folder)
    one_patient(workspace)
    visit(workspace, "v", -3)
    sheet = workspace.flowsheets.of("e", today=datetime.date(2026, 6, 30))
    assert sheet.rows[-1].scale.id == "nrs-stiffness"
    assert "nrs-stiffness" not in {panel.scale.id for panel in workspace.courses.of("e").panels}
    item = sheet.rows[-1].scale.items[0].code
    complete(workspace, "v", "nrs-stiffness", {item: 4})
    panel = next(panel for panel in workspace.courses.of("e").panels if panel.scale.id == "nrs-stiffness")
    assert [point.value for point in panel.points] == [4]


def test_a_cohort_of_an_own_study_can_be_read_against(folder, workspace):
    own_files.choose(folder)
    one_patient(workspace)
    cohort = f"small-2020/{references.studies()[-1].cohorts[0].id}"
    workspace.episodes.choose_cohorts("e", (cohort,))
    assert workspace.comparisons.of("e").unknown_cohorts == ()
    library.choose_folder(None)
    assert workspace.comparisons.of("e").unknown_cohorts == (cohort,)
