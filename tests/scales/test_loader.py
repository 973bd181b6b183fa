"""A definition that contradicts itself, or fails its own examples, is refused with file, key and reason."""

import pytest

from tracker.core.messages import Text
from tracker.scales.errors import InvalidScaleError
from tracker.scales.loader import LARGEST_FILE, load_scale, parse_scale
from tracker.scales.model import About, Direction

GOOD = """
id = "mini"
version = "1"
title = { en = "Mini", zh_CN = "小量表" }
short_title = { en = "Mini", zh_CN = "小" }
about = "episode"
contexts = ["unspecified", "rest"]
recall = { en = "today", zh_CN = "今天" }
licence = { en = "ours", zh_CN = "自有" }
loinc = "72514-3"
source = "made for this test"

[[notes]]
en = "one"
zh_CN = "一"

[[items]]
code = "A"
label = { en = "a", zh_CN = "甲" }
group = "part"
allowed = [0, 2, 4]

[[items]]
code = "B"
label = { en = "b", zh_CN = "乙" }
group = "part"
allowed = "0-4"

[[items]]
code = "C"
label = { en = "c", zh_CN = "丙" }
minimum = 0
maximum = 8
unit = "mm"

[[items]]
code = "D"
label = { en = "d", zh_CN = "丁" }
allowed = "0-4"
optional = true

[[scores]]
code = "part"
label = { en = "part", zh_CN = "部分" }
rule = "sum"
of = ["A", "B"]
reversed = ["B"]
minimum = 0
maximum = 8
direction = "lower_better"
low_anchor = { en = "none", zh_CN = "无" }
high_anchor = { en = "all", zh_CN = "全部" }
decimals = 0
percent_change = true
charted = true

[[scores]]
code = "length"
label = { en = "length", zh_CN = "长度" }
rule = "given_or_sum"
of = ["C", "D", "B"]
minimum = 0
maximum = 8
direction = "lower_better"
unit = "mm"
low_anchor = { en = "none", zh_CN = "无" }
high_anchor = { en = "all", zh_CN = "全部" }
decimals = 0
series = "other.length"
percent_change = false
charted = true

[[scores]]
code = "total"
label = { en = "total", zh_CN = "总分" }
rule = "sum_of_scores"
of = ["part", "length"]
minimum = 0
maximum = 16
direction = "lower_better"
low_anchor = { en = "none", zh_CN = "无" }
high_anchor = { en = "all", zh_CN = "全部" }
decimals = 1
percent_change = false
charted = false

[[scores]]
code = "total_100"
label = { en = "total", zh_CN = "总分" }
rule = "rescaled"
of = ["total"]
minimum = 0
maximum = 100
direction = "lower_better"
low_anchor = { en = "none", zh_CN = "无" }
high_anchor = { en = "all", zh_CN = "全部" }
decimals = 1
percent_change = false
charted = false

[[scores]]
code = "mean"
label = { en = "mean", zh_CN = "平均" }
rule = "mean_rescaled"
of = ["A", "B"]
minimum = 10
maximum = 20
direction = "higher_better"
low_anchor = { en = "none", zh_CN = "无" }
high_anchor = { en = "all", zh_CN = "全部" }
decimals = 1
percent_change = false
charted = false

[[policies]]
id = "usual"
label = { en = "usual", zh_CN = "通常" }
verified = true
note = { en = "one may be missing", zh_CN = "可缺一条" }
missing_allowed = { part = 1 }
form_missing_allowed = 2

[[policies]]
id = "strict"
label = { en = "strict", zh_CN = "严格" }
verified = false
note = { en = "none may be missing", zh_CN = "不可缺" }
missing_allowed = {}

[[thresholds]]
id = "limit"
score = "part"
kind = "mcid"
value = 2
upper = 3
sign = "improve"
population = { en = "people", zh_CN = "人群" }
citation = "A paper"
verified = true

[[thresholds]]
id = "percent"
score = "part"
kind = "responder"
value = 30
relative = true
sign = "improve"
population = { en = "people", zh_CN = "人群" }
citation = "A paper"
verified = true

[[thresholds]]
id = "state"
score = "mean"
kind = "pass"
value = 12
sign = "improve"
population = { en = "people", zh_CN = "人群" }
citation = "A paper"
verified = true

[[examples]]
id = "whole"
source = "by hand"

[examples.responses]
A = 2
B = 1
C = 2.5

[examples.scores]
part = 5
length = 2.5
total = 7.5
total_100 = 46.875
mean = 13.75

[[examples]]
id = "gap"
policy = "strict"
source = "by hand"
not_scored = ["part", "total", "total_100", "mean"]

[examples.responses]
B = 1
D = 2

[examples.scores]
length = 3
"""


