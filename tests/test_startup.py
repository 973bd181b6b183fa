"""Start-up as a process of its own: what is loaded before the first paint, exit statuses, the first start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.__main__ import window_arguments
from tracker.services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    *("sqlalchemy", "alembic", "numpy", "pyqtgraph", "scipy", "pypinyin", "logging.handlers", "tracker.cli.main"),
    *("argon2", "cryptography", "keyring", "tracker.clinic.records", "tracker.scales.model", "tracker.store.lease"),
)
LOOK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tracker.ui import app
seen = app._usable
def look(window, start):
    print(" ".join(name for name in {heavy!r} if name in sys.modules) or "nothing heavy")
    print(window.side.model.rowCount(), "patients")
    return seen(window, start)
app._usable = look
from tracker.__main__ import main
sys.exit(main({arguments!r}))
"""


def run(arguments, code=None):
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "tracker", *arguments]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        command, env=settings, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.fixture
def some_file(tmp_path):
    from tracker.clinic.records import Patient

    workspace = Workspace.open(tmp_path / "some.db", create=True)
    workspace.patients.add(Patient(id="ana", patient_number="1", name="Ana"))
    workspace.close()
    return tmp_path / "some.db"


def test_nothing_heavy_is_loaded_before_the_first_paint(some_file):
    arguments = ["--db", str(some_file), "--exit-when-shown"]
    done = run(arguments, LOOK.format(heavy=HEAVY, arguments=arguments))
    assert done.stdout.splitlines() == ["nothing heavy", "1 patients"]
    assert done.returncode == 0


@pytest.fixture
def encrypted_file(tmp_path):
    from tests.store.keys import make_encrypted

    return make_encrypted(tmp_path / "secret.db", filled=False)


def test_an_encrypted_file_is_asked_for_first_and_nothing_heavy_is_loaded_for_that(encrypted_file):
    arguments = ["--db", str(encrypted_file), "--exit-when-shown"]
    done = run(arguments, LOOK.format(heavy=HEAVY, arguments=arguments))
    assert done.stdout.splitlines() == ["nothing heavy", "0 patients"]
    assert done.returncode == 0


def test_the_window_leaves_with_0_when_it_is_shown(some_file):
    done = run(["--db", str(some_file), "--exit-when-shown"])
    assert (done.returncode, done.stdout) == (0, "")


def test_the_first_start_shows_the_welcome_page_and_makes_no_file():
    done = run(["--exit-when-shown"])
    assert done.returncode == 0
    assert not list(Path(os.environ["XDG_DATA_HOME"]).rglob("*.db"))


def test_a_file_that_is_not_there_is_not_made_and_not_usable(tmp_path):
    done = run(["--db", str(tmp_path / "nowhere.db"), "--exit-when-shown"])
    assert done.returncode == 1
    assert not (tmp_path / "nowhere.db").exists()


def test_the_demo_is_made_once_and_opened():
    first = run(["--demo", "--exit-when-shown"])
    (made,) = Path(os.environ["XDG_DATA_HOME"]).rglob("demo.db")
    stamp = made.stat().st_mtime_ns
    second = run(["--demo", "--exit-when-shown", "--language", "zh_CN"])
    assert (first.returncode, second.returncode) == (0, 0)
    assert made.stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], {}),
        (["--demo"], {"demo": True}),
        (["--db", "a.db", "--exit-when-shown"], {"db": "a.db", "exit_when_shown": True}),
        (["--db=a.db", "--language=zh_CN"], {"db": "a.db", "language": "zh_CN"}),
        (["--language", "fr"], None),
        (["--help"], None),
        (["--db"], None),
        (["scales"], None),
        (["--demo=1"], None),
    ],
)
def test_a_plain_windows_arguments_are_read_without_the_parser_of_all_commands(words, asked):
    assert window_arguments(words) == asked


@pytest.mark.parametrize("arguments", [["--language", "fr"], ["--no-such-option"], ["--db"], ["no-such-command"]])
def test_unusable_arguments_leave_with_2_and_no_traceback(arguments):
    done = run(arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_unsafe_pair_is_refused_before_any_window():
    code = (
        "import sys, PySide6; PySide6.__version__ = '6.12.0'; sys.version_info = (3, 11, 7, 'final', 0)\n"
        "from tracker.__main__ import main; status = main(['--demo']); print('PySide6.QtWidgets' in sys.modules)\n"
        "sys.exit(status)"
    )
    done = run([], code)
    assert done.returncode == 2
    assert done.stdout.strip() == "False"
    assert "do not go together" in done.stderr
    assert len(done.stderr.splitlines()) == 1
