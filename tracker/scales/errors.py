"""What a user can mend about scales and answers."""

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg


class InvalidResponseError(TrackerError):
    """An answer that cannot be scored: ``item`` names it."""

    def __init__(self, item: str, message: Message) -> None:
        super().__init__(message)
        self.item = item


class InvalidScaleError(TrackerError):
    """A scale file that contradicts itself: which file, which key, and why."""

    def __init__(self, file: str, key: str, why: Message) -> None:
        super().__init__(
            msg("scale file {file}: {key}: {why}", file=file, key=key, why=why)
            if key
            else msg("scale file {file}: {why}", file=file, why=why)
        )
        self.file = file
        self.key = key
        self.why = why


class UnknownScaleError(TrackerError):
    """No scale has this id (or not in this version)."""


class UnknownPolicyError(TrackerError):
    """The scale has no policy of this name."""