def changed(*edits):
    text = GOOD
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def refusal(text, file="mini@1.toml"):
    with pytest.raises(InvalidScaleError) as caught:
        parse_scale(text, file)
    assert caught.value.file == file
    assert str(caught.value).startswith(f"scale file {file}: {caught.value.key}")
    return caught.value.key, str(caught.value.why)


def test_a_sound_definition_is_read_whole():
    scale = parse_scale(GOOD, "mini@1.toml")
    assert (scale.id, scale.version, scale.about, scale.contexts) == (
        "mini",
        "1",
        About.EPISODE,
        ("unspecified", "rest"),
    )
    assert scale.title == Text("Mini", "小量表")
    assert scale.notes == (Text("one", "一"),)
    assert [item.allowed for item in scale.items] == [(0, 2, 4), (0, 1, 2, 3, 4), None, (0, 1, 2, 3, 4)]
    assert (scale.item("C").minimum, scale.item("C").maximum, scale.item("C").unit) == (0, 8, "mm")
    assert [item.optional for item in scale.items] == [False, False, False, True]
    part = scale.score("part")
    assert (part.rule, part.items, part.options) == ("sum", ("A", "B"), {"reversed": ("B",)})
    assert (part.direction, part.series, part.percent_change) == (Direction.LOWER_BETTER, "mini.part", True)
    assert scale.score("length").series == "other.length"
    assert [policy.form_missing_allowed for policy in scale.policies] == [2, None]
    assert scale.policies[0].missing_allowed == {"part": 1}
    assert [(limit.value, limit.upper, limit.relative) for limit in scale.thresholds] == [
        (2, 3, False),
        (30, None, True),
        (12, None, False),
    ]
    assert scale.examples[1].expected["part"] is None
    assert scale.examples[1].expected["length"] == 3


def test_notes_and_thresholds_may_be_absent():
    text = GOOD[: GOOD.index("[[thresholds]]")] + GOOD[GOOD.index("[[examples]]") :]
    scale = parse_scale(text.replace('[[notes]]\nen = "one"\nzh_CN = "一"\n', "").replace("loinc", "# "), "mini@1.toml")
    assert (scale.notes, scale.thresholds, scale.loinc) == ((), (), None)


FRAME = [
    ("not TOML", ('id = "mini"', "id = "), "", "is not valid TOML"),
    ("a key twice", ('id = "mini"', 'id = "mini"\nid = "mini"'), "", "is not valid TOML"),
    ("unknown key", ('source = "made', 'colour = "red"\nsource = "made'), "colour", "is not a key"),
    ("missing key", ('source = "made for this test"\n', ""), "source", "is missing"),
    ("empty text", ('source = "made for this test"', 'source = " "'), "source", "must be a text"),
    ("text of another kind", ('source = "made for this test"', "source = 3"), "source", "must be a text"),
    ("another id", ('id = "mini"', 'id = "maxi"'), "id", "not the one of the file's name, mini"),
    ("another version", ('version = "1"', 'version = "2"'), "version", "not the one of the file's name, 1"),
    ("no English", ('{ en = "Mini", zh_CN = "小量表" }', '{ zh_CN = "小量表" }'), "title.en", "is missing"),
    ("no Chinese", ('{ en = "Mini", zh_CN = "小量表" }', '{ en = "Mini" }'), "title.zh_CN", "is missing"),
    ("a third language", ('zh_CN = "小量表"', 'zh_CN = "小量表", fr = "petit"'), "title.fr", "is not a key"),
    ("text, not table", ('title = { en = "Mini", zh_CN = "小量表" }', 'title = "Mini"'), "title", "must be a table"),
    ("about what", ('about = "episode"', 'about = "visit"'), "about", "must be one of: episode, person"),
    ("contexts, no list", ('contexts = ["unspecified", "rest"]', 'contexts = "rest"'), "contexts", "list of texts"),
    ("contexts, numbers", ('["unspecified", "rest"]', "[1]"), "contexts", "list of texts"),
    ("contexts, empty", ('["unspecified", "rest"]', "[]"), "contexts", "must begin with unspecified"),
    ("contexts, order", ('["unspecified", "rest"]', '["rest"]'), "contexts", "must begin with unspecified"),
    ("contexts, twice", ('"unspecified", "rest"]', '"unspecified", "unspecified"]'), "contexts", "twice"),
    ("contexts, unknown", ('"unspecified", "rest"]', '"unspecified", "asleep"]'), "contexts", "“asleep” is none of"),
    ("LOINC, form", ('"72514-3"', '"72514"'), "loinc", "is not a LOINC code"),
    ("LOINC, check digit", ('"72514-3"', '"72514-4"'), "loinc", "is not a LOINC code"),
    ("note, unknown key", ('zh_CN = "一"', 'zh_CN = "一"\nde = "eins"'), "notes.1.de", "is not a key"),
]

