"""Every number of the reference table stands in the library as printed, and what can be recomputed is recomputed."""

import csv
import math
import re
from pathlib import Path

import pytest
from scipy.special import stdtrit

from tracker.clinic.conditions import conditions
from tracker.core.messages import Text
from tracker.reference.codes import Absent, ArmRole, NKind, Origin, PlotPolicy, PointKind, SpreadKind, StudyKind
from tracker.reference.fields import InvalidStudyError
from tracker.reference.library import SEED_ORDER, UnknownCohortError, find_cohort, read_folder, shipped, studies
from tracker.reference.model import Study
from tracker.scales.catalogue import catalogue
from tracker.scales.model import Direction

TABLE = Path(__file__).parent.parent / "data" / "points.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))

STUDIES = {
    "Akhlaghpasand2025": "akhlaghpasand-2025",
    "Migliorini2019": "migliorini-2019",
    "Khoury2021": "khoury-2021",
    "Vaquero2018": "vaquero-2018",
    "Centeno2017": "centeno-2017",
    "Winkler2018": "winkler-2018",
    "Petrou2021": "petrou-2021",
    "ASPN2024": "aspn-2024",
    "Pilot2021": "tehran-pilot-2021",
    "Petrou2020": "petrou-2020",
    "LamoEspinosa2016": "lamo-espinosa-2016",
    "Khoury2021b": "khoury-2021b",
    "Lee2015": "lee-2015",
    "Lewandrowski2023": "lewandrowski-2023",
}
COHORTS = {
    "pooled review, 1069 subjects": "pooled",
    "chronic SCI neuropathic pain": "all",
    "lumbar DDD radicular pain": "all",
    "MRI subset": "mri",
    "IT-MSC": "it-msc",
    "IV-MSC": "iv-msc",
    "HA control": "ha-control",
    "10M BM-MSC+HA": "msc-10m",
    "100M BM-MSC+HA": "msc-100m",
    "14 patients, 16 knees": "all",
    "12 patients": "all",
    "intradiscal allogeneic MSC 5M + 1% HA": "all",
    "all (chronic recalcitrant LET)": "all",
    "all (active progressive MS)": "all",
}
ORIGINS = {"seed": Origin.SEED, "elsewhere": Origin.PAPER, "elsewhere-supplementary": Origin.SUPPLEMENTARY}
SEED_DOCUMENTS = {"S0": "000", "S1": "001", "S2": "002", "S3": "003", "S4": "004"}
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?$")
COUNTS = re.compile(r"(?:(?P<percent>[\d.]+)% \(=?)?(?P<count>\d+)(?:/| of )(?P<of>\d+)")
MEDIAN = re.compile(r"(?P<value>[\d.]+) \((?P<low>[\d.]+)-(?P<high>[\d.]+)\)(?P<star>\**) ?p?=?(?P<p>.*)$")


def study(key: str) -> Study:
    return next(one for one in studies() if one.id == key)


def study_of(row) -> Study:
    return study(STUDIES[row["study"].split(" ")[0]])


def codes(row) -> set[str]:
    return {re.match(r"[A-Z0-9-]+[!?]?", flag)[0] for flag in row["flag"].split(";") if flag}


def has_number(row) -> bool:
    return bool(NUMBER.match(row["mean"]) or COUNTS.match(row["mean"]) or MEDIAN.match(row["mean"])) or row["mean"] in (
        "60%",
        "23%",
    )


def kind_of(row) -> PointKind:
    text = row["kind"]
    if text.startswith("absolute"):
        return PointKind.ABSOLUTE
    return {"ch": PointKind.CHANGE, "pr": PointKind.PROPORTION, "pe": PointKind.PERCENT}[text[:2]]


def same_time(row, point) -> bool:
    if point.months is not None:
        return row["month"] == str(point.months)
    told = re.sub('["“”]', "", point.time_label.en)
    return row["month"] == "-" or re.sub('["“”]', "", row["month"].split(",")[0]) in told


def name(row) -> str:
    return f"{row['study'].split(' ')[0]}-{row['cohort'][:12]}-{row['measure'][:24]}-{row['month'][:12]}"


@pytest.mark.parametrize("row", [row for row in ROWS if has_number(row)], ids=name)
def test_each_printed_number_stands_in_the_library(row):
    cohort = study_of(row).cohort(COHORTS.get(row["cohort"], row["cohort"]))
    found = [
        point
        for point in cohort.points
        if point.measure.printed == row["measure"] and same_time(row, point) and point.origin is ORIGINS[row["origin"]]
    ]
    assert len(found) == 1
    point = found[0]
    assert point.kind is kind_of(row)
    assert codes(row) <= set(point.flags)
    check_value(row, point)
    check_people(row, point)
    expected = {"up=better": Direction.HIGHER_BETTER, "down=better": Direction.LOWER_BETTER}.get(row["dir"])
    assert point.measure.direction is expected
    if row["source"] in SEED_DOCUMENTS:
        assert [source.name.split()[2] for source in point.sources] == [SEED_DOCUMENTS[row["source"]]]


