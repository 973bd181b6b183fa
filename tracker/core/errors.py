"""The root of all errors a user can act on; everything else that is raised is a bug."""

from tracker.core.messages import Message, say


class TrackerError(Exception):
    """Something the user can mend: the message says what is wrong, where, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message

    def __str__(self) -> str:
        return say(self.message)