ITEMS = [
    ("no list of tables", ("[[items]]", "[items.x]"), "", "is not valid TOML"),
    ("duplicate code", ('code = "B"', 'code = "A"'), "items.A", "is there twice"),
    ("bad code", ('code = "B"', 'code = "B 1"'), "items.B 1", "is not a code"),
    ("code, no text", ('code = "B"', "code = 2"), "items.2.code", "must be a text"),
    ("group", ('group = "part"', 'group = "whole"'), "items.A.group", "there is no score “whole”"),
    ("set, kind", ("allowed = [0, 2, 4]", "allowed = 4"), "items.A.allowed", "list of numbers"),
    (
        "typed, none of them",
        ('allowed = "0-4"', 'allowed = "0-4"\nnot_typed = { value = 5, why = { en = "x", zh_CN = "x" } }'),
        "items.B.not_typed.value",
        "is not one of the allowed values",
    ),
    ("note that scores", ('allowed = "0-4"', 'allowed = "0-4"\nnoted = true'), "items.B.noted", "no score takes it"),
    ("set, not rising", ("allowed = [0, 2, 4]", "allowed = [0, 2.5, 2.5]"), "items.A.allowed", "must rise"),
    ("set, flags", ("allowed = [0, 2, 4]", "allowed = [false, true]"), "items.A.allowed", "list of numbers"),
    ("set, words", ('allowed = "0-4"', 'allowed = "0 to 4"'), "items.B.allowed", "list of numbers"),
    ("set, one value", ("allowed = [0, 2, 4]", "allowed = [4]"), "items.A.allowed", "2 to 1001 values"),
    ("set, backwards", ('allowed = "0-4"', 'allowed = "4-0"'), "items.B.allowed", "2 to 1001 values"),
    ("set, huge", ('allowed = "0-4"', 'allowed = "0-99999999999"'), "items.B.allowed", "2 to 1001 values"),
    ("set, order", ("allowed = [0, 2, 4]", "allowed = [0, 4, 2]"), "items.A.allowed", "must rise"),
    ("set, twice", ("allowed = [0, 2, 4]", "allowed = [0, 2, 2, 4]"), "items.A.allowed", "must rise"),
    ("set and range", ('allowed = "0-4"', 'allowed = "0-4"\nminimum = 0'), "items.B.minimum", "is not a key"),
    ("range, empty", ("maximum = 8\nunit", "maximum = 0\nunit"), "items.C.maximum", "greater than minimum"),
    ("range, missing", ("maximum = 8\nunit", "unit"), "items.C.maximum", "is missing"),
    ("range, text", ("maximum = 8\nunit", 'maximum = "8"\nunit'), "items.C.maximum", "must be a number"),
    ("range, flag", ("maximum = 8\nunit", "maximum = true\nunit"), "items.C.maximum", "must be a number"),
    ("range, infinite", ("maximum = 8\nunit", "maximum = inf\nunit"), "items.C.maximum", "must be a number"),
    ("range, not a number", ("maximum = 8\nunit", "maximum = nan\nunit"), "items.C.maximum", "must be a number"),
    ("optional, word", ("optional = true", 'optional = "yes"'), "items.D.optional", "must be true or false"),
    ("never used", ('of = ["C", "D", "B"]', 'of = ["C", "B"]'), "items.D", "no score takes this item"),
]

