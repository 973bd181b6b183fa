"""Names of the parts of an exam, to be said by the window and the command line."""

from collections.abc import Mapping

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.exam import CONTRACTION, NON_KEY, PRESSURE

SIDE_NAMES: Mapping[str, Message] = {"right": msg("right"), "left": msg("left")}
ANSWER_NAMES: Mapping[str, Message] = {"Yes": msg("yes"), "No": msg("no"), "NT": msg("not testable")}
_ANAL_NAMES: Mapping[str, Message] = {
    CONTRACTION: msg("voluntary anal contraction"),
    PRESSURE: msg("deep anal pressure"),
}


def level_name(level: str) -> str:
    """Write a level for people: the last dermatome is S4-5."""
    return level.replace("_", "-")


def cell_name(cell: str) -> Message:
    """Return the name of a cell, as ``right motor C5`` or ``left pin prick S4-5``."""
    if cell in _ANAL_NAMES:
        return _ANAL_NAMES[cell]
    side, column, *level = cell.split(".")
    if column == NON_KEY:
        return msg("{side} lowest non-key muscle", side=SIDE_NAMES[side])
    values = {"side": SIDE_NAMES[side], "level": level_name(level[0])}
    if column == "motor":
        return msg("{side} motor {level}", **values)
    if column == "lightTouch":
        return msg("{side} light touch {level}", **values)
    return msg("{side} pin prick {level}", **values)
