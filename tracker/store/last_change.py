"""Who changed a record last, and what is said to a desk that would have overwritten it."""

from dataclasses import dataclass
from datetime import datetime

from tracker.core.messages import msg
from tracker.store.errors import StaleRecordError


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a record last, and when."""

    actor: str
    at: datetime


def stale(last: LastChange | None) -> StaleRecordError:
    """Return the error for a record that was changed elsewhere, with who did it and when."""
    if last is None:
        return StaleRecordError(
            msg("this was changed elsewhere since you opened it: look at the new state, then change it again")
        )
    return StaleRecordError(
        msg(
            "{who} changed this on {when}, after you opened it; nothing was saved: look at the new state, then change "
            "it again",
            who=last.actor,
            when=last.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        )
    )
