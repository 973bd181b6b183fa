"""Start-up: a command goes to the command line, anything else opens the window. Alone knows both."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.cli.report import Wanted
    from tracker.core.messages import Message
    from tracker.services.workspace import Workspace

USAGE = 2
WINDOW_FLAGS = {"--demo", "--exit-when-shown"}
WINDOW_VALUES = {"--db", "--language"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = window_arguments(words)
    if asked is None:
        from tracker.cli.main import parse, run_command

        arguments = parse(words)
        if arguments.command:
            arguments.printer = _print_report
            return run_command(arguments)
        asked = {name: getattr(arguments, name) for name in ("db", "demo", "language", "exit_when_shown")}
    return _open_window(asked)


def window_arguments(words: Sequence[str]) -> dict[str, object] | None:
    """Read a plain window's arguments without loading the parser of all commands; None if it is something else."""
    asked: dict[str, object] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word in WINDOW_FLAGS:
            asked[word[2:].replace("-", "_")] = True
        elif name in WINDOW_VALUES and (equals or rest):
            asked[name[2:]] = value if equals else rest.pop(0)
        else:
            return None
    return asked if asked.get("language") in (None, "en", "zh_CN") else None


def _unsafe_qt() -> "Message | None":
    """Return what is wrong with this pair of Python and Qt, None if it is safe."""
    import PySide6

    from tracker.ui.guard import unsafe_pair

    qt = tuple(int(part) for part in PySide6.__version__.split(".")[:3])
    return unsafe_pair(sys.version_info[:2], (qt[0], qt[1], qt[2]))


def _print_report(workspace: "Workspace", wanted: "Wanted") -> int:
    """Print a report for the command line, which knows no Qt."""
    from tracker.core.errors import TrackerError
    from tracker.core.messages import Language

    wrong = _unsafe_qt()
    if wrong is not None:
        raise TrackerError(wrong)
    from tracker.ui.chart.chart_choices import Voice
    from tracker.ui.report.model import Paper, ReportChoices
    from tracker.ui.report.printer import print_report

    choices = ReportChoices(Paper(wanted.paper), Language(wanted.language), Voice(wanted.voice))
    return print_report(workspace, wanted.patient, wanted.episodes, wanted.out, choices)


def _open_window(asked: dict[str, object]) -> int:
    gc.disable()  # nothing of a start is garbage; collecting begins after the first paint (ui.app)
    # What is no Qt comes first: once Qt for Python is there, it reads the source of every module imported after it.
    import tracker.clinic.conditions
    import tracker.services.opening  # noqa: F401

    wrong = _unsafe_qt()
    if wrong is not None:
        sys.stderr.write(f"outcome-tracker: {wrong}\n")
        return USAGE
    import PySide6.QtCore  # noqa: F401

    from tracker.ui.quick import spare_the_sources

    spare_the_sources()
    from tracker.core.places import InvalidAddressError, read_place
    from tracker.ui.app import Start, run

    db = asked.get("db")
    try:
        place = read_place(str(db)) if db else None
    except InvalidAddressError as error:
        sys.stderr.write(f"outcome-tracker: {error}\n")
        return USAGE
    start = Start(
        db=place,
        demo=bool(asked.get("demo")),
        language=str(asked.get("language") or ""),
        exit_when_shown=bool(asked.get("exit_when_shown")),
    )
    status = run(start)
    if start.exit_when_shown:  # at once: nothing is open for writing, and taking Qt apart is no part of a start
        sys.stderr.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
