"""What a classification says: for each field the results that are possible, and whether they carry the star."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.levels import LEVELS, RANKS, runs

ALGORITHM = "isncsci-2019.1"
"""Standard revision and version of this program's reading of it: raised whenever a result could become another."""

NOT_APPLICABLE = "NA"
"""No zone of partial preservation; or no AIS grade, where no injury is documented."""
NOT_DETERMINABLE = "ND"
AIS_GRADES = ("A", "B", "C", "D", "E", NOT_APPLICABLE)

FIELDS: Mapping[str, Message] = {
    "rightSensory": msg("sensory level right"),
    "leftSensory": msg("sensory level left"),
    "rightMotor": msg("motor level right"),
    "leftMotor": msg("motor level left"),
    "nli": msg("neurological level of injury"),
    "complete": msg("completeness"),
    "ais": msg("AIS grade"),
    "rightSensoryZpp": msg("sensory zone of partial preservation right"),
    "leftSensoryZpp": msg("sensory zone of partial preservation left"),
    "rightMotorZpp": msg("motor zone of partial preservation right"),
    "leftMotorZpp": msg("motor zone of partial preservation left"),
}
"""The classified fields in order, with their names."""
ROW_TITLES: Mapping[str, Message] = {**FIELDS, "nli": msg("Neurological level of injury")}
"""Their names where they begin a row or a title, as those of scores do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One field: its possible results in order (levels from head to foot), starred or not."""

    possible: tuple[str, ...]
    star: bool = False

    @property
    def determined(self) -> bool:
        """Whether there is only one possible result."""
        return len(self.possible) == 1

    def __str__(self) -> str:
        """Write it as on the form: ``C5``, ``C5*``, ``ND: C4-T1, INT``, ``ND*: B, C``."""
        star = "*" if self.star else ""
        if self.determined:
            return self.possible[0] + star
        return f"{NOT_DETERMINABLE}{star}: {listed(self.possible)}"


@dataclass(frozen=True, slots=True)
class Classification:
    """The whole result of an exam."""

    findings: Mapping[str, Finding]
    """Field (as in FIELDS) -> what it may be."""
    totals: Mapping[str, int | None]
    """Total -> points, or None where a cell of it is not testable."""
    starred_totals: frozenset[str]
    """Totals that hold a starred cell: they add the examined grades."""


def listed(results: tuple[str, ...]) -> str:
    """Write several results, neighbouring levels joined to runs: ``NA, C4-T1, INT``."""
    ranks = [RANKS[result] for result in results if result in RANKS]
    if not ranks:
        return ", ".join(results)
    last = RANKS["INT"]
    parts = [result for result in results if result not in RANKS]
    for first, end in runs([rank for rank in ranks if rank != last]):
        parts += [LEVELS[first]] if first == end else [f"{LEVELS[first]}-{LEVELS[end]}"]
    return ", ".join(parts + ["INT"] * (last in ranks))
