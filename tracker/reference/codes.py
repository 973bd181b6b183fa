"""Closed codes of the reference data, as written in ``seeds/*.toml`` and in ``references --json``."""

from enum import StrEnum
from typing import TypeAlias, TypeVar


class Absent(StrEnum):
    """Why a field holds no value: a field is a value or one of these, never left out."""

    NOT_REPORTED = "not_reported"
    """The source does not say."""
    NOT_SEEN = "not_seen"
    """The full source could not be read; what was read does not say."""
    NOT_APPLICABLE = "not_applicable"
    """The question makes no sense here (AIS grade of a knee study)."""


T = TypeVar("T")
Given: TypeAlias = T | Absent


def value_of(given: Given[T]) -> T | None:
    """Return the value, or None where there is none."""
    return None if isinstance(given, Absent) else given


class StudyKind(StrEnum):
    """What sort of publication it is."""

    CASE_SERIES = "case_series"
    SINGLE_ARM = "single_arm"
    RANDOMISED = "randomised"
    REVIEW = "review"
    META_ANALYSIS = "meta_analysis"
    REGISTRY = "registry"
    RETROSPECTIVE = "retrospective"
    GUIDELINE = "guideline"


class VariantStatus(StrEnum):
    """Whether the range of the scale that a study used is known."""

    STATED = "stated"
    IMPLIED = "implied"
    """Inferred from the values: drawn with a warning, not compared."""
    UNKNOWN = "unknown"
    """Library only, or as printed on request."""


class PointKind(StrEnum):
    """What the value of a point is."""

    ABSOLUTE = "absolute"
    CHANGE = "change"
    PERCENT = "percent"
    PROPORTION = "proportion"


class Centre(StrEnum):
    """Which centre a value is."""

    MEAN = "mean"
    MEDIAN = "median"
    NONE = "none"


class SpreadKind(StrEnum):
    """What the printed spread is."""

    SD = "sd"
    SE = "se"
    CI95 = "ci95"
    IQR = "iqr"
    RANGE = "range"
    NONE = "none"
    UNCLEAR = "unclear"


class NKind(StrEnum):
    """Whose number a printed n is."""

    ASSESSED = "assessed"
    """Seen at that visit."""
    ENROLLED = "enrolled"
    """Entered the study; the number seen at that visit is not reported."""
    IMPLIED = "implied"
    """Not printed: worked out from other printed numbers."""
    UNCLEAR = "unclear"


class Origin(StrEnum):
    """Where a number was read."""

    SEED = "seed"
    """In a seed document, a secondary article."""
    PAPER = "paper"
    """In the study's own abstract, tables, registry entry or sponsor's page."""
    SUPPLEMENTARY = "supplementary"
    """In a study that is not one of the seed studies."""


class PlotPolicy(StrEnum):
    """How a point may be drawn on a patient's chart."""

    BAND = "band"
    LINE = "line"
    MARKER = "marker"
    AS_PRINTED = "as_printed"
    """Hollow and unjoined, only on request."""
    TEXT = "text"
    NEVER = "never"


class ArmRole(StrEnum):
    """What the people of a cohort received."""

    TREATED = "treated"
    CONTROL = "control"
    POOLED = "pooled"


class About(StrEnum):
    """What a doubt speaks of."""

    POINTS = "points"
    STUDY = "study"
    STATEMENTS = "statements"
    ADVERSE_EVENTS = "adverse_events"