SCORES = [
    ("unknown rule", ('rule = "sum"', 'rule = "median"'), "scores.part.rule", "must be one of: sum, mean_rescaled"),
    ("duplicate code", ('code = "length"', 'code = "part"'), "scores.part", "is there twice"),
    ("bad code", ('code = "length"', 'code = "Length"'), "scores.Length", "is not a code"),
    ("unknown item", ('of = ["A", "B"]', 'of = ["A", "Z"]'), "scores.part.of", "there is no item “Z”"),
    ("item twice", ('of = ["A", "B"]', 'of = ["A", "A"]'), "scores.part.of", "holds “A” twice"),
    ("of nothing", ('of = ["part", "length"]', "of = []"), "scores.total.of", "at least one entry"),
    ("unknown score", ('of = ["part", "length"]', 'of = ["part", "A"]'), "scores.total.of", "no score “A” above"),
    ("score below", ('of = ["part", "length"]', 'of = ["part", "mean"]'), "scores.total.of", "no score “mean” above"),
    ("itself", ('of = ["total"]', 'of = ["total_100"]'), "scores.total_100.of", "no score “total_100” above"),
    ("range too wide", ("maximum = 8\ndirection", "maximum = 9\ndirection"), "scores.part", "0 to 9 is not what"),
    ("range too narrow", ("maximum = 16", "maximum = 15"), "scores.total", "what the items give: 0 to 16"),
    ("range upside down", ("maximum = 16", "maximum = -1"), "scores.total.maximum", "greater than minimum"),
    ("direction", ('direction = "lower_better"', 'direction = "up"'), "scores.part.direction", "must be one of"),
    (
        "direction of its parts",
        (
            'of = ["total"]\nminimum = 0\nmaximum = 100\ndirection = "lower',
            'of = ["total"]\nminimum = 0\nmaximum = 100\ndirection = "higher',
        ),
        "scores.total_100.direction",
        "is not the direction of total",
    ),
    ("two to rescale", ('of = ["total"]', 'of = ["total", "part"]'), "scores.total_100.of", "cannot work on these"),
    (
        "unequal items",
        ('of = ["A", "B"]\nminimum = 10', 'of = ["A", "C"]\nminimum = 10'),
        "scores.mean.of",
        "cannot work",
    ),
    ("no parts", ('of = ["C", "D", "B"]', 'of = ["C", "D"]'), "scores.length.of", "cannot work on these"),
    ("parts too small", ("maximum = 8\nunit", "maximum = 9\nunit"), "scores.length.of", "cannot work on these"),
    ("reversed, unknown", ('reversed = ["B"]', 'reversed = ["C"]'), "scores.part.reversed", "“C” is not among"),
    (
        "reversed, no use",
        ('of = ["total"]', 'of = ["total"]\nreversed = ["total"]'),
        "scores.total_100.reversed",
        "not a key",
    ),
    ("decimals, negative", ("decimals = 0", "decimals = -1"), "scores.part.decimals", "whole number, 0 or more"),
    ("decimals, fraction", ("decimals = 0", "decimals = 0.5"), "scores.part.decimals", "whole number, 0 or more"),
    ("decimals, flag", ("decimals = 0", "decimals = true"), "scores.part.decimals", "whole number, 0 or more"),
    ("decimals, many", ("decimals = 0", "decimals = 9"), "scores.part.decimals", "must be 4 or less"),
    ("no end, no unit", ("decimals = 0", "open_ended = true\ndecimals = 0"), "scores.part.open_ended", "needs a unit"),
    ("series", ('series = "other.length"', 'series = "length"'), "scores.length.series", "must look like"),
    (
        "percent, direction",
        (
            "decimals = 1\npercent_change = false\ncharted = false\n\n[[policies]]",
            "decimals = 1\npercent_change = true\ncharted = false\n\n[[policies]]",
        ),
        "scores.mean.percent_change",
        "0 means no symptom",
    ),
]

