"""The clinic's own scale and study files: where in the data folder they lie, and what is wrong with them."""

from pathlib import Path

from tracker.core.messages import Message
from tracker.reference import library
from tracker.scales import catalogue


def scales_folder(data_folder: Path) -> Path:
    """Return the folder of the clinic's own scales; it may not exist."""
    return data_folder / "scales"


def studies_folder(data_folder: Path) -> Path:
    """Return the folder of the clinic's own studies; it may not exist."""
    return data_folder / "studies"


def choose(data_folder: Path) -> None:
    """Take the clinic's own files from *data_folder* from now on; nothing is read before it is wanted."""
    catalogue.choose_folder(scales_folder(data_folder))
    library.choose_folder(studies_folder(data_folder))


def use_scales(data_folder: Path) -> tuple[Message, ...]:
    """Read the clinic's own scales anew; returns what is wrong with their files."""
    return catalogue.use_folder(scales_folder(data_folder))


def use_studies(data_folder: Path) -> tuple[Message, ...]:
    """Read the clinic's own studies anew; returns what is wrong with their files."""
    return library.use_folder(studies_folder(data_folder))


def scale_problems() -> tuple[Message, ...]:
    """Return what is wrong with the clinic's own scale files, one message a file."""
    return catalogue.problems()


def study_problems() -> tuple[Message, ...]:
    """Return what is wrong with the clinic's own study files, one message a file."""
    return library.problems()
