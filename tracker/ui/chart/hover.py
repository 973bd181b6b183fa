"""What stands under the mouse, in words: the patient's visits first, then what the study reported."""

from PySide6.QtCore import QPointF

from tracker.core.messages import ntr, tr
from tracker.core.numbers import DASH, plain_number, show_number
from tracker.ui.chart.drawing import CentreMark, PanelDrawing, PointMark, StudyDrawing
from tracker.ui.chart.frame import Frame
from tracker.ui.chart.labels import bar_span
from tracker.ui.chart.texts import point_words

REACH = 9.0
"""Pixels: how near the mouse must come to a mark."""


def hover_text(drawing: PanelDrawing, frame: Frame, at: QPointF) -> str:
    """Return the words for the mouse at *at*; empty where there is nothing."""
    near = [mark for mark in drawing.marks if _near(frame.at(mark.months, mark.value), at)]
    if near:
        return "\n".join(_mark_words(mark, drawing.decimals) for mark in near)
    gaps = [gap for gap in drawing.gaps if abs(frame.x(gap.months) - at.x()) <= REACH and at.y() <= frame.area.top()]
    if gaps:
        return "\n".join(point_words(gap.point, drawing.decimals) for gap in gaps)
    found = [
        _study_words(study, centre)
        for study in drawing.studies
        for centre in study.centres
        if _inside(study, centre, len(drawing.studies), frame, at)
    ]
    return "\n\n".join(found)


def _mark_words(mark: PointMark, decimals: int) -> str:
    lines = [point_words(mark.point, decimals)]
    if mark.is_baseline:
        lines.append(tr("baseline"))
    if mark.point.imputed_items:
        count = mark.point.imputed_items
        lines.append(
            ntr("{count} missing item filled in by the rule", "{count} missing items filled in by the rule", count)
        )
    return "\n".join(lines)


def _study_words(study: StudyDrawing, centre: CentreMark) -> str:
    kind = tr("median") if centre.is_median else tr("mean")
    lines = [study.title, tr("month {months}", months=plain_number(centre.months))]
    lines.append(tr("{kind} {value} · {n}", kind=kind, value=plain_number(centre.value), n=centre.n_label))
    for band in study.bands:
        if band.months == centre.months:
            span = f"{show_number(band.lower, 1)}{DASH}{show_number(band.upper, 1)}"
            lines.append(tr("{span} (cut at the end of the scale)", span=span) if band.clipped else span)
    return "\n".join(lines)


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
