"""Start to the first painted, usable window on the demo file, as a ratio to a bare Qt window: target at most 2.0.

Run ``python tests/benchmarks/bench_start.py [RUNS]``. Each run is a process of its own, the two kinds take turns, and
the medians are compared; both leave without taking Qt apart, so that only the start counts. Byte code is compiled
beforehand, into a folder of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = 2.0
BARE = """
import os
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    shown = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.shown:
            self.shown = True
            QTimer.singleShot(0, application.quit)
application = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
status = application.exec()
os._exit(status)
"""


def environment(home: Path) -> dict[str, str]:
    """Return an environment with its own user folders and its own compiled byte code."""
    own = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA")}
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        **own,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def seconds(command: list[str], settings: dict[str, str]) -> float:
    """Return how long *command* takes; it has to leave with 0."""
    begun = time.perf_counter()
    subprocess.run(command, env=settings, check=True, cwd=settings["HOME"], stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main(runs: int = 9) -> int:
    """Print both medians and their ratio; returns 1 if it is over the target."""
    with tempfile.TemporaryDirectory() as folder:
        settings = environment(Path(folder))
        ours = [sys.executable, "-m", "tracker", "--demo", "--exit-when-shown"]
        bare = [sys.executable, "-c", BARE]
        for _ in range(2):  # the first run makes the demo file, both compile
            seconds(ours, settings)
            seconds(bare, settings)
        taken = [(seconds(bare, settings), seconds(ours, settings)) for _ in range(runs)]
    floor, own = (statistics.median(column) for column in zip(*taken, strict=True))
    ratio = own / floor
    print(f"bare window {floor * 1000:.0f} ms, ours {own * 1000:.0f} ms (medians of {runs})")
    print(f"ratio {ratio:.2f} (target at most {TARGET})")
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
