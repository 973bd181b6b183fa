"""What may be drawn of a cohort on a panel: only what its study reported, where it reported it."""

import pytest

from tracker.core.messages import say
from tracker.reference.bands import BandKind
from tracker.reference.codes import NKind, PlotPolicy
from tracker.reference.library import find_cohort, studies
from tracker.reference.overlay import Panel, overlay, started_outside
from tracker.scales.model import Direction

UP, DOWN = Direction.HIGHER_BETTER, Direction.LOWER_BETTER
SCIM = Panel(series="scim-iii.total", minimum=0, maximum=100, direction=UP)
MOTOR = Panel(series="asia.motor", minimum=0, maximum=100, direction=UP)
TOUCH = Panel(series="asia.light_touch", minimum=0, maximum=112, direction=UP)
VAS = Panel(series="vas-pain.pain", minimum=0, maximum=100, direction=DOWN)
WORST = Panel(series="vas-pain.pain", minimum=0, maximum=100, direction=DOWN, context="worst")
NRS = Panel(series="nrs-pain.pain", minimum=0, maximum=10, direction=DOWN)
WOMAC = Panel(series="womac-lk31.total", minimum=0, maximum=96, direction=DOWN)
EDSS = Panel(series="edss.edss", minimum=0, maximum=10, direction=DOWN)


def drawn(name, panel, **asked):
    study, cohort = find_cohort(name)
    return overlay(study, cohort, panel, **asked)


def codes(found):
    return {warning.code for warning in found.warnings}


def test_the_whole_cohort_is_drawn_at_its_two_months_with_a_link_between():
    found = drawn("akhlaghpasand-2025/all", SCIM)
    assert found.drawable
    assert [(one.months, one.value, one.n, one.n_text, one.n_kind) for one in found.points] == [
        (0, 40.3, 106, "106", NKind.ENROLLED),
        (12, 47.2, 106, "106", NKind.ENROLLED),
    ]
    assert all(one.band.kind is BandKind.RANGE95 and one.no_band is None for one in found.points)
    assert [(one.start_months, one.start_value, one.end_months, one.end_value) for one in found.links] == [
        (0, 40.3, 12, 47.2)
    ]
    assert {"uncontrolled", "spread_inferred", "n_enrolled"} <= codes(found)
    assert "rescaled" not in codes(found)
    assert {doubt.type for doubt in found.points[1].doubts} >= {"SPREAD-INFERRED", "N-ENROLLED", "NATURAL-COURSE"}


def test_nothing_is_drawn_before_the_first_or_after_the_last_reported_month():
    for study in studies():
        for cohort in study.cohorts:
            for panel in (SCIM, MOTOR, VAS, EDSS):
                found = overlay(study, cohort, panel, as_printed=True)
                months = {point.months for point in cohort.points}
                assert {one.months for one in found.points} <= months
                assert {end for link in found.links for end in (link.start_months, link.end_months)} <= months


def test_the_band_by_level_rests_on_the_smaller_of_printed_and_implied_number():
    found = drawn("akhlaghpasand-2025/cervical", SCIM)
    assert [one.n for one in found.points] == [28, 28]
    assert found.points[0].n_text == "32 printed, ~28 implied"
    assert "n_mismatch" in codes(found)
    assert [one.n for one in drawn("akhlaghpasand-2025/thoracolumbar", SCIM).points] == [74, 74]


def test_a_mean_and_spread_that_cannot_be_gets_a_line_but_no_band():
    found = drawn("akhlaghpasand-2025/thoracolumbar", MOTOR)
    assert [one.plot for one in found.points] == [PlotPolicy.LINE] * 2
    assert [one.band for one in found.points] == [None, None]
    assert "in doubt" in say(found.points[0].no_band)
    assert len(found.links) == 1
    assert "not_comparable" in codes(found)


def test_a_cohort_that_lacks_the_score_offers_its_parent_and_draws_nothing():
    found = drawn("akhlaghpasand-2025/subacute", TOUCH)
    assert not found.drawable
    assert found.points == found.links == found.warnings == ()
    assert say(found.reason) == "this cohort reports no value of this score"
    assert found.parent == "akhlaghpasand-2025/all"


def test_a_cohort_whose_parent_lacks_the_score_too_offers_nobody():
    assert drawn("akhlaghpasand-2025/subacute", VAS).parent is None
    assert drawn("akhlaghpasand-2025/all", VAS).parent is None


