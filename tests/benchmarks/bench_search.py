"""Search as you type over 20,000 patients: milliseconds a keystroke with the list's model, target at most 15.

Run ``python tests/benchmarks/bench_search.py [PATIENTS]``. Texts are typed key by key and taken back, as a user does.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
TARGET = 15.0
TYPED = ("wang", "garcia", "K-0199", "李", "knee", "lina", "王磊", "zzz", "sci 14")
FAMILIES = (
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("García", ""),
    ("Schmidt", ""),
    ("Okafor", ""),
    ("Петров", "Petrov"),
)
GIVEN = (("磊", "Lei"), ("娜", "Na"), ("敏", "Min"), ("Ana", ""), ("Chidi", ""), ("Иван", "Ivan"), ("Zoë", ""))


def make_file(path: Path, patients: int) -> None:
    """Write *patients* patients with an episode each through the services."""
    from tracker.clinic.records import Episode, Patient
    from tracker.services.workspace import Workspace

    random = Random(1)
    workspace = Workspace.open(path, create=True)
    conditions = ("knee-oa", "sci", "tendinopathy", "ms")
    with workspace.store.work() as work:
        for number in range(patients):
            (family, latin), (given, latin_given) = random.choice(FAMILIES), random.choice(GIVEN)
            patient = Patient(
                id=f"p{number}",
                patient_number=f"K-{number:05d}",
                name=f"{family}{given}" if latin and latin_given else f"{given} {family}",
                latin_name=f"{latin} {latin_given}" if latin and latin_given else None,
            )
            work.add(patient)
            work.add(Episode(id=f"e{number}", patient_id=patient.id, condition=random.choice(conditions)))
        work.commit()
    workspace.close()


def measure(path: Path, patients: int) -> list[float]:
    """Return the milliseconds of each keystroke: the search, the model and the count line."""
    from PySide6.QtWidgets import QApplication

    from tracker.services.workspace import Workspace
    from tracker.ui import theme
    from tracker.ui.patient_side import PatientSide, SearchField

    application = QApplication.instance() or QApplication([])
    theme.apply(application, theme.LIGHT)
    workspace = Workspace.open(path)
    field = SearchField()
    side = PatientSide(field)
    side.resize(290, 700)
    side.show()
    side.set_search(workspace.patients.search)
    if workspace.patients.search("").total != patients:
        raise RuntimeError("the file has not the patients it should")
    taken = []
    for text in TYPED:
        steps = [text[: length + 1] for length in range(len(text))]
        for typed in [*steps, *reversed(steps[:-1]), ""]:
            begun = time.perf_counter()
            field.setText(typed)
            taken.append((time.perf_counter() - begun) * 1000)
            application.processEvents()
    workspace.close()
    return taken


def main(patients: int = 20_000) -> int:
    """Print median and 95th percentile; returns 1 if the median is over the target."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        make_file(path, patients)
        taken = measure(path, patients)
    median, high = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(
        f"{patients} patients, {len(taken)} keystrokes: median {median:.1f} ms, p95 {high:.1f} ms (target {TARGET:.0f})"
    )
    return 0 if median <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
