from hypothesis import given
from hypothesis import strategies as st

from tracker.clinic.answers import Answers, merge, of_entries
from tracker.clinic.codes import MissingReason

DECLINED = MissingReason.DECLINED
entries = st.dictionaries(
    st.sampled_from("ABCD"), st.one_of(st.integers(0, 2), st.just("NT"), st.sampled_from(list(MissingReason)[:2]))
)
forms = entries.map(of_entries)


def test_zero_a_reason_and_nothing_are_three_things():
    assert Answers({"A": 0}) != Answers()
    assert Answers({}, {"A": DECLINED}) != Answers()
    assert Answers({"A": 0}) != Answers({}, {"A": DECLINED})
    assert Answers({"A": 3.0}) == Answers({"A": 3})
    assert Answers({"A": ""}) == Answers()
    assert Answers({}, {"A": "declined"}) == Answers({}, {"A": DECLINED})


def test_items_of_one_desk_only_are_put_together():
    found = merge(Answers({"A": 1, "B": 1}), Answers({"A": 2, "B": 1}), Answers({"A": 1}, {"B": DECLINED}))
    assert found.answers == Answers({"A": 2}, {"B": DECLINED})
    assert (found.taken, found.contested) == ({"B"}, frozenset())


def test_an_item_of_both_is_contested_and_stays_theirs():
    found = merge(Answers({"A": 1}), Answers({"A": 2}), Answers())
    assert (found.answers, found.taken, found.contested) == (Answers(), frozenset(), {"A"})
    assert merge(Answers({"A": 1}), Answers({"A": 2}), Answers({"A": 2})).contested == frozenset()


@given(forms)
def test_answers_come_back_from_their_entries(form):
    assert of_entries(form.entries()) == form


@given(forms, forms, forms)
def test_nothing_that_either_desk_typed_is_lost(base, mine, theirs):
    found = merge(base, mine, theirs)
    assert not theirs.changed_to(found.answers) & base.changed_to(theirs)  # all they typed is there
    lost = mine.changed_to(found.answers) & base.changed_to(mine)
    assert lost == found.contested  # what I typed is there, or said to be contested
    assert found.taken <= base.changed_to(theirs)


@given(forms, forms, forms)
def test_without_a_quarrel_the_order_of_the_desks_does_not_matter(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.contested == other.contested
    if not one.contested:
        assert one.answers == other.answers


@given(forms, forms)
def test_a_desk_alone_gets_what_it_typed(base, mine):
    assert merge(base, mine, base).answers == mine
    assert merge(base, base, mine).answers == mine