def test_a_vas_is_never_drawn_on_a_numeric_rating_panel():
    assert not drawn("khoury-2021/all", NRS).drawable


def test_the_other_direction_is_never_drawn():
    turned = Panel(series="scim-iii.total", minimum=0, maximum=100, direction=DOWN)
    assert not drawn("akhlaghpasand-2025/all", turned).drawable


def test_an_implied_range_is_drawn_with_a_warning_and_rescaled():
    found = drawn("khoury-2021/all", WORST)
    assert [one.value for one in found.points] == [pytest.approx(62.8), 10, pytest.approx(7.4)]
    assert {"scale_assumed", "rescaled", "spread_unclear", "uncontrolled"} <= codes(found)
    assert "context" not in codes(found)
    assert found.points[0].band.kind is BandKind.RANGE95
    assert [say(one.no_band) for one in found.points[1:]] == ["no band: the printed spread may be a standard error"] * 2
    by_code = {warning.code: say(warning.message) for warning in found.warnings}
    assert by_code["scale_assumed"] == "scale assumed: 0 to 10 is inferred, not stated"
    assert by_code["rescaled"] == "drawn on 0 to 100; the study used 0 to 10"


def test_another_circumstance_is_said():
    found = drawn("khoury-2021/all", VAS)
    by_code = {warning.code: say(warning.message) for warning in found.warnings}
    assert by_code["context"] == "the study asked for “VAS maximum pain”: another circumstance"


def test_a_stated_range_on_the_same_scale_is_neither_assumed_nor_rescaled():
    found = drawn("lee-2015/all", VAS)
    assert found.drawable
    assert not {"scale_assumed", "rescaled"} & codes(found)
    assert "control_unknown" in codes(found)


def test_a_stated_range_on_another_panel_is_rescaled_and_labelled():
    ten = Panel(series="vas-pain.pain", minimum=0, maximum=10, direction=DOWN)
    found = drawn("lee-2015/all", ten)
    assert found.points[0].value == pytest.approx(6.68)
    assert "rescaled" in codes(found)
    assert "scale_assumed" not in codes(found)


def test_a_variant_that_is_not_stated_is_shown_as_printed_on_request_only():
    found = drawn("migliorini-2019/pooled", WOMAC)
    assert not found.drawable
    assert found.on_request
    assert found.parent is None
    assert "shown on request, as printed" in say(found.reason)
    asked = drawn("migliorini-2019/pooled", WOMAC, as_printed=True)
    assert [(one.value, one.plot, one.band) for one in asked.points] == [
        (value, PlotPolicy.AS_PRINTED, None) for value in (25.66, 25.23, 15.60)
    ]
    assert asked.links == ()
    assert {"as_printed", "n_unclear", "control_unknown"} <= codes(asked)
    assert "not_comparable" not in codes(asked)


def test_the_vas_that_contradicts_its_scale_is_drawn_nowhere():
    found = drawn("migliorini-2019/pooled", VAS, as_printed=True)
    assert not found.drawable
    assert not found.on_request


def test_medians_are_marks_with_their_quartiles():
    found = drawn("lamo-espinosa-2016/msc-10m", WOMAC, as_printed=True)
    assert {one.plot for one in found.points} == {PlotPolicy.MARKER}
    first = found.points[0].band
    assert (first.kind, first.lower, first.upper) == (BandKind.IQR, 32, 42)
    assert found.links == ()
    assert {"medians", "as_printed", "n_unclear", "not_comparable"} <= codes(found)
    assert not {"uncontrolled", "control_unknown"} & codes(found)
    assert not drawn("lamo-espinosa-2016/msc-10m", WOMAC).drawable


def test_fewer_than_ten_people_are_marks_without_links_or_band():
    found = drawn("tehran-pilot-2021/thoracic", MOTOR)
    assert [one.plot for one in found.points] == [PlotPolicy.MARKER] * 3
    assert [say(one.no_band) for one in found.points] == [
        "no band: all 7 people had the value 50",
        "no band: fewer than 10 people",
        "no band: fewer than 10 people",
    ]
    assert found.links == ()
    assert "n_implied" in codes(found)


def test_the_whole_pilot_has_a_band_also_where_one_patient_is_missing():
    found = drawn("tehran-pilot-2021/total", SCIM)
    assert [(one.months, one.n) for one in found.points] == [(0, 11), (6, 11), (12, 10)]
    assert all(one.band is not None for one in found.points)
    assert [(one.start_months, one.end_months) for one in found.links] == [(0, 6), (6, 12)]


