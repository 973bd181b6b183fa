"""What stands under the mouse, in words: the patient's visits first, then what a study reported, then own lines."""

from PySide6.QtCore import QPointF

from tracker.core.messages import ntr, say, tr
from tracker.core.numbers import DASH, plain_number, show_number
from tracker.ui.chart.drawing import CentreMark, OwnLine, PanelDrawing, PointMark, StudyDrawing
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.labels import bar_span
from tracker.ui.chart.reading_words import place_words, visit_lines, visit_matched
from tracker.ui.chart.texts import point_words, sentences

REACH = 9.0
"""Pixels: how near the mouse must come to a mark."""
_LINE_REACH = 3.5


def hover_text(drawing: PanelDrawing, frame: Frame, at: QPointF) -> str:
    """Return the words for the mouse at *at*; empty where there is nothing."""
    near = [mark for mark in drawing.marks if _near(frame.at(mark.months, mark.value), at)]
    if near:
        return "\n\n".join(mark_words(mark, drawing) for mark in near)
    gaps = [gap for gap in drawing.gaps if abs(frame.x(gap.months) - at.x()) <= REACH and at.y() <= frame.area.top()]
    if gaps:
        return "\n".join(point_words(gap.point, drawing.decimals) for gap in gaps)
    found = [centre_words(study, centre) for study, centre in _centres_at(drawing, frame, at)]
    if not found:
        found = [_line_words(line) for line in drawing.lines if _on_line(line, frame, at)]
    return "\n\n".join(found)


def study_at(drawing: PanelDrawing, frame: Frame, at: QPointF) -> str:
    """Return the cohort whose bar or centre lies at *at*; empty where there is none."""
    if any(_near(frame.at(mark.months, mark.value), at) for mark in drawing.marks):
        return ""
    return next((study.cohort for study, _ in _centres_at(drawing, frame, at)), "")


def mark_words(mark: PointMark, drawing: PanelDrawing) -> str:
    """Return a visit in words: value, date, month, changes, verdicts with their source, place in the cohorts."""
    lines = [point_words(mark.point, drawing.decimals)]
    if mark.is_baseline:
        lines.append(tr("baseline"))
    if mark.is_new:
        lines.append(tr("new since the last review"))
    if mark.point.imputed_items:
        count = mark.point.imputed_items
        lines.append(
            ntr("{count} missing item filled in by the rule", "{count} missing items filled in by the rule", count)
        )
    lines += visit_lines(mark.compared, drawing.decimals)
    for study in drawing.studies:
        for centre in study.centres:
            compared = centre.compared
            if compared is None or compared.visit is None:
                continue
            if compared.visit.point.assessment_id == mark.point.assessment_id:
                months = plain_number(centre.months)
                lines.append(tr("{cohort}, month {months}: {place}", cohort=study.title, months=months,
                                place=place_words(compared)))  # fmt: skip
    return "\n".join(lines)


def centre_words(study: StudyDrawing, centre: CentreMark) -> str:
    """Return a month of a study in words: centre, n, band, doubts, and where the patient stands."""
    kind = tr("median") if centre.is_median else tr("mean")
    lines = [study.title, tr("month {months}", months=plain_number(centre.months))]
    lines.append(tr("{kind} {value} · {n}", kind=kind, value=plain_number(centre.value), n=centre.n_label))
    for band in study.bands:
        if band.months == centre.months:
            span = f"{show_number(band.lower, 1)}{DASH}{show_number(band.upper, 1)}"
            lines.append(tr("{span} (cut at the end of the scale)", span=span) if band.clipped else span)
    compared = centre.compared
    if compared is not None:
        lines += [f"⚠ {doubt.text}" for doubt in compared.drawn.doubts]
        words = place_words(compared)
        visit = visit_matched(compared)
        if words:
            lines.append(tr("this patient ({visit}): {place}", visit=visit, place=words) if visit else words)
    lines.append(sentences(study.legend))
    lines.append(tr("A click opens the study in the library."))
    return "\n".join(lines)


def _line_words(line: OwnLine) -> str:
    return "\n".join(say(message) for message in line.hover)


def _on_line(line: OwnLine, frame: Frame, at: QPointF) -> bool:
    if line.from_months is not None and at.x() < frame.x(line.from_months):
        return False
    ends = [frame.y(line.value), frame.y(line.value if line.upper is None else line.upper)]
    return min(ends) - _LINE_REACH <= at.y() <= max(ends) + _LINE_REACH


def _centres_at(drawing: PanelDrawing, frame: Frame, at: QPointF) -> list[tuple[StudyDrawing, CentreMark]]:
    return [
        (study, centre)
        for study in drawing.studies
        for centre in study.centres
        if _inside(study, centre, len(drawing.studies), frame, at)
    ]


def _inside(study: StudyDrawing, centre: CentreMark, studies: int, frame: Frame, at: QPointF) -> bool:
    left, right = bar_span(frame, centre.months, study.rank, studies)
    if not left - 1 <= at.x() <= right + 1:
        return False
    values = [value for band in study.bands if band.months == centre.months for value in (band.lower, band.upper)]
    top = frame.y(max([centre.value, *values])) - 6
    bottom = frame.y(min([centre.value, *values])) + 6
    return top <= at.y() <= bottom


def _near(mark: QPointF, at: QPointF) -> bool:
    return abs(mark.x() - at.x()) <= REACH and abs(mark.y() - at.y()) <= REACH
