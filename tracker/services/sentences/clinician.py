"""What is said to the clinician under a panel: the weightiest first, each sentence only where it holds."""

from collections.abc import Iterator

from tracker.core.messages import Message, msg
from tracker.core.numbers import show_number
from tracker.services.comparison import Comparison, PanelComparison, PointComparison
from tracker.services.sentences.changes import change_sentences, since_last
from tracker.services.sentences.limits import held_sentences, response_sentences
from tracker.services.sentences.parts import State, amount, each_once, month, scored, state_of
from tracker.services.sentences.places import place_sentences
from tracker.services.sentences.quantities import is_womac


def clinician(panel: PanelComparison, comparison: Comparison) -> tuple[Message, ...]:
    """Return the sentences under *panel* in the clinician's voice."""
    return each_once(_sentences(panel, comparison))


def _sentences(panel: PanelComparison, comparison: Comparison) -> Iterator[Message]:
    state, latest = state_of(panel, comparison), panel.latest
    if latest is None:
        yield _no_score(panel)
        return
    yield from _own_course(panel, latest, state)
    yield from held_sentences(panel)
    yield from _of_last_visit(panel, latest)
    if latest.after is not None:
        yield msg(
            "The last score is after further treatment on {date} ({product}).",
            date=latest.after.date.isoformat(),
            product=latest.after.product,
        )
    yield from response_sentences(panel, comparison)
    if is_womac(panel) and panel.score.code == "total":
        yield _sum_of_parts(panel)
    yield from place_sentences(panel, comparison)
    if panel.natural_recovery is not None:
        yield panel.natural_recovery


def _no_score(panel: PanelComparison) -> Message:
    if not panel.points:
        return msg("No visit with this score yet.")
    last = panel.points[-1]
    return msg(
        "No score at any visit so far (visits: {count}); at the last, {date}: {reason}.",
        count=len(panel.points),
        date=last.date.isoformat(),
        reason=_reason(last),
    )


def _own_course(panel: PanelComparison, latest: PointComparison, state: State) -> Iterator[Message]:
    since = latest.since_baseline
    if state is State.FOLLOWED and since is not None:
        yield from change_sentences(panel, latest, since)
    elif state is State.NO_BASELINE:
        yield _no_baseline(panel, latest)
        yield from since_last(panel, latest)
    else:
        yield _not_followed(panel)
    if panel.baseline_note is not None:
        yield msg("Note: {note}.", note=panel.baseline_note)


def _no_baseline(panel: PanelComparison, latest: PointComparison) -> Message:
    assert latest.value is not None
    values: dict[str, object] = {
        "value": amount(panel, latest.value),
        "date": latest.date.isoformat(),
        "months": month(latest.months),
        "reason": panel.no_baseline,
    }
    if len(scored(panel)) == 1:
        return msg("Single score so far: {value} on {date} (month {months}); {reason}.", **values)
    return msg("Last score {value} on {date} (month {months}); {reason}.", **values)


def _not_followed(panel: PanelComparison) -> Message:
    baseline = panel.baseline
    assert baseline is not None
    assert baseline.value is not None
    values: dict[str, object] = {"value": amount(panel, baseline.value), "date": baseline.date.isoformat()}
    if len(scored(panel)) == 1:
        return msg(
            "Single score so far: baseline {value} on {date}; no score known to be after treatment yet.", **values
        )
    return msg("Baseline {value} on {date}; no score known to be after treatment yet.", **values)


def _of_last_visit(panel: PanelComparison, latest: PointComparison) -> Iterator[Message]:
    last = panel.points[-1]
    if last.value is None:
        yield msg("No score at the last visit ({date}): {reason}.", date=last.date.isoformat(), reason=_reason(last))
    if latest.point.imputed_items:
        yield msg(
            "Missing items of the last score filled in from those answered: {count}.", count=latest.point.imputed_items
        )


def _sum_of_parts(panel: PanelComparison) -> Message:
    function = panel.scale.score("function").maximum
    return msg(
        "The total is the sum of three parts; function is {percent} % of it.",
        percent=show_number(100 * function / panel.score.maximum),
    )


def _reason(point: PointComparison) -> Message:
    return point.reason if point.reason is not None else msg("not computed")
