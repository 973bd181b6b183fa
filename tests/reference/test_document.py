"""``references --json`` keeps the keys it promised."""

import json

from tracker.reference.document import document
from tracker.reference.library import find_cohort, studies

STUDY = {
    "id", "title", "citation", "doi", "seed_document", "supplementary", "design", "controlled", "n", "cohorts",
    "adverse_events", "statements", "doubts",
}  # fmt: skip
COHORT = {"id", "label", "n_printed", "n_effective", "points"}
POINT = {
    "measure", "family", "scale", "score", "series", "range", "variant_status", "direction", "months", "time_label",
    "kind", "centre", "value", "count", "of", "spread", "spread_kind", "spread_inferred", "n", "n_text", "p", "origin",
    "source", "flags", "plot",
}  # fmt: skip
CLOSED = {
    "variant_status": {"stated", "implied", "unknown"},
    "direction": {"higher_better", "lower_better", "unclear"},
    "kind": {"absolute", "change", "percent", "proportion"},
    "centre": {"mean", "median", None},
    "spread_kind": {"sd", "se", "ci95", "iqr", "range", "none", "unclear"},
    "origin": {"seed", "paper", "supplementary"},
    "plot": {"band", "line", "marker", "as_printed", "text", "never"},
}


def whole():
    return json.loads(json.dumps([document(study) for study in studies()]))


def points(key, cohort, measure):
    one = next(entry for entry in whole() if entry["id"] == key)
    found = next(entry for entry in one["cohorts"] if entry["id"] == cohort)
    return [entry for entry in found["points"] if entry["measure"] == measure]


def test_every_promised_key_is_there_and_every_code_is_of_its_closed_set():
    for study in whole():
        assert set(study) >= STUDY
        assert study["controlled"] in (True, False, None)
        assert study["n"] is None or isinstance(study["n"], int)
        for cohort in study["cohorts"]:
            assert set(cohort) >= COHORT
            for point in cohort["points"]:
                assert set(point) >= POINT
                for key, codes in CLOSED.items():
                    assert point[key] in codes
                assert point["n"] is None or isinstance(point["n"], int)
                assert isinstance(point["value"], int | float)
                assert isinstance(point["source"], str)
                assert point["source"]
                assert point["time_label"]


def test_the_scim_total_of_the_whole_cohort_stands_there():
    first, last = points("akhlaghpasand-2025", "all", "SCIM-III total")
    assert (first["months"], first["value"], first["spread"], first["n"]) == (0, 40.3, 16.3, 106)
    assert (last["months"], last["value"], last["spread"], last["n"]) == (12, 47.2, 17.1, 106)
    assert (last["series"], last["range"], last["p"], last["plot"]) == ("scim-iii.total", [0, 100], "<0.001", "band")
    assert last["time_label"] == "month 12"


def test_a_value_at_no_month_says_when_it_was():
    (last,) = points("petrou-2021", "all", "EDSS at last visit")
    assert (last["months"], last["time_label"]) == (None, "last visit, median 27.8 months")
    assert last["time_label_zh_CN"] == "末次访视，中位27.8个月"


def test_a_proportion_is_in_percent_with_its_counts():
    (share,) = points("vaquero-2018", "all", "patients with reduced NP over follow-up")
    assert (share["value"], share["count"], share["of"], share["centre"]) == (90, 9, 10, None)


def test_quartiles_are_two_numbers_and_an_unknown_n_is_null():
    first = points("lamo-espinosa-2016", "msc-10m", "WOMAC overall")[0]
    assert (first["centre"], first["value"], first["spread"], first["n"]) == ("median", 37, [32, 42], None)
    assert first["n_text"] == "control 10; MSC arms 20 in total"
    assert first["series"] is None


def test_absent_facts_are_null_or_their_code():
    one = next(entry for entry in whole() if entry["id"] == "aspn-2024")
    assert (one["n"], one["controlled"], one["cohorts"]) == (None, None, [])
    assert one["passport"]["dose"] == "not_seen"
    assert next(entry for entry in whole() if entry["id"] == "lee-2015")["doi"] is None
    assert next(entry for entry in whole() if entry["id"] == "lee-2015")["seed_document"] is None


def test_events_doubts_and_counter_evidence_are_said_in_both_languages():
    study, _cohort = find_cohort("akhlaghpasand-2025/all")
    one = document(study)
    assert one["adverse_events"][0] == {
        "term": "headache",
        "term_zh_CN": "头痛",
        "count": 34,
        "denominator": "denominator unclear: 48 or 106",
        "denominator_zh_CN": "分母不明：48或106",
        "printed": "头痛(n=34,70.8%)",
        "origin": "seed",
        "source": "Seed document 004 (secondary article, Chinese)",
    }
    assert {doubt["type"] for doubt in one["doubts"]} >= {"N-MISMATCH", "N-ENROLLED", "SPREAD-INFERRED", "DENOM?"}
    for line in (*one["doubts"], *one["statements"], *one["counter_evidence"]):
        assert line["text"]
        assert line["text_zh_CN"]
    assert one["statements"][1]["time_label"] == "month 12"
    assert document(find_cohort("centeno-2017/all")[0])["statements"][0]["p"].startswith('"significant"')
    assert document(find_cohort("migliorini-2019/pooled")[0])["statements"][0]["time_label"] is None
