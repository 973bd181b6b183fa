import datetime

import pytest

from tracker.core.messages import use_language
from tracker.ui.backups.when import ago, is_old, last_words, size_words

NOW = datetime.datetime(2026, 11, 28, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        ({"seconds": 20}, "just now"),
        ({"minutes": 1}, "1 minute ago"),
        ({"minutes": 59}, "59 minutes ago"),
        ({"hours": 1}, "1 hour ago"),
        ({"hours": 23, "minutes": 59}, "23 hours ago"),
        ({"days": 1}, "1 day ago"),
        ({"days": 3, "hours": 5}, "3 days ago"),
    ],
)
def test_the_largest_unit_is_said(passed, words):
    assert ago(NOW - datetime.timedelta(**passed), NOW) == words


def test_a_backup_from_the_future_is_shown_by_its_date():
    assert ago(NOW + datetime.timedelta(days=400), NOW).startswith("2028-01-0")


def test_the_status_bar_says_when_or_that_there_is_none():
    assert last_words(None, NOW) == "no backup yet"
    assert last_words(NOW - datetime.timedelta(days=3), NOW) == "last checked backup: 3 days ago"
    use_language("zh_CN")
    assert last_words(NOW - datetime.timedelta(days=3), NOW) == "上次已检查的备份：3 天前"


def test_a_week_is_too_long():
    assert is_old(None, NOW)
    assert is_old(NOW - datetime.timedelta(days=8), NOW)
    assert not is_old(NOW - datetime.timedelta(days=6), NOW)


def test_a_size_is_short():
    assert [size_words(size) for size in (10, 225_280, 4_200_000)] == ["1 kB", "225 kB", "4.2 MB"]
