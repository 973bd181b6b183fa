"""From the comparison's levels to the lines a panel draws from the patient's own baseline."""

from collections.abc import Iterable

from tracker.core.messages import Message, msg, say, tr
from tracker.core.numbers import DASH, MINUS, half_up, plain_number, show_number
from tracker.scales.change import ERROR_KINDS, is_mcid
from tracker.scales.lines import Line
from tracker.scales.model import Threshold
from tracker.services.comparison import PanelComparison
from tracker.ui.chart.chart_choices import LineChoice
from tracker.ui.chart.drawing import LineKind, OwnLine


def compose_lines(panel: PanelComparison, choice: LineChoice) -> tuple[OwnLine, ...]:
    """Return the lines of *panel* that are asked for; what would mean nothing is not among the comparison's."""
    if choice is LineChoice.OFF:
        return ()
    wanted = choice is LineChoice.PERCENT
    return tuple(_own_line(panel, line) for line in panel.lines if (line.percent is not None) is wanted)


def _own_line(panel: PanelComparison, line: Line) -> OwnLine:
    baseline = panel.baseline
    kind = line_kind(line)
    starts = None if kind is LineKind.STATE or baseline is None else baseline.months
    return OwnLine(
        code=line.code,
        kind=kind,
        value=float(line.value),
        upper=None if line.upper is None else float(line.upper),
        from_months=starts,
        label=_label(panel, line),
        hover=tuple(_hover(panel, line)),
    )


def line_kind(line: Line) -> LineKind:
    """Return how a level is drawn."""
    if line.percent is not None:
        return LineKind.PERCENT
    threshold = line.threshold
    if threshold is None or threshold.kind == "pass":
        return LineKind.STATE
    if threshold.kind in ERROR_KINDS:
        return LineKind.ERROR
    return LineKind.WORSEN if threshold.sign == "worsen" else LineKind.IMPROVE


def _label(panel: PanelComparison, line: Line) -> str:
    if line.percent is not None:
        return tr("{value} %", value=line.percent)
    threshold, baseline = line.threshold, panel.baseline
    name = _short_name(line)
    if threshold is None or threshold.kind == "pass" or baseline is None or baseline.value is None:
        return name
    if threshold.relative:
        return tr("{name} {value} %", name=name, value=plain_number(threshold.value))
    change = float(half_up(line.value - baseline.value, 2))
    sign = "+" if change > 0 else MINUS
    return tr("{name} {value}", name=name, value=f"{sign}{plain_number(abs(change))}")


def _short_name(line: Line) -> str:
    threshold = line.threshold
    if threshold is not None and threshold.kind == "distribution":
        if threshold.id.startswith("small"):
            return tr("small change")
        if threshold.id.startswith("substantial"):
            return tr("substantial change")
    if threshold is not None and threshold.kind == "responder":
        return tr("responder")
    if threshold is not None and threshold.kind == "pass":
        return tr("PASS")
    if threshold is not None and threshold.kind == "mcid" and not is_mcid(threshold):
        return tr("unchecked limit")
    return say(line.name)


def _hover(panel: PanelComparison, line: Line) -> Iterable[Message]:
    decimals = panel.score.decimals
    at = show_number(line.value, decimals)
    if line.upper is not None:
        at = f"{at}{DASH}{show_number(line.upper, decimals)}"
    baseline = panel.baseline
    if baseline is None or baseline.value is None or line_kind(line) is LineKind.STATE:
        yield msg("{name}: {value}", name=line.name, value=at)
    else:
        start = show_number(baseline.value, decimals)
        yield msg("{name}: {value}, from the baseline of {baseline}", name=line.name, value=at, baseline=start)
    if line.threshold is not None:
        yield from _published(line.threshold)
    elif line.percent is not None:
        yield msg("a share of the baseline; no source names it for this score")


def _published(threshold: Threshold) -> Iterable[Message]:
    yield msg("{text}", text=threshold.population)
    yield msg("{text}", text=threshold.citation)
    if not threshold.verified:
        yield msg("not verified in its source")
