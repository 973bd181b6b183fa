"""Kills and power cuts over a working day, plain and encrypted: how many acknowledged commits were lost.

Run: ``python -m tests.benchmarks.bench_kill [KILLS] [CUTS]`` (300 and 300). Ends with status 1 if anything was lost, or
if a disk that only says that it wrote was not noticed.
"""

import sys
import tempfile
from pathlib import Path

from tests.store import cutting, killing


def main():
    given = [int(word) for word in sys.argv[1:3]]
    kills, cuts = (*given, *(300, 300)[len(given) :])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        found = killing.run(Path(folder), kills, "long")
    print(f"kill -9: {found}")
    failed |= bool(found.wrong)
    with tempfile.TemporaryDirectory() as folder:
        trials, wrong = killing.run_deeds(Path(folder), kills // 3, "long")
    print(f"kill -9 of upgrades, restores and backups: {trials} times, {len(wrong)} wrong")
    failed |= bool(wrong)
    for encrypted in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            found = cutting.run(Path(folder), cuts // 2, "long", steps=200, encrypted=encrypted)
        print(f"power cut, {'encrypted' if encrypted else 'plain'}: {found}")
        failed |= bool(found.wrong)
    with tempfile.TemporaryDirectory() as folder:
        found = cutting.run(Path(folder), 10, "long", honest=False)
    print(f"power cut, disk that only says that it wrote: {found}")
    return 1 if failed or not found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
