"""Reads the command line and runs one command; errors are one line on stderr and an exit status, never a traceback.

A command is a module of this package with ``HELP``, ``add_arguments(parser)`` and ``run(arguments) -> int``; it
imports what it needs inside ``run``, so that the parser stays cheap. The file of ``--db`` is unlocked before ``run``,
unless the module says ``OPENS_ITSELF``.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from tracker import __version__
from tracker.cli import secrets
from tracker.core.errors import TrackerError
from tracker.core.messages import Language, tr, use_language

DONE = 0
FOUND_A_PROBLEM = 1
UNUSABLE = 2

COMMANDS = (
    *("demo", "scales", "score", "references", "compare", "export", "import", "report", "backup", "restore"),
    *("encrypt", "decrypt", "passphrase", "rekey", "verify", "audit"),
)
MODULES = {"import": "import_records"}
"""Commands whose name no module can have."""
WITHOUT_RECORDS = {"demo", "scales", "score", "references"}
"""Commands that open no file of records, so that there is no passphrase to give."""


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments; the usage is behind ``--help``."""

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        hint = tr("“{command}” says how it is used", command=f"{self.prog} --help")
        complain(f"{message}; {hint}")
        sys.exit(UNUSABLE)


def _module(command: str) -> ModuleType:
    return import_module(f"tracker.cli.{MODULES.get(command, command)}")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; without a command it is the window's."""
    top = OneLineParser(
        prog="outcome-tracker",
        description=tr(
            "Outcome scores over visits, read against what the studies reported. Without a COMMAND the window opens; "
            "“outcome-tracker COMMAND --help” says how a command is used."
        ),
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument("--db", metavar="FILE", help=tr("the file to open (default: the one in your data folder)"))
    top.add_argument("--demo", action="store_true", help=tr("open the demo file, made if it is not there"))
    top.add_argument("--language", choices=[language.value for language in Language], help=tr("language of the window"))
    top.add_argument(
        "--exit-when-shown", action="store_true", help=tr("leave as soon as the window is painted and usable")
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        module = _module(name)
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        if name not in WITHOUT_RECORDS:
            secrets.add_arguments(command)
    return top


def run_command(arguments: argparse.Namespace) -> int:
    """Run the chosen command; returns its exit status."""
    _prepare_streams()
    if getattr(arguments, "language", None):
        use_language(arguments.language)
    module = _module(arguments.command)
    opens_itself = arguments.command in WITHOUT_RECORDS or getattr(module, "OPENS_ITSELF", False)
    try:
        with contextlib.nullcontext() if opens_itself else secrets.unlocked(arguments):
            status: int = module.run(arguments)
        sys.stdout.flush()
    except TrackerError as error:
        complain(str(error))
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as ``head``, has seen enough
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        complain(_system_problem(error))
        return UNUSABLE
    except KeyboardInterrupt:
        _drop_output()
        complain(tr("stopped before the end"))
        return FOUND_A_PROBLEM
    return status


def _prepare_streams() -> None:
    """Make standard input, output and errors UTF-8; one that the caller closed becomes one that holds nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the end
        elif hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no UTF-8: they are shown as escapes.
            stream.reconfigure(encoding="utf-8", errors="strict" if name == "stdin" else "backslashreplace")


def _drop_output() -> None:
    """Let go of what is still waiting for standard output, so that the end of the program does not fail on it."""
    try:
        stdout = sys.stdout.fileno()
    except OSError:  # not a stream of the system
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stdout)
    os.close(nowhere)


def _system_problem(error: OSError) -> str:
    problem = error.strerror or str(error)
    if error.filename is None:
        return tr("the output cannot be written: {problem}", problem=problem)
    return f"{error.filename}: {problem}"


def complain(text: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write("outcome-tracker: " + " ".join(text.split()) + "\n")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse *argv*; leaves with status 2 on unusable arguments."""
    _prepare_streams()
    return parser().parse_args(argv)
