import pytest

from tests.store.keys import full_width
from tracker.store.recovery import (
    RecoveryKeyError,
    data_key_of,
    is_recovery_key,
    new_recovery_key,
    parse_recovery_key,
)

KEY = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-5QV2"


@pytest.fixture
def key():
    return new_recovery_key()


def test_a_key_is_nine_groups_of_four_and_never_the_same(key):
    assert [len(group) for group in key.split("-")] == [4] * 9
    assert not set(key) & set("ILOU")
    assert len({new_recovery_key() for _ in range(50)}) == 50


def test_the_data_key_follows_from_the_recovery_key_for_ever():
    assert data_key_of(KEY).hex() == "be00138aa38535e3112c8230438c896a6eb05675359cc9de9faf1802b1991656"


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda key: key.replace("-", ""),
        lambda key: f"  {key.replace('-', ' ')}\n",
        lambda key: key.replace("0", "o").replace("1", "l"),
        lambda key: key.replace("0", "O").replace("1", "I"),
        full_width,
    ],
    ids=["small", "without dashes", "with spaces", "o and l", "O and I", "full width"],
)
def test_a_key_is_read_however_it_is_typed(key, typed):
    assert parse_recovery_key(typed(key)) == key
    assert data_key_of(typed(key)) == data_key_of(key)


def test_every_single_wrong_sign_is_noticed():
    signs, alphabet = KEY.replace("-", ""), "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for place, right in enumerate(signs):
        for wrong in alphabet.replace(right, ""):
            assert not is_recovery_key(signs[:place] + wrong + signs[place + 1 :])


def test_two_groups_changed_about_are_noticed():
    first, second, *rest = KEY.split("-")
    with pytest.raises(RecoveryKeyError, match="typing error"):
        parse_recovery_key("-".join([second, first, *rest]))


def test_a_missing_sign_is_counted(key):
    with pytest.raises(RecoveryKeyError, match="36 letters and digits, here are 35"):
        parse_recovery_key(key[:-1])


@pytest.mark.parametrize("typed", ["", "a passphrase of several words", "U" * 36, "🙂" * 36, "é" * 36])
def test_what_is_no_recovery_key_is_told_from_one(typed):
    assert not is_recovery_key(typed)
