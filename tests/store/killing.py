"""A process at work that is killed with signal 9 at a random moment; POSIX only."""

import os
import random
import select
import shutil
import signal
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.store.day import Day, check, prepare
from tests.store.keys import KEY, PASSPHRASE
from tracker.services.workspace import Workspace
from tracker.store.backup import check_copy
from tracker.store.backup_folder import backups_in, beside
from tracker.store.connect import connect
from tracker.store.file_state import key_file_of
from tracker.store.keyfile import KeyFile, save
from tracker.store.migrate import upgrade
from tracker.store.restoring import put_back
from tracker.store.store import Store
from tracker.store.unlocked import forget, hold
from tracker.store.wrapping import wrap

OLD = Path(__file__).parents[1] / "data" / "schema" / "0001.sqlite"
LONGEST_LIFE = 0.25
"""Seconds from the first acknowledgement to the end, at most."""


@dataclass
class Tally:
    """What a run of trials found."""

    trials: int = 0
    acknowledged: int = 0
    trials_in_a_step: int = 0
    wrong: list = field(default_factory=list)

    def __str__(self):
        return (
            f"{self.trials} times, {self.acknowledged} acknowledged commits, {self.trials_in_a_step} inside a "
            f"step, {len(self.wrong)} wrong"
        )


def make_files(folder):
    """Make the plain and the encrypted file that each trial starts from."""
    plain, secret = folder / "plain.db", folder / "secret.db"
    prepare(plain)
    save(secret, KeyFile(slots=(wrap("", PASSPHRASE, KEY),)))
    hold(secret, KEY)
    prepare(secret)
    forget(secret)
    return plain, secret


def run(folder, trials, seed, told=None):
    """Kill so many processes, every second one on an encrypted file; return what was found."""
    files, tally, chance = make_files(folder), Tally(), random.Random(seed)
    for trial in range(trials):
        base = files[trial % 2]
        path = folder / f"trial-{base.name}"
        _copy(base, path)
        if base == files[1]:
            hold(path, KEY)
        seed_of_day = chance.random()
        events = _one_life(lambda tell: _work(path, seed_of_day, tell), chance.random() * LONGEST_LIFE)  # noqa: B023
        found = check(path, events)
        forget(path)
        tally.trials += 1
        tally.acknowledged += found.acknowledged
        tally.trials_in_a_step += bool(events) and events[-1][0] == "begin"
        tally.wrong += [f"trial {trial} ({base.name}): {problem}" for problem in found.wrong]
        if told is not None:
            told(trial, tally)
    return tally


def _copy(base, path):
    for ending in ("", "-wal", "-shm", ".lease", ".keys"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copy(base, path)
    with suppress(FileNotFoundError):
        shutil.copy(key_file_of(base), key_file_of(path))


def run_deeds(folder, trials, seed):
    """Kill upgrades, restores and backups in turn; return how many and what was wrong with what they left."""
    chance, wrong, backup = random.Random(seed), [], folder / "backup.db"
    prepare(backup)
    for trial in range(trials):
        deed, look = ((_upgrade, _upgraded), (_restore, _restored), (_back_up, _backed_up))[trial % 3]
        place = folder / f"trial-{trial}"
        place.mkdir()
        path = place / "clinic.db"
        shutil.copy(OLD if deed is _upgrade else backup, path)
        _one_life(lambda tell: _do(deed, path, backup, tell), chance.random() * LONGEST_LIFE)  # noqa: B023
        try:
            Store(path).close()
            check_copy(path)
            look(path)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
            wrong.append(f"trial {trial} ({deed.__name__}): {type(error).__name__}: {error}")
        shutil.rmtree(place)
    return trials, wrong


def _do(deed, path, backup, tell):
    tell("begin", deed.__name__, "")
    deed(path, backup)


def _upgrade(path, _backup):
    upgrade(path)


def _upgraded(path):
    assert _count(path, "patient") == 3
    for kept in backups_in(beside(path), path):
        check_copy(kept.path)


def _restore(path, backup):
    with closing(Workspace.open(path)) as workspace:
        workspace.patients.remove("p")
    put_back(path, backup, "dr-lin")


def _restored(path):
    live = _count(path, "patient WHERE deleted_at IS NULL")
    assert live == (0 if _count(path, "audit WHERE action = 'delete'") else 1)
    for kept in backups_in(beside(path), path):
        check_copy(kept.path)
    assert not path.with_name("clinic.db.restoring").exists()


def _back_up(path, _backup):
    with closing(Workspace.open(path)) as workspace:
        while True:
            workspace.backups.make()


def _backed_up(path):
    for kept in backups_in(beside(path), path):
        check_copy(kept.path)


def _count(path, what):
    with closing(connect(path)) as connection:
        return connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]


def _one_life(work, life):
    """Fork a process that does *work*, kill it so long after its first word; return what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, writing)
    os.close(writing)
    try:
        words = _listen(reading, life, child)
    finally:
        os.close(reading)
    lines = words[: words.rfind(b"\n") + 1].decode().splitlines()
    return [tuple(line.split("\t")) for line in lines]


def _work(path, seed, tell):
    day = Day(Workspace.open(Path(path)), seed, tell)
    while True:
        day.step()


def _live(work, writing):
    """The child's life, until it is killed. Leaves by _exit at its end, so that nothing of the parent runs."""
    try:
        work(lambda *said: os.write(writing, ("\t".join(said) + "\n").encode()))
    except BaseException as error:  # noqa: BLE001 - the parent must hear of it
        os.write(writing, f"done\tthe child failed\t{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(1)


def _listen(reading, life, child):
    words, end = b"", None
    while True:
        wait = 60 if end is None else max(end - time.monotonic(), 0)
        ready, _, _ = select.select([reading], [], [], wait)
        if not ready:
            break
        heard = os.read(reading, 1 << 16)
        words += heard
        if not heard:
            break
        end = end or time.monotonic() + life
        if time.monotonic() >= end:
            break
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while rest := os.read(reading, 1 << 16):
        words += rest
    return words


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        result = run(Path(made), int(sys.argv[1]), sys.argv[2])
        deeds, wrong = run_deeds(Path(made), int(sys.argv[1]) // 2, sys.argv[2])
    told = [*result.wrong, *wrong, f"{deeds} upgrades, restores and backups killed, {len(wrong)} wrong", str(result)]
    sys.stdout.write("".join(f"{line}\n" for line in told))
    sys.exit(1 if result.wrong or wrong else 0)