POLICIES = [
    ("unknown score", ("{ part = 1 }", "{ parts = 1 }"), "policies.usual.missing_allowed.parts", "there is no score"),
    ("every item", ("{ part = 1 }", "{ part = 2 }"), "policies.usual.missing_allowed.part", "less than the 2 items"),
    ("a fraction", ("{ part = 1 }", "{ part = 0.5 }"), "policies.usual.missing_allowed.part", "whole number"),
    (
        "a sum of scores",
        ("{ part = 1 }", "{ total = 1 }"),
        "policies.usual.missing_allowed.total",
        "no limit of its own",
    ),
    (
        "whole form",
        ("form_missing_allowed = 2", "form_missing_allowed = 3"),
        "policies.usual.form_missing_allowed",
        "less than the 3",
    ),
    ("duplicate", ('id = "strict"', 'id = "usual"'), "policies.usual", "is there twice"),
    (
        "unknown key",
        ("missing_allowed = {}", "missing_allowed = {}\ndefault = true"),
        "policies.strict.default",
        "not a key",
    ),
    ("unmarked", ("verified = true\nnote", "note"), "policies.usual.verified", "is missing"),
]

THRESHOLDS = [
    ("unknown score", ('score = "part"', 'score = "pain"'), "thresholds.limit.score", "there is no score “pain”"),
    ("unknown kind", ('kind = "mcid"', 'kind = "cutoff"'), "thresholds.limit.kind", "must be one of: mcid"),
    ("unknown sign", ('sign = "improve"', 'sign = "up"'), "thresholds.limit.sign", "improve, worsen"),
    (
        "no population",
        ('population = { en = "people", zh_CN = "人群" }\n', ""),
        "thresholds.limit.population",
        "is missing",
    ),
    (
        "population, one language",
        ('{ en = "people", zh_CN = "人群" }', '{ en = "people" }'),
        "thresholds.limit.population.zh_CN",
        "is missing",
    ),
    ("no citation", ('citation = "A paper"\n', ""), "thresholds.limit.citation", "is missing"),
    ("empty citation", ('citation = "A paper"', 'citation = ""'), "thresholds.limit.citation", "must be a text"),
    ("upper end below", ("upper = 3", "upper = 2"), "thresholds.limit.upper", "greater than value"),
    ("out of range", ("upper = 3", "upper = 9"), "thresholds.limit.value", "outside what part can reach"),
    ("nothing", ("value = 2\nupper = 3", "value = 0"), "thresholds.limit.value", "outside what part can reach"),
    ("state off the scale", ("value = 12", "value = 9"), "thresholds.state.value", "outside what mean can reach"),
    ("more than all", ("value = 30", "value = 130"), "thresholds.percent.value", "outside what part can reach"),
    (
        "percent of what",
        ("value = 12", "value = 12\nrelative = true"),
        "thresholds.state.relative",
        "no percent change",
    ),
    ("duplicate", ('id = "state"', 'id = "limit"'), "thresholds.limit", "is there twice"),
]

EXAMPLES = [
    ("wrong value", ("part = 5", "part = 6"), "examples.whole.scores.part", "says 6, the rules give 5"),
    ("score where none is", ("length = 3\n", "length = 3\npart = 2\n"), "examples.gap.not_scored", "has a value too"),
    ("none where one is", ("part = 5\n", ""), "examples.whole.scores", "each score must be given once: part"),
    (
        "said to be none",
        ('"total_100", "mean"]', '"total_100", "mean", "length"]'),
        "examples.gap.not_scored",
        "has a value",
    ),
    (
        "unscored, wrongly",
        (
            "\n[examples.responses]\nA = 2\nB = 1\nC = 2.5\n\n[examples.scores]\npart = 5",
            'not_scored = ["part"]\n\n[examples.responses]\nA = 2\nB = 1\nC = 2.5\n\n[examples.scores]',
        ),
        "examples.whole.scores.part",
        "says None, the rules give 5",
    ),
    ("unknown score", ("part = 5", "part = 5\nsum = 5"), "examples.whole.scores", "given once: sum"),
    ("unknown policy", ('policy = "strict"', 'policy = "lax"'), "examples.gap.policy", "there is no policy “lax”"),
    ("answer not allowed", ("A = 2", "A = 3"), "examples.whole.responses", "item A: 3 is not allowed"),
    ("unknown item", ("A = 2", "A = 2\nZ = 2"), "examples.whole.responses", "mini has no item “Z”"),
    ("contradiction", ("C = 2.5", "C = 2.5\nD = 4"), "examples.whole.responses", "C contradicts D + B"),
    ("text for an answer", ("A = 2", 'A = "2"'), "examples.whole.responses.A", "must be a number"),
    ("duplicate", ('id = "gap"', 'id = "whole"'), "examples.whole", "is there twice"),
    ("no source", ('source = "by hand"\n', ""), "examples.whole.source", "is missing"),
]


