"""The codebook explains every column and every code an export can hold."""

from tracker.clinic.codes import MissingReason
from tracker.clinic.conditions import conditions
from tracker.exchange.codebook import codebook_entries
from tracker.exchange.columns import layout
from tracker.exchange.wide import wide_columns
from tracker.scales.catalogue import catalogue
from tracker.scales.isncsci.findings import AIS_GRADES, ALGORITHM, FIELDS
from tracker.scales.isncsci.levels import LEVELS

SCALES = list(catalogue().values())
WIDE = wide_columns(SCALES, {("gone", "total", "rest")})
ENTRIES = list(codebook_entries(SCALES, WIDE, [("gone", "7")]))


def entries(kind, **wanted):
    return [
        entry for entry in ENTRIES if entry.kind == kind and all(getattr(entry, key) == wanted[key] for key in wanted)
    ]


def test_every_column_of_every_table_is_explained_in_both_languages():
    explained = {(entry.table, entry.column) for entry in entries("column")}
    columns = {(table.name, name) for table in layout().tables.values() for name in table.names}
    columns |= {("scores_wide", name) for name in WIDE.values()}
    assert explained == columns
    assert all(entry.meaning.en and entry.meaning.zh_CN for entry in ENTRIES)


def test_every_item_has_range_values_reasons_version_and_licence():
    for scale in SCALES:
        found = {entry.code: entry for entry in entries("item", scale=scale.id)}
        assert list(found) == [item.code for item in scale.items]
        for item in scale.items:
            entry = found[item.code]
            range_ = (item.minimum, item.maximum) if item.numeric else (None, None)
            assert (entry.minimum, entry.maximum, entry.unit) == (*range_, item.unit)
            assert entry.allowed_values.split() == [str(value) for value in (*(item.allowed or ()), *item.codes)]
            assert (entry.type == "text") is item.free_text
            assert entry.missing_reasons.split() == [reason.value for reason in MissingReason]
            assert entry.scale_version == scale.version
            assert entry.licence == scale.licence.en
            assert entry.direction or item.optional or not item.numeric


def test_every_score_series_and_policy_is_explained():
    for scale in SCALES:
        found = {entry.code: entry for entry in entries("score", scale=scale.id)}
        assert list(found) == [score.code for score in scale.scores]
        for score in scale.scores:
            assert (found[score.code].minimum, found[score.code].maximum) == (score.minimum, score.maximum)
            assert found[score.code].direction == score.direction.value
        assert {e.code for e in entries("series", scale=scale.id)} == {score.series for score in scale.scores}
        assert [e.code for e in entries("policy", scale=scale.id)] == [policy.id for policy in scale.policies]


def test_a_reversed_item_is_said_to_be_better_the_other_way():
    directions = {entry.code: entry.direction for entry in entries("item", scale="whoqol-bref")}
    assert {code for code, way in directions.items() if way == "lower_better"} == {"Q3", "Q4", "Q26"}


def test_every_code_of_conditions_sites_and_attributes_is_explained():
    codes = {(entry.column, entry.code) for entry in entries("code")}
    for condition in conditions().values():
        assert ("condition", condition.id) in codes
        assert {("body_site", site.code) for site in condition.sites} <= codes
        for attribute in condition.attributes:
            assert {(attribute.code, choice.code) for choice in attribute.choices} <= codes


def test_what_has_no_definition_here_is_named_all_the_same():
    assert WIDE["gone", "total", "rest"] == "gone__total__rest"
    assert [entry.scale_version for entry in entries("scale", scale="gone")] == ["7"]
    assert entries("column", column="gone__total__rest")


def test_every_code_an_answer_or_a_classification_can_hold_is_explained():
    explained = {(entry.column, entry.code) for entry in entries("code")}
    answers = {code for scale in SCALES for item in scale.items for code in item.codes}
    assert {("value", code) for code in answers} <= explained
    assert {("field", field) for field in FIELDS} <= explained
    assert {("possible", result) for result in (*LEVELS, *AIS_GRADES, "C", "I")} <= explained
    assert ("algorithm", ALGORITHM) in explained


def test_no_code_is_explained_that_nothing_can_hold():
    answers = {code for scale in SCALES for item in scale.items for code in item.codes}
    assert set(layout().codes["value"]) == answers
    assert list(layout().codes["field"]) == list(FIELDS)
    assert set(layout().codes["possible"]) == {*LEVELS, *AIS_GRADES, "C", "I"}
