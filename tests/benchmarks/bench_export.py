"""Export of a million response rows against the sqlite3 shell's ``.mode csv`` on the same rows, and peak memory.

Run it as ``python tests/benchmarks/bench_export.py [response rows]``. Target: at least 0.8 of the shell's rate for
``responses.csv``, and less than 200 MB for a whole export.
"""

import csv
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from functools import cache, partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tracker.exchange.columns import layout
from tracker.exchange.folder import CsvFile
from tracker.exchange.responses import response_lines
from tracker.exchange.writing import find_form
from tracker.services.demo import write_demo
from tracker.services.export import export_csv
from tracker.store.streams import open_streams

ROWS_A_PATIENT = 140
SAME_ROWS = """
SELECT a.id, a.visit_id, p.id, a.scale, a.status, j.key AS item, j.value AS value, NULL AS missing_reason
FROM patient p INDEXED BY uq_patient_number_live
CROSS JOIN visit v ON v.patient_id = p.id AND v.deleted_at IS NULL
CROSS JOIN assessment a ON a.visit_id = v.id AND a.deleted_at IS NULL
CROSS JOIN json_each(a.responses) j
WHERE p.deleted_at IS NULL
ORDER BY p.patient_number, v.date, a.id
"""
RUNS = 5


def write_responses(database: Path, target: Path) -> int:
    """Write responses.csv alone, as the export does; returns its rows."""
    table = layout().tables["responses"]
    file = CsvFile(target, table.names, excel=False)
    form_of = cache(partial(find_form, deidentified=False))
    with open_streams(database) as streams:
        for row in streams.rows("assessment"):
            prefix = f"{row[0]},{row[1]},{row[2]},{row[4]},{row[8]}"
            file.write(*response_lines(prefix, form_of(row[4], row[5]), row[10], row[11]))
    return file.close().rows


def shell(database: Path, target: Path) -> int:
    """Let the sqlite3 shell write the same rows; returns their number."""
    commands = f".mode csv\n.output {target}\n{SAME_ROWS};\n"
    subprocess.run(["sqlite3", "-readonly", str(database)], input=commands, text=True, check=True)
    with target.open("rb") as file:
        return sum(1 for _ in file)


def timed(write, database: Path, target: Path) -> tuple[float, int]:
    """Return the rows a second of one run, and its rows."""
    begun = time.perf_counter()
    rows = write(database, target)
    return rows / (time.perf_counter() - begun), rows


def same_answers(ours: Path, theirs: Path) -> bool:
    """Whether both files hold the same answers (the shell leaves out mere missing reasons, and quotes more)."""
    return sorted(answers(ours)[1:]) == sorted(answers(theirs))  # ours in form order, the shell's by code


def answers(path: Path) -> list[list[str]]:
    """Return the rows that hold an answer, in order; a header is one of them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines) if row and row[-2]]


def peak_megabytes() -> float:
    """Return this process's peak memory; where the system tells it, without what was inherited from the parent."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def whole(database: str, folder: str) -> None:
    """Run one whole export and print its time, rows and peak memory; runs in a process of its own."""
    begun = time.perf_counter()
    report = export_csv(Path(database), Path(folder))
    seconds = time.perf_counter() - begun
    peak = peak_megabytes()
    print(
        f"whole export: {seconds:.1f} s, {sum(report.rows.values()):,} rows of all tables, "
        f"{report.rows['responses.csv'] / seconds:,.0f} response rows/s, peak {peak:.0f} MB (target below 200)"
    )


def main(wanted: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "bench.db")
        write_demo(database, patients=max(1, wanted // ROWS_A_PATIENT))
        size = database.stat().st_size / 1e6
        print(f"file: {size:.0f} MB, sqlite3 module {sqlite3.sqlite_version}")
        runs = {"responses.csv": (write_responses, Path(folder, "ours.csv"))}
        if shutil.which("sqlite3") is None:
            print("no peer here: the sqlite3 shell is not installed")
        else:
            runs["sqlite3 shell"] = (shell, Path(folder, "theirs.csv"))
        best = dict.fromkeys(runs, (0.0, 0))
        for _ in range(RUNS):  # in turns, so that a busy machine slows both
            best = {name: max(best[name], timed(write, database, target)) for name, (write, target) in runs.items()}
        for name, (speed, rows) in best.items():
            print(f"{name}: {rows:,} rows, {speed:,.0f} rows/s (best of {RUNS})")
        if "sqlite3 shell" in best:
            ratio = best["responses.csv"][0] / best["sqlite3 shell"][0]
            print(f"same answers: {same_answers(Path(folder, 'ours.csv'), Path(folder, 'theirs.csv'))}")
            print(f"ratio: {ratio:.2f} (target at least 0.8)")
        subprocess.run([sys.executable, __file__, "--whole", str(database), str(Path(folder, "out"))], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--whole"]:
        whole(*sys.argv[2:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
