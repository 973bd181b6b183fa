"""A clinic's own study files stand after those that ship; a broken one is told and nothing else changes."""

import pytest

from tests.reference.conftest import SMALL
from tracker.data import seed
from tracker.reference import library


@pytest.fixture(autouse=True)
def _forget_the_folder():
    yield
    library.choose_folder(None)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small-2020.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def told(folder):
    return [str(problem) for problem in library.use_folder(folder)]


def test_an_own_study_stands_after_those_that_ship_and_is_marked(folder):
    assert told(folder) == []
    *others, last = library.studies()
    assert tuple(others) == library.shipped()
    assert (last.id, last.own) == ("small-2020", True)
    assert not any(study.own for study in others)


def test_a_cohort_of_an_own_study_is_found_by_its_name(folder):
    library.use_folder(folder)
    study, cohort = library.find_cohort(f"small-2020/{library.studies()[-1].cohorts[0].id}")
    assert study.own
    assert cohort in study.cohorts


def test_broken_files_are_told_and_the_rest_is_read(folder):
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    (folder / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    (folder / "endless.toml").write_text("a = " + "9" * 10_000, encoding="utf-8")
    (folder / "huge.toml").write_text("#" * 1_000_001, encoding="utf-8")
    (folder / "notes.txt").write_text("not a study", encoding="utf-8")
    (folder / "a-folder.toml").mkdir()
    problems = told(folder)
    assert [problem.split(" ")[2] for problem in problems] == ["broken.toml", "deep.toml", "endless.toml", "huge.toml"]
    assert library.studies()[-1].id == "small-2020"


def test_a_link_to_nothing_is_no_file(folder):
    (folder / "gone.toml").symlink_to(folder / "nowhere.toml")
    assert told(folder) == []


def test_the_id_of_a_study_that_ships_is_refused(folder):
    text = seed("supplementary", "khoury-2021b.toml").read_text(encoding="utf-8")
    (folder / "khoury-2021b.toml").write_text(text, encoding="utf-8")
    (problem,) = told(folder)
    assert problem.startswith("study file khoury-2021b.toml: the study khoury-2021b ships with the program")
    assert problem.endswith("for example khoury-2021b-clinic.toml")
    assert not next(study for study in library.studies() if study.id == "khoury-2021b").own


def test_an_own_study_may_not_pass_for_a_seed_study(folder):
    text = SMALL.replace("supplementary = true", "supplementary = false", 1)
    text = text.replace('seed_document = "none"', 'seed_document = "000 A document"', 1)
    (folder / "small-2020.toml").write_text(text, encoding="utf-8")
    assert told(folder) == ["study file small-2020.toml: a study of your own says “supplementary = true”"]


def test_no_folder_adds_nothing_and_a_file_in_its_place_is_told(tmp_path):
    assert told(tmp_path / "none") == []
    (tmp_path / "studies").write_text("", encoding="utf-8")
    (problem,) = told(tmp_path / "studies")
    assert "cannot be read" in problem
    assert library.studies() == library.shipped()
