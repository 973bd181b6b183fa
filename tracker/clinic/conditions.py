"""Condition files: which scales, planned visits, baseline window, attributes and cohorts an episode gets."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.clinic.baseline import BASELINE_WINDOW_DAYS, PlannedVisit
from tracker.core.errors import TrackerError
from tracker.core.messages import Text, msg
from tracker.data import resource

if TYPE_CHECKING:  # the patient list is painted without the records
    from tracker.clinic.records import Episode


class InvalidConditionError(TrackerError):
    """A condition file that cannot be used, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a closed list, with its label."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something an episode of this condition has that studies ask about (level, AIS, grade ...)."""

    code: str
    label: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedCohort:
    """A cohort offered for reading against: ``study/cohort``, and the site it needs (None: any)."""

    cohort: str
    site: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherScale:
    """A scale that can be recorded too but is not asked for, and the sites it is for (empty: any)."""

    scale: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineWindow:
    """A baseline window of its own where an attribute has a value (subacute spinal cord injury: 30 days)."""

    attribute: str
    value: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a condition file sets for its episodes."""

    id: str
    label: Text
    sites: tuple[Choice, ...]
    sided: bool
    scales: tuple[str, ...]
    """Ids, in the order of flowsheet and chart."""
    further: tuple[FurtherScale, ...] = ()
    """Offered below the others, and shown like them from their first record on."""
    planned: tuple[PlannedVisit, ...]
    baseline_window_days: int
    baseline_windows: tuple[BaselineWindow, ...] = ()
    attributes: tuple[Attribute, ...]
    cohorts: tuple[OfferedCohort, ...]

    def site_label(self, code: str | None) -> str:
        """Return the label of a site in the language in use (the code itself if the file does not know it)."""
        return next((str(site.label) for site in self.sites if site.code == code), code or "")


def _text(raw: Mapping[str, Any]) -> Text:
    return Text(raw["en"], raw["zh_CN"])


def _choices(raw: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(code=entry["code"], label=_text(entry["label"])) for entry in raw)


def read_condition(path: Path) -> Condition:
    """Read one condition file; raises InvalidConditionError with the place."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        condition = Condition(
            id=raw["id"],
            label=_text(raw["label"]),
            sites=_choices(raw.get("sites", [])),
            sided=raw["sided"],
            scales=tuple(raw["scales"]),
            further=tuple(
                FurtherScale(scale=entry["scale"], sites=tuple(entry.get("sites", ())))
                for entry in raw.get("further", [])
            ),
            planned=tuple(
                PlannedVisit(months=visit["month"], window_days=visit["window_days"]) for visit in raw["visits"]
            ),
            baseline_window_days=raw.get("baseline_window_days", BASELINE_WINDOW_DAYS),
            baseline_windows=tuple(
                BaselineWindow(attribute=entry["attribute"], value=entry["value"], days=entry["days"])
                for entry in raw.get("baseline_windows", [])
            ),
            attributes=tuple(
                Attribute(code=entry["code"], label=_text(entry["label"]), choices=_choices(entry["choices"]))
                for entry in raw.get("attributes", [])
            ),
            cohorts=tuple(
                OfferedCohort(cohort=entry["cohort"], site=entry.get("site")) for entry in raw.get("cohorts", [])
            ),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InvalidConditionError(
            msg("condition file {file}: {problem}", file=path.name, problem=str(error))
        ) from error
    if condition.id != path.stem:
        raise InvalidConditionError(
            msg(
                "condition file {file}: its id is {id}, which is not the file's name",
                file=path.name,
                id=condition.id,
            )
        )
    return condition


def baseline_window(condition: Condition, episode: "Episode") -> int:
    """Return how many days before the index treatment a baseline of this episode may lie."""
    for window in condition.baseline_windows:
        if episode.attributes.get(window.attribute) == window.value:
            return window.days
    return condition.baseline_window_days


SHIPPED = ("knee-oa", "sci", "tendinopathy", "lumbar-disc", "ms", "hip-surgery", "other")
"""In the order shown."""


class _Conditions(Mapping[str, Condition]):
    """The conditions that ship; a file is read when it is first asked for: the first list names few of them."""

    def __init__(self) -> None:
        self._read: dict[str, Condition] = {}

    def __getitem__(self, name: str) -> Condition:
        if name not in self._read:
            if name not in SHIPPED:
                raise KeyError(name)
            self._read[name] = read_condition(resource("conditions", f"{name}.toml"))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(SHIPPED)

    def __len__(self) -> int:
        return len(SHIPPED)


@cache
def conditions() -> Mapping[str, Condition]:
    """Return the conditions that ship, by id, in the order shown."""
    return _Conditions()


def condition_of(episode: "Episode") -> Condition:
    """Return the condition of an episode; one whose file is gone is treated as "other"."""
    return conditions().get(episode.condition, conditions()["other"])
