"""The studies: those that ship, then the files of the clinic's own folder; and the search for a cohort by its name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.data import seed
from tracker.reference.fields import InvalidStudyError
from tracker.reference.loader import read_study
from tracker.reference.model import Cohort, Study


class UnknownCohortError(TrackerError):
    """A ``study/cohort`` name that no study of the library has."""


def read_folder(folder: Path) -> tuple[Study, ...]:
    """Read every study file of *folder*, by name; the first that cannot be used raises InvalidStudyError."""
    return tuple(read_study(path) for path in sorted(folder.glob("*.toml")))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every study, and what could not be read in the clinic's folder."""

    studies: tuple[Study, ...]
    problems: tuple[Message, ...]


class _Folder:
    """The clinic's own folder of study files, chosen at start-up."""

    def __init__(self) -> None:
        self.path: Path | None = None


_own = _Folder()


def choose_folder(folder: Path | None) -> None:
    """Take the clinic's own study files from *folder*; they are read at the next question."""
    _own.path = folder
    _shelf.cache_clear()


def use_folder(folder: Path | None) -> tuple[Message, ...]:
    """Read the clinic's own study files in *folder* from now on; returns what is wrong with them."""
    choose_folder(folder)
    return problems()


def problems() -> tuple[Message, ...]:
    """Return what is wrong with the clinic's own files, one message a file."""
    return _shelf(_own.path).problems


def studies() -> tuple[Study, ...]:
    """Return every study: those that ship, then the clinic's own by file name."""
    return _shelf(_own.path).studies


@cache
def shipped() -> tuple[Study, ...]:
    """Return the studies that ship: the seed studies in the order of their letters, then the supplementary ones."""
    main = sorted(read_folder(seed()), key=lambda study: SEED_ORDER.index(study.id))
    supplementary = read_folder(seed("supplementary"))
    for study, expected in [*((study, False) for study in main), *((study, True) for study in supplementary)]:
        if study.supplementary is not expected:
            raise InvalidStudyError(msg("study {study} stands in the wrong folder", study=study.id))
    return (*main, *supplementary)


@cache
def _shelf(folder: Path | None) -> Shelf:
    found: list[Study] = list(shipped())
    wrong: list[Message] = []
    for path in _files(folder, wrong):
        try:
            study = _own_study(path)
        except InvalidStudyError as error:
            wrong.append(error.message)
            continue
        if study.id in {known.id for known in found}:
            wrong.append(
                msg(
                    "study file {file}: the study {study} ships with the program: give your own a name of its own, "
                    "for example {example}",
                    file=path.name,
                    study=study.id,
                    example=f"{study.id}-clinic.toml",
                )
            )
        else:
            found.append(study)
    return Shelf(tuple(found), tuple(wrong))


def _own_study(path: Path) -> Study:
    try:
        study = read_study(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InvalidStudyError(msg("study file {file} cannot be read: {why}", file=path.name, why=why)) from error
    except (RecursionError, ValueError) as error:  # tables nested without end, numbers of thousands of digits
        raise InvalidStudyError(
            msg("study file {file} is not valid TOML in UTF-8: {problem}", file=path.name, problem=str(error))
        ) from error
    if not study.supplementary:
        raise InvalidStudyError(
            msg("study file {file}: a study of your own says “supplementary = true”", file=path.name)
        )
    return replace(study, own=True)


def _files(folder: Path | None, wrong: list[Message]) -> list[Path]:
    if folder is None:
        return []
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
    except FileNotFoundError:
        return []
    except OSError as error:
        why = error.strerror or type(error).__name__
        wrong.append(msg("the folder {folder} cannot be read: {why}", folder=str(folder), why=why))
        return []


SEED_ORDER = (
    "akhlaghpasand-2025",
    "migliorini-2019",
    "jor-2023",
    "khoury-2021",
    "vaquero-2018",
    "centeno-2017",
    "winkler-2018",
    "petrou-2021",
    "aspn-2024",
)
"""The nine seed studies (a) to (i)."""


def find_cohort(name: str, among: Iterable[Study] | None = None) -> tuple[Study, Cohort]:
    """Return the study and cohort called ``study/cohort``; raises UnknownCohortError."""
    study_id, _, cohort_id = name.partition("/")
    for study in studies() if among is None else among:
        if study.id == study_id:
            for cohort in study.cohorts:
                if cohort.id == cohort_id:
                    return study, cohort
    raise UnknownCohortError(msg("there is no cohort “{name}”: see the study library for the names", name=name))
