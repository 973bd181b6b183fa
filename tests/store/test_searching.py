from tests.store.making import patient
from tracker.store.searching import search_text


def test_a_condition_counts_once_and_in_both_languages():
    text = search_text(patient(name="Bo"), ["sci", "sci"])
    assert text.count("spinal cord injury") == 1
    assert "脊髓损伤" in text


def test_a_condition_whose_file_is_gone_is_found_by_its_id():
    assert search_text(patient(name="Bo"), ["own-thing"]) == "bo a-1 own-thing"
