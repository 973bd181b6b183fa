from pathlib import Path

import pytest

from tracker.core.places import InvalidAddressError, NotAFileError, ServerAddress, file_of, read_place

FULL = "postgresql+psycopg://anna%40desk:s3cr%3At@db.clinic:6543/records?sslmode=verify-full"


def test_a_plain_name_is_a_file_even_with_odd_signs():
    for text in ("clinic.sqlite", "/a/b c.sqlite", "C:\\files\\clinic.sqlite", "C://clinic.sqlite", "a:b@c/d"):
        assert read_place(text) == Path(text)


def test_an_address_is_read_in_all_its_parts():
    assert read_place(FULL) == ServerAddress(
        host="db.clinic",
        port=6543,
        database="records",
        user="anna@desk",
        password="s3cr:t",
        options=(("sslmode", "verify-full"),),
    )
    assert read_place("postgresql://[::1]/a").connecting == {"host": "::1", "port": "5432", "dbname": "a"}


def test_an_address_never_shows_its_password():
    place = read_place(FULL)
    assert str(place) == "postgresql+psycopg://anna%40desk@db.clinic:6543/records?sslmode=verify-full"
    assert "s3cr" not in f"{place} {place!r} {place.name}"
    assert read_place(str(place)) == ServerAddress(
        host="db.clinic", port=6543, database="records", user="anna@desk", options=place.options
    )


def test_a_way_over_the_network_is_protected_unless_said_otherwise():
    assert read_place("postgresql://db/a").connecting["sslmode"] == "require"
    assert read_place("postgresql://db/a?sslmode=disable").connecting["sslmode"] == "disable"
    assert "sslmode" not in read_place("postgresql://localhost/a").connecting


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mysql://db/a", "begins with postgresql"),
        ("postgresql://u:hidden@/a", "host is missing"),
        ("postgresql://u:hidden@db", "database is missing"),
        ("postgresql://u:hidden@db/", "database is missing"),
        ("postgresql://u:hidden@db/a/b", "database is missing"),
        ("postgresql://u:hidden@db:port/a", "port cannot be read"),
        ("postgresql://u:hidden@[::1/a", "port cannot be read"),
        ("postgresql://u:hidden@db/a?options=-csearch_path", "option options is not known"),
    ],
)
def test_an_address_that_cannot_be_read_says_why_and_does_not_repeat_itself(text, said):
    with pytest.raises(InvalidAddressError) as caught:
        read_place(text)
    assert said in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_what_needs_a_file_says_so_on_a_server():
    assert file_of(Path("a")) == Path("a")
    with pytest.raises(NotAFileError, match="on a server"):
        file_of(read_place(FULL))
