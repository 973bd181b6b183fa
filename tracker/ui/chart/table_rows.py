"""The rows of the table behind a chart: the same data that is drawn, in words and in the same order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.core.messages import say, tr
from tracker.core.numbers import DASH, plain_number, show_number
from tracker.services.comparison import PanelComparison
from tracker.ui.chart.composed import Composed, panel_name
from tracker.ui.chart.drawing import CentreMark, GapMark, PanelDrawing, PointMark, StepDrawing, StudyDrawing
from tracker.ui.chart.labels import shown
from tracker.ui.chart.reading_words import cell_words, change_words, place_words, verdict_words, visit_matched
from tracker.ui.chart.shown import Shown
from tracker.ui.library.models import Column, RowsModel

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its headings, the columns with numbers, its rows."""

    headings: Row
    rows: tuple[Row, ...]
    widths: tuple[int, ...]

    def model(self) -> RowsModel[Row]:
        """Return the table as an item model."""
        columns = [Column(heading, _cell(place)) for place, heading in enumerate(self.headings)]
        return RowsModel(columns, self.rows)

    def text(self) -> str:
        """Return the table as text with tabs, for the clipboard."""
        lines = [self.headings, *self.rows]
        return "\n".join("\t".join(cell.replace("\n", "; ").replace("\t", " ") for cell in line) for line in lines)


def _cell(place: int) -> Callable[[Row], str]:
    return lambda row: row[place]


def told_columns(sheet: Sheet, *, one_panel: bool) -> Sheet:
    """Return the columns that say something: not the score of one panel, not a column of empty cells."""
    places = [
        place
        for place in range(len(sheet.headings))
        if not (place == 0 and one_panel) and any(row[place] for row in sheet.rows)
    ]
    return Sheet(
        tuple(sheet.headings[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in sheet.rows),
        tuple(sheet.widths[place] for place in places),
    )


def chosen(composed: Composed, name: str) -> Sequence[Shown]:
    """Return the panel of that name, all panels where the name is empty."""
    return [one for one in composed.panels if not name or one.name == name]


def visits_sheet(panels: Sequence[Shown]) -> Sheet:
    """Return every visit of the panels: value or reason, changes, what the limits say, where it stands."""
    headings = (
        tr("Score"), tr("Date"), tr("Month"), tr("Value"), tr("Since baseline"), tr("Since last visit"),
        tr("Against error and MCID"), tr("Each published limit"), tr("Place in the cohorts"), tr("Note"),
    )  # fmt: skip
    rows: list[Row] = []
    for one in panels:
        if isinstance(one.drawing, StepDrawing):
            rows += [_step_row(one, mark.hover) for mark in one.drawing.marks]
            continue
        marks: list[PointMark | GapMark] = [*one.drawing.marks, *one.drawing.gaps]
        for mark in sorted(marks, key=lambda mark: (mark.months, mark.point.date)):
            row = _gap_row if isinstance(mark, GapMark) else _mark_row
            rows.append((one.heading.title, *row(mark, one.drawing)))  # type: ignore[arg-type]
    return Sheet(headings, tuple(rows), (130, 96, 66, 70, 118, 118, 170, 260, 230, 120))


def _mark_row(mark: PointMark, drawing: PanelDrawing) -> Row:
    compared, decimals = mark.compared, drawing.decimals
    notes = [tr("baseline")] if mark.is_baseline else []
    notes += [tr("new since the last review")] if mark.is_new else []
    if mark.point.imputed_items:
        notes.append(tr("{count} items filled in by the rule", count=mark.point.imputed_items))
    if compared.after is not None:
        notes.append(tr("after further treatment on {date}", date=compared.after.date.isoformat()))
    return (
        mark.point.date.isoformat(),
        show_number(mark.months, 1),
        shown(mark.value, decimals),
        change_words(compared.since_baseline, decimals),
        change_words(compared.since_last, decimals),
        "\n".join(cell_words(cell) for cell in compared.cells),
        "\n".join(verdict_words(verdict) for verdict in compared.verdicts),
        "\n".join(_places(mark, drawing)),
        "\n".join(notes),
    )


def _places(mark: PointMark, drawing: PanelDrawing) -> list[str]:
    found = []
    for study in drawing.studies:
        for centre in study.centres:
            compared = centre.compared
            if compared is None or compared.visit is None:
                continue
            if compared.visit.point.assessment_id == mark.point.assessment_id:
                months = plain_number(centre.months)
                place = place_words(compared)
                found.append(tr("{cohort}, month {months}: {place}", cohort=study.title, months=months, place=place))
    return found


def _gap_row(mark: GapMark, _drawing: PanelDrawing) -> Row:
    reason = say(mark.point.reason) if mark.point.reason else tr("not finished")
    note = tr("no score: {reason}", reason=reason)
    return (mark.point.date.isoformat(), show_number(mark.months, 1), "", "", "", "", "", "", note)


def _step_row(one: Shown, hover: str) -> Row:
    result, when, *rest = hover.split("\n")
    return (one.heading.title, when, "", result, "", "", "", "", "", "; ".join(rest))


def studies_sheet(panels: Sequence[Shown]) -> Sheet:
    """Return every reported month of the cohorts drawn: centre, n, band, doubts, the patient's place."""
    headings = (
        tr("Score"), tr("Cohort"), tr("Month"), tr("Centre"), tr("n"), tr("Band"), tr("Visit read against it"),
        tr("Place, or why there is none"), tr("Doubts"), tr("Source"),
    )  # fmt: skip
    rows = tuple(
        (one.heading.title, study.title, *_centre_row(study, centre))
        for one in panels
        if isinstance(one.drawing, PanelDrawing)
        for study in one.drawing.studies
        for centre in study.centres
    )
    return Sheet(headings, rows, (130, 140, 66, 90, 70, 110, 110, 220, 200, 140))


def _centre_row(study: StudyDrawing, centre: CentreMark) -> Row:
    kind = tr("median") if centre.is_median else tr("mean")
    band = next((band for band in study.bands if band.months == centre.months), None)
    compared = centre.compared
    return (
        plain_number(centre.months),
        f"{kind} {plain_number(centre.value)}",
        centre.n_label,
        "" if band is None else f"{show_number(band.lower, 1)}{DASH}{show_number(band.upper, 1)}",
        "" if compared is None else visit_matched(compared),
        "" if compared is None else place_words(compared),
        "" if compared is None else "\n".join(str(doubt.text) for doubt in compared.drawn.doubts),
        "" if compared is None else "; ".join(source.name for source in compared.drawn.point.sources),
    )


def lines_sheet(composed: Composed, panels: Sequence[Shown]) -> Sheet:
    """Return the levels from the patient's own baseline, and those that are not drawn with their reason."""
    headings = (
        tr("Score"),
        tr("Level from own baseline"),
        tr("At"),
        tr("Population and source"),
        tr("Not drawn because"),
    )
    compared = {panel_name(panel): panel for panel in composed.comparison.panels}
    rows: list[Row] = []
    for one in panels:
        panel = compared.get(one.name)
        if panel is not None and panel.points:
            rows += [(one.heading.title, *row) for row in _line_rows(panel)]
    return Sheet(headings, tuple(rows), (150, 200, 70, 420, 220))


def _line_rows(panel: PanelComparison) -> list[Row]:
    rows: list[Row] = []
    for line in panel.lines:
        limit = line.threshold
        source = "" if limit is None else f"{limit.population}; {limit.citation}"
        rows.append((say(line.name), show_number(line.value, panel.score.decimals), source, ""))
    rows += [(say(line.name), "", "", say(line.reason)) for line in panel.hidden_lines]
    return rows
