"""What the comparison says of one visit or one month of a study, as short lines: for hover, table and files."""

from collections.abc import Iterable

from tracker.core.messages import ntr, say, tr
from tracker.core.numbers import DASH, plain_number, show_number
from tracker.reference.basis import Position
from tracker.reference.place import Place, Statement
from tracker.scales.change import AgainstError, Cell, Change, Trend, Verdict
from tracker.services.comparison import CohortPoint, PointComparison


def change_words(change: Change | None, decimals: int) -> str:
    """Return a change with its percentage (where there may be one) and which way it went."""
    if change is None:
        return ""
    text = show_number(change.change, decimals, signed=True)
    if change.percent is not None:
        text = tr("{change} ({percent} %)", change=text, percent=show_number(change.percent, 0, signed=True))
    trends = {Trend.BETTER: tr("better"), Trend.WORSE: tr("worse"), Trend.SAME: tr("no change")}
    return tr("{change}, {trend}", change=text, trend=trends[change.trend])


def cell_words(cell: Cell) -> str:
    """Return which of the six cells a change falls in."""
    return f"{_error_words(cell)}; {_limits_words(cell)}"


def _error_words(cell: Cell) -> str:
    name = "" if cell.mdc is None else cell.mdc.kind.upper()
    words = {
        AgainstError.BEYOND: tr("beyond measurement error ({name})", name=name),
        AgainstError.WITHIN: tr("within measurement error ({name})", name=name),
        AgainstError.UNKNOWN: tr("no published figure for measurement error, so error cannot be excluded"),
    }
    return words[cell.error]


def _limits_words(cell: Cell) -> str:
    if not cell.limits:
        return tr("no published MCID")
    values = {"reached": cell.reached, "limits": cell.limits}
    if not cell.reached:
        return ntr("the published MCID is not reached", "none of {count} published MCIDs is reached", cell.limits)
    if cell.limits == 1:
        return tr("the published MCID is reached")
    return tr("{reached} of {limits} published MCIDs reached", **values)


def verdict_words(verdict: Verdict) -> str:
    """Return what one limit says, with where the limit comes from."""
    threshold = verdict.threshold
    if verdict.met is None:
        answer = say(verdict.reason) if verdict.reason else ""
    else:
        answer = tr("reached") if verdict.met else tr("not reached")
    if threshold.kind == "responder":
        return tr("{name}: {answer} ({citation})", name=verdict.name, answer=answer, citation=threshold.citation)
    value = plain_number(threshold.value)
    if threshold.upper is not None:
        value = f"{value}{DASH}{plain_number(threshold.upper)}"
    if threshold.relative:
        value = tr("{value} %", value=value)
    return tr("{name} {value}: {answer} ({citation})", name=verdict.name, value=value, answer=answer,
              citation=threshold.citation)  # fmt: skip


def visit_lines(compared: PointComparison, decimals: int) -> Iterable[str]:
    """Yield the changes of a visit, then what the limits say of it."""
    if compared.since_baseline is not None:
        yield tr("since baseline: {change}", change=change_words(compared.since_baseline, decimals))
    if compared.since_last is not None and compared.last is not None:
        since_last = change_words(compared.since_last, decimals)
        yield tr("since {date}: {change}", date=compared.last.date.isoformat(), change=since_last)
    yield from (cell_words(cell) for cell in compared.cells)
    yield from (verdict_words(verdict) for verdict in compared.verdicts)
    if compared.after is not None:
        yield tr("after further treatment on {date}", date=compared.after.date.isoformat())


def place_words(point: CohortPoint) -> str:
    """Return where the patient stands at a month of a study, or why that cannot be said."""
    if point.place is not None:
        return _placed(point.place)
    refused = point.refused
    if refused is not None and refused.position is not None:
        positions = {
            Position.ABOVE: tr("above the mean by more than one SD"),
            Position.WITHIN: tr("within one SD of the mean"),
            Position.BELOW: tr("below the mean by more than one SD"),
        }
        return tr("{position} ({reason})", position=positions[refused.position], reason=refused.reason)
    return say(point.refused_reason) if point.refused_reason is not None else ""


def _placed(place: Place) -> str:
    low, high = (show_number(end) for end in (place.better_than_lower, place.better_than_upper))
    values = {"low": low, "high": high, "n": place.n}
    if place.statement is Statement.INTERVAL_ONLY:
        return tr("better than between {low} and {high} of 100 people like those studied (n {n})", **values)
    if place.statement is Statement.NUMBER:
        better = show_number(place.better_than)
        return tr(
            "better than about {better} of 100 people like those studied ({low} to {high}, n {n})",
            better=better,
            **values,
        )
    lowest = place.statement is Statement.LOWEST_TENTH
    name = tr("among the lowest tenth of the values") if lowest else tr("among the highest tenth of the values")
    return tr("{name}; better than {low} to {high} of 100 people like those studied (n {n})", name=name, **values)


def visit_matched(point: CohortPoint) -> str:
    """Return which visit is read against a month of a study, and how many days off it was."""
    if point.visit is None:
        return ""
    date, off = point.visit.point.date.isoformat(), point.visit.days_off
    if off == 0:
        return date
    days = ntr("{count} day", "{count} days", abs(off))
    return (
        tr("{date}, {days} later", date=date, days=days)
        if off > 0
        else tr("{date}, {days} earlier", date=date, days=days)
    )
