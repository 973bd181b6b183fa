"""Where the records are: a file on this computer, or a database on the clinic's server.

Text becomes a place once, at the edge; nothing that is shown or logged of a place holds its password.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg

SCHEMES = ("postgresql+psycopg", "postgresql")
PORT = 5432
OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")
"""What may follow the ``?``: how the connection is protected and how long to wait for it."""
_NEARBY = ("localhost", "127.0.0.1", "::1")


class InvalidAddressError(TrackerError):
    """A text that begins like a server's address and is none."""


class NotAFileError(TrackerError):
    """Something that can be done with a file only was asked of a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """A PostgreSQL database; ``str`` gives the address without its password."""

    host: str
    database: str
    port: int = PORT
    user: str = ""
    password: str = field(default="", repr=False)
    """Empty: the one that PostgreSQL's own means give (``PGPASSWORD``, the password file)."""
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        options = "&".join(f"{name}={quote(value, safe='/')}" for name, value in self.options)
        query = f"?{options}" if options else ""
        return f"{SCHEMES[0]}://{user}{host}:{self.port}/{quote(self.database, safe='')}{query}"

    @property
    def name(self) -> str:
        """What stands in the window's title."""
        return f"{self.database} ({self.host})"

    @property
    def connecting(self) -> Mapping[str, str]:
        """What the driver is told; on the way to another computer the connection is encrypted unless told otherwise."""
        found = {"host": self.host, "port": str(self.port), "dbname": self.database}
        found |= {"user": self.user} if self.user else {}
        found |= {"password": self.password} if self.password else {}
        found |= {} if self.host in _NEARBY else {"sslmode": "require"}
        return found | dict(self.options)


Place = Path | ServerAddress


def file_of(place: Place) -> Path:
    """Return the file that *place* is; raises NotAFileError for a server."""
    if isinstance(place, ServerAddress):
        raise NotAFileError(
            msg(
                "the records of {path} are on a server: this is for a file only; protection and backups of a server "
                "are made there, by who looks after it",
                path=str(place),
            )
        )
    return place


def same_place(one: Place, other: Place) -> bool:
    """Whether two places are one, however the path to a file is written."""
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return one == other


def read_place(text: str) -> Place:
    """Return the place that *text* names; raises InvalidAddressError for an address that cannot be read."""
    scheme, mark, _rest = text.partition("://")
    if not mark or not re.fullmatch(r"[a-z][a-z0-9+.-]+", scheme):
        return Path(text)
    if scheme not in SCHEMES:
        raise InvalidAddressError(
            msg("an address begins with {scheme}://, not with {found}://", scheme=SCHEMES[0], found=scheme)
        )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _unreadable(msg("the host or the port cannot be read")) from error
    if not parts.hostname:
        raise _unreadable(msg("the host is missing"))
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database:
        raise _unreadable(msg("the name of the database is missing"))
    return ServerAddress(
        host=parts.hostname,
        port=port or PORT,
        database=database,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=_options(parts.query),
    )


def _options(query: str) -> tuple[tuple[str, str], ...]:
    found = tuple(parse_qsl(query, keep_blank_values=True))
    unknown = next((name for name, _value in found if name not in OPTIONS), None)
    if unknown is not None:
        raise _unreadable(
            msg("the option {option} is not known: there is {known}", option=unknown, known=", ".join(OPTIONS))
        )
    return found


def _unreadable(problem: Message) -> InvalidAddressError:
    # The text itself is not repeated: it may hold a password.
    return InvalidAddressError(
        msg(
            "the server's address cannot be read ({problem}): write {scheme}://USER@HOST:PORT/DATABASE",
            problem=problem,
            scheme=SCHEMES[0],
        )
    )
