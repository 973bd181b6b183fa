"""One paragraph on a whole episode for the patient: what got better, worse or stayed, and what that cannot show."""

from collections.abc import Iterator, Sequence

from tracker.core.messages import Message, msg
from tracker.scales.change import AgainstError, Trend
from tracker.services.comparison import Comparison, PanelComparison
from tracker.services.sentences.parts import State, Words, chosen, each_once, listed, state_of
from tracker.services.sentences.patient import BY_ITSELF, NOT_THE_CAUSE, most_doubtful, study_sentences
from tracker.services.sentences.quantities import is_womac, quantity_of
from tracker.services.sentences.steps import single_item


def paragraph(comparison: Comparison) -> tuple[Message, ...]:
    """Return the sentences of the paragraph for the patient."""
    return each_once(_sentences(comparison))


def told_panels(comparison: Comparison) -> tuple[PanelComparison, ...]:
    """Return the panels of the paragraph: of WOMAC the parts without their sum, of SCIM-III the sum."""
    return tuple(
        panel
        for panel in comparison.panels
        if panel.points
        and not (is_womac(panel) and panel.score.code == "total")
        and not (panel.scale.id == "scim-iii" and panel.score.code != "total")
    )


def _sentences(comparison: Comparison) -> Iterator[Message]:
    panels = told_panels(comparison)
    by_state = {state: [panel for panel in panels if state_of(panel, comparison) is state] for state in State}
    if not any(panel.latest is not None for panel in panels):
        yield msg("There are no results yet.")
        return
    yield _treatment(comparison, panels)
    followed = by_state[State.FOLLOWED]
    yield from _trends(followed)
    yield from _sizes(followed)
    yield from _gaps(by_state)
    if comparison.further:
        dates = listed([treatment.date.isoformat() for treatment in comparison.further])
        yield msg("Further treatment was given on: {dates}.", dates=dates)
    yield from _events(comparison)
    yield from study_sentences(
        [
            cohort.study
            for panel in panels
            for cohort in chosen(panel, comparison)
            if cohort.usable and cohort.points and panel.latest is not None
        ]
    )
    if any(panel.natural_recovery is not None for panel in panels):
        yield BY_ITSELF
    if followed:
        yield NOT_THE_CAUSE


def _treatment(comparison: Comparison, panels: Sequence[PanelComparison]) -> Message:
    index = comparison.course.index_treatment
    last = max(panel.latest.date for panel in panels if panel.latest is not None).isoformat()
    if index is None:
        return msg("No treatment is recorded; the last result is of {last}.", last=last)
    return msg(
        "Treatment was on {date} ({product}); the last result is of {last}.",
        date=index.date.isoformat(),
        product=index.product,
        last=last,
    )


def _trends(followed: Sequence[PanelComparison]) -> Iterator[Message]:
    better, worse, same = (
        _named([panel for panel in followed if _trend(panel) is trend])
        for trend in (Trend.BETTER, Trend.WORSE, Trend.SAME)
    )
    if better:
        yield msg("Better than before the treatment: {what}.", what=listed(better))
    if worse:
        yield msg("Worse than before the treatment: {what}.", what=listed(worse))
    if same:
        yield msg("The same as before the treatment: {what}.", what=listed(same))


def _sizes(followed: Sequence[PanelComparison]) -> Iterator[Message]:
    """Yield which changes are large by all that is published, and which may be chance."""
    changed = [panel for panel in followed if _trend(panel) is not Trend.SAME and single_item(panel) is None]
    large = [panel for panel in changed if _is_large(panel)]
    doubtful = [panel for panel in changed if _error(panel) is not AgainstError.BEYOND]
    if large:
        yield msg(
            "As large as changes that other patients called important, and larger than the usual ups and downs of"
            " measuring: {what}.",
            what=listed(_named(large)),
        )
    if doubtful:
        yield msg(
            "It cannot be ruled out that these changes are the usual ups and downs of measuring: {what}.",
            what=listed(_named(doubtful)),
        )


def _gaps(by_state: dict[State, list[PanelComparison]]) -> Iterator[Message]:
    missing, no_start, not_yet = (
        _named(by_state[state]) for state in (State.ALL_MISSING, State.NO_BASELINE, State.NOT_FOLLOWED)
    )
    if no_start:
        yield msg(
            "No result is known to be from before the treatment, so a change cannot be given: {what}.",
            what=listed(no_start),
        )
    if not_yet:
        yield msg("No result is known to be from after the treatment yet: {what}.", what=listed(not_yet))
    if missing:
        yield msg("No result could be worked out: {what}.", what=listed(missing))


def _events(comparison: Comparison) -> Iterator[Message]:
    index = comparison.course.index_treatment
    if index is None:
        return
    count = sum(event.date >= index.date for event in comparison.course.events)
    if count:
        yield msg("Unwanted events recorded since the treatment: {count}.", count=count)


def _named(panels: Sequence[PanelComparison]) -> list[Words]:
    return [quantity_of(panel).noun for panel in panels]


def _trend(panel: PanelComparison) -> Trend | None:
    latest = panel.latest
    return None if latest is None or latest.since_baseline is None else latest.since_baseline.trend


def _error(panel: PanelComparison) -> AgainstError:
    assert panel.latest is not None
    return most_doubtful(panel.latest.cells)


def _is_large(panel: PanelComparison) -> bool:
    assert panel.latest is not None
    cells = panel.latest.cells
    return all(cell.limits and cell.reached == cell.limits for cell in cells) and _error(panel) is AgainstError.BEYOND
