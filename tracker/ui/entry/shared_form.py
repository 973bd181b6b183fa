"""An open form as one of several desks has it: what it has seen, what it saves, and both versions beside each other.

No Qt. The form of a scale and the exam are such forms.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.clinic.answers import Answers
from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment
from tracker.core.errors import TrackerError
from tracker.core.messages import tr
from tracker.core.numbers import show_number
from tracker.scales.catalogue import scale as find_scale
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import Outcome, Score

if TYPE_CHECKING:
    from tracker.services.elsewhere import BothVersions, Draft, Seen
    from tracker.services.workspace import Workspace

BLANK = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Difference:
    """An item, or a score, that is not the same in both versions."""

    name: str
    theirs: str
    mine: str
    item: str = ""
    """Empty for a score: it follows from the items."""


class SharedForm:
    """What the sessions of both kinds of form share."""

    _workspace: "Workspace"
    assessment: Assessment
    stored: Assessment
    sheet: Any
    seen: "Seen"
    _touched: bool = False

    @property
    def answers(self) -> Answers:
        """What the form holds."""
        raise NotImplementedError

    @property
    def amending(self) -> bool:
        """Whether the assessment was complete before and is changed now."""
        return self.assessment.status is AssessmentStatus.COMPLETE

    @property
    def differs(self) -> bool:
        """Whether the form holds something else than the stored answers."""
        return self.answers != Answers(self.stored.responses, self.stored.missing)

    def see(self) -> None:
        """Remember the form as it was just read."""
        from tracker.services.elsewhere import Seen

        self.seen = Seen(self.assessment.version, Answers(self.assessment.responses, self.assessment.missing))

    def save(self) -> "Draft":
        """Save the draft and take in what another desk filled in meanwhile; raises TrackerError."""
        self._touched = True
        mine = self.answers
        draft = self._workspace.assessments.save_draft(self.assessment.id, mine.responses, mine.missing, self.seen)
        self.seen = draft.seen
        if draft.taken:
            self.sheet.take(draft.answers)
        return draft

    def leave(self) -> None:
        """Leave nothing behind that says nothing: an empty draft, or a change that changes nothing."""
        nothing = self._touched and not self.differs if self.amending else not self.answers.entries()
        if nothing and not self.sheet.locked:
            with suppress(TrackerError):  # an empty draft that stays does no harm, and another desk may type in it
                self._workspace.assessments.discard_draft(self.assessment.id, self.seen)

    def decide(self, both: "BothVersions", chosen: Answers) -> None:
        """Go on from what another desk left, with *chosen* in the form."""
        self.stored, self.seen = both.view.assessment, both.seen
        self.assessment = replace(self.assessment, status=self.stored.status, version=self.stored.version)
        self.sheet.take(chosen)

    def differences(self, both: "BothVersions") -> list[Difference]:
        """Return the items that differ, in the order of the form, then the scores that do."""
        from tracker.services.elsewhere import cell_of

        cells = {cell_of(item) for item in both.items}
        items = [
            Difference(name, self.entry_words(cell, both.theirs), self.entry_words(cell, both.mine), cell)
            for cell, name in self.items().items()
            if cell in cells
        ]
        return items + self._score_differences(both)

    def items(self) -> Mapping[str, str]:
        """Return the items in their order, each with its name."""
        raise NotImplementedError

    def entry_words(self, item: str, answers: Answers) -> str:
        """Return what *item* holds among *answers*, in words."""
        raise NotImplementedError

    def _score_differences(self, both: "BothVersions") -> list[Difference]:
        scale = find_scale(self.assessment.scale, self.assessment.scale_version)
        theirs, mine = self._outcomes(both.theirs), self._outcomes(both.mine)
        rows = [
            Difference(
                tr("score: {name}", name=score.label),
                _score_words(theirs.get(score.code)),
                _score_words(mine.get(score.code)),
            )
            for score in scale.scores
        ]
        return [row for row in rows if row.theirs != row.mine]

    def _outcomes(self, answers: Answers) -> Mapping[str, Outcome]:
        try:
            return self._workspace.assessments.preview(self.assessment.scale, answers.responses)
        except InvalidResponseError:
            return {}


def _score_words(outcome: Outcome | None) -> str:
    return show_number(outcome.value, 2) if isinstance(outcome, Score) else BLANK
