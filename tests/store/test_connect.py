import os
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.store.making import fill, patient
from tests.store.protecting import own_copy, protected_copy
from tracker.store.connect import PRINTS, connect, explained, opens_read_only, reading, schema_of
from tracker.store.errors import (
    CannotOpenError,
    DamagedFileError,
    FileMissingError,
    NotADatabaseError,
    ReadOnlyFileError,
)
from tracker.store.migrate import KNOWN
from tracker.store.store import Store


@pytest.fixture
def protected(clinic_file):
    """A filled file in a folder that cannot be written."""
    store = Store(clinic_file)
    fill(store, patient())
    store.close()
    with protected_copy(clinic_file) as path:
        yield path


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with (
        pytest.raises(FileMissingError, match=r"there is no file .*nowhere\.sqlite"),
        reading(tmp_path / "nowhere.sqlite"),
    ):
        pass


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(CannotOpenError), reading(tmp_path):
        pass


@pytest.mark.parametrize("content", [b"hello", b"x" * 5000, os.urandom(8192)], ids=["short", "text", "encrypted"])
def test_what_is_not_a_database_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "letter.sqlite"
    path.write_bytes(content)
    with pytest.raises(NotADatabaseError), reading(path) as connection:
        schema_of(connection, path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "other.sqlite"
    other = dbapi2.connect(str(path))
    other.execute("CREATE TABLE song (name)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotADatabaseError):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_whose_schema_is_not_named_is_refused(clinic_file):
    connection = dbapi2.connect(str(clinic_file), isolation_level=None)
    connection.execute("DELETE FROM alembic_version")
    connection.close()
    with pytest.raises(NotADatabaseError):
        Store(clinic_file)


def test_a_damaged_file_is_said_to_be_damaged(clinic_file):
    store = Store(clinic_file)
    fill(store, *(patient(str(n), str(n)) for n in range(200)))
    store.close()
    content = bytearray(clinic_file.read_bytes())
    content[3 * 4096 :] = b"\xff" * (len(content) - 3 * 4096)
    clinic_file.write_bytes(content)
    with pytest.raises(DamagedFileError, match="restore a backup"), reading(clinic_file) as connection:
        connection.execute("SELECT * FROM patient").fetchall()


def test_a_bug_stays_a_bug(clinic_file):
    with pytest.raises(dbapi2.OperationalError), explained(clinic_file), reading(clinic_file) as connection:
        connection.execute("SELECT * FROM nowhere")


def test_a_protected_file_opens_for_reading_and_says_so(protected):
    assert opens_read_only(protected)
    store = Store(protected)
    assert store.read_only
    with store.read() as reader:
        assert reader.patients_numbered("A-1") == ("p",)
    with pytest.raises(ReadOnlyFileError, match="open for reading only"), store.work():
        pass
    store.close()
    with reading(protected) as connection:
        assert connection.execute("SELECT count(*) FROM patient").fetchone() == (1,)


def test_a_file_that_was_write_protected_for_a_while_can_be_written_again(clinic_file):
    with own_copy(clinic_file) as path:
        path.chmod(0o444)
        protected = Store(path)
        assert protected.read_only
        with protected.read() as reader:
            assert reader.patients_numbered("A-1") == ()
        protected.close()
        path.chmod(0o644)
        store = Store(path)
        fill(store, patient())
        store.close()
        with reading(path) as connection:
            assert connection.execute("SELECT count(*) FROM patient").fetchone() == (1,)


def test_unfinished_changes_in_a_protected_folder_are_not_passed_over(clinic_file):
    clinic_file.with_name("clinic.sqlite-wal").write_bytes(b"x" * 100)
    with protected_copy(clinic_file) as path, pytest.raises(CannotOpenError), reading(path) as connection:
        connection.execute("SELECT count(*) FROM patient").fetchone()


def test_a_folder_one_may_not_enter_is_said_to_be_closed(clinic_file):
    with (
        protected_copy(clinic_file, mode=0o000) as path,
        pytest.raises(CannotOpenError, match="check that you may read"),
    ):
        Store(path)


@pytest.mark.parametrize("revision", KNOWN)
def test_every_revision_has_the_digest_of_its_tables(revision):
    path = Path(__file__).parent.parent / "data" / "schema" / f"{revision}.sqlite"
    with closing(connect(path, read_only=True)) as connection:
        assert schema_of(connection, path) == revision
        assert revision in PRINTS


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER sly AFTER INSERT ON audit BEGIN DELETE FROM patient; END",
        "CREATE VIEW v AS SELECT name FROM patient",
        "DROP INDEX uq_patient_number_live",
        "ALTER TABLE patient DROP COLUMN note",
        "CREATE TABLE more (x)",
    ],
)
def test_a_file_with_other_tables_than_ours_is_refused(clinic_file, statement):
    with closing(connect(clinic_file)) as connection:
        connection.execute(statement)
    with pytest.raises(DamagedFileError, match="not those of this program"), reading(clinic_file) as connection:
        schema_of(connection, clinic_file)
