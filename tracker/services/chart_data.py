"""The numbers behind a chart as CSV: every visit, every reported month of the cohorts drawn, every own line.

One long table; ``record`` says what a row is. Numbers are at full precision, reasons in English whatever language is
in use, and demo data say that they are synthetic.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.core.numbers import Number
from tracker.exchange.cells import in_english
from tracker.exchange.text import number_cell, text_cell
from tracker.scales.lines import Line
from tracker.services.comparison import CohortComparison, CohortPoint, Comparison, PanelComparison, PointComparison

COLUMNS = (
    "record", "synthetic", "series", "context", "scale", "scale_version", "score", "date", "months", "value", "reason",
    "is_baseline", "change_from_baseline", "percent_change", "change_from_last", "after_further_treatment", "policy",
    "imputed_items", "cohort", "centre", "n", "n_kind", "band", "lower", "upper", "visit_date", "days_off",
    "better_than", "better_than_lower", "better_than_upper", "line", "line_upper", "source",
)  # fmt: skip
"""Order of the columns; a column is only ever added."""

Cells = Mapping[str, str]


class ChartDataError(TrackerError):
    """The data of a chart could not be written."""


def write_chart_data(
    path: Path,
    comparison: Comparison,
    *,
    wanted: Callable[[PanelComparison], bool],
    cohorts: Collection[str],
    synthetic: bool,
) -> int:
    """Write the panels *wanted* with the *cohorts* drawn (``study/cohort``) to *path*; returns the number of rows."""
    text, rows = chart_data(comparison, wanted=wanted, cohorts=cohorts, synthetic=synthetic)
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ChartDataError(
            msg("{path} cannot be written: {problem}", path=str(path), problem=error.strerror or str(error))
        ) from error
    return rows


def chart_data(
    comparison: Comparison,
    *,
    wanted: Callable[[PanelComparison], bool],
    cohorts: Collection[str],
    synthetic: bool,
) -> tuple[str, int]:
    """Return the table as CSV, and its number of rows."""
    rows = [
        {**_panel(panel, synthetic=synthetic), **cells}
        for panel in comparison.panels
        if wanted(panel)
        for cells in _rows(panel, cohorts)
    ]
    lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    return "\r\n".join(lines) + "\r\n", len(rows)


def _panel(panel: PanelComparison, *, synthetic: bool) -> Cells:
    return {
        "synthetic": _flag(synthetic),
        "series": text_cell(panel.series),
        "context": text_cell(panel.course.context.value),
        "score": text_cell(panel.score.code),
    }


def _rows(panel: PanelComparison, cohorts: Collection[str]) -> Iterator[Cells]:
    yield from (_visit(point) for point in panel.points)
    drawn = {cohort.key: cohort for cohort in panel.cohorts if cohort.key in cohorts}
    for key in cohorts:
        if key in drawn:
            yield from (_month(drawn[key], point) for point in drawn[key].points)
    yield from (_line(line) for line in panel.lines)


def _visit(point: PointComparison) -> Cells:
    last, after = point.since_last, point.after
    return {
        "record": "visit",
        "scale": text_cell(point.point.scale),
        "scale_version": text_cell(point.point.scale_version),
        "date": point.date.isoformat(),
        "months": number_cell(point.months),
        "value": number_cell(point.value),
        "reason": _text(point.reason),
        "is_baseline": _flag(point.is_baseline),
        "change_from_baseline": number_cell(point.change_from_baseline),
        "percent_change": number_cell(point.percent_change),
        "change_from_last": number_cell(None if last is None else last.change),
        "after_further_treatment": "" if after is None else after.date.isoformat(),
        "policy": text_cell(point.point.policy),
        "imputed_items": number_cell(point.point.imputed_items),
    }


def _month(cohort: CohortComparison, point: CohortPoint) -> Cells:
    drawn, place, visit = point.drawn, point.place, point.visit
    band = drawn.band
    limits: Iterable[Number | None] = (None, None) if band is None else (band.lower, band.upper)
    lower, upper = limits
    return {
        "record": "cohort",
        "months": number_cell(drawn.months),
        "value": number_cell(drawn.value),
        "reason": _text(point.refused_reason),
        "cohort": text_cell(cohort.key),
        "centre": text_cell(point.centre.value),
        "n": number_cell(drawn.n),
        "n_kind": text_cell(drawn.n_kind.value),
        "band": "" if band is None else text_cell(band.kind.value),
        "lower": number_cell(lower),
        "upper": number_cell(upper),
        "visit_date": "" if visit is None else visit.point.date.isoformat(),
        "days_off": number_cell(None if visit is None else visit.days_off),
        "better_than": number_cell(None if place is None else place.better_than),
        "better_than_lower": number_cell(None if place is None else place.better_than_lower),
        "better_than_upper": number_cell(None if place is None else place.better_than_upper),
        "source": text_cell(cohort.study.citation),
    }


def _line(line: Line) -> Cells:
    return {
        "record": "line",
        "line": text_cell(line.code),
        "value": number_cell(line.value),
        "line_upper": number_cell(line.upper),
        "source": "" if line.threshold is None else text_cell(line.threshold.citation),
    }


def _text(message: Message | None) -> str:
    return "" if message is None else text_cell(in_english(message))


def _flag(holds: bool) -> str:
    return "1" if holds else "0"
