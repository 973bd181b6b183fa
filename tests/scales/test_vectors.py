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


def neighbour_cases(*names):
    found = []
    for name in names:
        for vector in vectors(name):
            if "expected_percent" in vector:
                found.append(pytest.param(name, vector["input"], {"total": vector["expected_percent"]}))
            elif isinstance(vector.get("expected"), dict):
                found.append(pytest.param(name, vector["input"], vector["expected"]))
    return found


def scale_id(file):
    return file.replace("_", "-")


@pytest.mark.parametrize(
    ("name", "answers", "expected"), neighbour_cases("lequesne_knee", "lysholm", "odi", "quickdash", "prtee", "fri")
)
def test_the_neighbour_scales_score_as_published(name, answers, expected):
    expect(values(scale_id(name), answers), expected)


@pytest.mark.parametrize("policy", ["rule_2012", "rule_1998"])
@pytest.mark.parametrize("vector", cases("koos"))
def test_koos_under_both_rules_for_missing_items(vector, policy):
    expect(values("koos", vector["input"], policy), vector["expected"][policy])


def test_koos_has_no_total_and_keeps_the_order_of_its_form():
    koos = scale("koos")
    assert [entry.code for entry in koos.scores] == ["pain", "symptoms", "adl", "sport_rec", "qol"]
    assert [item.code for item in koos.items][:8] == ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "P1"]
    assert len(koos.items) == 42


@pytest.mark.parametrize(
    ("name", "vector"),
    [pytest.param(name, vector.values[0], id=vector.id) for name in ("lequesne_knee", "lysholm", "edss")
     for vector in cases(name, rejected=True)],
)  # fmt: skip
def test_a_value_outside_the_item_s_own_set_is_refused(name, vector):
    ((item, _value),) = vector["input"].items()
    with pytest.raises(InvalidResponseError) as caught:
        score(scale(scale_id(name)), vector["input"])
    assert caught.value.item == item


@pytest.mark.parametrize("name", ["lequesne_knee", "lysholm"])
def test_the_items_allow_exactly_the_published_values(name):
    published = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["allowed"]
    assert {item.code: list(item.allowed) for item in scale(scale_id(name)).items} == published


def test_edss_has_twenty_steps_no_half_and_does_not_take_death_from_a_form():
    published = json.loads((FOLDER / "edss.json").read_text(encoding="utf-8"))["allowed"]
    step = scale("edss").item("edss")
    assert list(step.allowed) == published
    assert len(step.allowed) == 20
    assert step.typed == step.allowed[:-1]
    assert values("edss", {"edss": 10}) == {"edss": 10}


def test_one_missing_answer_of_odi_is_left_out_of_its_maximum():
    answers = {f"I{number}": 2 for number in range(1, 10)}
    answers["I1"] = 0
    assert values("odi", answers)["total"] == pytest.approx(100 * 16 / 45)
    assert values("odi", answers, "complete")["total"] is None
    assert score(scale("odi"), answers)["total"].imputed_items == 1


def test_the_modules_of_quickdash_stand_apart_and_need_all_four():
    arm = {f"Q{number}": 3 for number in range(1, 12)}
    assert values("quickdash", arm) == {"quickdash": 50, "work": None, "sport": None}
    assert values("quickdash", arm | {f"S{number}": 1 for number in range(1, 4)})["sport"] is None
    assert values("quickdash", arm | {f"S{number}": 1 for number in range(1, 5)}) == {
        "quickdash": 50,
        "work": None,
        "sport": 0,
    }


def test_half_of_the_function_sum_of_prtee_may_be_a_half_point():
    answers = {f"P{number}": 0 for number in range(1, 6)} | {f"F{number}": 0 for number in range(1, 11)}
    assert values("prtee", answers | {"F3": 1}) == {"pain": 0, "function": 0.5, "total": 0.5}


def test_walking_distance_takes_any_number_of_metres_and_its_notes_score_nothing():
    assert values("walk-distance", {"metres": 412.5, "test": 1, "aid": 0, "course": 30}) == {"metres": 412.5}
    assert values("walk-distance", {"metres": 0}) == {"metres": 0}
    assert values("walk-distance", {"test": 3}) == {"metres": None}
    with pytest.raises(InvalidResponseError):
        score(scale("walk-distance"), {"metres": -1})
    with pytest.raises(InvalidResponseError):
        score(scale("walk-distance"), {"metres": 300, "test": 4})


@pytest.mark.parametrize("answer", [0, 100])
def test_sane_is_one_whole_number(answer):
    assert values("sane", {"sane": answer}) == {"sane": answer}
    with pytest.raises(InvalidResponseError):
        score(scale("sane"), {"sane": 50.5})
