"""The shipped scales, and the files of a clinic's own folder."""

import pytest

from tracker.clinic.codes import Context
from tracker.data import resource
from tracker.scales import catalogue as shelf
from tracker.scales.catalogue import catalogue, problems, scale, use_folder
from tracker.scales.checks import CONTEXTS
from tracker.scales.errors import UnknownScaleError
from tracker.scales.model import About, Score
from tracker.scales.scoring import score

SHIPPED = [
    "vas-pain",
    "nrs-pain",
    "womac-lk31",
    "womac-va31",
    "womac-nrs31",
    "isncsci",
    "asia-totals",
    "scim-iii",
    "whoqol-bref",
    "koos",
    "lequesne-knee",
    "lysholm",
    "odi",
    "quickdash",
    "prtee",
    "fri",
    "edss",
    "sane",
    "walk-distance",
    "patient-global",
]


@pytest.fixture(autouse=True)
def _no_clinic_folder():
    yield
    use_folder(None)


@pytest.fixture
def folder(tmp_path):
    """Return a clinic's folder with its own WOMAC, in which two pain items may be missing."""
    text = resource("scales", "womac-lk31@1.toml").read_text(encoding="utf-8")
    own = text.replace('version = "1"', 'version = "1-clinic"', 1)
    own = own.replace("{ pain = 1, stiffness = 1, function = 3 }", "{ pain = 2, stiffness = 1, function = 3 }", 1)
    assert own != text
    (tmp_path / "womac-lk31@1-clinic.toml").write_text(own, encoding="utf-8")
    return tmp_path


def test_the_scales_that_ship_in_the_order_lists_show():
    assert list(catalogue()) == SHIPPED
    assert problems() == ()


def test_what_an_assessment_is_about():
    person = {name for name, found in catalogue().items() if found.about is About.PERSON}
    assert person == {"isncsci", "asia-totals", "scim-iii", "whoqol-bref", "edss", "walk-distance"}


def test_only_pain_has_circumstances_and_they_are_those_of_the_records():
    assert tuple(context.value for context in Context) == CONTEXTS
    for name, found in catalogue().items():
        assert found.contexts == (CONTEXTS if name.endswith("-pain") else ("unspecified",))


def test_the_codes_promised_to_scripts():
    womac = ["pain", "stiffness", "function", "total", "pain_100", "stiffness_100", "function_100", "total_100"]
    domains = ["physical", "psychological", "social", "environment"]
    promised = {
        "vas-pain": ["pain"],
        "nrs-pain": ["pain"],
        "womac-lk31": womac,
        "womac-va31": womac,
        "womac-nrs31": womac,
        "isncsci": ["motor", "light_touch", "pin_prick", "uems", "lems"],
        "asia-totals": ["motor", "light_touch", "pin_prick", "uems", "lems"],
        "scim-iii": [
            "self_care",
            "respiration_sphincter",
            "mobility_room_toilet",
            "mobility_in_outdoors",
            "mobility",
            "total",
        ],
        "whoqol-bref": ["overall_qol", "general_health", *domains, *(f"{domain}_4_20" for domain in domains)],
        "koos": ["pain", "symptoms", "adl", "sport_rec", "qol"],
        "lequesne-knee": ["pain", "walking", "adl", "total"],
        "lysholm": ["total"],
        "odi": ["total"],
        "quickdash": ["quickdash", "work", "sport"],
        "prtee": ["pain", "function", "total"],
        "fri": ["total"],
        "edss": ["edss"],
        "sane": ["sane"],
        "walk-distance": ["metres"],
        "patient-global": ["global"],
    }
    assert {name: [entry.code for entry in found.scores] for name, found in catalogue().items()} == promised


def test_the_series_scores_feed():
    for name, found in catalogue().items():
        prefix = "asia" if name in {"isncsci", "asia-totals"} else name
        assert {entry.series for entry in found.scores} == {f"{prefix}.{entry.code}" for entry in found.scores}


def test_the_policies_promised_and_the_default_of_each():
    assert {name: [policy.id for policy in found.policies] for name, found in catalogue().items()} == {
        "vas-pain": ["complete"],
        "nrs-pain": ["complete"],
        "womac-lk31": ["user_guide_unverified", "strict"],
        "womac-va31": ["user_guide_unverified", "strict"],
        "womac-nrs31": ["user_guide_unverified", "strict"],
        "isncsci": ["complete"],
        "asia-totals": ["complete"],
        "scim-iii": ["complete"],
        "whoqol-bref": ["who_syntax", "who_text"],
        "koos": ["rule_2012", "rule_1998"],
        "lequesne-knee": ["complete"],
        "lysholm": ["complete"],
        "odi": ["one_missing", "complete"],
        "quickdash": ["ten_answered", "complete"],
        "prtee": ["complete"],
        "fri": ["one_missing", "complete"],
        "edss": ["complete"],
        "sane": ["complete"],
        "walk-distance": ["complete"],
        "patient-global": ["complete"],
    }


def test_the_unverified_rule_is_marked_and_says_what_is_published():
    policy = scale("womac-lk31").policies[0]
    assert not policy.verified
    assert "function limit is published" in policy.note.en
    assert "unverified" in policy.note.en


