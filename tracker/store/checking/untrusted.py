"""Opening records to look at them as they are: of any schema this program knows, also with texts that are none."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.core.places import Place, ServerAddress
from tracker.store.connect import Connection, any_text, reading, schema_of
from tracker.store.errors import not_a_database
from tracker.store.migrate import check_known
from tracker.store.server_errors import foreign_server


@contextmanager
def reading_as_it_is(place: Place) -> Iterator[Connection]:
    """Open *place* for one consistent reading by plain SQL, without an upgrade; raises StoreError for a foreign one."""
    with reading(place) as connection:
        schema = schema_of(connection, place)
        if schema is None:
            raise foreign_server(place) if isinstance(place, ServerAddress) else not_a_database(place)
        check_known(place, schema)
        if not isinstance(place, ServerAddress):
            connection.text_factory = any_text
        yield connection
