"""Reads the command line and runs one command; errors are one line on stderr and an exit status, never a traceback.

A command is a module of this package with ``HELP``, ``add_arguments(parser)`` and ``run(arguments) -> int``; it
imports what it needs inside ``run``, so that the parser stays cheap.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from tracker import __version__
from tracker.core.errors import TrackerError
from tracker.core.messages import Language, tr, use_language

DONE = 0
FOUND_A_PROBLEM = 1
UNUSABLE = 2

COMMANDS = ("demo", "scales", "score", "references", "compare", "export")


def _module(command: str) -> ModuleType:
    return import_module(f"tracker.cli.{command}")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; without a command it is the window's."""
    top = argparse.ArgumentParser(
        prog="outcome-tracker", description=tr("Outcome scores over visits, read against what the studies reported.")
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument("--db", metavar="FILE", help=tr("the file to open (default: the one in your data folder)"))
    top.add_argument("--demo", action="store_true", help=tr("open the demo file, made if it is not there"))
    top.add_argument("--language", choices=[language.value for language in Language])
    top.add_argument(
        "--exit-when-shown", action="store_true", help=tr("leave as soon as the window is painted and usable")
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        module = _module(name)
        module.add_arguments(commands.add_parser(name, help=module.HELP, description=module.HELP))
    return top


def run_command(arguments: argparse.Namespace) -> int:
    """Run the chosen command; returns its exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    if getattr(arguments, "language", None):
        use_language(arguments.language)
    try:
        status: int = _module(arguments.command).run(arguments)
    except TrackerError as error:
        complain(str(error))
        return UNUSABLE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    return status


def complain(text: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write("outcome-tracker: " + " ".join(text.split()) + "\n")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse *argv*; argparse itself leaves with status 2 on unusable arguments."""
    return parser().parse_args(argv)
