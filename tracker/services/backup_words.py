"""What putting a backup back would change, in words; the window and the command line say the same."""

import contextlib
from datetime import datetime

from tracker.core.messages import Message, msg, say, tr
from tracker.store.backup_differences import Differences, Tally

_KINDS = {
    "patient": msg("patients"),
    "visit": msg("visits"),
    "assessment": msg("assessments"),
    "audit": msg("audit entries"),
}
_ACTIONS = {
    "create": msg("created"),
    "complete": msg("completed"),
    "amend": msg("amended"),
    "change": msg("changed"),
    "delete": msg("deleted"),
    "restore": msg("restored"),
    "rescore": msg("scored again"),
    "password": msg("given another passphrase"),
    "review": msg("reviewed"),
}
_ENTITIES = {
    "patient": msg("patient"),
    "episode": msg("episode"),
    "treatment": msg("treatment"),
    "visit": msg("visit"),
    "assessment": msg("assessment"),
    "adverse_event": msg("adverse event"),
    "app_user": msg("user"),
    "fact": msg("setting of the file"),
}


def difference_lines(found: Differences) -> list[str]:
    """Return the differences, a line each; nobody's name is in them."""
    lines = [_tally_line(name, tally) for name, tally in found.tallies.items()]
    if found.unreadable is not None:
        lines = [
            tr("The file as it is now cannot be compared: {problem}", problem=say(found.unreadable)),
            *(tr("The backup holds {count} {kind}.", count=tally.gained, kind=say(_KINDS[name]))
              for name, tally in found.tallies.items()),
        ]  # fmt: skip
    elif not found.loses:
        lines.append(tr("Nothing that is in the file now would be lost."))
    if found.newest_lost:
        lines.append(tr("Newest changes that would be lost:"))
        lines += [f"  {_local(entry.at)}  {_word(_ENTITIES, entry.entity)} {_word(_ACTIONS, entry.action)}".rstrip()
                  for entry in found.newest_lost]  # fmt: skip
    return lines


def _tally_line(name: str, tally: Tally) -> str:
    if not tally.changed:
        return tr(
            "{kind}: {lost} would be lost, {gained} come back",
            kind=say(_KINDS[name]),
            lost=tally.lost,
            gained=tally.gained,
        )
    return tr(
        "{kind}: {lost} would be lost, {changed} would be as they were earlier, {gained} come back",
        kind=say(_KINDS[name]),
        lost=tally.lost,
        changed=tally.changed,
        gained=tally.gained,
    )


def _word(words: dict[str, Message], code: str) -> str:
    return say(words[code]) if code in words else code


def _local(at: str) -> str:
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    return at
