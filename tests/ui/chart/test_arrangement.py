"""The user's own order of panels: kept for each condition, and never a panel lost."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.ui import settings
from tracker.ui.chart import arrangement
from tracker.ui.chart.arrangement import Arrangement

NAMES = ["a", "b", "c", "d"]


def order(of, names=NAMES):
    return of.arranged(names, str)


def test_without_a_choice_panels_keep_the_order_of_the_condition():
    assert order(Arrangement()) == NAMES


def test_a_panel_moves_by_one_place_among_those_shown():
    moved = Arrangement().moved(NAMES, "c", -1)
    assert order(moved) == ["a", "c", "b", "d"]
    assert order(moved.moved(order(moved), "c", -1)) == ["c", "a", "b", "d"]
    assert order(Arrangement().moved(NAMES, "a", 1)) == ["b", "a", "c", "d"]


def test_the_first_cannot_move_further():
    assert Arrangement().moved(NAMES, "a", -1) == Arrangement()
    assert Arrangement().moved(NAMES, "d", 1) == Arrangement()


def test_a_hidden_panel_is_stepped_over():
    hidden = Arrangement().without("b")
    moved = hidden.moved(["a", "c", "d"], "c", -1)
    assert order(moved, ["a", "c", "d"]) == ["c", "a", "d"]
    assert moved.with_again("b").hidden == frozenset()


def test_a_panel_unknown_to_the_order_stands_after_its_neighbour():
    kept = Arrangement(order=("c", "a"))
    assert order(kept, ["a", "b", "c"]) == ["c", "a", "b"]


@given(st.permutations(NAMES), st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([-1, 1])), max_size=8))
def test_no_panel_is_lost_or_doubled(kept, moves):
    now = Arrangement(order=tuple(kept[:2]))
    for name, step in moves:
        now = now.moved(order(now), name, step)
    assert sorted(order(now)) == NAMES


def test_an_arrangement_is_kept_for_its_condition_only():
    kept = Arrangement(("b", "a"), frozenset({"c"}))
    arrangement.save("sci", kept)
    assert arrangement.load("sci") == kept
    assert arrangement.load("knee-oa") == Arrangement()
    arrangement.save("sci", Arrangement())
    assert settings.remembered("panels", "sci") == ""


def test_what_cannot_be_read_is_as_if_nothing_were_kept():
    for broken in ("{", "[]", '{"order": 3}', "7"):
        settings.remember("panels", "sci", broken)
        assert arrangement.load("sci") == Arrangement()
