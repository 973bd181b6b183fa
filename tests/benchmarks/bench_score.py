"""Lines a second of ``score whoqol-bref`` (JSON in, JSON out, start-up not counted), and the ratio to bare JSON.

Run: ``python tests/benchmarks/bench_score.py [LINES]``; the floor reads and writes the same lines and scores nothing.
"""

import json
import random
import sys
import time

from tracker.cli.score import ItemScorer
from tracker.scales.catalogue import scale
from tracker.scales.scoring import scorer

LINES = 10_000
ROUNDS = 5
MISSING_SHARE = 0.01
"""Of the answers; about one form in four then lacks one."""


def make_lines(count):
    """Return *count* filled forms as lines of JSON, some with missing answers; always the same ones."""
    draw = random.Random(1)
    items = [item.code for item in scale("whoqol-bref").items]

    def answer():
        return None if draw.random() < MISSING_SHARE else draw.randint(1, 5)

    forms = ({"id": f"p{number}", "responses": {code: answer() for code in items}} for number in range(count))
    return [(json.dumps(form) + "\n").encode() for form in forms]


def seconds(work):
    """Return the shortest of a few runs of *work*: the others were disturbed."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(count=LINES):
    """Return lines a second of the floor and of scoring."""
    lines = make_lines(count)
    prepared = scorer(scale("whoqol-bref"))
    floor = seconds(lambda: [json.dumps(json.loads(line)) for line in lines])
    scoring = seconds(lambda: list(ItemScorer(prepared).score(lines)))
    return count / floor, count / scoring


if __name__ == "__main__":
    floor_rate, rate = measure(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
    print(f"score whoqol-bref: {rate:,.0f} lines/s (at least 20,000 wanted)")
    print(f"json.loads + json.dumps of the same lines: {floor_rate:,.0f} lines/s")
    print(f"ratio to that floor: {rate / floor_rate:.2f}")
