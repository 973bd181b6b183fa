"""How long ago the last backup was made, in words, and whether that is too long."""

import datetime

from tracker.core.messages import ntr, tr

OLD_AFTER = datetime.timedelta(days=7)


def is_old(last: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether a backup is overdue."""
    return last is None or now - last > OLD_AFTER


def last_words(last: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return what the status bar says."""
    if last is None:
        return tr("no backup yet")
    return tr("last checked backup: {when}", when=ago(last, now))


def ago(then: datetime.datetime, now: datetime.datetime) -> str:
    """Return how long ago *then* was, in the largest unit that fits; a time to come is shown as it is."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < -1:
        return local(then)
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return ntr("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 24 * 60:
        return ntr("{count} hour ago", "{count} hours ago", minutes // 60)
    return ntr("{count} day ago", "{count} days ago", minutes // (24 * 60))


def local(at: datetime.datetime) -> str:
    """Return a moment on the clock of this computer."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def size_words(size: int) -> str:
    """Return a size in megabytes, in kilobytes below one."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{size / 1_000_000:.1f} MB"
