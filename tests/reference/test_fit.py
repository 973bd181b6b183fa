"""Which cohorts fit an episode, and the reasons given."""

from dataclasses import replace

import pytest

from tracker.clinic.conditions import conditions
from tracker.core.messages import say
from tracker.reference.codes import Absent
from tracker.reference.fit import EpisodeFacts, Verdict, fits, natural_recovery
from tracker.reference.library import find_cohort, studies

FITS, ASK, NOT = Verdict.FITS, Verdict.ASK, Verdict.DOES_NOT_FIT
COMPLETE = EpisodeFacts(
    condition="sci", site="cervical", ais="A", level="C5", phase="chronic", products=("BM-MSC with Schwann cells",)
)


def verdicts(facts):
    return {fit.name: fit.verdict for fit in fits(facts, studies())}


def reasons(facts, name, among=None):
    fit = next(fit for fit in fits(facts, among or studies()) if fit.name == name)
    return [say(reason) for reason in fit.reasons]


def changed(name, **change):
    """Return a library of one study whose one cohort is changed."""
    study, cohort = find_cohort(name)
    return [replace(study, cohorts=(replace(cohort, parent=None, **change),))]


def test_a_complete_cervical_chronic_injury():
    assert verdicts(COMPLETE) == {
        "akhlaghpasand-2025/cervical": FITS,
        "akhlaghpasand-2025/chronic": FITS,
        "akhlaghpasand-2025/all": FITS,
        "vaquero-2018/all": FITS,
        "akhlaghpasand-2025/thoracolumbar": NOT,
        "akhlaghpasand-2025/subacute": NOT,
        "tehran-pilot-2021/total": NOT,
        "tehran-pilot-2021/thoracic": NOT,
        "tehran-pilot-2021/cervical": NOT,
    }


def test_the_best_stands_first_the_group_of_this_level_before_the_whole():
    names = [fit.name for fit in fits(COMPLETE, studies())]
    assert names[:4] == [
        "akhlaghpasand-2025/cervical",
        "akhlaghpasand-2025/chronic",
        "akhlaghpasand-2025/all",
        "vaquero-2018/all",
    ]
    subacute = [fit.name for fit in fits(replace(COMPLETE, phase="subacute"), studies())]
    assert subacute[:5] == [
        "akhlaghpasand-2025/cervical",
        "akhlaghpasand-2025/subacute",
        "akhlaghpasand-2025/all",
        "tehran-pilot-2021/cervical",
        "tehran-pilot-2021/total",
    ]


@pytest.mark.parametrize("grade", ["B", "C", "D", "E"])
def test_an_incomplete_injury_fits_no_cohort_of_complete_ones_and_the_reason_stands_first(grade):
    facts = replace(COMPLETE, ais=grade)
    found = verdicts(facts)
    assert {verdict for name, verdict in found.items() if "akhlaghpasand" in name} == {NOT}
    assert (
        reasons(facts, "akhlaghpasand-2025/cervical")[0]
        == f"AIS {grade}: this cohort had complete injuries (AIS A) only"
    )


def test_a_cohort_of_several_grades_takes_those_and_no_other():
    assert verdicts(replace(COMPLETE, ais="C"))["vaquero-2018/all"] is FITS
    facts = replace(COMPLETE, ais="E")
    assert verdicts(facts)["vaquero-2018/all"] is NOT
    assert reasons(facts, "vaquero-2018/all")[0] == "AIS E: this cohort had AIS A, B, C, D only"


def test_an_unknown_grade_is_asked_for_never_guessed():
    facts = replace(COMPLETE, ais=None)
    assert verdicts(facts)["akhlaghpasand-2025/cervical"] is ASK
    assert reasons(facts, "akhlaghpasand-2025/cervical")[0] == "AIS grade not recorded: this cohort had AIS A only"


def test_an_unknown_level_is_asked_for():
    facts = replace(COMPLETE, level=None, site=None)
    assert verdicts(facts)["akhlaghpasand-2025/all"] is ASK
    assert "level of injury not recorded" in reasons(facts, "akhlaghpasand-2025/all")


