"""A small study file that is right in every way, to be spoilt one thing at a time."""

import pytest

from tracker.reference.loader import read_study

SMALL = """
id = "small-2020"
short_name = "Small 2020"
title = "A small study"
citation = "Small. Journal 2020"
doi = "not_seen"
seed_document = "none"
supplementary = true

[passport]
kind = "single_arm"
design = { en = "Open", zh_CN = "开放" }
controlled = false
n = 20
conditions = ["knee-oa"]
sites = ["knee"]
courses = "not_applicable"
condition = { en = "Knee", zh_CN = "膝" }
product = "not_seen"
cell_source = "not_seen"
dose = "not_reported"
route = "not_seen"
follow_up = "not_seen"
age = "not_seen"
completeness = "not_applicable"
level = "not_applicable"
time_since_injury = "not_applicable"
eligibility = "not_seen"

[[sources]]
key = "paper"
name = "The paper"
url = "https://example.org/paper"

[[sources]]
key = "letter"
name = "A letter"
url = "none"

[[measures]]
id = "pain"
printed = "Pain"
label = { en = "Pain", zh_CN = "疼痛" }
family = "vas-pain"
scale = "vas-pain"
score = "pain"
series = "vas-pain.pain"
as_printed_on = []
range = [0, 100]
variant = "stated"
variant_text = "0-100"
direction = "lower_better"
context = "unspecified"
unit = "mm"

[[measures]]
id = "relief"
printed = "Relief"
label = { en = "Relief", zh_CN = "缓解" }
family = "none"
scale = "none"
score = "none"
series = "none"
as_printed_on = []
range = "none"
variant = "unknown"
variant_text = "count"
direction = "unclear"
context = "unspecified"
unit = "none"

[[cohorts]]
id = "all"
label = { en = "all", zh_CN = "全部" }
role = "treated"
parent = "none"
n_printed = 20
n_effective = 20
n_text = "20"
ais = "not_applicable"
levels = "not_applicable"
phases = "not_applicable"

[[cohorts]]
id = "old"
label = { en = "old", zh_CN = "老年" }
role = "treated"
parent = "all"
n_printed = "not_seen"
n_effective = "not_seen"
n_text = "not seen"
ais = "not_applicable"
levels = ["cervical"]
phases = "not_applicable"

[shared]
time_label = "none"
kind = "absolute"
centre = "mean"
spread_kind = "sd"
spread_inferred = false
n_printed = 20
n_effective = 20
n_text = "20"
n_kind = "assessed"
p = "not_reported"
origin = "supplementary"
sources = ["paper"]
flags = ["OK"]
plot = "band"
comparable = true

[[trajectories]]
cohort = "all"
measure = "pain"
points = [
    { months = 0, value = 60, spread = 10 },
    { months = 6, value = 30.5, spread = 12, p = "<0.001" },
]

[[trajectories]]
cohort = "all"
measure = "relief"
kind = "proportion"
centre = "none"
spread = "none"
spread_kind = "none"
plot = "text"
comparable = false
points = [{ months = 6, count = 3, of = 20, value = 15 }]

[[statements]]
id = "better"
text = { en = "Better.", zh_CN = "好转。" }
printed = "none"
time_label = "none"
n_text = "none"
p = "not_reported"
origin = "supplementary"
sources = ["letter"]
flags = []
plot = "text"

[[adverse_events]]
term = { en = "bruise", zh_CN = "瘀斑" }
count = 2
printed = "2 bruises"
denominator = { en = "20", zh_CN = "20" }
origin = "supplementary"
sources = ["paper"]

[[doubts]]
type = "SMALL-N"
about = "points"
cohorts = ["all"]
measures = ["pain"]
months = [0, 6]
text = { en = "Few.", zh_CN = "人少。" }

[[counter_evidence]]
id = "other"
text = { en = "Others found nothing.", zh_CN = "他人未见效果。" }
beside = ["pain", "better", "study"]
sources = ["letter"]
"""


@pytest.fixture
def small_text():
    return SMALL


@pytest.fixture
def read(tmp_path):
    """Read a study from a text, under the name its id asks for."""

    def _read(text, name="small-2020.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_study(path)

    return _read
