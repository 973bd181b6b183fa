"""From an episode's comparison to what its report prints: the same drawings and sentences as on the course page."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from tracker.core.messages import tr
from tracker.services.comparison import Comparison
from tracker.ui.chart import arrangement, chart_choices, texts
from tracker.ui.chart.chart_choices import ChartChoices, Voice
from tracker.ui.chart.composed import Composed, compose
from tracker.ui.chart.drawing import PanelDrawing, PanelState, StepDrawing, StudyDrawing
from tracker.ui.chart.legend import RECOVERY
from tracker.ui.chart.offered import offered_cohorts
from tracker.ui.chart.page_head import axis_words
from tracker.ui.chart.shown import Shown
from tracker.ui.patient_list import episode_words
from tracker.ui.report import numbers, sources
from tracker.ui.report.model import EpisodeReport, Figure
from tracker.ui.report.words import event_lines, facts_words, treatment_lines


@dataclass(frozen=True, slots=True)
class Material:
    """An episode ready to be printed with any number of charts: its drawings, in the order they are wanted."""

    composed: Composed
    panels: tuple[Shown, ...]
    choices: ChartChoices
    day: datetime.date


def material(comparison: Comparison, voice: Voice, day: datetime.date) -> Material:
    """Return the drawings of an episode with the user's own order, band, lines and time axis, never zoomed."""
    kept = chart_choices.load()
    choices = ChartChoices(band=kept.band, lines=kept.lines, time=kept.time, voice=voice)
    course = comparison.course
    order = arrangement.load(course.condition.id)
    composed = compose(comparison, offered_cohorts(course), order, choices)
    recorded = [one for one in composed.panels if not one.is_empty]
    if not order.order:  # the user has no wish: what can be read against a study first, and what an exam found
        recorded.sort(key=lambda one: not (_studies(one) or isinstance(one.drawing, StepDrawing)))
    # A score that was never computed needs no plot as long as there are others: the table has it.
    recorded.sort(key=lambda one: isinstance(one.drawing, PanelDrawing) and one.drawing.state is PanelState.UNSCORED)
    return Material(composed, tuple(recorded), choices, day)


def episode_report(made: Material, count: int) -> EpisodeReport:
    """Return what is printed of an episode with its first *count* charts."""
    composed, comparison = made.composed, made.composed.comparison
    course = comparison.course
    letters = _letters(made.panels[:count])
    figures = tuple(_figure(one, letters) for one in made.panels[:count])
    to_patient = made.choices.voice is Voice.PATIENT
    rows = numbers.told_to_patient(numbers.score_rows(comparison)) if to_patient else numbers.score_rows(comparison)
    return EpisodeReport(
        title=episode_words(course.episode),
        facts=facts_words(course),
        treatments=tuple(treatment_lines(course, made.day)),
        key=_key(composed, figures, made.choices),
        paragraph=texts.sentences(comparison.paragraph) if to_patient else "",
        lane=composed.lane,
        axis=composed.axis,
        window=_window(composed.home),
        figures=figures,
        shared=tuple(f"({letter}) {sentence}" for sentence, letter in letters.items()),
        not_drawn=_not_drawn(made, count),
        headings=numbers.headings(to_patient=to_patient),
        rows=rows,
        legend="" if to_patient else numbers.legend(),
        events=tuple(event_lines(course.events)),
        cautions=tuple(sources.cautions(comparison, figures)),
        sources=tuple(sources.sources(comparison, figures)),
    )


def _letters(panels: Sequence[Shown]) -> dict[str, str]:
    """Return the sentences that stand under more than one chart, with a letter each: they are printed once."""
    said = Counter(sentence for one in panels for sentence in dict.fromkeys(_sentences(one)))
    return dict(zip((sentence for sentence, times in said.items() if times > 1), ascii_lowercase, strict=False))


def _sentences(one: Shown) -> list[str]:
    return [texts.sentences((sentence,)) for sentence in one.drawing.said]


def _figure(one: Shown, letters: Mapping[str, str]) -> Figure:
    studies = _studies(one)
    notes = list(texts.outstanding(studies))
    if one.drawing.recovery is not None:
        notes.append(RECOVERY)
    sentences = _sentences(one)
    own = [sentence for sentence in sentences if sentence not in letters]
    shared = [letters[sentence] for sentence in sentences if sentence in letters]
    return Figure(
        shown=one,
        studies=tuple((study, study.short) for study in studies),
        notes=texts.sentences(notes),
        said=" ".join(part for part in (texts.joined(own), f"({', '.join(shared)})" if shared else "") if part),
    )


def _window(home: tuple[float, float]) -> tuple[float, float]:
    """Return the months shown: a little more than everything, so that no mark lies on an edge."""
    air = (home[1] - home[0]) * 0.035
    return home[0] - air, home[1] + air


def _studies(one: Shown) -> tuple[StudyDrawing, ...]:
    return one.drawing.studies if isinstance(one.drawing, PanelDrawing) else ()


def _key(composed: Composed, figures: Sequence[Figure], choices: ChartChoices) -> str:
    """Return what the marks, the months and the band mean."""
    parts = [tr("● this patient  ◎ baseline  × no score"), axis_words(composed.comparison.course, composed.axis.choice)]
    if any(figure.studies for figure in figures):
        parts.append(texts.band_words(choices.band))
    return " · ".join(part for part in parts if part)


def _not_drawn(made: Material, count: int) -> str:
    """Say which recorded scores have no chart on the page: those that did not fit, those the user took away."""
    without = [one for one in (*made.panels[count:], *made.composed.hidden) if not one.is_empty]
    if not without:
        return ""
    scales: dict[str, list[str]] = {}
    for one in without:
        scale, _, score = one.heading.title.partition(" · ")
        scales.setdefault(scale, []).append(score)
    drawn = {one.heading.title.partition(" · ")[0] for one in made.panels[:count]}
    # A scale without any chart is named once; of the others, each score that has none.
    named = [
        tr("{scale} ({scores})", scale=scale, scores=texts.enumerated(left)) if scale in drawn and all(left) else scale
        for scale, left in scales.items()
    ]
    return tr("In the table only, without a chart here: {scores}.", scores=texts.enumerated(named))