def test_a_last_visit_that_is_no_month_is_told_and_not_drawn():
    found = drawn("petrou-2021/all", EDSS)
    assert [(one.months, one.value) for one in found.points] == [(0, 6.75)]
    assert [point.value for point in found.undated] == [6.42]
    assert found.links == ()
    assert "undated" in codes(found)


def test_values_at_no_month_alone_draw_nothing_and_say_so(read, small_text):
    text = small_text.replace("{ months = 0, value = 60, spread = 10 },\n", "").replace(
        "{ months = 6, value = 30.5,", '{ months = "none", time_label = { en = "last", zh_CN = "末次" }, value = 30.5,'
    )
    text = text.replace("months = [0, 6]", "months = []").replace(
        'plot = "band"\ncomparable = true', 'plot = "marker"\ncomparable = false'
    )
    study = read(text)
    found = overlay(study, study.cohort("all"), VAS)
    assert say(found.reason) == "the study gives its values at a time that is no month since treatment"
    assert [point.value for point in found.undated] == [30.5]


def test_values_kept_as_text_draw_nothing_and_say_so(read, small_text):
    study = read(small_text.replace('plot = "band"\ncomparable = true', 'plot = "text"\ncomparable = false'))
    found = overlay(study, study.cohort("all"), VAS)
    assert "cannot be drawn on a patient's chart" in say(found.reason)
    assert overlay(study, study.cohort("old"), VAS).parent is None


def test_the_parent_is_searched_further_up(read, small_text):
    child = small_text[small_text.index('[[cohorts]]\nid = "old"') : small_text.index("[shared]")]
    text = small_text.replace("[shared]", child.replace('"old"', '"oldest"').replace('"all"', '"old"') + "[shared]", 1)
    study = read(text)
    assert overlay(study, study.cohort("oldest"), VAS).parent == "small-2020/all"


@pytest.mark.parametrize("name", ["petrou-2020/it-msc", "centeno-2017/all", "winkler-2018/plx-150m"])
def test_changes_percentages_and_words_are_never_drawn(name):
    for panel in (EDSS, VAS, Panel(series="sane.sane", minimum=0, maximum=100, direction=UP)):
        assert not drawn(name, panel, as_printed=True).drawable


def test_five_step_items_have_a_line_and_no_band():
    found = drawn(
        "akhlaghpasand-2025/all", Panel(series="whoqol-bref.general_health", minimum=0, maximum=100, direction=UP)
    )
    assert [one.value for one in found.points] == [23.8, 51.8]
    assert [one.band for one in found.points] == [None, None]
    assert "scale_assumed" in codes(found)


def test_links_join_only_what_belongs_to_one_measure():
    for study in studies():
        for cohort in study.cohorts:
            for panel in (SCIM, MOTOR, VAS, WOMAC, EDSS):
                for link in overlay(study, cohort, panel, as_printed=True).links:
                    assert link.start_months < link.end_months


# Who started outside. Month-0 range95 of the whole cohort's SCIM-III: 40.3 +- 32.5.
@pytest.mark.parametrize(
    ("baseline", "outside"), [(40, False), (7.9, False), (7, True), (72, False), (73, True), (None, None)]
)
def test_who_started_outside_the_range_of_the_study_is_told(baseline, outside):
    _study, cohort = find_cohort("akhlaghpasand-2025/all")
    assert started_outside(cohort, SCIM, baseline) is outside


def test_where_no_range_can_be_drawn_at_month_0_nobody_can_be_outside_it():
    assert started_outside(find_cohort("akhlaghpasand-2025/thoracolumbar")[1], MOTOR, 3) is None
    assert started_outside(find_cohort("lamo-espinosa-2016/ha-control")[1], VAS, 3) is None
    assert started_outside(find_cohort("lewandrowski-2023/all")[1], VAS, 3) is None
    assert started_outside(find_cohort("akhlaghpasand-2025/subacute")[1], TOUCH, 3) is None


def test_an_assumed_scale_still_guards_against_a_patient_unlike_the_study():
    _study, cohort = find_cohort("khoury-2021/all")
    assert started_outside(cohort, VAS, 5) is True
    assert started_outside(cohort, VAS, 60) is False
