"""The only module that builds a path to ``seeds/`` and ``resources/``.

An installed wheel carries both folders under ``tracker/_data``; a checkout has them beside the package.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class MissingDataError(Exception):
    """The program's own data files are not where the package expects them: a broken installation."""


@cache
def _root(folder: str) -> Path:
    for candidate in (_PACKAGE / "_data" / folder, _PACKAGE.parent / folder):
        if candidate.is_dir():
            return candidate
    raise MissingDataError(f"no {folder}/ folder in the installed package or beside {_PACKAGE}")


def seed(*parts: str) -> Path:
    """Path of a file or folder of the reference data."""
    return _root("seeds").joinpath(*parts)


def resource(*parts: str) -> Path:
    """Path of a file or folder of the scales, conditions, icons, words, styles and help."""
    return _root("resources").joinpath(*parts)
