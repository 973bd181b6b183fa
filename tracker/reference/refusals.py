"""Why a patient is given no percentile in a cohort: one closed set of codes, each told with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.messages import Message


class Refusal(StrEnum):
    """Why there is no percentile; stable, for data and tests."""

    OTHER_SCORE = "other_score"
    NOT_A_LEVEL = "not_a_level"
    NO_MONTH = "no_month"
    STUDY_TIME = "study_time"
    MEDIAN = "median"
    VARIANT_UNKNOWN = "variant_unknown"
    VARIANT_IMPLIED = "variant_implied"
    OTHER_CONTEXT = "other_context"
    NO_SPREAD = "no_spread"
    SPREAD_UNCLEAR = "spread_unclear"
    SPREAD_NOT_SD = "spread_not_sd"
    N_UNKNOWN = "n_unknown"
    SD_NEGATIVE = "sd_negative"
    SD_ZERO = "sd_zero"
    TOO_FEW = "too_few"
    IMPOSSIBLE_SPREAD = "impossible_spread"
    STEP_UNKNOWN = "step_unknown"
    STEP_TOO_COARSE = "step_too_coarse"
    OVERLAP = "overlap"
    NOT_COMPARABLE = "not_comparable"
    NO_BASELINE = "no_baseline"
    NO_START_RANGE = "no_start_range"
    STARTED_OUTSIDE = "started_outside"
    SUBGROUP_PRINTED = "subgroup_printed"
    MIXED_POPULATIONS = "mixed_populations"
    END_OF_SCALE = "end_of_scale"
    BEYOND_SCALE = "beyond_scale"


class Position(StrEnum):
    """Where a value lies in words, where no percentile is allowed."""

    ABOVE = "above"
    """Above the mean by more than one SD."""
    WITHIN = "within"
    """Within one SD of the mean."""
    BELOW = "below"
    """Below the mean by more than one SD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why there is no percentile; ``position`` where the value may still be put in words."""

    code: Refusal
    reason: Message
    position: Position | None = None
