import pytest

from tests.store.keys import full_width
from tracker.store.passwords import hash_passphrase, is_passphrase


def test_a_passphrase_is_known_again_by_its_hash_alone():
    kept = hash_passphrase("correct horse")
    assert kept.startswith("$argon2id$")
    assert "correct" not in kept
    assert is_passphrase(kept, "correct horse")
    assert not is_passphrase(kept, "Correct horse")


def test_two_users_with_one_passphrase_have_two_hashes():
    assert hash_passphrase("correct horse") != hash_passphrase("correct horse")


def test_an_input_method_makes_no_other_passphrase():
    assert is_passphrase(hash_passphrase("horse-7"), full_width("horse-7"))


@pytest.mark.parametrize(
    "kept",
    ["", "correct horse", "$argon2id$v=19$m=64,t=1,p=1$broken", "$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$aGFzaA"],
    ids=["nothing", "a passphrase in the clear", "half a hash", "a hash that asks for four gigabytes"],
)
def test_what_is_no_usable_hash_lets_nobody_in(kept):
    assert not is_passphrase(kept, "correct horse")
