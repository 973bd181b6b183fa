"""Where the window is: what has to be known to come back to the same place with new pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window is, so that it can be built anew in another language or theme."""

    page: str
    patient_id: str = ""
    episode_id: str = ""
    tab: int = 0
    form: tuple[str, str, str, str] | None = None
    record: str = ""
    """The record form that was open, by the name of what opens it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What it held."""