@pytest.mark.parametrize(
    ("edit", "key", "words"),
    [
        pytest.param(edit, key, words, id=f"{part}: {name}")
        for part, cases in (
            ("frame", FRAME),
            ("items", ITEMS),
            ("scores", SCORES),
            ("policies", POLICIES),
            ("thresholds", THRESHOLDS),
            ("examples", EXAMPLES),
        )
        for name, edit, key, words in cases
    ],
)
def test_a_contradiction_is_refused_with_its_key_and_reason(edit, key, words):
    refused_key, why = refusal(changed(edit))
    assert refused_key == key
    assert words in why


@pytest.mark.parametrize("part", ["items", "scores", "policies"])
def test_a_definition_without_an_essential_part_is_refused(part):
    head, *tables = GOOD.split(f"\n[[{part}]]")
    rest = tables[-1][tables[-1].index("\n[[") :]
    key, why = refusal(head.replace('id = "mini"', f'id = "mini"\n{part} = []', 1) + rest)
    assert (key, why) == (part, "needs at least one entry")


@pytest.mark.parametrize("value", ["3", '["a"]', '"text"'])
def test_a_list_of_tables_must_be_one(value):
    head, _, rest = GOOD.partition("\n[[notes]]")
    rest = rest[rest.index("\n[[items]]") :]
    assert refusal(head + f"\nnotes = {value}\n" + rest) == ("notes", "must be a list of tables")


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_worked_examples_are_refused(count):
    head, *examples = GOOD.split("\n[[examples]]")
    text = head + "".join("\n[[examples]]" + example for example in examples[:count])
    if count == 0:
        text = text.replace('id = "mini"', 'id = "mini"\nexamples = []', 1)
    assert refusal(text) == ("examples", "needs at least 2 worked examples")


@pytest.mark.parametrize("file", ["mini.toml", "mini@.toml", "Mini@1.toml", "mini@one.toml", "mini@1.tml", "@1.toml"])
def test_the_file_s_name_must_be_id_and_version(file):
    assert refusal(GOOD, file) == ("", "the file's name must be id@version.toml")


@pytest.mark.parametrize("version", ["2", "1.10", "1-clinic"])
def test_a_version_may_be_dotted_or_the_clinic_s_own(version):
    text = changed(('version = "1"', f'version = "{version}"'))
    assert parse_scale(text, f"mini@{version}.toml").version == version


def test_deep_nesting_is_an_error_of_the_file_not_of_the_program():
    assert refusal("x = " + "[" * 5000 + "]" * 5000)[1].startswith("is not valid TOML")


def test_a_file_is_read_with_or_without_byte_order_mark(tmp_path):
    path = tmp_path / "mini@1.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_scale(path).id == "mini"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "is not UTF-8 text (byte 0)"),
        (b"#" * (LARGEST_FILE + 1), "is larger than 256 kB"),
    ],
)
def test_a_file_that_is_no_definition_is_refused(tmp_path, content, words):
    path = tmp_path / "mini@1.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidScaleError) as caught:
        load_scale(path)
    assert str(caught.value) == f"scale file mini@1.toml: {words}"


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(InvalidScaleError, match=r"mini@1\.toml: cannot be read: No such file"):
        load_scale(tmp_path / "mini@1.toml")
