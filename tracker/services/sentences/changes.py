"""The clinician's sentences on a change: since the baseline and since the visit before."""

from collections.abc import Iterator

from tracker.core.messages import Message, msg
from tracker.core.numbers import show_number
from tracker.scales.change import Change, Trend
from tracker.services.comparison import PanelComparison, PointComparison
from tracker.services.sentences.limits import cell_sentences
from tracker.services.sentences.parts import amount, month
from tracker.services.sentences.quantities import is_edss, quantity_of
from tracker.services.sentences.steps import category_sentence, edss_sentences, single_item


def change_sentences(panel: PanelComparison, latest: PointComparison, since: Change) -> Iterator[Message]:
    """Yield how the score of *latest* differs from the baseline and from the visit before."""
    item = single_item(panel)
    if item is not None:
        yield category_sentence(panel, latest, since, item)
        return
    if is_edss(panel):
        yield from edss_sentences(panel, latest, since)
        return
    yield _change(panel, latest, since)
    if panel.score.percent_change and since.no_percent is not None:
        yield msg("No percentage: the baseline is 0.")
    yield from since_last(panel, latest)
    yield from cell_sentences(panel, latest)


def since_last(panel: PanelComparison, latest: PointComparison) -> Iterator[Message]:
    """Yield the change since the visit before, unless that is the baseline."""
    last, change = latest.last, latest.since_last
    baseline = panel.baseline
    if last is None or change is None or (baseline is not None and last.assessment_id == baseline.assessment_id):
        return
    yield msg(
        "Since the visit before ({date}): {change}.",
        date=last.date.isoformat(),
        change=msg("no change") if change.trend is Trend.SAME else amount(panel, change.change, signed=True),
    )


def _change(panel: PanelComparison, latest: PointComparison, since: Change) -> Message:
    assert panel.baseline is not None
    words = quantity_of(panel)
    values: dict[str, object] = {
        "before": amount(panel, since.reference),
        "after": amount(panel, since.value),
        "start": panel.baseline.date.isoformat(),
        "date": latest.date.isoformat(),
        "months": month(latest.months),
    }
    if since.trend is Trend.SAME:
        return msg(
            "Unchanged: {after} at month {months} ({date}), as at baseline ({start}).", **_without(values, "before")
        )
    values |= {
        "trend": words.better if since.trend is Trend.BETTER else words.worse,
        "change": amount(panel, since.change, signed=True),
    }
    if since.percent is None:
        return msg(
            "{trend}: {before} at baseline ({start}), {after} at month {months} ({date}); change {change}.", **values
        )
    return msg(
        "{trend}: {before} at baseline ({start}), {after} at month {months} ({date}); change {change} ({percent} %).",
        **values,
        percent=show_number(since.percent, 0, signed=True),
    )


def _without(values: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}
