"""Scores read by their steps: a single item by its categories, EDSS by its steps and its rule for worsening."""

from collections.abc import Iterator

from tracker.core.messages import Message, msg
from tracker.core.numbers import Number, show_number
from tracker.scales.change import Change, Trend
from tracker.scales.model import Item
from tracker.scales.responders import Confirmation
from tracker.services.comparison import PanelComparison, PointComparison
from tracker.services.sentences.parts import month

_FEW_STEPS = 5
"""A single item of at most so many steps is told by its categories."""


def single_item(panel: PanelComparison) -> Item | None:
    """Return the one item of few steps that a score consists of, or None."""
    if len(panel.score.items) != 1:
        return None
    item = next((item for item in panel.scale.items if item.code == panel.score.items[0]), None)
    few = item is not None and item.allowed is not None and 2 <= len(item.allowed) <= _FEW_STEPS
    return item if few else None


def category(panel: PanelComparison, item: Item, value: Number) -> str:
    """Return which answer of the item a value stands for."""
    assert item.allowed
    low, high = panel.score.minimum, panel.score.maximum
    return show_number(item.allowed[0] + (value - low) * (item.allowed[-1] - item.allowed[0]) / (high - low))


def category_sentence(panel: PanelComparison, latest: PointComparison, since: Change, item: Item) -> Message:
    """Return how the answer to a single item moved: no spread, no limit."""
    assert panel.baseline is not None
    assert item.allowed is not None
    values: dict[str, object] = {
        "after": category(panel, item, since.value),
        "start": panel.baseline.date.isoformat(),
        "date": latest.date.isoformat(),
        "months": month(latest.months),
        "count": len(item.allowed),
    }
    if since.trend is Trend.SAME:
        return msg(
            "Stayed in category {after} from baseline ({start}) to month {months} ({date}): one item of {count} steps,"
            " read without a spread and without an MCID.",
            **values,
        )
    return msg(
        "Moved from category {before} to {after} between baseline ({start}) and month {months} ({date}): one item of"
        " {count} steps, read without a spread and without an MCID.",
        **values,
        before=category(panel, item, since.reference),
    )


def edss_sentences(panel: PanelComparison, latest: PointComparison, since: Change) -> Iterator[Message]:
    """Yield by which steps EDSS moved, and worsening by its rule."""
    assert panel.baseline is not None
    values: dict[str, object] = {
        "after": show_number(since.value, 1),
        "start": panel.baseline.date.isoformat(),
        "date": latest.date.isoformat(),
        "months": month(latest.months),
    }
    if since.trend is Trend.SAME:
        yield msg("EDSS stayed at step {after} from baseline ({start}) to month {months} ({date}).", **values)
    else:
        yield msg(
            "EDSS moved from step {before} to step {after} between baseline ({start}) and month {months} ({date}).",
            **values,
            before=show_number(since.reference, 1),
        )
    yield from _worsening(panel)
    if since.trend is Trend.BETTER:
        yield msg("The rule defines worsening only: it does not say whether a fall of EDSS is an improvement.")
    if panel.worsening is not None and not panel.worsening.rule.verified:
        yield msg("The figures of the rule for worsening are the clinic’s own, not verified in a source.")


def _worsening(panel: PanelComparison) -> Iterator[Message]:
    """Yield worsening by its rule; the rule says nothing of improvement."""
    by_rule, baseline = panel.worsening, panel.baseline
    if by_rule is None or baseline is None or baseline.value is None:
        return
    rise: dict[str, object] = {"needed": show_number(by_rule.limit.value, 1), "days": by_rule.rule.days}
    found = by_rule.found
    if found is None:
        yield msg(
            "No worsening by rule so far: that is a rise of {needed} or more from {before}, held for {days} days.",
            **rise,
            before=show_number(baseline.value, 1),
        )
        return
    since = found.onset.isoformat()
    if found.confirmation is Confirmation.CONFIRMED and found.confirmed_on is not None:
        yield msg(
            "Worsening by rule (a rise of {needed} or more) since {since}, confirmed on {date} (at least {days} days"
            " later).",
            since=since,
            date=found.confirmed_on.isoformat(),
            **rise,
        )
    else:
        yield msg(
            "Worsening by rule (a rise of {needed} or more) since {since}, not confirmed yet: no visit at least {days}"
            " days later.",
            since=since,
            **rise,
        )
