"""Changed files for the tests of untrusted input: each kind of file the program is given, mutated in many ways.

A mutation is repeatable from its number. What reads the file may use it or refuse it with a TrackerError; any other
exception is a bug.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

HOSTILE_TEXTS = (
    "",
    "\x00",
    "\ufeff",
    "-1",
    "9" * 5000,
    "1e999",
    "nan",
    "[" * 20000,
    '{"a":' * 5000,
    "'; DROP TABLE patient; --",
    "../../../../etc/passwd",
    "=cmd|'/c calc'!A0",
    "2026-02-30",
    "0000-00-00",
    "null",
    "[]",
    '{"text": 1}',
    "true",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "x" * 100_000,
)
HOSTILE_BYTES = (
    b"\x00" * 16,
    b"\xff" * 16,
    b"\xc3\x28",
    b"\xef\xbb\xbf",
    b"\r\n",
    b'"""',
    b"[[",
    b"}}",
    b"\\u0000",
    b"= [",
)
JSON_COLUMNS = ("attributes", "read_against", "responses", "missing", "amendment", "reason", "before", "after")


def mutated_bytes(data: bytes, seed: int) -> bytes:
    """Return *data* with one to eight changes: flipped, cut, doubled, moved or foreign bytes."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        chance.choice(_BYTE_CHANGES)(changed, chance)
    return bytes(changed)


def mutated_text(data: bytes, seed: int) -> bytes:
    """Return *data*, the bytes of a text file, with changed lines and values, or with changed bytes."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        return mutated_bytes(data, seed)
    lines = data.decode("utf-8").splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice(_LINE_CHANGES)(lines, chance)
    return "".join(lines).encode("utf-8")


def change_database(path: Path, seed: int) -> None:
    """Change the database file at *path*: its bytes, a value, or its schema."""
    chance = random.Random(seed)
    kind = chance.random()
    if kind < 0.4:
        path.write_bytes(mutated_bytes(path.read_bytes(), seed))
        return
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        _change_schema(connection, chance) if kind > 0.85 else _change_value(connection, chance)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except dbapi2.Error:
        pass  # SQLite itself refused this change: the file is as it was
    finally:
        connection.close()


def readings(
    first: int,
    count: int,
    change: Callable[[int], None],
    read: Callable[[], None],
    refusals: tuple[type[Exception], ...],
) -> Iterator[tuple[int, bool]]:
    """Yield seed and whether the changed file was used (else it was refused); anything else is raised with its seed."""
    for seed in range(first, first + count):
        change(seed)
        try:
            read()
        except refusals:
            yield seed, False
        except BaseException as error:
            error.add_note(f"mutation {seed}")
            raise
        else:
            yield seed, True


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    if data:
        start = chance.randrange(len(data))
        del data[start : start + chance.choice((1, 2, 16, 512, 4096, len(data)))]


def _double(data: bytearray, chance: random.Random) -> None:
    if data:
        start = chance.randrange(len(data))
        data[start:start] = data[start : start + chance.choice((1, 16, 512, 4096))]


def _foreign(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    piece = chance.choice(HOSTILE_BYTES)
    data[start : start + chance.choice((0, len(piece)))] = piece


def _move(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((16, 512, 4096))
    if len(data) > size:
        source, target = chance.randrange(len(data) - size), chance.randrange(len(data) - size)
        data[target : target + size] = data[source : source + size]


_BYTE_CHANGES = (_flip, _cut, _double, _foreign, _move)


def _drop_line(lines: list[str], chance: random.Random) -> None:
    if lines:
        del lines[chance.randrange(len(lines))]


def _repeat_line(lines: list[str], chance: random.Random) -> None:
    if lines:
        place = chance.randrange(len(lines))
        lines[place:place] = [lines[place]] * chance.choice((1, 2, 50))


def _swap_lines(lines: list[str], chance: random.Random) -> None:
    if lines:
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]


def _hostile_value(lines: list[str], chance: random.Random) -> None:
    if not lines:
        return
    place = chance.randrange(len(lines))
    line, text = lines[place], chance.choice(HOSTILE_TEXTS)
    for mark in ("= ", ": ", ","):
        if mark in line:
            cells = line.split(mark)
            cell = chance.randrange(len(cells))
            cells[cell] = text if chance.random() < 0.5 else f'"{text}"'
            lines[place] = mark.join(cells).rstrip("\n") + "\n"
            return
    lines[place] = text + "\n"


_LINE_CHANGES = (_drop_line, _repeat_line, _swap_lines, _hostile_value, _hostile_value, _hostile_value)


def _change_value(connection: dbapi2.Connection, chance: random.Random) -> None:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    table = chance.choice([name for name in tables if not name.startswith("sqlite_")])
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    column = chance.choice([name for name in columns if name in JSON_COLUMNS] * 3 + columns)
    value = chance.choice((*HOSTILE_TEXTS, None, 0, -1, 2**62, 1e308, b"\x00\xff"))
    where = "" if chance.random() < 0.3 else f"WHERE rowid % {chance.randrange(2, 9)} = 0"
    if table == "score":
        where = ""
    connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ? {where}', (value,))


def _change_schema(connection: dbapi2.Connection, chance: random.Random) -> None:
    connection.execute(
        chance.choice(
            (
                "DROP TABLE score",
                "DROP TABLE audit",
                "DROP TABLE fact",
                "ALTER TABLE patient RENAME COLUMN name TO nom",
                "ALTER TABLE patient DROP COLUMN note",
                "CREATE TRIGGER t AFTER UPDATE ON fact BEGIN DELETE FROM patient; END",
                "CREATE TRIGGER t AFTER INSERT ON audit BEGIN UPDATE patient SET name = 'x'; END",
                "CREATE VIEW v AS SELECT * FROM patient",
                "UPDATE alembic_version SET version_num = '9999'",
                "DELETE FROM alembic_version",
                "DELETE FROM fact",
                "DROP INDEX uq_patient_number_live",
                "PRAGMA user_version = 77",
                "PRAGMA application_id = 12345",
                "ALTER TABLE visit RENAME TO visit_old",
            )
        )
    )
