"""The words of the course: headings, legends, and what a screen reader is told of a panel."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from tracker.clinic.codes import Context
from tracker.core.messages import Language, Message, current_language, msg, say, tr
from tracker.core.numbers import DASH, plain_number
from tracker.reference.bands import BandKind
from tracker.scales.model import Direction, ScoreDefinition
from tracker.services.courses import CoursePoint, SeriesCourse
from tracker.ui import words
from tracker.ui.chart.band_names import KINDS
from tracker.ui.chart.drawing import BandChoice, Drawn, StepDrawing, StudyDrawing
from tracker.ui.chart.labels import shown

TOP = Qt.AlignmentFlag.AlignTop
LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a plot."""

    title: str
    range: str
    anchor: str
    anchors: str = ""
    """What both ends of the scale mean."""
    way: str = ""
    """Which way is better, where there is no room for the anchor."""

    @property
    def name(self) -> str:
        """The title for where the range stands beside it: without the range that some scores have in their name."""
        span = re.escape(self.range.partition(" ")[0].replace(DASH, "-"))
        if not span:
            return self.title
        unlisted = re.sub(rf"[,\N{{FULLWIDTH COMMA}}] ?{span}(?![\d.])", "", self.title)
        return re.sub(rf" ?[(\N{{FULLWIDTH LEFT PARENTHESIS}}]{span}[)\N{{FULLWIDTH RIGHT PARENTHESIS}}]", "", unlisted)

    @property
    def short_name(self) -> str:
        """The name where there is no room for what its brackets explain."""
        return re.sub(r" ?[(\N{FULLWIDTH LEFT PARENTHESIS}][^()]*[)\N{FULLWIDTH RIGHT PARENTHESIS}]$", "", self.name)


def heading(course: SeriesCourse) -> Heading:
    """Return title with context, range with unit, and which way is better with the scale's own anchor."""
    score = course.score
    title = panel_title(course)
    if score.open_ended:
        return _open_heading(title, score)
    span = f"{plain_number(score.minimum)}{DASH}{plain_number(score.maximum)}"
    up = score.direction is Direction.HIGHER_BETTER
    best = score.maximum if up else score.minimum
    anchor = score.high_anchor if up else score.low_anchor
    return Heading(
        title=title,
        range=f"{span} {score.unit}" if score.unit else span,
        anchor=tr(
            "{arrow} better · {value} = {anchor}", arrow="▲" if up else "▼", value=plain_number(best), anchor=anchor
        ),
        anchors=tr(
            "{low} = {low_anchor}, {high} = {high_anchor}",
            low=plain_number(score.minimum),
            low_anchor=score.low_anchor,
            high=plain_number(score.maximum),
            high_anchor=score.high_anchor,
        ),
        way=tr("{arrow} better", arrow="▲" if up else "▼"),
    )


def _open_heading(title: str, score: ScoreDefinition) -> Heading:
    """Return the heading of a score that has no upper end (more is better then)."""
    least = tr("{value} = {anchor}", value=plain_number(score.minimum), anchor=score.low_anchor)
    way = tr("{arrow} better", arrow="▲")
    return Heading(title, score.unit or "", way, least, way)


def panel_title(course: SeriesCourse) -> str:
    """Return scale and score, with the circumstance where one is recorded."""
    scale, score = str(course.scale.short_title), str(course.score.label)
    title = scale if len(course.scale.scores) == 1 else tr("{scale} · {score}", scale=scale, score=score)
    if course.context is Context.UNSPECIFIED:
        return title
    return tr("{title}, {context}", title=title, context=words.label(course.context))


def never_recorded(headings: Iterable[Heading]) -> str:
    """Return the scores of *headings*, a line a scale, each with its range unless its own name has it."""
    lines: dict[str, list[str]] = {}
    for one in headings:
        scale, _dot, score = one.title.partition(" · ")
        named = one.range and one.range not in one.title.replace("-", DASH)
        lines.setdefault(scale, []).append(f"{score} ({one.range})".strip() if named else score)
    return "\n".join(f"{scale}: {enumerated(scores)}" if all(scores) else scale for scale, scores in lines.items())


def sentences(messages: Iterable[Message]) -> str:
    """Return the messages as sentences, one after the other as the language writes them."""
    said = (say(message) for message in messages)
    return joined(text[:1].upper() + text[1:] for text in said)


def joined(said: Iterable[str]) -> str:
    """Return sentences one after the other as the language writes them."""
    return ("" if current_language() is Language.ZH_CN else " ").join(said)


def enumerated(parts: Iterable[str]) -> str:
    """Return parts as a list in the punctuation of the language."""
    return ("、" if current_language() is Language.ZH_CN else ", ").join(parts)


def apart(parts: Iterable[str]) -> str:
    """Return longer parts as a list in the punctuation of the language."""
    return ("；" if current_language() is Language.ZH_CN else "; ").join(parts)


def study_words(study: StudyDrawing) -> str:
    """Return a cohort's line: its name, and what its marks mean in full."""
    return tr("{cohort}: {meaning}", cohort=study.title, meaning=sentences(study.legend))


def outstanding(studies: Sequence[StudyDrawing]) -> tuple[Message, ...]:
    """Return what must stand under a plot of its cohorts, each once; what holds for one of two names that one."""
    owners: dict[str, list[str]] = {}
    notes: dict[str, Message] = {}
    for study in studies:
        for note in (*study.exceptions, *study.warnings):
            notes[say(note)] = note
            owners.setdefault(say(note), []).append(study.title)
    return tuple(
        note if len(set(owners[text])) == len(studies) else msg("{cohort}: {note}", cohort=owners[text][0], note=note)
        for text, note in notes.items()
    )


def band_words(band: BandChoice) -> str:
    """Return the band chosen under its full name."""
    if band is BandChoice.RANGE95:
        name = say(KINDS[BandKind.RANGE95])
        return sentences((msg("{name}. Not a forecast for this patient.", name=name),))
    if band is BandChoice.SD:
        return sentences((msg("{name}.", name=KINDS[BandKind.SD]),))
    return tr("No band: only what the study gives as its centre.")


def offer_button(title: str) -> str:
    """Return the words of the button that reads against a parent cohort instead."""
    return tr("Read against {cohort} instead", cohort=title)


def point_words(point: CoursePoint, decimals: int) -> str:
    """Return one visit in words: value or reason, date, months."""
    when = tr("{date} · month {months}", date=point.date.isoformat(), months=shown(point.months, 1))
    if point.value is None or not point.complete:
        reason = say(point.reason) if point.reason else tr("not finished")
        return tr("no score: {reason}", reason=reason) + "\n" + when
    return shown(point.value, decimals) + "\n" + when


def spoken(drawing: Drawn) -> str:
    """Return every visit of a panel and its sentences for a screen reader."""
    if isinstance(drawing, StepDrawing):
        lines = [mark.hover.replace("\n", ", ") for mark in drawing.marks]
    else:
        points = sorted([mark.point for mark in drawing.marks] + [gap.point for gap in drawing.gaps], key=_months)
        lines = [point_words(point, drawing.decimals).replace("\n", ", ") for point in points]
    return "\n".join((*lines, sentences(drawing.said))).rstrip()


def _months(point: CoursePoint) -> float:
    return point.months
