import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from tracker.store.engine import WRITING, explained_sql, open_engine
from tracker.store.errors import ConflictError, LockedError


@pytest.fixture
def engine(clinic_file):
    engine = open_engine(clinic_file)
    yield engine
    engine.dispose()


def pragma(connection, name):
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_keeps_to_the_rules(engine):
    with engine.connect() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2  # FULL
        assert pragma(connection, "busy_timeout") == 5000
        assert pragma(connection, "foreign_keys") == 1


def test_a_migration_has_foreign_keys_off(clinic_file):
    engine = open_engine(clinic_file, for_migration=True)
    with engine.connect() as connection:
        assert pragma(connection, "foreign_keys") == 0
    engine.dispose()


def test_the_database_refuses_an_episode_of_nobody(engine):
    columns = "id, version, created_at, changed_at, patient_id, condition, side, attributes, read_against"
    with engine.begin() as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        connection.exec_driver_sql(
            f"INSERT INTO episode ({columns}) VALUES ('e', 1, '', '', 'nobody', 'other', 'none', '{{}}', '[]')"
        )


def test_ddl_rolls_back_with_the_rest(engine):
    with engine.connect() as connection:
        connection.begin()
        connection.exec_driver_sql("CREATE TABLE half (a)")
        connection.rollback()
        assert not connection.exec_driver_sql("SELECT * FROM sqlite_master WHERE name = 'half'").all()


def test_a_writer_holds_the_file_from_its_first_word(clinic_file):
    first, second = open_engine(clinic_file), open_engine(clinic_file, busy_timeout_ms=10)
    try:
        with first.execution_options(**WRITING).connect() as writing, second.connect() as reading:
            writing.begin()
            assert reading.exec_driver_sql("SELECT count(*) FROM patient").scalar() == 0
            with (
                pytest.raises(LockedError) as caught,
                explained_sql(clinic_file),
                second.execution_options(**WRITING).connect() as other,
            ):
                other.begin()
            assert "clinic.sqlite" in str(caught.value)
    finally:
        first.dispose()
        second.dispose()


def test_a_bug_in_the_sql_stays_a_bug(engine, clinic_file):
    with pytest.raises(OperationalError, match="no such table"), explained_sql(clinic_file), engine.connect() as one:
        one.exec_driver_sql("SELECT * FROM nowhere")


def test_a_broken_rule_of_the_database_is_a_conflict(engine, clinic_file):
    with pytest.raises(ConflictError), explained_sql(clinic_file), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO fact (name, value) VALUES ('kind', 'again')")
