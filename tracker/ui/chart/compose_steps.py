"""From the classification of exams to the step lines of AIS grade and neurological level."""

from collections.abc import Iterable

from tracker.core.messages import Message, msg, tr
from tracker.core.numbers import show_number
from tracker.services.exam_steps import StepCourse, StepPoint
from tracker.ui.chart.drawing import StepDrawing, StepMark
from tracker.ui.chart.texts import Heading


def compose_steps(steps: StepCourse, treatments: tuple[float, ...], recovery: Message | None) -> StepDrawing:
    """Return what the panel of one classified field draws."""
    notes: list[Message] = []
    if any(point.low is None for point in steps.points):
        notes.append(msg("An exam without a place on this axis says why on hover."))
    if any(point.low != point.high for point in steps.points):
        notes.append(msg("A bar: the exam leaves open which of these results it is."))
    if any(point.star for point in steps.points):
        notes.append(msg("A star: something not due to the injury was taken into account."))
    return StepDrawing(
        series=steps.series,
        results=steps.results,
        marks=tuple(
            StepMark(point.months, point.low, point.high, point.star, "\n".join(_hover(steps, point)))
            for point in steps.points
        ),
        treatments=treatments,
        said=tuple(notes),
        recovery=recovery,
    )


def step_heading(steps: StepCourse) -> Heading:
    """Return title, span of places, and which way is better."""
    return Heading(
        title=tr("ISNCSCI · {field}", field=steps.label),
        range=tr("{worst} to {best}", worst=steps.results[0], best=steps.results[-1]),
        anchor=tr("{arrow} better · steps have an order, no distances", arrow="▲"),
        way=tr("{arrow} better", arrow="▲"),
    )


def _hover(steps: StepCourse, point: StepPoint) -> Iterable[str]:
    result = " / ".join(point.possible) or tr("not determined")
    yield f"{result}*" if point.star else result
    yield tr("{date} · month {months}", date=point.date.isoformat(), months=show_number(point.months, 1))
    if point.low != point.high:
        yield tr("the exam leaves open which of these it is")