def test_the_site_serves_where_no_level_is_recorded():
    assert replace(COMPLETE, level=None).region == "cervical"
    assert replace(COMPLETE, level="?").region == "cervical"
    assert verdicts(replace(COMPLETE, level=None))["akhlaghpasand-2025/cervical"] is FITS


@pytest.mark.parametrize(
    ("level", "region"), [("C8", "cervical"), ("T1", "thoracic"), ("L5", "lumbar"), ("S4-5", "sacral")]
)
def test_the_region_of_a_neurological_level(level, region):
    assert replace(COMPLETE, level=level).region == region


def test_a_level_and_a_site_in_different_groups_are_asked_about():
    facts = replace(COMPLETE, site="cervical", level="T1")
    found = verdicts(facts)
    assert found["akhlaghpasand-2025/cervical"] is found["akhlaghpasand-2025/thoracolumbar"] is ASK
    assert found["akhlaghpasand-2025/all"] is FITS
    assert reasons(facts, "akhlaghpasand-2025/cervical")[0] == (
        "neurological level (T1) and site (neck (cervical)) fall into different groups: which of them counts?"
    )


def test_a_level_nobody_had_does_not_fit():
    facts = replace(COMPLETE, level="S2", site=None)
    assert set(verdicts(facts).values()) == {NOT}
    assert "nobody of this cohort had this level: sacral" in reasons(facts, "akhlaghpasand-2025/all")


def test_a_phase_decides_only_for_cohorts_of_one_phase():
    facts = replace(COMPLETE, phase=None)
    found = verdicts(facts)
    assert found["akhlaghpasand-2025/cervical"] is FITS
    assert found["akhlaghpasand-2025/subacute"] is found["akhlaghpasand-2025/chronic"] is ASK
    assert (
        reasons(facts, "akhlaghpasand-2025/chronic")[0]
        == "phase at treatment not recorded: this cohort was treated in one phase only, chronic"
    )
    assert reasons(COMPLETE, "akhlaghpasand-2025/subacute")[0] == (
        "nobody of this cohort was treated in this phase: chronic"
    )


def test_how_the_groups_were_formed_is_said_to_be_unstated():
    said = " ".join(reasons(COMPLETE, "akhlaghpasand-2025/cervical"))
    assert "neurological or vertebral is not stated, nor is the cut-off" in said
    assert "cut-off not seen" in " ".join(reasons(COMPLETE, "tehran-pilot-2021/total"))
    assert "Cervical 32, thoracolumbar 74" in " ".join(reasons(COMPLETE, "akhlaghpasand-2025/all"))


def test_the_pilot_may_share_patients_and_says_so():
    assert "may share patients" in " ".join(reasons(COMPLETE, "tehran-pilot-2021/cervical"))
    assert "may share patients" not in " ".join(reasons(COMPLETE, "akhlaghpasand-2025/cervical"))


def test_another_product_is_said_and_decides_nothing_but_the_order():
    facts = replace(COMPLETE, products=("Umbilical-cord MSC",))
    assert verdicts(facts)["akhlaghpasand-2025/cervical"] is FITS
    assert any(reason.startswith("another product") for reason in reasons(facts, "akhlaghpasand-2025/cervical"))
    same = replace(find_cohort("akhlaghpasand-2025/all")[0], id="same")
    other = replace(
        same, id="other", passport=replace(same.passport, product=find_cohort("jor-2023/msc")[0].passport.product)
    )
    assert next(fit.study.id for fit in fits(COMPLETE, [other, same])) == "same"


def test_a_control_arm_says_that_it_is_one_and_stands_after_the_treated():
    facts = EpisodeFacts(condition="knee-oa", products=("Bone-marrow MSC",))
    names = [fit.name for fit in fits(facts, studies())]
    assert names.index("lamo-espinosa-2016/msc-100m") < names.index("lamo-espinosa-2016/ha-control")
    assert "control arm: these people did not get what the study tests" in reasons(facts, "jor-2023/control")
    assert "this cohort prints no value that can be drawn" in reasons(facts, "jor-2023/msc")


