"""A study file is read as it stands, and anything that is not exactly a study is refused with its place."""

import re

import pytest

from tracker.core.messages import Text
from tracker.reference.codes import Absent, SpreadKind
from tracker.reference.fields import InvalidStudyError
from tracker.reference.loader import LARGEST_FILE, read_study
from tracker.scales.model import Direction


def spoilt(text, old, new):
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def test_a_study_is_read_as_it_stands(read, small_text):
    study = read(small_text)
    assert (study.id, study.doi, study.seed_document, study.supplementary) == (
        "small-2020", Absent.NOT_SEEN, None, True,
    )  # fmt: skip
    assert study.passport.controlled is False
    assert study.passport.dose is Absent.NOT_REPORTED
    first, second, share = study.points
    assert (first.value, first.spread, first.months, first.p) == (60, 10, 0, Absent.NOT_REPORTED)
    assert (second.value, second.p, second.spread_kind) == (30.5, "<0.001", SpreadKind.SD)
    assert (share.count, share.of, share.value, share.spread) == (3, 20, 15, None)
    assert study.measures[0].direction is Direction.LOWER_BETTER
    assert study.measures[1].direction is None
    assert study.cohort("old").parent == "all"
    assert study.cohort("old").points == ()
    assert study.cohort("old").levels == ("cervical",)
    assert [str(source) for source in study.sources] == ["The paper (https://example.org/paper)", "A letter"]
    assert study.statements[0].text == Text("Better.", "好转。")
    assert study.adverse_events[0].count == 2
    assert study.doubts_of(first) == study.doubts
    assert study.doubts_of(share) == ()


def test_an_unprinted_percentage_follows_from_the_counts(read, small_text):
    study = read(spoilt(small_text, "of = 20, value = 15", 'of = 13, value = "none"'))
    assert study.points[2].value == 100 * 3 / 13