def test_no_threshold_is_called_important_unless_patients_said_so():
    kinds = {threshold.id: threshold.kind for threshold in scale("scim-iii").thresholds}
    assert kinds["small_change"] == kinds["substantial_change"] == "distribution"
    assert {kind for name, kind in kinds.items() if name.startswith("admission")} == {"range"}
    for name in ("isncsci", "asia-totals", "whoqol-bref", "lequesne-knee", "fri", "walk-distance"):
        assert scale(name).thresholds == ()
    assert [limit.kind for limit in scale("edss").thresholds] == ["worsening"]
    replacement = next(limit for limit in scale("sane").thresholds if limit.id == "replacement")
    assert replacement.kind == "distribution"
    unchecked = {limit.id for limit in scale("koos").thresholds if not limit.verified}
    assert unchecked == {limit.id for limit in scale("koos").thresholds if not limit.id.endswith("_physiotherapy")}
    surgery = next(limit for limit in scale("vas-pain").thresholds if limit.id == "surgery_change")
    assert "not for osteoarthritis" in surgery.population.en


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_there_in_both_languages(name):
    found = scale(name)
    texts = [found.title, found.recall, found.licence, *found.notes]
    texts += [entry.label for entry in (*found.items, *found.scores, *found.policies)]
    texts += [limit.population for limit in found.thresholds]
    assert all(set(text.en) <= {*map(chr, range(128)), *"’−“”©×"} for text in texts)
    chinese = [text for text in texts if any("\u4e00" <= character <= "\u9fff" for character in text.zh_CN)]
    assert chinese == texts


def test_an_unknown_scale_is_answered_with_those_there_are():
    with pytest.raises(UnknownScaleError, match="no scale “womac”; there are: vas-pain, nrs-pain, womac-lk31"):
        scale("womac")


@pytest.mark.parametrize(("name", "known"), [("scim-iii", "1"), ("womac", "-")])
def test_an_unknown_version_is_answered_with_those_there_are(name, known):
    with pytest.raises(UnknownScaleError, match=f"no version 9 of the scale “{name}”; there are: {known}$"):
        scale(name, "9")


def test_a_clinic_may_set_its_own_limits_under_its_own_version(folder):
    assert use_folder(folder) == ()
    own = scale("womac-lk31")
    assert own.version == "1-clinic"
    assert catalogue()["womac-lk31"] is own
    assert scale("womac-lk31", "1").version == "1"
    assert list(catalogue()) == SHIPPED
    answers = dict.fromkeys(("P1", "P2", "P3"), 2)
    assert score(own, answers)["pain"] == Score(10, imputed_items=2)
    assert not isinstance(score(scale("womac-lk31", "1"), answers)["pain"], Score)


def test_a_folder_may_be_asked_without_being_chosen(folder):
    assert catalogue(folder)["womac-lk31"].version == "1-clinic"
    assert scale("womac-lk31", extra_folder=folder).version == "1-clinic"
    assert problems(folder) == ()
    assert catalogue()["womac-lk31"].version == "1"


def test_versions_are_ordered_as_numbers(folder):
    own = (folder / "womac-lk31@1-clinic.toml").read_text(encoding="utf-8")
    for version in ("1.9", "1.10"):
        text = own.replace('version = "1-clinic"', f'version = "{version}"', 1)
        (folder / f"womac-lk31@{version}.toml").write_text(text, encoding="utf-8")
    assert catalogue(folder)["womac-lk31"].version == "1.10"


def test_a_new_scale_comes_after_those_that_ship(folder):
    text = resource("scales", "nrs-pain@1.toml").read_text(encoding="utf-8")
    (folder / "nrs-stiffness@1.toml").write_text(text.replace('"nrs-pain"', '"nrs-stiffness"', 1), encoding="utf-8")
    assert list(catalogue(folder)) == [*SHIPPED, "nrs-stiffness"]
    assert scale("nrs-stiffness", extra_folder=folder).score("pain").series == "nrs-stiffness.pain"


def test_broken_files_of_a_clinic_are_told_and_the_rest_still_works(folder):
    (folder / "broken@1.toml").write_text("id = ", encoding="utf-8")
    (folder / "README.txt").write_text("not a scale", encoding="utf-8")
    (folder / "old@1.toml").mkdir()
    shipped = resource("scales", "scim-iii@1.toml").read_text(encoding="utf-8")
    (folder / "scim-iii@1.toml").write_text(shipped, encoding="utf-8")
    told = [str(problem) for problem in use_folder(folder)]
    assert len(told) == 2
    assert told[0].startswith("scale file broken@1.toml: is not valid TOML")
    assert told[1] == (
        "scale file scim-iii@1.toml: scim-iii version 1 ships with the program: "
        "give your own a version of its own, for example 1-clinic"
    )
    assert scale("womac-lk31").version == "1-clinic"
    assert list(catalogue()) == SHIPPED


def test_a_folder_that_is_not_there_adds_nothing(tmp_path):
    assert use_folder(tmp_path / "none") == ()
    assert list(catalogue()) == SHIPPED


def test_a_folder_that_is_a_file_is_told(tmp_path):
    path = tmp_path / "scales"
    path.write_text("", encoding="utf-8")
    (problem,) = use_folder(path)
    assert "cannot be read" in str(problem)


def test_files_are_read_again_after_a_change(folder):
    use_folder(folder)
    (folder / "womac-lk31@1-clinic.toml").unlink()
    assert scale("womac-lk31").version == "1-clinic"
    shelf.reload()
    assert scale("womac-lk31").version == "1"


def test_a_shipped_file_is_read_when_its_scale_is_asked_for(monkeypatch):
    shelf._read.cache_clear()
    read = []
    monkeypatch.setattr(shelf, "load_scale", lambda path, load=shelf.load_scale: read.append(path.stem) or load(path))
    use_folder(None)
    assert "koos" in catalogue()
    assert list(catalogue()) == SHIPPED
    assert read == []
    assert scale("odi") is catalogue()["odi"]
    assert read == ["odi@1"]