def check_value(row, point):
    median, counts = MEDIAN.match(row["mean"]), COUNTS.match(row["mean"])
    if median:
        assert point.value == float(median["value"])
        assert point.spread == (float(median["low"]), float(median["high"]))
        assert point.spread_kind is SpreadKind.IQR
        starred = {"": Absent.NOT_REPORTED, "*": "<0.05 vs own baseline", "**": "<0.01 vs own baseline"}
        assert point.p == (median["p"] or starred[median["star"]])
        return
    if counts:
        assert (point.count, point.of) == (int(counts["count"]), int(counts["of"]))
        assert point.value == pytest.approx(100 * point.count / point.of, abs=0.06)
    else:
        assert point.value == float(row["mean"].strip("%+"))
    if row["sd"][:1].isdigit():
        assert point.spread == float(row["sd"].split(" ")[0])
        assert point.spread_kind in (SpreadKind.SD, SpreadKind.UNCLEAR)
        assert ("SE?" in row["flag"] or "presumed" in row["sd"]) == (point.spread_kind is SpreadKind.UNCLEAR)
    else:
        assert point.spread is None
    assert point.p == (row["p"] or Absent.NOT_REPORTED)


def check_people(row, point):
    if row["study"].startswith("Petrou2021") and row["kind"] == "proportion":
        assert point.n_text == row["n"] == str(point.of)
    assert point.n_text == row["n"]
    if row["n"].isdigit():
        assert point.n_printed == point.n_effective == int(row["n"])
    if row["n"].endswith("implied") and "printed" not in row["n"]:
        assert (point.n_printed, point.n_effective) == (None, int(row["n"].split()[0]))
        assert point.n_kind is NKind.IMPLIED


@pytest.mark.parametrize("row", [row for row in ROWS if not has_number(row)], ids=name)
def test_each_row_without_a_number_is_a_statement(row):
    found = [
        statement
        for statement in study_of(row).statements
        if statement.printed == row["measure"]
        and codes(row) <= set(statement.flags)
        and (statement.n_text or "") == row["n"]
        and statement.p == (row["p"] or Absent.NOT_REPORTED)
        and statement.origin is ORIGINS[row["origin"]]
    ]
    assert found
    never = "DO-NOT-PLOT" in codes(row)
    assert any((statement.plot is PlotPolicy.NEVER) == never for statement in found)


def test_the_table_is_told_apart_completely():
    assert len(ROWS) == 197
    assert sum(has_number(row) for row in ROWS) == sum(len(one.points) for one in studies())


def test_the_nine_seed_studies_come_first_and_the_six_supplementary_ones_after():
    assert tuple(one.id for one in studies()[:9]) == SEED_ORDER
    assert [one.id for one in studies()[9:]] == sorted(
        ["tehran-pilot-2021", "petrou-2020", "lamo-espinosa-2016", "khoury-2021b", "lee-2015", "lewandrowski-2023"]
    )
    assert [one.supplementary for one in studies()] == [False] * 9 + [True] * 6


def test_every_cohort_that_a_condition_offers_exists_and_is_of_that_condition():
    for condition in conditions().values():
        for offered in condition.cohorts:
            found, _cohort = find_cohort(offered.cohort)
            assert condition.id in found.passport.conditions, offered.cohort


def test_a_study_names_only_conditions_that_exist():
    for one in studies():
        assert set(one.passport.conditions) <= set(conditions())


@pytest.mark.parametrize("wrong", ["nobody/all", "khoury-2021/nobody", "khoury-2021", ""])
def test_an_unknown_cohort_is_refused_by_name(wrong):
    with pytest.raises(UnknownCohortError, match="there is no cohort"):
        find_cohort(wrong)


def test_a_cohort_can_be_looked_for_among_a_clinics_own_studies():
    assert find_cohort("lee-2015/all", [study("lee-2015")])[1].n_printed == 12
    with pytest.raises(UnknownCohortError):
        find_cohort("khoury-2021/all", [study("lee-2015")])


