import uuid

from tracker.core.keys import derived_key, new_key


def test_a_new_key_is_a_uuid_of_its_own():
    assert uuid.UUID(new_key()).version == 4
    assert new_key() != new_key()


def test_a_derived_key_is_the_same_for_the_same_parts_only():
    assert derived_key("visit", "1") == derived_key("visit", "1")
    assert len({derived_key("a", "bc"), derived_key("ab", "c"), derived_key("abc")}) == 3