REFUSALS = [
    # what is spoilt, how, and what the message says
    ('id = "small-2020"', "", "id: missing"),
    ('id = "small-2020"', 'id = ""', "id: a text is expected"),
    ('id = "small-2020"', 'id = "other"', "id: the id is “other”, which is not the file's name"),
    ('doi = "not_seen"', 'doi = "not_seen"\ncolour = "red"', "colour: unknown key"),
    ('dose = "not_reported"', "", r"passport.dose: missing: give a value, “not_reported” or “not_seen”"),
    ('dose = "not_reported"', 'dose = { en = "5" }', r"passport.dose.zh_CN: missing"),
    ('dose = "not_reported"', 'dose = { en = "5", zh_CN = "5", fr = "5" }', r"passport.dose.fr: unknown key"),
    ('dose = "not_reported"', 'dose = "a lot"', r"passport.dose: a table is expected"),
    ("controlled = false", 'controlled = "no"', "passport.controlled: true or false is expected"),
    ('kind = "single_arm"', 'kind = "anecdote"', "passport.kind: one of these is expected: case_series"),
    ("n = 20\n", "n = 20.5\n", "passport.n: a whole number"),
    ("n = 20\n", "n = -1\n", "passport.n: a whole number"),
    ("n = 20\n", 'n = "not_applicable"\n', "passport.n: a study has an n"),
    ("supplementary = true", "supplementary = false", "seed_document: a seed study names its seed document"),
    ("range = [0, 100]", "range = [100, 0]", r"measures\[0\].range: the lower number comes first"),
    ("range = [0, 100]", "range = [0]", r"measures\[0\].range: two numbers are expected"),
    ("range = [0, 100]", "range = 5", r"measures\[0\].range: two numbers are expected"),
    ("range = [0, 100]", "range = [0, inf]", r"measures\[0\].range.high: a finite number"),
    ("range = [0, 100]", 'range = "not_seen"', r"measures\[0\].series: a measure with a series needs its range"),
    ('direction = "lower_better"', 'direction = "unclear"', r"measures\[0\].series: a measure with a series needs"),
    ('variant = "stated"', 'variant = "unknown"', r"measures\[0\].series: a measure of unknown variant belongs to no"),
    ('parent = "none"', 'parent = "old"', "cohorts: the parent of “all” must stand before it"),
    ('id = "old"', 'id = "all"', "cohorts: the same id stands twice"),
    ('levels = ["cervical"]', 'levels = ["a", "a"]', r"cohorts\[1\].levels: a list of different texts"),
    ('levels = ["cervical"]', "levels = [1]", r"cohorts\[1\].levels: a list of different texts"),
    ('levels = ["cervical"]', "levels = 1", r"cohorts\[1\].levels: a list is expected"),
    ('cohort = "all"\nmeasure = "pain"', 'cohort = "young"\nmeasure = "pain"', "there is no cohort “young”"),
    ('measure = "pain"', 'measure = "joy"', r"trajectories\[0\].measure: there is no measure “joy”"),
    ("months = 0, value = 60", "months = 0, value = nan", r"trajectories\[0\].points\[0\].value: a finite number"),
    ("months = 0, value = 60", "months = 0, value = true", r"points\[0\].value: a finite number"),
    ("months = 0, value = 60", 'months = 0, value = "60"', r"points\[0\].value: a finite number"),
    ("months = 0, value = 60", "months = 0", r"points\[0\].value: missing"),
    ("months = 0, value = 60", "value = 60", r"points\[0\].months: missing"),
    ("months = 0, value = 60", "months = 0, colour = 1, value = 60", r"points\[0\].colour: unknown key"),
    ("months = 0, value = 60", "months = 6, value = 60", "the same cohort, measure and month stand twice"),
    ("months = 0, value = 60", "months = -1, value = 60", "months: months since treatment cannot be negative"),
    ("months = 0, value = 60", 'months = "none", value = 60', "time_label: a value at no month needs words"),
    ("months = 0, value = 60", "months = 0, value = 101", "value: the value lies outside the range of its measure"),
    ("spread = 10 }", "spread = -10 }", "spread: a spread cannot be negative"),
    ("spread = 10 }", 'spread = "none" }', "spread_kind: a spread and its kind go together"),
    ("spread = 10 }", "spread = [50, 70] }", "spread: SD and SE are one number"),
    ("spread = 10 }", 'spread = [50, 70], spread_kind = "iqr" }', "centre: a median goes with quartiles"),
    ("spread = 10 }", 'spread = 10, centre = "median" }', "centre: a median goes with quartiles"),
    (
        "spread = 10 }",
        'spread = [20, 30], spread_kind = "iqr", centre = "median" }',
        "spread: the value lies outside its own spread",
    ),
    ("spread = 10 }", 'spread = 10, spread_kind = "unclear", spread_inferred = true }', "only an SD is ever inferred"),
    ("spread = 10 }", "spread = 10, n_effective = 21 }", "n_effective: the number to calculate with is never larger"),
    ("spread = 10 }", 'spread = 10, flags = ["ODD"] }', "flags: unknown flag: the known ones are RECON"),
    ("spread = 10 }", 'spread = 10, flags = ["SE?"] }', "doubts: the flag SE. of all, pain needs a doubt that says it"),
    ("spread = 10 }", 'spread = 10, sources = ["rumour"] }', "sources: no source with the key “rumour”"),
    ("spread = 10 }", "spread = 10, sources = [] }", "sources: no source with the key “”"),
    ("spread = 10 }", 'spread = 10, plot = "as_printed" }', "plot: as_printed needs the panels"),
    ("spread = 10 }", 'spread = "none", spread_kind = "none" }', "plot: a band needs an absolute value"),
    ("spread = 10 }", 'spread = 10, kind = "change" }', "plot: a band needs an absolute value"),
    ("spread = 10 }", 'spread = 10, kind = "change", plot = "text" }', "comparable: only an absolute value at a month"),
    ("of = 20, value = 15", "of = 20, value = 16", "value: the percentage does not follow from the counts"),
    ("count = 3, of = 20, value = 15", "count = 3, of = 2, value = 15", "value: the percentage does not follow"),
    ("count = 3, of = 20, value = 15", "count = 3, of = 0, value = 15", "of: nothing can be counted out of 0"),
    ("points = [{ months = 6, count = 3, of = 20, value = 15 }]", "points = []", "points: a trajectory without points"),
    ("points = [{ months = 6, count = 3, of = 20, value = 15 }]", "points = [5]", "a table is expected here"),
    ('flags = []\nplot = "text"', 'flags = []\nplot = "band"', "a statement has no number to plot"),
    ("count = 2\n", "count = 2.5\n", "count: a whole number"),
    ("months = [0, 6]", 'months = ["0"]', r"doubts\[0\].months.0: a finite number"),
    ("months = [0, 6]", "months = [3]", "doubts: the doubt “SMALL-N” touches no point"),
    ('cohorts = ["all"]', 'cohorts = ["young"]', "doubts: the doubt “SMALL-N” names no cohort or measure"),
    ('type = "SMALL-N"', 'type = "HUNCH"', "doubts: unknown type of doubt “HUNCH”"),
    ('beside = ["pain", "better", "study"]', 'beside = ["joy"]', "counter_evidence: “other” stands beside nothing"),
    ('beside = ["pain", "better", "study"]', "beside = []", "counter_evidence: “other” stands beside nothing"),
    ("[shared]", "[shared", "is not valid TOML in UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "problem"), REFUSALS, ids=[f"{new[:30]}-{n}" for n, (_, new, _) in enumerate(REFUSALS)]
)
def test_a_file_that_is_not_exactly_a_study_is_refused(read, small_text, old, new, problem):
    with pytest.raises(InvalidStudyError, match=problem) as refused:
        read(spoilt(small_text, old, new))
    assert re.match("study file small-2020.toml", str(refused.value))


def test_a_study_without_cohorts_must_be_a_guideline(read, small_text):
    text = small_text.split("[[cohorts]]", maxsplit=1)[0].split("[[measures]]", maxsplit=1)[0]
    text = "measures = []\ncohorts = []\ntrajectories = []\nstatements = []\nadverse_events = []\ndoubts = []\n" + (
        "counter_evidence = []\n" + text + "[shared]\n"
    )
    with pytest.raises(InvalidStudyError, match="cohorts: a study needs at least one cohort"):
        read(text)
    guideline = spoilt(spoilt(text, '"single_arm"', '"guideline"'), "n = 20\n", 'n = "not_applicable"\n')
    assert read(guideline).points == ()


def test_a_file_too_large_for_a_study_is_not_even_read(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(InvalidStudyError, match=r"large\.toml is larger than 1000000 bytes"):
        read_study(path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('id = "Müller"'.encode("latin-1"))
    with pytest.raises(InvalidStudyError, match="is not valid TOML in UTF-8"):
        read_study(path)


def test_the_message_is_said_in_the_language_in_use(read, small_text):
    with pytest.raises(InvalidStudyError) as refused:
        read(spoilt(small_text, 'doi = "not_seen"', ""))
    assert str(refused.value) == (
        "study file small-2020.toml, doi: missing: give a value, “not_reported” or “not_seen”"
    )
