"""The clinician's sentences on the published limits: reached or not, against measurement error, and whether kept."""

from collections.abc import Iterator

from tracker.core.messages import Message, msg
from tracker.scales.change import AgainstError, Cell, Trend, is_mcid, threshold_name
from tracker.scales.held import Held, Holding
from tracker.scales.model import Threshold
from tracker.scales.responders import Response
from tracker.services.comparison import Comparison, PanelComparison, PointComparison
from tracker.services.sentences.parts import limit_text, listed_clauses, month, month_of
from tracker.services.sentences.quantities import is_womac


def cell_sentences(panel: PanelComparison, latest: PointComparison) -> Iterator[Message]:
    """Yield the change in its cell, for each published measurement error; the most doubtful first."""
    for cell in sorted(latest.cells, key=lambda cell: _CAUTION.index(cell.error)):
        if cell.trend is not Trend.SAME:
            yield _cell(panel, cell)


def held_sentences(panel: PanelComparison) -> Iterator[Message]:
    """Yield what became of each limit reached: MCIDs if there are any, else the other limits; equal runs together."""
    latest = {held.threshold.id: held for held in panel.held}
    important = [held for held in latest.values() if is_mcid(held.threshold)]
    runs: dict[object, list[Held]] = {}
    for held in important or latest.values():
        runs.setdefault((held.reached_on, held.kept_until, held.ended_on), []).append(held)
    for group in runs.values():
        yield _held(panel, group)


def response_sentences(panel: PanelComparison, comparison: Comparison) -> Iterator[Message]:
    """Yield the responder criteria at the last visit, under the total whose parts they take."""
    latest = panel.latest
    if not is_womac(panel) or panel.score.code != "total" or latest is None:
        return
    now = [response for response in comparison.responses if response.date == latest.date]
    met = [_criterion(response) for response in now if response.met]
    months = month(latest.months)
    if met:
        yield msg("Responder criteria met at month {months}: {criteria}.", months=months, criteria=listed_clauses(met))
    elif any(response.met is False for response in now):
        yield msg("No responder criterion is known to be met at month {months}.", months=months)
    for response in now:
        if response.met is None:
            yield msg("Not decided: {criterion}; {reason}.", criterion=_criterion(response), reason=response.reason)


_CAUTION = (AgainstError.WITHIN, AgainstError.UNKNOWN, AgainstError.BEYOND)
"""What is said first where several measurement errors are published."""

_REACHED = {
    AgainstError.BEYOND: msg(
        "As large as the change patients called important ({limits}), and beyond measurement error ({error})."
    ),
    AgainstError.WITHIN: msg(
        "As large as the change patients called important ({limits}), but within measurement error ({error}):"
        " repeat before relying on it."
    ),
    AgainstError.UNKNOWN: msg(
        "As large as the change patients called important ({limits}); measurement error: no published figure, so error"
        " cannot be excluded."
    ),
}
_NOT_REACHED = {
    AgainstError.BEYOND: msg(
        "Beyond measurement error ({error}), but smaller than the change patients called important ({limits})."
    ),
    AgainstError.WITHIN: msg(
        "Within measurement error ({error}), and smaller than the change patients called important ({limits})."
    ),
    AgainstError.UNKNOWN: msg(
        "Smaller than the change patients called important ({limits}); measurement error: no published figure, so error"
        " cannot be excluded."
    ),
}
_NO_LIMIT = {
    AgainstError.BEYOND: msg(
        "Beyond measurement error ({error}); no published figure for a change that patients called important."
    ),
    AgainstError.WITHIN: msg(
        "Within measurement error ({error}); no published figure for a change that patients called important."
    ),
    AgainstError.UNKNOWN: msg(
        "Measurement error: no published figure, so error cannot be excluded; nor is there one for a change that"
        " patients called important."
    ),
}


def _cell(panel: PanelComparison, cell: Cell) -> Message:
    template = (_REACHED if cell.reached else _NOT_REACHED) if cell.limits else _NO_LIMIT
    values: dict[str, object] = {}
    if cell.limits == 1:
        values["limits"] = msg("the one published limit")
    elif cell.limits and not cell.reached:
        values["limits"] = msg("none of {count} published limits", count=cell.limits)
    elif cell.limits:
        values["limits"] = msg("{reached} of {count} published limits", reached=cell.reached, count=cell.limits)
    if cell.mdc is not None and cell.error is not AgainstError.UNKNOWN:
        values["error"] = msg("{name} {value}", name=threshold_name(cell.mdc), value=limit_text(panel, cell.mdc))
    return Message(template[cell.error].text, values)


def _held(panel: PanelComparison, group: list[Held]) -> Message:
    held = group[0]
    values: dict[str, object] = {
        "limits": listed_clauses([_named(panel, one.threshold) for one in group]),
        "months": month_of(panel, held.reached_on),
    }
    if held.ended_on is not None:
        values["ended"] = month_of(panel, held.ended_on)
    if not held.is_kept_over:
        return Message(_REACHED_ONCE[held.holding].text, values)
    return Message(_KEPT[held.holding].text, {**values, "kept": month_of(panel, held.kept_until)})


_REACHED_ONCE = {
    Holding.ONCE: msg("Reached at month {months}, the last visit so far: {limits}."),
    Holding.LOST: msg("Reached at month {months}, not held at month {ended}: {limits}."),
    Holding.UNKNOWN: msg(
        "Reached at month {months}; no score at month {ended}, so it cannot be told whether it held: {limits}."
    ),
}
_KEPT = {
    Holding.KEPT: msg("Reached at month {months}, kept at month {kept}: {limits}."),
    Holding.LOST: msg("Reached at month {months}, kept at month {kept}, not held at month {ended}: {limits}."),
    Holding.UNKNOWN: msg(
        "Reached at month {months}, kept at month {kept}; no score at month {ended}, so it cannot be told whether it"
        " held: {limits}."
    ),
}


def _named(panel: PanelComparison, threshold: Threshold) -> Message:
    """Return a limit by name and value; the name of a responder limit is its value."""
    name = threshold_name(threshold)
    if threshold.kind == "responder":
        return name
    return msg("{name} ({value})", name=name, value=limit_text(panel, threshold))


def _criterion(response: Response) -> Message:
    return response.name if response.verified else msg("{criterion} (rule not verified)", criterion=response.name)
