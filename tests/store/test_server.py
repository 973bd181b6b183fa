"""What only a server does: how it is reached, what goes wrong on the way, and whose turn it is to write."""

import subprocess
import sys
from dataclasses import replace

import pytest

from tests import servers
from tests.store.making import fill, patient, visit
from tracker.clinic.records import Patient
from tracker.store.connect import reading
from tracker.store.errors import ConflictError, LockedError, ReadOnlyFileError, StoreWriteError
from tracker.store.server import DriverMissingError, connect, in_postgresql
from tracker.store.server_errors import ServerRefusedError, ServerUnreachableError, WrongPasswordError
from tracker.store.store import Store

if servers.address() is None:
    pytest.skip(servers.REASON, allow_module_level=True)


@pytest.fixture
def store(clinic_database):
    opened = Store(clinic_database, actor="dr-lin", busy_timeout_ms=200)
    yield opened
    opened.close()


def said(error_type, address):
    with pytest.raises(error_type) as caught:
        connect(address)
    text = str(caught.value)
    assert "clinic-secret" not in text
    assert address.password not in text
    assert caught.value.__cause__ is None  # the driver's error holds the password
    return text


def test_a_wrong_password_is_said_without_it(server_address):
    address = replace(server_address, password="not-the-one")
    text = said(WrongPasswordError, address)
    assert str(address) in text


def test_an_unknown_database_is_named(server_address):
    assert "no database nowhere" in said(ServerRefusedError, replace(server_address, database="nowhere"))


def test_a_server_that_does_not_answer_is_said(server_address):
    assert "does not answer" in said(ServerUnreachableError, replace(server_address, port=1))
    assert "does not answer" in said(ServerUnreachableError, replace(server_address, host="no.such.host.invalid"))


def test_a_protected_connection_that_cannot_be_is_said(server_address):
    text = said(ServerRefusedError, replace(server_address, options=(("sslmode", "require"),)))
    assert "sslmode=disable" in text


def test_without_the_driver_the_program_says_what_to_install(server_address, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DriverMissingError, match=r"outcome-tracker\[server\]"):
        connect(server_address)


def test_a_file_does_not_load_the_driver(clinic_file):
    code = (
        "import sys, pathlib; from tracker.services.workspace import Workspace;"
        f"Workspace.open(pathlib.Path({str(clinic_file)!r})).close(); print('psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_plain_sql_is_said_in_the_words_of_postgresql():
    ours = "SELECT a FROM p INDEXED BY i CROSS JOIN q ON q.x = p.x WHERE instr(a, ?) > 0 AND b LIKE '%x'"
    theirs = "SELECT a FROM p JOIN q ON q.x = p.x WHERE strpos(a, %s) > 0 AND b LIKE '%%x'"
    assert in_postgresql(ours) == theirs


def test_rows_come_in_order_of_their_bytes_as_in_a_file(store):
    numbers = ["b", "B", "_a", "a", "Ä", "A-10", "A-2", "10", "9", "中"]
    fill(store, *(patient(f"p{at}", number) for at, number in enumerate(numbers)))
    with reading(store.place) as connection:
        found = [number for (number,) in connection.execute("SELECT patient_number FROM patient ORDER BY 1")]
    assert found == sorted(numbers)


def test_several_tables_are_streamed_at_once(store):
    fill(store, patient(), visit())
    with reading(store.place) as connection:
        pairs = zip(connection.stream("SELECT id FROM patient"), connection.stream("SELECT id FROM visit"), strict=True)
        assert list(pairs) == [(("p",), ("v",))]


def test_a_reading_cannot_write(store):
    with pytest.raises(ReadOnlyFileError), reading(store.place) as connection:
        connection.execute("DELETE FROM patient")


def test_who_writes_has_the_records_alone_and_the_others_wait_then_say_so(store):
    other = Store(store.place, actor="dr-wu", busy_timeout_ms=200)
    with store.work() as work:
        work.add(patient())
        with pytest.raises(LockedError, match="another desk"), other.work():
            pass
        with other.read() as reader:  # reading is never held up
            assert reader.find(Patient, "p") is None
        work.commit()
    fill(other, visit())
    other.close()


def cut_in_the_middle(store):
    with store.work() as work:
        work.add(patient("q", "A-2"))
        servers.cut(store.place)
        work.commit()


def test_a_server_that_goes_away_in_the_middle_loses_nothing_and_is_found_again(store):
    fill(store, patient())
    with pytest.raises(ServerUnreachableError, match="stays in the window"):
        cut_in_the_middle(store)
    with store.read() as reader:
        assert reader.find(Patient, "p") is not None
        assert reader.find(Patient, "q") is None
    servers.cut(store.place)
    fill(store, patient("q", "A-2"))


def test_a_number_in_use_and_an_unfit_value_are_said_without_the_values_of_others(store):
    fill(store, patient())
    with pytest.raises(ConflictError, match="already in use"):
        fill(store, patient("q"))
    with pytest.raises(ConflictError, match="does not fit") as caught:
        fill(store, visit("v", "nobody-known"))
    assert "nobody-known" not in str(caught.value)
    with pytest.raises(ConflictError, match="does not fit"):
        fill(store, patient("q", "A-2", "with\0nothing"))


def test_text_of_any_length_is_kept_as_in_a_file(store):
    long = "字" * 9000
    fill(store, patient("q" * 60, "A-2", long))
    with store.read() as reader:
        assert reader.get(Patient, "q" * 60).name == long


def test_a_user_who_may_only_read_reads(store):
    fill(store, patient())
    servers.execute(store.place, "DROP ROLE IF EXISTS outcome_reader")
    servers.execute(store.place, "CREATE ROLE outcome_reader LOGIN PASSWORD 'reads'")
    servers.execute(store.place, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO outcome_reader")
    reader_store = Store(replace(store.place, user="outcome_reader", password="reads"))
    try:
        assert reader_store.read_only
        with reader_store.read() as reader:
            assert reader.find(Patient, "p") is not None
        with pytest.raises(ReadOnlyFileError, match="can only be read"), reader_store.work():
            pass
    finally:
        reader_store.close()
        servers.execute(store.place, "DROP OWNED BY outcome_reader")
        servers.execute(store.place, "DROP ROLE outcome_reader")


def test_a_server_without_room_is_said(store, monkeypatch):
    with pytest.raises(StoreWriteError, match="could not do it"), reading(store.place) as connection:
        connection.execute("DO $$ BEGIN RAISE SQLSTATE '58030'; END $$")


def test_a_bug_passes_as_it_is(store):
    with pytest.raises(Exception, match="nonsense"), reading(store.place) as connection:
        connection.execute("SELECT nonsense")


def test_a_connection_still_at_work_when_the_server_is_let_go_is_closed_at_its_end(store):
    with store.read() as reader:
        kept = reader.driver
        store.close()
        assert reader.facts()["kind"] == "clinic"
    with pytest.raises(Exception, match="closed"):
        kept.execute("SELECT 1")
