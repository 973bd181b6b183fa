"""Closed codes of the clinic's records, as stored and exported."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """Body side of an episode."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    NONE = "none"


class MissingReason(StrEnum):
    """Why an item has no answer."""

    DECLINED = "declined"
    UNABLE = "unable"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    UNCLEAR = "unclear"
    OTHER = "other"


class Context(StrEnum):
    """The circumstance an assessment speaks of."""

    UNSPECIFIED = "unspecified"
    REST = "rest"
    MOVEMENT = "movement"
    NIGHT = "night"
    MEAN = "mean"
    WORST = "worst"


class AssessmentStatus(StrEnum):
    """A draft is saved keystroke by keystroke; a complete assessment is audited and scored."""

    DRAFT = "draft"
    COMPLETE = "complete"


class EntryMode(StrEnum):
    """How the answers came to the clinic."""

    UNKNOWN = "unknown"
    INTERVIEW = "interview"
    OBSERVED = "observed"
    PAPER = "paper"
    SELF = "self"


class VisitTiming(StrEnum):
    """Where a visit on the day of treatment stands: only one marked ``before`` can be a baseline."""

    UNSTATED = "unstated"
    BEFORE = "before"
    AFTER = "after"


class Role(StrEnum):
    """What a user of the file is there for; what each may do stands in ``services/rights.py``."""

    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    DATA_ENTRY = "data_entry"
    VIEWER = "viewer"


class Relatedness(StrEnum):
    """Relation of an adverse event to the treatment, as judged."""

    NOT_RELATED = "not_related"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    DEFINITE = "definite"
    UNKNOWN = "unknown"
