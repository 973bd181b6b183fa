"""Which files this computer's keyring opens by itself: noted in the settings, so that it is asked only for those."""

from pathlib import Path

from tracker.ui import settings

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
