"""``report``: a patient's course as a one-page PDF; who prints it is handed in, for this room knows no Qt."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.main import DONE
from tracker.cli.own_files import use_own_scales, use_own_studies
from tracker.clinic.conditions import conditions
from tracker.core.errors import TrackerError
from tracker.core.messages import current_language, msg, ntr, tr
from tracker.core.places import read_place

if TYPE_CHECKING:
    from tracker.clinic.records import Episode, Patient
    from tracker.services.workspace import Workspace

HELP = tr("write a patient’s course as a one-page report (PDF)")
PAPERS, VOICES = ("a4", "letter"), ("clinician", "patient")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed, and how."""

    patient: "Patient"
    episodes: "Sequence[Episode]"
    out: Path
    paper: str
    voice: str
    language: str


Printer = Callable[["Workspace", Wanted], int]
"""Writes the PDF, enters it in the audit and returns its pages; raises TrackerError."""


class CannotReportError(TrackerError):
    """What was asked for cannot be printed, and why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file the patient is in"))
    parser.add_argument("--patient", metavar="P", required=True, help=tr("the patient's number or id"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=tr("the PDF to write; it must not exist"))
    parser.add_argument(
        "--episode",
        metavar="E",
        help=tr("only this episode, by its place (1, 2, ...) or id (default: all)"),
    )
    parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help=tr("page size (default: a4)"))
    parser.add_argument(
        "--voice", choices=VOICES, default=VOICES[0], help=tr("whom the sentences speak to (default: clinician)")
    )
    parser.add_argument(
        "--language", choices=["en", "zh_CN"], default=argparse.SUPPRESS, help=tr("language of the report")
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the report and say what was written."""
    from tracker.services.workspace import Access, Workspace

    out = Path(arguments.out)
    if out.exists():  # before any work; the writing looks once more
        raise CannotReportError(msg("{path} is there already: give another name", path=str(out)))
    use_own_scales()
    use_own_studies()
    workspace = Workspace.open(read_place(arguments.db), access=Access.VISIT)
    try:
        patient = workspace.patients.find(arguments.patient)
        episodes = workspace.episodes.of(patient.id)
        if arguments.episode is not None:
            episodes = (_chosen(episodes, arguments.episode),)
        wanted = Wanted(patient, episodes, out, arguments.paper, arguments.voice, current_language().value)
        printer: Printer = arguments.printer
        pages = printer(workspace, wanted)
        synthetic = workspace.kind == "demo"
    finally:
        workspace.close()
    said = ntr("{count} page: {path}", "{count} pages: {path}", pages, path=str(out))
    sys.stdout.write(said + (" " + tr("(synthetic)") if synthetic else "") + "\n")
    return DONE


def _chosen(episodes: "Sequence[Episode]", wanted: str) -> "Episode":
    """Return the episode with that place or id."""
    for place, episode in enumerate(episodes, 1):
        if wanted in (str(place), episode.id):
            return episode
    names = {code: str(condition.label) for code, condition in conditions().items()}
    listed = "; ".join(
        f"{place}: {names.get(episode.condition, episode.condition)} ({episode.side})"
        for place, episode in enumerate(episodes, 1)
    )
    raise CannotReportError(
        msg("there is no episode “{wanted}” of this patient; there is {listed}", wanted=wanted, listed=listed or "-")
    )
