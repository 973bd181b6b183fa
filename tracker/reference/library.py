"""The studies that ship, and the search for one cohort by its ``study/cohort`` name."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import msg
from tracker.data import seed
from tracker.reference.fields import InvalidStudyError
from tracker.reference.loader import read_study
from tracker.reference.model import Cohort, Study


class UnknownCohortError(TrackerError):
    """A ``study/cohort`` name that no study of the library has."""


def read_folder(folder: Path) -> tuple[Study, ...]:
    """Read every study file of *folder*, by name; a clinic's own folder is read the same way."""
    return tuple(read_study(path) for path in sorted(folder.glob("*.toml")))


@cache
def studies() -> tuple[Study, ...]:
    """Return the studies that ship: the seed studies in the order of their letters, then the supplementary ones."""
    main = sorted(read_folder(seed()), key=lambda study: SEED_ORDER.index(study.id))
    supplementary = read_folder(seed("supplementary"))
    for study, expected in [*((study, False) for study in main), *((study, True) for study in supplementary)]:
        if study.supplementary is not expected:
            raise InvalidStudyError(msg("study {study} stands in the wrong folder", study=study.id))
    return (*main, *supplementary)


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
