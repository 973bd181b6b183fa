from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import inspect

from tests import servers
from tests.store.making import fill, fill_one_patient, patient
from tracker.store import migrate
from tracker.store.checking.chain import verify_chain
from tracker.store.errors import MigrationError, NewerSchemaError, NotADatabaseError, OldReadOnlyError
from tracker.store.first_look import first_look
from tracker.store.migrate import HEAD, KNOWN, create, upgrade
from tracker.store.models import Base
from tracker.store.server_engine import open_server_engine
from tracker.store.server_errors import EmptyServerError
from tracker.store.store import Store

if servers.address() is None:
    pytest.skip(servers.REASON, allow_module_level=True)
FACTS = {"kind": "clinic", "software": "0"}


def at_revision(place, revision):
    """Set up a database as the program of *revision* did."""
    from alembic import command

    real = command.upgrade
    command.upgrade = lambda config, _head: real(config, revision)
    try:
        create(place, FACTS)
    finally:
        command.upgrade = real


def schema(place):
    return servers.execute(place, "SELECT version_num FROM alembic_version")


def test_a_new_database_has_all_tables_and_columns_of_the_models(empty_database):
    create(empty_database, FACTS)
    engine = open_server_engine(empty_database)
    found = inspect(engine)
    for name, table in Base.metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys()), name
        names = {index["name"] for index in found.get_indexes(name)} | {"ix_patient_search_live"}
        assert {index.name for index in table.indexes} <= names, name
    engine.dispose()
    assert schema(empty_database) == [(HEAD,)]
    create(empty_database, {"kind": "demo"})  # what is there stays
    assert first_look(empty_database).kind == "clinic"


def test_every_older_schema_is_upgraded_with_its_records(empty_database):
    at_revision(empty_database, KNOWN[0])
    servers.execute(
        empty_database,
        "INSERT INTO patient (id, patient_number, name, sex, search, version, created_at, changed_at)"
        " VALUES ('p', 'A-1', 'Ann', 'female', 'ann', 1, '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')",
    )
    look = first_look(empty_database)
    assert (look.up_to_date, look.lines[0].name) == (False, "Ann")
    store = Store(empty_database)
    fill(store, patient("q", "A-2"))
    store.close()
    assert schema(empty_database) == [(HEAD,)]
    assert verify_chain(empty_database).broken is None


def test_desks_that_start_together_migrate_once(empty_database):
    at_revision(empty_database, KNOWN[0])
    with ThreadPoolExecutor(4) as desks:
        opened = list(desks.map(lambda _desk: Store(empty_database), range(4)))
    assert schema(empty_database) == [(HEAD,)]
    for store in opened:
        store.close()


def test_desks_that_set_up_together_do_it_once(empty_database):
    with ThreadPoolExecutor(4) as desks:
        list(desks.map(lambda _desk: create(empty_database, FACTS), range(4)))
    assert servers.execute(empty_database, "SELECT count(*) FROM fact") == [(2,)]


def test_a_failed_migration_leaves_everything_as_it_was(empty_database, monkeypatch):
    at_revision(empty_database, KNOWN[0])
    before = servers.execute(empty_database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    real = migrate.run_alembic

    def fails(connection, scripts):
        real(connection, scripts)
        connection.exec_driver_sql("SELECT 1 / 0")

    monkeypatch.setattr(migrate, "run_alembic", fails)
    with pytest.raises(MigrationError, match="as it was before"):
        upgrade(empty_database)
    monkeypatch.undo()
    after = servers.execute(empty_database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    assert (after, schema(empty_database)) == (before, [(KNOWN[0],)])
    upgrade(empty_database)


def test_a_newer_schema_is_refused_even_while_it_is_open(clinic_database):
    store = Store(clinic_database)
    fill_one_patient(store)
    servers.execute(clinic_database, "UPDATE alembic_version SET version_num = '7777'")
    try:
        with pytest.raises(NewerSchemaError, match="newer version"), store.work():
            pass
        for look in (first_look, Store, upgrade):
            with pytest.raises(NewerSchemaError):
                look(clinic_database)
    finally:
        servers.execute(clinic_database, "UPDATE alembic_version SET version_num = %s", HEAD)
        store.close()


def test_an_empty_database_and_a_foreign_one_are_told_apart(empty_database):
    for look in (first_look, Store):
        with pytest.raises(EmptyServerError, match="is empty"):
            look(empty_database)
    servers.execute(empty_database, "CREATE TABLE invoices (id integer)")
    for look in (first_look, Store, lambda place: create(place, FACTS)):
        with pytest.raises(NotADatabaseError, match="not one of this program"):
            look(empty_database)


def test_an_upgrade_that_this_user_may_not_make_is_said(empty_database):
    at_revision(empty_database, KNOWN[0])
    servers.execute(empty_database, "DROP ROLE IF EXISTS outcome_desk")
    servers.execute(empty_database, "CREATE ROLE outcome_desk LOGIN PASSWORD 'works'")
    servers.execute(empty_database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO outcome_desk")
    try:
        with pytest.raises(OldReadOnlyError, match="may not make"):
            upgrade(replace(empty_database, user="outcome_desk", password="works"))
        assert schema(empty_database) == [(KNOWN[0],)]
    finally:
        servers.execute(empty_database, "DROP OWNED BY outcome_desk")
        servers.execute(empty_database, "DROP ROLE outcome_desk")
