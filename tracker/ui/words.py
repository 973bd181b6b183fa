"""Labels of the closed codes and the small phrases every page shares: age, months, dates, counts."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

from tracker.clinic.codes import (
    AssessmentStatus,
    Context,
    EntryMode,
    MissingReason,
    Relatedness,
    Sex,
    Side,
    VisitTiming,
)
from tracker.core.dates import PartialDate
from tracker.core.messages import Message, msg, say, tr

# By class first: members of two StrEnums with the same text are equal, and would share a place in one table.
_LABELS: Mapping[type[StrEnum], Mapping[str, Message]] = {
    Sex: {
        Sex.FEMALE: msg("female"),
        Sex.MALE: msg("male"),
        Sex.OTHER: msg("other sex"),
        Sex.UNKNOWN: msg("sex not recorded"),
    },
    Side: {
        Side.LEFT: msg("left"),
        Side.RIGHT: msg("right"),
        Side.BILATERAL: msg("both sides"),
        Side.NONE: msg("no side"),
    },
    MissingReason: {
        MissingReason.DECLINED: msg("declined"),
        MissingReason.UNABLE: msg("unable to answer"),
        MissingReason.NOT_APPLICABLE: msg("not applicable"),
        MissingReason.NOT_ASKED: msg("not asked"),
        MissingReason.UNCLEAR: msg("answer unclear"),
        MissingReason.OTHER: msg("other reason"),
    },
    Context: {
        Context.UNSPECIFIED: msg("unspecified"),
        Context.REST: msg("at rest"),
        Context.MOVEMENT: msg("on movement"),
        Context.NIGHT: msg("at night"),
        Context.MEAN: msg("on average"),
        Context.WORST: msg("at worst"),
    },
    AssessmentStatus: {
        AssessmentStatus.DRAFT: msg("draft"),
        AssessmentStatus.COMPLETE: msg("complete"),
    },
    EntryMode: {
        EntryMode.UNKNOWN: msg("not recorded"),
        EntryMode.INTERVIEW: msg("interview"),
        EntryMode.OBSERVED: msg("observed"),
        EntryMode.PAPER: msg("paper form"),
        EntryMode.SELF: msg("by the patient"),
    },
    VisitTiming: {
        VisitTiming.UNSTATED: msg("not stated"),
        VisitTiming.BEFORE: msg("before the treatment"),
        VisitTiming.AFTER: msg("after the treatment"),
    },
    Relatedness: {
        Relatedness.NOT_RELATED: msg("not related"),
        Relatedness.UNLIKELY: msg("unlikely related"),
        Relatedness.POSSIBLE: msg("possibly related"),
        Relatedness.PROBABLE: msg("probably related"),
        Relatedness.DEFINITE: msg("definitely related"),
        Relatedness.UNKNOWN: msg("relation unknown"),
    },
}

_GRADES: Mapping[int, Message] = {
    1: msg("1 mild"),
    2: msg("2 moderate"),
    3: msg("3 severe"),
    4: msg("4 life-threatening"),
    5: msg("5 death"),
}


def label(code: StrEnum) -> str:
    """Return the label of a closed code in the language in use."""
    return say(_LABELS[type(code)][code])


def grade(number: int) -> str:
    """Return the label of a grade of an adverse event (CTCAE's five)."""
    return say(_GRADES[number])


def age(birth: PartialDate | None, today: datetime.date) -> str:
    """Return the age in years, a range where the birth date is partial, nothing where it is not recorded."""
    if birth is None:
        return ""
    youngest, oldest = (max(years, 0) for years in birth.age_on(today))
    return str(oldest) if youngest == oldest else f"{youngest}\N{EN DASH}{oldest}"


def months(value: float) -> str:
    """Return months since treatment for display, with their unit."""
    from tracker.core.numbers import show_number  # decimal is not needed for the first paint

    return tr("{months} months", months=show_number(value, 1))


def site_and_side(site: str, side: Side) -> str:
    """Return ``knee, left``; the side alone or the site alone where the other is not given."""
    if side is Side.NONE:
        return site
    return tr("{site}, {side}", site=site, side=label(side)) if site else label(side)
