"""A working day over a disk whose power goes away at random moments."""

import random
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from tests.store.day import Day, check
from tests.store.keys import KEY
from tests.store.killing import Tally, make_files
from tests.store.power import PowerCut
from tracker.services.workspace import Workspace
from tracker.store.unlocked import forget, hold


def run(folder, cuts, seed, *, steps=60, honest=True, encrypted=False):
    """Work so many steps, then cut the power at so many moments of it; return what was found."""
    name = "secret.db" if encrypted else "plain.db"
    made, disk = folder / "made", folder / "disk"
    made.mkdir()
    path = make_files(made)[encrypted]
    for other in made.iterdir():
        if not other.name.startswith(name):
            other.unlink()
    power, events = PowerCut(honest=honest), []
    with (
        _held(path, encrypted),
        power.recording(made),
        closing(Workspace.open(path)) as workspace,
    ):
        day = Day(workspace, seed, lambda *said: events.append((len(power.diary), said)))
        for _ in range(steps):
            day.step()
        end = len(power.diary)
    tally, chance = Tally(), random.Random(seed)
    for cut in range(cuts):
        moment = chance.randrange(events[0][0], end + 1)
        told = [said for place, said in events if place <= moment]
        power.disk_after(moment, chance, disk)
        with _held(disk / name, encrypted):
            found = check(disk / name, told)
        tally.trials += 1
        tally.acknowledged += found.acknowledged
        tally.trials_in_a_step += told[-1][0] == "begin"
        tally.wrong += [f"cut {cut} at {moment}: {problem}" for problem in found.wrong]
    return tally


@contextmanager
def _held(path, encrypted):
    if encrypted:
        hold(path, KEY)
    try:
        yield
    finally:
        forget(path)


if __name__ == "__main__":
    import tempfile

    for secret in (False, True):
        for truthful in (True, False):
            with tempfile.TemporaryDirectory() as place:
                result = run(Path(place), int(sys.argv[1]), 1, honest=truthful, encrypted=secret)
            sys.stdout.write(f"encrypted {secret}, honest disk {truthful}: {result} {result.wrong[:2]}\n")
