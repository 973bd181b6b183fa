"""Whether a person has a documented spinal cord injury: without one a normal exam has no AIS grade."""

from collections.abc import Iterable

INJURY = "sci"
"""Id of the condition file that stands for it."""


def documented_injury(conditions: Iterable[str]) -> bool:
    """Return whether one of a person's episodes, given by their *conditions*, is a spinal cord injury."""
    return INJURY in conditions
