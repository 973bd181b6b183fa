"""The table of a report: every recorded score with baseline, last value, change and what limits say of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tracker.clinic.codes import Context
from tracker.core.messages import tr
from tracker.core.numbers import Number, show_number
from tracker.scales.change import AgainstError, Trend
from tracker.services.comparison import Comparison, PanelComparison, PointComparison
from tracker.services.exam_steps import StepCourse, StepPoint
from tracker.services.sentences.parts import month, show
from tracker.services.sentences.patient import most_doubtful
from tracker.ui import words
from tracker.ui.chart import texts
from tracker.ui.chart.compose_steps import step_heading
from tracker.ui.chart.composed import panel_name
from tracker.ui.report.model import ScoreRow

NOTHING = "\N{EN DASH}"


def headings(*, to_patient: bool) -> tuple[str, ...]:
    """Return the headings of the table; the last column is no patient's language."""
    return (
        *(tr("Score"), tr("Baseline"), tr("Last (month)"), tr("Change")),
        *(() if to_patient else (tr("Error · MCID"),)),
    )


def legend() -> str:
    """Say what the last column means."""
    return tr(
        "Error: is the change beyond the published measurement error (?: no figure is published)? MCID: how many of "
        "the published changes that patients called important are reached."
    )


def told_to_patient(rows: Iterable[ScoreRow]) -> tuple[ScoreRow, ...]:
    """Return the rows without their last column."""
    return tuple(replace(row, cells=row.cells[:4]) for row in rows)


def score_rows(comparison: Comparison) -> tuple[ScoreRow, ...]:
    """Return a row for every score that was recorded, exams last; a scale of several scores has its name over them."""
    return tuple(_rows(comparison))


def _rows(comparison: Comparison) -> Iterator[ScoreRow]:
    recorded = [panel for panel in comparison.panels if panel.points]
    for title, group in groupby(recorded, key=_scale_title):
        panels = list(group)
        if len(panels[0].scale.scores) > 1:
            yield ScoreRow(name="", cells=(title,))
        for panel in panels:
            yield ScoreRow(name=panel_name(panel), cells=_cells(panel))
    for steps in comparison.course.steps:
        yield ScoreRow(name=steps.series, cells=_step_cells(steps))


def _scale_title(panel: PanelComparison) -> str:
    title = str(panel.scale.short_title)
    if len(panel.scale.scores) == 1 or panel.course.context is Context.UNSPECIFIED:
        return title
    return tr("{title}, {context}", title=title, context=words.label(panel.course.context))


def _cells(panel: PanelComparison) -> tuple[str, ...]:
    single = len(panel.scale.scores) == 1
    title = texts.panel_title(panel.course) if single else str(panel.score.label)
    baseline = NOTHING if panel.baseline is None or panel.baseline.value is None else show(panel, panel.baseline.value)
    latest = panel.latest
    if latest is None:
        return title, baseline, tr("no score"), NOTHING, NOTHING
    return title, baseline, _value(panel, latest.value, latest.months), _change(panel, latest), _limits(latest)


def _value(panel: PanelComparison, value: Number | None, months: float) -> str:
    return "" if value is None else f"{show(panel, value)} ({month(months)})"


def _change(panel: PanelComparison, latest: PointComparison) -> str:
    change = latest.since_baseline
    if change is None:
        return tr("no baseline") if panel.baseline is None else NOTHING
    text = show(panel, change.change, signed=True)
    if change.percent is not None:
        text += f" ({show_number(change.percent, signed=True)} %)"
    trends = {Trend.BETTER: tr("better"), Trend.WORSE: tr("worse"), Trend.SAME: tr("no change")}
    return text if change.trend is Trend.SAME else f"{text} {trends[change.trend]}"


def _limits(latest: PointComparison) -> str:
    """Return whether the change is beyond error, and how many MCIDs are reached of how many."""
    if not latest.cells:
        return NOTHING
    error = {AgainstError.BEYOND: tr("yes"), AgainstError.WITHIN: tr("no"), AgainstError.UNKNOWN: "?"}
    cell = latest.cells[0]
    reached = f"{cell.reached}/{cell.limits}" if cell.limits else NOTHING
    return f"{error[most_doubtful(latest.cells)]} · {reached}"


def _step_cells(steps: StepCourse) -> tuple[str, ...]:
    first, last = steps.points[0], steps.points[-1]
    start = _result(first) if first.months <= 0 else NOTHING
    return step_heading(steps).title, start, f"{_result(last)} ({month(last.months)})", NOTHING, NOTHING


def _result(point: StepPoint) -> str:
    return ("/".join(point.possible) or tr("not determined")) + ("*" if point.star else "")
