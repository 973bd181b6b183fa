from contextlib import closing

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from tests.store.making import fill, fill_one_patient, patient
from tracker.store.audit import COLUMNS, FIRST_HASH, Head, read_head_text
from tracker.store.checking.chain import ChainCheck, verify_chain
from tracker.store.store import Store


def execute(path, sql, *values):
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        return connection.execute(sql, values).fetchall()


def test_an_empty_chain_holds(clinic_file):
    assert verify_chain(clinic_file) == ChainCheck(0, None)


def test_a_chain_over_several_transactions_holds(store):
    fill_one_patient(store)
    fill(store, patient("q", "A-2"))
    assert verify_chain(store.path) == ChainCheck(7, None)


def test_the_first_entry_follows_nothing(store):
    fill(store, patient())
    assert execute(store.path, "SELECT previous_hash FROM audit") == [(FIRST_HASH,)]


def test_any_tampered_column_of_any_entry_is_found(store):
    fill_one_patient(store)
    store.close()
    content = store.path.read_bytes()

    @settings(max_examples=60, deadline=None)
    @given(st.integers(1, 6), st.sampled_from(COLUMNS[1:]), st.text(st.characters(codec="utf-8"), max_size=5))
    def check(sequence, column, text):
        store.path.write_bytes(content)
        before = execute(store.path, f'SELECT "{column}" FROM audit WHERE sequence = ?', sequence)
        execute(store.path, f'UPDATE audit SET "{column}" = ? WHERE sequence = ?', text, sequence)
        assume(before != execute(store.path, f'SELECT "{column}" FROM audit WHERE sequence = ?', sequence))
        broken = verify_chain(store.path).broken
        assert broken is not None
        assert broken.sequence in {sequence, sequence + 1}

    check()


def test_a_removed_entry_is_missed(store):
    fill_one_patient(store)
    execute(store.path, "DELETE FROM audit WHERE sequence = 3")
    found = verify_chain(store.path)
    assert (found.entries, found.broken.sequence) == (2, 3)
    assert str(found.broken.message) == "audit entry 3 is missing"


def test_entries_cut_off_at_the_end_are_missed_even_when_work_goes_on(clinic_file):
    store = Store(clinic_file)
    fill_one_patient(store)
    execute(clinic_file, "DELETE FROM audit WHERE sequence > 4")
    found = verify_chain(clinic_file)
    assert (found.entries, found.broken.sequence) == (4, 5)
    fill(store, patient("q", "A-2"))
    store.close()
    assert verify_chain(clinic_file).broken.sequence == 5


def test_a_head_that_was_wiped_is_found_and_does_not_stop_work(store):
    fill(store, patient())
    execute(store.path, "DELETE FROM fact WHERE name = 'audit_head'")
    assert verify_chain(store.path).broken is not None
    fill(store, patient("q", "A-2"))
    assert verify_chain(store.path) == ChainCheck(2, None)


def test_a_head_that_cannot_be_read_counts_as_nothing():
    assert read_head_text(None) == read_head_text("x y") == Head(0, FIRST_HASH)
    assert read_head_text("3 abc") == Head(3, "abc")