def test_a_study_in_the_wrong_folder_is_refused(monkeypatch, tmp_path):
    folder = Path(__file__).parent.parent.parent / "seeds"
    (tmp_path / "supplementary").mkdir()
    text = (folder / "khoury-2021.toml").read_text("utf-8")
    (tmp_path / "supplementary" / "khoury-2021.toml").write_text(text, "utf-8")
    monkeypatch.setattr("tracker.reference.library.seed", tmp_path.joinpath)
    shipped.cache_clear()
    try:
        with pytest.raises(InvalidStudyError, match="khoury-2021 stands in the wrong folder"):
            shipped()
    finally:
        shipped.cache_clear()


def test_a_folder_is_read_in_the_order_of_its_names():
    folder = Path(__file__).parent.parent.parent / "seeds" / "supplementary"
    assert [one.id for one in read_folder(folder)] == sorted(path.stem for path in folder.glob("*.toml"))


def texts(one: Study):
    yield from (line.text for line in (*one.doubts, *one.statements, *one.counter_evidence))
    yield from (
        value for value in (getattr(one.passport, name) for name in one.passport.__slots__) if isinstance(value, Text)
    )
    yield from (cohort.label for cohort in one.cohorts)
    yield from (measure.label for measure in one.measures)


@pytest.mark.parametrize("key", [one.id for one in studies()])
def test_every_sentence_is_said_in_both_languages(key):
    for text in texts(study(key)):
        assert text.en.strip()
        assert text.zh_CN.strip()
    for line in (*study(key).doubts, *study(key).statements, *study(key).counter_evidence):
        assert re.search(r"[\u4e00-\u9fff]", line.text.zh_CN), line
        assert line.text.en.rstrip()[-1] in ".”)", line


@pytest.mark.parametrize("key", [one.id for one in studies() if one.passport.kind is not StudyKind.GUIDELINE])
def test_every_study_says_something_to_doubt(key):
    assert study(key).doubts


def test_the_guideline_has_no_people_and_no_points():
    aspn = study("aspn-2024")
    assert aspn.passport.n is Absent.NOT_APPLICABLE
    assert aspn.cohorts == aspn.points == ()


# What can be recomputed.


def point(cohort, measure, months, key="akhlaghpasand-2025"):
    return next(one for one in study(key).cohort(cohort).points if one.measure.id == measure and one.months == months)


def pooled(groups):
    """Mean and SD of groups given as (n, mean, SD) put together."""
    n = sum(size for size, _mean, _sd in groups)
    mean = sum(size * middle for size, middle, _sd in groups) / n
    squares = sum((size - 1) * sd**2 + size * (middle - mean) ** 2 for size, middle, sd in groups)
    return mean, math.sqrt(squares / (n - 1))


def fits(measure, months, sizes):
    groups = [(n, point(c, measure, months).value, point(c, measure, months).spread) for c, n in sizes.items()]
    whole = point("all", measure, months)
    mean, sd = pooled(groups)
    return abs(mean - whole.value) <= 0.1 and abs(sd - whole.spread) <= 0.1


def test_the_four_subgroup_counts_add_up_to_106():
    found = {cohort.id: cohort.n_printed for cohort in study("akhlaghpasand-2025").cohorts}
    assert found["cervical"] + found["thoracolumbar"] == found["subacute"] + found["chronic"] == found["all"] == 106
    assert [f"{100 * found[name] / 106:.1f}" for name in ("cervical", "thoracolumbar", "subacute", "chronic")] == [
        "30.2",
        "69.8",
        "27.4",
        "72.6",
    ]


@pytest.mark.parametrize("months", [0, 12])
def test_the_printed_level_groups_give_the_motor_total_but_not_the_scim_total(months):
    assert fits("motor", months, {"cervical": 32, "thoracolumbar": 74})
    assert not fits("scim-total", months, {"cervical": 32, "thoracolumbar": 74})
    assert fits("scim-total", months, {"cervical": 28, "thoracolumbar": 78})
    assert fits("scim-total", months, {"subacute": 29, "chronic": 77})


def test_the_subscale_changes_add_up_to_the_change_of_the_scim_total():
    parts = [point("all", name, 12).value for name in ("scim-self-care", "scim-respiration-sphincter", "scim-mobility")]
    change = point("all", "scim-total", 12).value - point("all", "scim-total", 0).value
    assert sum(parts) == pytest.approx(6.9)
    assert change == pytest.approx(6.9)


def test_the_event_percentages_are_of_48_although_the_counts_add_up_to_93():
    figures = [figure for figure in study("akhlaghpasand-2025").adverse_events if figure.count]
    assert sum(figure.count for figure in figures) == 93
    for figure in figures:
        printed = float(re.search(r"([\d.]+)%", figure.printed)[1])
        assert printed == pytest.approx(100 * figure.count / 48, abs=0.051)
        assert figure.denominator.en == "denominator unclear: 48 or 106"


