"""A whole course, composed: the panels in the user's order, those taken away, the lane and the time axis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.core.messages import tr
from tracker.services.comparison import Comparison, PanelComparison
from tracker.services.courses import Course, SeriesCourse
from tracker.ui.chart import texts
from tracker.ui.chart.against import read_against
from tracker.ui.chart.arrangement import Arrangement
from tracker.ui.chart.chart_choices import MOST, ChartChoices
from tracker.ui.chart.compose import compose_lane, compose_panel, home_range, treatment_months
from tracker.ui.chart.compose_steps import compose_steps, step_heading
from tracker.ui.chart.drawing import LaneDrawing, PanelDrawing, PanelState
from tracker.ui.chart.offered import Offered, choosable
from tracker.ui.chart.shown import Shown
from tracker.ui.chart.time_axis import TimeAxis, TimeChoice


@dataclass(frozen=True, slots=True)
class Composed:
    """Everything the page shows of an episode, as data."""

    comparison: Comparison
    panels: tuple[Shown, ...]
    hidden: tuple[Shown, ...]
    lane: LaneDrawing
    axis: TimeAxis
    home: tuple[float, float]

    @property
    def scores(self) -> tuple[PanelDrawing, ...]:
        """The drawings of scores among the panels shown."""
        return tuple(one.drawing for one in self.panels if isinstance(one.drawing, PanelDrawing))

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to show at all: no score, no exam, no treatment, no event."""
        nothing = all(score.state is PanelState.EMPTY for score in self.scores) and not self.comparison.course.steps
        return nothing and not self.hidden and not self.lane.treatments and not self.lane.events

    @property
    def new(self) -> int:
        """How many forms are new since the last review, on the panels shown."""
        return len({mark.point.assessment_id for score in self.scores for mark in score.marks if mark.is_new})


def compose(
    comparison: Comparison,
    offered: Sequence[Offered],
    arrangement: Arrangement,
    choices: ChartChoices,
    whole: Course | None = None,
) -> Composed:
    """Return what is drawn of an episode; *whole*: the course of which the comparison has only a part."""
    course = comparison.course
    drawn = drawn_cohorts(course, offered)
    treatments = treatment_months(course)
    every = [
        Shown(
            panel_name(panel),
            texts.heading(panel.course),
            compose_panel(panel, treatments, read_against(panel, drawn, choices), choices),
        )
        for panel in comparison.panels
    ]
    recovery = next((panel.natural_recovery for panel in comparison.panels if panel.natural_recovery), None)
    every += [
        Shown(steps.series, step_heading(steps), compose_steps(steps, treatments, recovery)) for steps in course.steps
    ]
    ordered = arrangement.arranged(every, lambda one: one.name)
    panels = tuple(one for one in ordered if one.name not in arrangement.hidden)
    lane = compose_lane(course)
    return Composed(
        comparison=comparison,
        panels=panels,
        hidden=tuple(one for one in ordered if one.name in arrangement.hidden),
        lane=lane,
        axis=time_axis(course, choices.time),
        home=home_range([one.drawing for one in panels], lane, whole or course),
    )


def first_part(course: Course, arrangement: Arrangement, count: int) -> Course:
    """Return the course with only the first *count* panels that will be shown: what is compared before the paint."""
    names = [course_name(panel) for panel in course.panels if panel.points] + [steps.series for steps in course.steps]
    shown = [name for name in names if name not in arrangement.hidden]
    first = arrangement.arranged(shown, str)[:count]
    return replace(
        course,
        panels=tuple(panel for panel in course.panels if course_name(panel) in first),
        steps=tuple(steps for steps in course.steps if steps.series in first),
    )


def panel_name(panel: PanelComparison) -> str:
    """Return the name a panel has in the user's arrangement."""
    return course_name(panel.course)


def course_name(panel: SeriesCourse) -> str:
    """Return the name of a score and its circumstance."""
    return f"{panel.series}|{panel.context.value}"


def drawn_cohorts(course: Course, offered: Sequence[Offered]) -> tuple[str, ...]:
    """Return the chosen cohorts that may be drawn, in the order chosen; none without a treatment."""
    if not course.origin_is_treatment:
        return ()
    usable = {one.key for one in choosable(offered)}
    return tuple(key for key in course.episode.read_against if key in usable)[:MOST]


def time_axis(course: Course, choice: TimeChoice) -> TimeAxis:
    """Return the axis asked for; months where the records do not allow it."""
    if times_allowed(course)[choice]:
        return TimeAxis(TimeChoice.MONTHS, course.origin)
    start = course.patient.birth_date if choice is TimeChoice.AGE else course.episode.onset_date
    return TimeAxis(choice, course.origin, start)


def times_allowed(course: Course) -> dict[TimeChoice, str]:
    """Return each time axis with why it cannot be shown; empty where it can."""
    born, onset = course.patient.birth_date, course.episode.onset_date
    no_onset = "" if onset is not None else tr("No date of onset is recorded for this episode")
    if onset is not None and onset.month is None:
        no_onset = tr("The onset is known by its year only: too rough to count months from")
    return {
        TimeChoice.MONTHS: "",
        TimeChoice.DATE: "",
        TimeChoice.AGE: "" if born is not None else tr("No date of birth is recorded"),
        TimeChoice.ONSET: no_onset,
    }