def test_a_study_of_another_tendon_does_not_fit():
    facts = EpisodeFacts(condition="tendinopathy", site="patellar")
    assert verdicts(facts) == {"khoury-2021b/all": FITS, "khoury-2021/all": NOT, "lee-2015/all": NOT}
    assert reasons(facts, "lee-2015/all")[0] == "another site; the study treated: Lateral epicondylosis"
    unknown = replace(facts, site=None)
    assert set(verdicts(unknown).values()) == {ASK}
    assert reasons(unknown, "lee-2015/all")[0] == "site not recorded; the study treated: Lateral epicondylosis"


def test_a_study_of_progressive_disease_does_not_fit_a_relapsing_one():
    facts = EpisodeFacts(condition="ms", course="relapsing")
    assert set(verdicts(facts).values()) == {NOT}
    assert reasons(facts, "petrou-2021/all")[0].startswith("another course; the study treated: Active-progressive")
    assert set(verdicts(replace(facts, course=None)).values()) == {ASK}
    assert set(verdicts(replace(facts, course="primary_progressive")).values()) == {FITS}


def test_the_eligibility_that_a_study_prints_is_told():
    facts = EpisodeFacts(condition="ms", course="primary_progressive")
    assert any("EDSS 5.5-7.5" in reason for reason in reasons(facts, "petrou-2021/all"))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("ais", "how complete the injuries of this cohort were is not known"),
        ("levels", "the levels of injury of this cohort are not known"),
        ("phases", "the time since injury in this cohort is not known"),
    ],
)
def test_what_a_study_does_not_report_is_said_and_decides_nothing(field, said):
    library = changed("akhlaghpasand-2025/all", **{field: Absent.NOT_REPORTED})
    (fit,) = fits(COMPLETE, library)
    assert fit.verdict is FITS
    assert said in reasons(COMPLETE, "akhlaghpasand-2025/all", library)


def test_only_studies_of_the_condition_are_judged_and_a_guideline_has_no_cohort():
    for condition in conditions():
        for fit in fits(EpisodeFacts(condition=condition), studies()):
            assert condition in fit.study.passport.conditions
            assert fit.reasons
    assert fits(EpisodeFacts(condition="other"), studies()) == ()


def test_sites_and_courses_that_studies_name_are_codes_of_their_condition():
    for study in studies():
        for condition in (conditions()[name] for name in study.passport.conditions):
            sites = {site.code for site in condition.sites}
            courses = {choice.code for one in condition.attributes if one.code == "course" for choice in one.choices}
            assert study.passport.sites is Absent.NOT_APPLICABLE or set(study.passport.sites) <= sites
            assert study.passport.courses is Absent.NOT_APPLICABLE or set(study.passport.courses) <= courses


@pytest.mark.parametrize(
    ("months", "phase", "shown"),
    [
        ((11.9, 11.9), None, True),
        ((12.0, 12.0), None, False),
        ((6.0, 18.0), "chronic", True),
        ((13.0, 24.0), "subacute", False),
        (None, "subacute", True),
        (None, None, True),
        (None, "chronic", False),
    ],
)
def test_natural_recovery_stands_beside_every_early_course(months, phase, shown):
    found = natural_recovery(replace(COMPLETE, months_from_onset=months, phase=phase))
    assert (found is not None) is shown
    if shown:
        assert say(found) == (
            "People with complete neck injuries gained 10-11 arm points on average in the first year without cell"
            " treatment (Steeves 2011, PubMed 20714334); this chart cannot separate that from treatment."
        )


def test_natural_recovery_is_a_matter_of_the_spinal_cord():
    assert natural_recovery(EpisodeFacts(condition="knee-oa", months_from_onset=(1, 1))) is None
