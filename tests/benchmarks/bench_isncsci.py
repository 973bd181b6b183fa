"""Exams a second of ``score isncsci`` (JSON in, JSON out, start-up not counted), and the ratio to bare JSON.

Run: ``python tests/benchmarks/bench_isncsci.py [EXAMS]``; determinate random exams in one process. The floor reads the
same exams and writes the same results with the same JSON library, and classifies nothing.
"""

import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scales.isncsci.exams import KINDS, all_not_testable, random_exam
from tracker.cli.exam_lines import ExamScorer
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.exam import parse_exam

EXAMS = 4000
ROUNDS = 5


def make_lines(count, kind="determinate"):
    """Return *count* random exams as lines of JSON; always the same ones."""
    draw = random.Random(1)
    return [(json.dumps({"id": f"e{n}", "exam": random_exam(draw, kind)}) + "\n").encode() for n in range(count)]


def seconds(work):
    """Return the shortest of a few runs of *work*: the others were disturbed."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(count=EXAMS, kind="determinate"):
    """Return exams a second of the floor and of scoring."""
    lines = make_lines(count, kind)
    results = [json.loads(text) for text in ExamScorer().score(lines)]
    floor = seconds(lambda: [(json.loads(line), json.dumps(out)) for line, out in zip(lines, results, strict=True)])
    scoring = seconds(lambda: list(ExamScorer().score(lines)))
    return count / floor, count / scoring


if __name__ == "__main__":
    exams = int(sys.argv[1]) if len(sys.argv) > 1 else EXAMS
    floor_rate, rate = measure(exams)
    print(f"score isncsci, determinate exams: {rate:,.0f} exams/s (at least 6,000 wanted)")
    print(f"json.loads of the exams + json.dumps of the results: {floor_rate:,.0f} exams/s")
    print(f"ratio to that floor: {rate / floor_rate:.2f}")
    for kind in KINDS[1:]:
        print(f"exams with a few cells {kind}: {measure(exams // 4, kind)[1]:,.0f} exams/s")
    nothing = parse_exam(all_not_testable())
    print(f"an exam with nothing testable: {seconds(lambda: classify(nothing)) * 1000:,.1f} ms (at most 5,000 wanted)")
