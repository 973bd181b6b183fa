import pytest

from tests.store.keys import full_width
from tracker.services.passphrases import WORDS, Strength, is_common, strength


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefgh12345678", Strength.WEAK),
        ("Password1", Strength.WEAK),
        ("qwertyuiop", Strength.WEAK),
        ("lin lin lin lin", Strength.WEAK),
        ("tulip river", Strength.WEAK),
        ("tulip river sunday", Strength.FAIR),
        ("blue tulip river sunday", Strength.GOOD),
        ("blue tulip river sunday 42 stairs", Strength.STRONG),
        ("江南三月雨", Strength.GOOD),
        ("江南三月看花雨", Strength.STRONG),
        ("x7$Kq!2mZ#v9", Strength.STRONG),
        ("1234567890123456789", Strength.FAIR),
    ],
)
def test_a_passphrase_is_as_strong_as_what_it_is_made_of(passphrase, found):
    assert strength(passphrase) is found


def test_one_more_word_never_makes_it_weaker():
    words = ["blue", "tulip", "river", "sunday", "stairs", "lamp"]
    order = list(Strength)
    found = [order.index(strength(" ".join(words[:count]))) for count in range(1, 7)]
    assert found == sorted(found)


@pytest.mark.parametrize(
    "passphrase", ["password1", "PASSWORD1", "88888888", "12345678", "hgfedcba", full_width("12345678")]
)
def test_what_anybody_tries_first_is_known(passphrase):
    assert is_common(passphrase)


def test_each_strength_has_words():
    assert set(WORDS) == set(Strength)
