"""Which files this computer's keyring opens by itself: noted in the settings, so that it is asked only for those."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.errors import TrackerError
from tracker.services.opening import is_unlocked
from tracker.ui import settings
from tracker.ui.jobs import Jobs

if TYPE_CHECKING:
    from tracker.ui.keys.unlock_page import UnlockPage

GROUP = "remembered"


def is_remembered(path: Path) -> bool:
    """Whether the keyring holds the key of *path*."""
    return bool(settings.remembered(GROUP, str(path)))


def remember(path: Path) -> None:
    """Give the key of *path*, which is unlocked, to the keyring; raises KeyringError."""
    from tracker.services import remembered

    remembered.remember(path)
    settings.remember(GROUP, str(path), "1")


def forget(path: Path) -> None:
    """Take the key of *path* out of the keyring."""
    from tracker.services import remembered

    settings.remember(GROUP, str(path), "")
    remembered.forget(path)


def can_remember() -> bool:
    """Whether there is a keyring; also loads what opening the file needs, while the passphrase is typed."""
    import tracker.services.workspace
    import tracker.store.store  # noqa: F401
    from tracker.services import remembered

    return remembered.can_remember()


def prepare(page: "UnlockPage", jobs: Jobs, unlocked: Callable[[], None]) -> None:
    """Unlock the file of *page* by the keyring if that remembers it, or offer on the page that it may."""
    path = page.place
    if not isinstance(path, Path) or is_unlocked(path):
        return  # the key is there; it is asked who it is
    if is_remembered(path):

        def by_itself() -> bool:
            from tracker.services import remembered

            return remembered.unlock_remembered(path)

        jobs.run(page, by_itself, lambda found: unlocked() if found else None, _pass)
    else:
        alone = page.people.count() <= 1
        jobs.run(page, lambda: can_remember() and alone, lambda usable: page.offer_to_remember(usable=usable), _pass)


def _pass(error: Exception) -> None:
    if not isinstance(error, TrackerError):
        raise error
