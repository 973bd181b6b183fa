"""What another desk did to a form that is open here: told, both versions side by side, nothing overwritten silently."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.clinic.answers import Answers, merge
from tracker.clinic.codes import MissingReason
from tracker.clinic.records import Assessment, AssessmentView
from tracker.core.messages import Message, msg
from tracker.scales.isncsci.record import STAR_PARTS
from tracker.store.errors import StaleRecordError

if TYPE_CHECKING:
    from tracker.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Seen:
    """What a desk last read of a form, or wrote: its version, and the answers of its draft or unfinished change."""

    version: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class BothVersions:
    """A form as another desk left it, and as it is typed here."""

    view: AssessmentView
    """As stored, with its scores."""
    theirs: Answers
    mine: Answers
    merged: Answers
    """What only one of the two changed, and theirs where both did."""
    contested: frozenset[str]
    """Items that both changed, each to something else."""
    who: str | None
    """Who completed or changed the form, None where it is being typed in: keystrokes are not signed."""
    at: datetime.datetime | None

    @property
    def items(self) -> frozenset[str]:
        """The items that differ."""
        return self.mine.changed_to(self.theirs)

    @property
    def seen(self) -> Seen:
        """What a desk has seen to which this was shown."""
        return Seen(self.view.assessment.version, self.theirs)

    @property
    def sentence(self) -> Message:
        """What happened, in words."""
        if self.who is None or self.at is None:
            return msg("another desk is typing in this form; nothing of theirs is overwritten: choose what is right")
        return msg(
            "{who} saved this form on {when} while it was open here; nothing of theirs is overwritten: choose what is "
            "right",
            who=self.who,
            when=self.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        )


class EditedElsewhereError(StaleRecordError):
    """The form was completed, changed or typed in at another desk since it was read here."""

    def __init__(self, both: BothVersions) -> None:
        super().__init__(both.sentence)
        self.both = both


@dataclass(frozen=True, slots=True)
class Draft:
    """How a draft was saved."""

    answers: Answers
    """Mine, with the items that came from another desk."""
    seen: Seen
    taken: frozenset[str] = frozenset()
    """Items that another desk filled in meanwhile."""
    both: BothVersions | None = None
    """There if both desks typed something into one item, or the form was saved elsewhere: it waits for a choice."""


def cell_of(item: str) -> str:
    """Return the cell that *item* is about: a star of an exam and its reason belong to the grade that carries them."""
    cell, _point, part = item.rpartition(".")
    return cell if part in STAR_PARTS else item


def typed(reader: "Reader", stored: Assessment) -> Answers:
    """Return the answers of the draft or unfinished change, else those stored."""
    amendment = reader.amendment(stored.id)
    if amendment is None:
        return Answers(stored.responses, stored.missing)
    reasons = {item: MissingReason(code) for item, code in amendment["missing"].items()}
    return Answers(amendment["responses"], reasons)


def seen_of(reader: "Reader", stored: Assessment) -> Seen:
    """Return what a desk sees that reads the form now."""
    return Seen(stored.version, typed(reader, stored))


def both_versions(reader: "Reader", stored: Assessment, seen: Seen, mine: Answers) -> BothVersions:
    """Return the form as it is now beside *mine*, which began as *seen*."""
    view = reader.view(stored.id)
    theirs = typed(reader, view.assessment)
    met = merge(seen.answers, mine, theirs, cell_of)
    last = reader.last_change("assessment", stored.id) if stored.version != seen.version else None
    return BothVersions(
        view=view,
        theirs=theirs,
        mine=mine,
        merged=met.answers,
        contested=met.contested,
        who=None if last is None else last.actor,
        at=None if last is None else last.at,
    )