def test_an_se_of_17_would_be_an_sd_of_175():
    assert point("all", "motor", 0).spread * math.sqrt(106) == pytest.approx(175, abs=0.5)


def test_the_thoracolumbar_motor_spread_is_impossible():
    mean, sd = point("thoracolumbar", "motor", 0).value, point("thoracolumbar", "motor", 0).spread
    most = math.sqrt((mean - 46) * (100 - mean))
    assert most == pytest.approx(9.95, abs=0.005)
    assert sd > most
    assert not point("thoracolumbar", "motor", 0).comparable


def test_q1_would_need_a_negative_correlation_between_the_visits():
    first, last = point("all", "whoqol-q1", 0), point("all", "whoqol-q1", 12)
    t = float(stdtrit(105, 1 - 0.059 / 2))
    sd_of_change = (last.value - first.value) * math.sqrt(106) / t
    correlation = (first.spread**2 + last.spread**2 - sd_of_change**2) / (2 * first.spread * last.spread)
    assert correlation == pytest.approx(-0.47, abs=0.01)


@pytest.mark.parametrize("measure", ["motor", "light-touch", "pin-prick", "scim-total"])
@pytest.mark.parametrize("months", [0, 6, 12])
def test_the_implied_group_sizes_of_the_pilot_give_its_totals_and_their_sd(measure, months):
    parts = [point(name, measure, months, "tehran-pilot-2021") for name in ("thoracic", "cervical")]
    whole = point("total", measure, months, "tehran-pilot-2021")
    assert sum(one.n_effective for one in parts) == whole.n_effective
    mean, sd = pooled([(one.n_effective, one.value, one.spread) for one in parts])
    assert mean == pytest.approx(whole.value, abs=0.02)
    slips = {("light-touch", 6): 24.02, ("pin-prick", 0): 25.54}
    assert sd == pytest.approx(slips.get((measure, months), whole.spread), abs=0.01)
    said = {doubt.type for doubt in study("tehran-pilot-2021").doubts_of(whole)}
    assert ("SPREAD-SLIP" in said) == ((measure, months) in slips)


def test_the_womac_of_the_review_hardly_changes_at_month_6():
    values = [point("pooled", "womac", months, "migliorini-2019").value for months in (0, 6, 12)]
    assert 100 * (values[0] - values[1]) / values[0] == pytest.approx(1.7, abs=0.05)
    assert 100 * (values[2] - values[0]) / values[0] == pytest.approx(-39, abs=0.5)


def test_the_meta_analysis_counts_add_up():
    one = study("jor-2023")
    assert sum(cohort.n_printed for cohort in one.cohorts) == one.passport.n == 875
    assert one.points == ()


def test_seven_of_the_twenty_hip_patients_received_placebo():
    one = study("winkler-2018")
    assert sum(cohort.n_printed for cohort in one.cohorts) == one.passport.n == 20
    assert [cohort.n_printed for cohort in one.cohorts if cohort.role is ArmRole.CONTROL] == [7]


def test_the_vas_that_runs_the_wrong_way_is_never_drawn():
    vas = [one for one in study("migliorini-2019").points if one.measure.id == "vas-pain"]
    assert [one.value for one in vas] == [18.37, 30.98, 36.91]
    assert {one.plot for one in vas} == {PlotPolicy.NEVER}


def test_nothing_of_an_uncertain_variant_may_be_compared():
    for one in studies():
        for each in one.points:
            assert not (each.comparable and (each.measure.variant != "stated" or each.kind is not PointKind.ABSOLUTE))


def test_a_series_that_ships_has_the_direction_and_the_score_the_scale_gives_it():
    shipped = {score.series: (scale.id, score) for scale in catalogue().values() for score in scale.scores}
    for one in studies():
        for measure in one.measures:
            assert measure.series is None or measure.series in shipped
            if measure.series in shipped:
                _scale, score = shipped[measure.series]
                assert measure.direction is score.direction
                assert measure.score == score.code
                rescaled = measure.range != (score.minimum, score.maximum)
                assert not rescaled or (measure.family, measure.range) == ("vas-pain", (0, 10))


@pytest.mark.parametrize("series", ["asia.motor", "scim-iii.total", "vas-pain.pain", "womac-lk31.total", "edss.edss"])
def test_the_series_that_have_something_to_draw_or_show_are_named(series):
    named = {name for one in studies() for m in one.measures for name in (m.series, *m.as_printed_on)}
    assert series in named
