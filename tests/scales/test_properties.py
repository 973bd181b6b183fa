"""What must hold for every scale and every form: bounded, monotone, order-free, a blank is never guessed."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.scales.catalogue import catalogue
from tracker.scales.model import Direction, NoScore, Score
from tracker.scales.rules import RULES
from tracker.scales.scoring import score

FEW = settings(max_examples=40, deadline=None)
SCALES = [scale for scale in catalogue().values() if scale.exam is None]
"""Forms; what must hold of an exam is in test_exams.py."""
EACH_SCALE = pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.id)
EACH_POLICY = pytest.mark.parametrize(
    ("scale", "policy"),
    [pytest.param(scale, policy, id=f"{scale.id}-{policy.id}") for scale in SCALES for policy in scale.policies],
)


def answers_to(item):
    if item.allowed is not None:
        return st.sampled_from(item.allowed)
    tenths = st.integers(int(item.minimum * 10), int(item.maximum * 10))
    return tenths.map(lambda tenth: tenth // 10 if tenth % 10 == 0 else tenth / 10)


def consistent(scale, form):
    """Keep a total that is given beside its parts free of contradiction, as the rule demands."""
    for definition in scale.scores:
        if definition.rule == "given_or_sum":
            whole, *parts = definition.items
            if any(form.get(part) is not None for part in parts):
                form = {code: value for code, value in form.items() if code != whole}
    return form


def complete_forms(scale):
    fields = {item.code: answers_to(item) for item in scale.items}
    return st.fixed_dictionaries(fields).map(lambda form: consistent(scale, form))


def partial_forms(scale):
    fields = {item.code: st.none() | answers_to(item) for item in scale.items}
    return st.fixed_dictionaries({}, optional=fields).map(lambda form: consistent(scale, form))


def leaves(scale, code):
    """Return the items a score rests on."""
    definition = scale.score(code)
    if not RULES[definition.rule].over_scores:
        return definition.items
    return tuple(item for part in definition.items for item in leaves(scale, part))


@EACH_POLICY
@FEW
@given(data=st.data())
def test_a_score_stays_in_its_range(scale, policy, data):
    for code, outcome in score(scale, data.draw(partial_forms(scale)), policy.id).items():
        definition = scale.score(code)
        if isinstance(outcome, Score):
            assert definition.minimum <= outcome.value <= definition.maximum
            assert type(outcome.value) in (int, float)
            assert type(outcome.value) is int or not outcome.value.is_integer()


@EACH_SCALE
@FEW
@given(data=st.data())
def test_a_complete_form_has_every_score_and_nothing_imputed(scale, data):
    for outcome in score(scale, data.draw(complete_forms(scale))).values():
        assert isinstance(outcome, Score)
        assert outcome.imputed_items == 0


@EACH_SCALE
@FEW
@given(data=st.data())
def test_a_higher_answer_never_moves_a_score_the_wrong_way(scale, data):
    form = data.draw(complete_forms(scale))
    item = data.draw(st.sampled_from([item for item in scale.items if item.code in form]))
    other = data.draw(answers_to(item))
    assume(other > form[item.code])
    before, after = score(scale, form), score(scale, {**form, item.code: other})
    for definition in scale.scores:
        rise = after[definition.code].value - before[definition.code].value
        if item.code not in leaves(scale, definition.code):
            assert rise == 0
        elif any(item.code in part.options.get("reversed", ()) for part in scale.scores):
            assert rise < 0
        else:
            assert rise > 0


@EACH_POLICY
@FEW
@given(data=st.data())
def test_the_order_of_the_answers_does_not_matter(scale, policy, data):
    form = data.draw(partial_forms(scale))
    shuffled = dict(data.draw(st.permutations(list(form.items()))))
    assert score(scale, form, policy.id) == score(scale, shuffled, policy.id)


@EACH_POLICY
@FEW
@given(data=st.data())
def test_null_and_absent_are_the_same_and_zero_is_neither(scale, policy, data):
    form = data.draw(partial_forms(scale))
    absent = {code: value for code, value in form.items() if value is not None}
    null = {item.code: form.get(item.code) for item in scale.items}
    assert score(scale, absent, policy.id) == score(scale, null, policy.id) == score(scale, form, policy.id)


@EACH_POLICY
@FEW
@given(data=st.data())
def test_a_blank_is_never_guessed(scale, policy, data):
    form = data.draw(partial_forms(scale))
    outcomes = score(scale, form, policy.id)
    blank = {item.code for item in scale.items if form.get(item.code) is None}
    gaps = sum(not item.optional and item.code in blank for item in scale.items)
    for definition in scale.scores:
        outcome = outcomes[definition.code]
        missing = [code for code in leaves(scale, definition.code) if code in blank]
        if isinstance(outcome, NoScore):
            assert outcome.missing
            assert blank.issuperset(outcome.missing)
        elif definition.rule != "given_or_sum":
            assert outcome.imputed_items == len(missing)
            assert not missing or any(policy.missing_allowed.values())
    if policy.form_missing_allowed is not None and gaps > policy.form_missing_allowed:
        assert all(isinstance(outcome, NoScore) for outcome in outcomes.values())


@EACH_SCALE
@FEW
@given(data=st.data())
def test_a_whole_number_as_float_is_the_same_answer(scale, data):
    form = data.draw(complete_forms(scale))
    assert score(scale, {code: float(value) for code, value in form.items()}) == score(scale, form)


@EACH_SCALE
@FEW
@given(data=st.data())
def test_the_value_is_the_exact_result_rounded_once(scale, data):
    form = data.draw(complete_forms(scale))
    outcomes = score(scale, form)
    for definition in scale.scores:
        if definition.rule == "sum":
            wanted = sum(Fraction(str(form[code])) for code in definition.items)
            assert outcomes[definition.code].value == (wanted.numerator if wanted.denominator == 1 else float(wanted))


@EACH_SCALE
def test_percent_change_belongs_to_scales_where_zero_is_no_symptom(scale):
    pain = {"vas-pain", "nrs-pain"}
    womac = {"womac-lk31", "womac-va31", "womac-nrs31"}
    symptom_scales = pain | womac | {"lequesne-knee", "odi", "quickdash", "prtee", "fri"}
    assert {definition.percent_change for definition in scale.scores} == {scale.id in symptom_scales}
    lower_better = {definition.direction is Direction.LOWER_BETTER for definition in scale.scores}
    assert lower_better == {scale.id in {*symptom_scales, "edss", "patient-global"}}
