"""The commands read the clinic's own scales and studies where the window does: in the data folder of the user."""

from pathlib import Path

from tracker.cli.main import complain


def use_own_scales() -> None:
    """Read the clinic's own scale files too; one that cannot be used is a line on stderr, and the rest go on."""
    from tracker.services import own_files

    for problem in own_files.use_scales(_data_folder()):
        complain(str(problem))


def use_own_studies() -> None:
    """Read the clinic's own study files too; one that cannot be used is a line on stderr, and the rest go on."""
    from tracker.services import own_files

    for problem in own_files.use_studies(_data_folder()):
        complain(str(problem))


def _data_folder() -> Path:
    from platformdirs import user_data_path

    from tracker import APPLICATION

    return user_data_path(APPLICATION, appauthor=False)
