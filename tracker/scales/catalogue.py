"""The scales there are: those that ship, and the files of the clinic's own folder.

A file that ships is read when its scale is first asked for: most patients need a few of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from tracker.core.messages import Message, msg
from tracker.data import resource
from tracker.scales.errors import InvalidScaleError, UnknownScaleError
from tracker.scales.loader import load_scale
from tracker.scales.model import Scale

SHIPPED_ORDER = (
    "vas-pain",
    "nrs-pain",
    "womac-lk31",
    "womac-va31",
    "womac-nrs31",
    "isncsci",
    "asia-totals",
    "scim-iii",
    "whoqol-bref",
    "koos",
    "lequesne-knee",
    "lysholm",
    "odi",
    "quickdash",
    "prtee",
    "fri",
    "edss",
    "sane",
    "walk-distance",
    "patient-global",
)
"""The order lists show; scales not named here follow by id."""


Key = tuple[str, str]
"""Id and version."""
Name = TypeVar("Name")


@cache
def _read(path: Path) -> Scale:
    return load_scale(path)


class _Named(Mapping[Name, Scale]):
    """Scales by a name, each read when it is asked for."""

    def __init__(self, places: Mapping[Name, Scale | Path]) -> None:
        self._places = places

    def __getitem__(self, name: Name) -> Scale:
        place = self._places[name]
        return _read(place) if isinstance(place, Path) else place

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[Name]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every version of every scale, and what could not be read in the clinic's folder."""

    places: Mapping[Key, Scale | Path]
    """A scale, or the file that ships and holds it."""
    problems: tuple[Message, ...]
    own: frozenset[str]
    """Ids that only the clinic's folder has."""

    def newest(self) -> Mapping[str, Scale]:
        """Return the newest version of each scale, by id."""
        return _Named({key[0]: self.places[key] for key in sorted(self.places, key=_order)})

    @property
    def versions(self) -> Mapping[Key, Scale]:
        """Every scale by id and version."""
        return _Named(self.places)


class _Folder:
    """The clinic's own folder of scale files, chosen at start-up."""

    def __init__(self) -> None:
        self.path: Path | None = None


_own = _Folder()


def choose_folder(folder: Path | None) -> None:
    """Take the clinic's own scale files from *folder*; they are read at the next question."""
    _own.path = folder
    reload()


def use_folder(folder: Path | None) -> tuple[Message, ...]:
    """Read the clinic's own scale files in *folder* from now on; returns what is wrong with them."""
    choose_folder(folder)
    return problems()


def reload() -> None:
    """Read the files again at the next question."""
    _shelf.cache_clear()
    _newest.cache_clear()


def catalogue(extra_folder: Path | None = None) -> Mapping[str, Scale]:
    """Return the newest version of each scale by id; *extra_folder* instead of the folder chosen at start-up."""
    return _newest(extra_folder or _own.path)


def problems(extra_folder: Path | None = None) -> tuple[Message, ...]:
    """Return what is wrong with the clinic's own files, one message a file."""
    return _shelf(extra_folder or _own.path).problems


def own_scales() -> frozenset[str]:
    """Return the ids of the scales that only the clinic's own folder has."""
    return _shelf(_own.path).own


def scale(scale_id: str, version: str | None = None, extra_folder: Path | None = None) -> Scale:
    """Return a scale (None: its newest version); raises UnknownScaleError."""
    shelf = _shelf(extra_folder or _own.path)
    found = catalogue(extra_folder).get(scale_id) if version is None else shelf.versions.get((scale_id, version))
    if found is not None:
        return found
    if version is None:
        names = ", ".join(catalogue(extra_folder))
        raise UnknownScaleError(msg("there is no scale “{scale}”; there are: {names}", scale=scale_id, names=names))
    names = ", ".join(known for name, known in shelf.versions if name == scale_id)
    raise UnknownScaleError(
        msg(
            "there is no version {version} of the scale “{scale}”; there are: {names}",
            version=version,
            scale=scale_id,
            names=names or "-",
        )
    )


@cache
def _shelf(folder: Path | None) -> Shelf:
    places: dict[Key, Scale | Path] = {}
    for path in sorted(resource("scales").glob("*.toml")):
        scale_id, _, version = path.stem.partition("@")
        places[scale_id, version] = path
    ships = frozenset(scale_id for scale_id, _version in places)
    found: list[Message] = []
    for path in _files(folder, found):
        try:
            own = load_scale(path)
        except InvalidScaleError as error:
            found.append(error.message)
            continue
        if (own.id, own.version) in places:
            found.append(
                msg(
                    "scale file {file}: {scale} version {version} ships with the program: "
                    "give your own a version of its own, for example {example}",
                    file=path.name,
                    scale=own.id,
                    version=own.version,
                    example=f"{own.version}-clinic",
                )
            )
        else:
            places[own.id, own.version] = own
    own_ids = frozenset(scale_id for scale_id, _version in places) - ships
    return Shelf(places, tuple(found), own_ids)


def _files(folder: Path | None, found: list[Message]) -> list[Path]:
    if folder is None:
        return []
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
    except FileNotFoundError:
        return []
    except OSError as error:
        why = error.strerror or type(error).__name__
        found.append(msg("the folder {folder} cannot be read: {why}", folder=str(folder), why=why))
        return []


@cache
def _newest(folder: Path | None) -> Mapping[str, Scale]:
    return _shelf(folder).newest()


def _order(key: Key) -> tuple[int, str, tuple[int, ...], str]:
    scale_id, version = key
    numbers, _, suffix = version.partition("-")
    place = SHIPPED_ORDER.index(scale_id) if scale_id in SHIPPED_ORDER else len(SHIPPED_ORDER)
    return place, scale_id, tuple(int(part) for part in numbers.split(".")), suffix
