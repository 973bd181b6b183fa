"""The published and derived score vectors, re-keyed to the item and score codes of the definitions."""

import json
from pathlib import Path

import pytest

from tracker.scales.catalogue import scale
from tracker.scales.model import NoScore, Score
from tracker.scales.scoring import InvalidResponseError, score
from tracker.scales.who_table import who_table

FOLDER = Path(__file__).resolve().parent.parent / "data" / "vectors"
WHOQOL_DOMAINS = ("physical", "psychological", "social", "environment")
WOMAC_SCALES = {"LK3.1": "womac-lk31", "VA3.1": "womac-va31", "NRS3.1": "womac-nrs31"}
WOMAC_SCORES = ("pain", "stiffness", "function", "total")


def vectors(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["vectors"]


def cases(name, *, rejected=False):
    chosen = [vector for vector in vectors(name) if (vector["expected"] == "reject") is rejected]
    return [pytest.param(vector, id=vector["id"]) for vector in chosen]


def values(scale_id, responses, policy=None):
    outcomes = score(scale(scale_id), responses, policy)
    return {code: outcome.value if isinstance(outcome, Score) else None for code, outcome in outcomes.items()}


def expect(got, wanted):
    assert {code for code, value in got.items() if value is None} == {
        code for code, value in wanted.items() if value is None
    }
    for code, value in wanted.items():
        if value is not None:
            assert got[code] == pytest.approx(value, abs=1e-9), code


@pytest.mark.parametrize("vector", cases("scim_iii"))
def test_scim_scores(vector):
    expect(values("scim-iii", vector["input"]), vector["expected"])


@pytest.mark.parametrize("vector", cases("scim_iii", rejected=True))
def test_scim_refuses_a_value_outside_the_item_s_own_set(vector):
    (item,) = vector["input"]
    with pytest.raises(InvalidResponseError) as caught:
        score(scale("scim-iii"), vector["input"])
    assert caught.value.item == item


def test_scim_allows_exactly_the_published_values():
    published = json.loads((FOLDER / "scim_iii.json").read_text(encoding="utf-8"))["allowed"]
    assert {item.code: list(item.allowed) for item in scale("scim-iii").items} == published


@pytest.mark.parametrize("vector", cases("womac"))
def test_womac_raw_and_normalised_scores(vector):
    got = values(WOMAC_SCALES[vector["version"]], vector["input"], "user_guide_unverified")
    wanted = {code: vector["expected"][code]["raw"] for code in WOMAC_SCORES}
    wanted |= {f"{code}_100": vector["expected"][code]["norm_0_100"] for code in WOMAC_SCORES}
    expect(got, wanted)


@pytest.mark.parametrize("vector", cases("womac", rejected=True))
def test_womac_refuses_a_value_out_of_range(vector):
    with pytest.raises(InvalidResponseError) as caught:
        score(scale(WOMAC_SCALES[vector["version"]]), vector["input"])
    assert caught.value.item == "P1"


@pytest.mark.parametrize("vector", [case for case in cases("womac") if "missing" in case.id])
def test_womac_strict_scores_nothing_that_lacks_an_item(vector):
    got = values("womac-lk31", vector["input"], "strict")
    lacking = next(code for code in WOMAC_SCORES if code[:4] in vector["id"])
    assert {code for code, value in got.items() if value is None} == {
        lacking,
        "total",
        f"{lacking}_100",
        "total_100",
    }


@pytest.mark.parametrize("policy", ["who_syntax", "who_text"])
@pytest.mark.parametrize("vector", cases("whoqol_bref"))
def test_whoqol_under_both_rules_for_missing_items(vector, policy):
    expected = vector["expected"][policy]
    wanted = {"overall_qol": expected["Q1_0_100"], "general_health": expected["Q2_0_100"]}
    for domain in WHOQOL_DOMAINS:
        found = expected["domains"][domain]
        wanted[domain] = found and found["score_0_100"]
        wanted[f"{domain}_4_20"] = found and found["score_4_20"]
    expect(values("whoqol-bref", vector["input"], policy), wanted)


@pytest.mark.parametrize("policy", ["who_syntax", "who_text"])
@pytest.mark.parametrize("vector", cases("whoqol_bref"))
def test_whoqol_says_how_many_items_the_mean_stood_for(vector, policy):
    outcomes = score(scale("whoqol-bref"), vector["input"], policy)
    for domain in WHOQOL_DOMAINS:
        items = scale("whoqol-bref").score(domain).items
        missing = sum(vector["input"].get(item) is None for item in items)
        if isinstance(outcomes[domain], Score):
            assert outcomes[domain].imputed_items == outcomes[f"{domain}_4_20"].imputed_items == missing


def test_the_hand_table_of_the_manual_row_by_row():
    table = json.loads((FOLDER / "whoqol_bref.json").read_text(encoding="utf-8"))["conversion_table"]
    rows = [(domain, int(raw), tuple(pair)) for domain, found in table.items() for raw, pair in found.items()]
    assert len(rows) == 100
    assert [(domain, raw, who_table(domain, raw)) for domain, raw, _ in rows] == rows


def asia_responses(given):
    def total(*parts):
        return None if None in parts else sum(parts)

    right, left = given["motor_right_C5_T1_L2_S1"], given["motor_left"]
    return {
        "uems": total(*right[:5], *left[:5]),
        "lems": total(*right[5:], *left[5:]),
        "light_touch": total(given["lt_right_total_of_28"], given["lt_left"]),
        "pin_prick": total(given["pp_right"], given["pp_left"]),
    }


@pytest.mark.parametrize("vector", cases("asia_totals"))
def test_asia_totals_from_their_parts(vector):
    expected = vector["expected"]
    wanted = {code: expected[code] for code in ("uems", "lems")}
    wanted |= {"motor": expected["motor_total"], "light_touch": expected["lt"], "pin_prick": expected["pp"]}
    expect(values("asia-totals", asia_responses(vector["input"])), wanted)


PAIN = {"mm": ("vas-pain", 1), "cm": ("vas-pain", 10), "nrs": ("nrs-pain", 1)}


@pytest.mark.parametrize("vector", [case for case in cases("vas_nrs") if "value" in case.values[0]["input"]])
def test_a_pain_score_is_the_answer_itself(vector):
    given = vector["input"]
    scale_id, factor = PAIN[given["unit"]]
    answer = given["value"] * factor
    wanted = vector["expected"]["nrs" if given["unit"] == "nrs" else "mm"]
    assert values(scale_id, {"pain": answer}) == {"pain": pytest.approx(wanted, abs=1e-12)}


@pytest.mark.parametrize("vector", cases("vas_nrs", rejected=True))
def test_a_pain_answer_off_the_scale_is_refused(vector):
    with pytest.raises(InvalidResponseError) as caught:
        score(scale(PAIN[vector["input"]["unit"]][0]), {"pain": vector["input"]["value"]})
    assert caught.value.item == "pain"


@pytest.mark.parametrize("vector", [case for case in cases("vas_nrs") if "baseline" in case.values[0]["input"]])
def test_the_limits_of_pain_relief_are_those_of_their_papers(vector):
    limits = {threshold.id: threshold for threshold in scale("vas-pain").thresholds}
    relief = round(vector["input"]["baseline"] - vector["input"]["followup"], 6)
    expected = vector["expected"]
    assert (relief >= limits["tubach_knee"].value) is expected["mcii_knee_oa_19.9"]
    assert (relief >= limits["surgery_change"].value) is expected["mcid_postop_10"]
    assert (vector["input"]["followup"] <= limits["surgery_acceptable"].value) is expected["postop_pass_le_33"]


def test_a_subscale_with_too_many_gaps_has_a_reason_and_its_items():
    answers = dict.fromkeys(scale("womac-lk31").score("function").items[:13], 2)
    outcome = score(scale("womac-lk31"), answers)["function"]
    assert isinstance(outcome, NoScore)
    assert outcome.missing == ("F14", "F15", "F16", "F17")
    assert str(outcome.reason) == "missing: F14, F15, F16, F17 (at most 3 may be missing)"
