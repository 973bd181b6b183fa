"""A real PostgreSQL for the tests: its address comes from OUTCOME_TRACKER_TEST_SERVER (README, .ci/run).

Each worker sets up one clinic there and empties it for every test: that takes a fifth of the time of a new database.
"""

import os
import uuid
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tracker.core.places import read_place
from tracker.store.server import connect

only_a_file = pytest.mark.parametrize("any_clinic", ["clinic_file"], indirect=True)
"""For a test, among those that run on both, of what only SQLite does."""
VARIABLE = "OUTCOME_TRACKER_TEST_SERVER"
REASON = f"no PostgreSQL to test on: {VARIABLE} gives no address"


def address():
    """The address of the server, with a user who may make databases; None without one."""
    text = os.environ.get(VARIABLE)
    return read_place(text) if text else None


def command(text):
    """Run one statement on the server, beside all databases of the tests."""
    connection = connect(address())
    connection.autocommit = True
    with connection:
        connection.execute(text)


def execute(place, text, *values):
    """Run one statement of PostgreSQL on a database of a test; returns its rows."""
    with connect(place) as connection:
        cursor = connection.execute(text, values)
        return cursor.fetchall() if cursor.description else None


@contextmanager
def database():
    """An empty database of a test; dropped at the end whoever is connected."""
    name = f"outcome_test_{uuid.uuid4().hex[:12]}"
    command(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield replace(address(), database=name)
    finally:
        command(f"DROP DATABASE {name} WITH (FORCE)")


def empty(place):
    """Take everything recorded out of a clinic's database, and everybody else who is connected to it."""
    with connect(place) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        tables = ", ".join(name for (name,) in found if name != "alembic_version")
        connection.execute(f"TRUNCATE {tables}")
        connection.execute("INSERT INTO fact (name, value) VALUES ('kind', 'clinic'), ('software', '0')")


def cut(place):
    """End every connection to a database of a test, as when the server goes away."""
    connection = connect(address())
    with connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (place.database,)
        )
