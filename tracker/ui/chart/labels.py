"""Where the numbers stand: the patient's values first, then each study's n, never over another mark."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tracker.core.numbers import Number, show_number
from tracker.ui.chart.drawing import LineKind, OwnLine, PanelDrawing, StudyDrawing
from tracker.ui.chart.frame import RIGHT, Frame

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
Measure = Callable[[str], float]
"""Width of a text in pixels."""

MARK = 4.5
"""Radius of the patient's point."""
BAR = 11.0
"""Half the width of a study's bar."""
VALUE_HEIGHT = 13.0
N_HEIGHT = 11.0
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text and the box it fills; ``rank`` is the study's, or -1 for the patient's values and own lines."""

    text: str
    box: Box
    rank: int
    line: LineKind | None = None


@lru_cache(maxsize=8192)
def shown(value: Number, decimals: int) -> str:
    """Write a value as the score is displayed; kept, for every repaint asks again."""
    return show_number(value, decimals)


def bar_span(frame: Frame, months: float, rank: int, studies: int) -> tuple[float, float]:
    """Return the left and right pixel of a study's bar: one study centred, two side by side."""
    centre = frame.x(months)
    if studies < 2:
        return centre - BAR, centre + BAR
    return (centre - BAR, centre - 0.5) if rank == 0 else (centre + 0.5, centre + BAR)


def place_labels(drawing: PanelDrawing, frame: Frame, measure_value: Measure, measure_n: Measure) -> tuple[Label, ...]:
    """Return the labels that fit: last, baseline and first values before the others; every n of a study."""
    taken = [_point_box(frame, mark.months, mark.value) for mark in drawing.marks if frame.shows(mark.months, MARK)]
    labels: list[Label] = []
    for index in _by_importance(drawing):
        mark = drawing.marks[index]
        if not frame.shows(mark.months):
            continue
        text = shown(mark.value, drawing.decimals)
        width = measure_value(text)
        x, y = frame.x(mark.months), frame.y(mark.value)
        reach = MARK + (4 if mark.is_baseline else 1)
        above = _box(x, y - reach - VALUE_HEIGHT, width, VALUE_HEIGHT)
        below = _box(x, y + reach, width, VALUE_HEIGHT)
        box = _first_free((above, below), taken, frame)
        if box:
            taken.append(box)
            labels.append(Label(text, box, -1))
    for study in drawing.studies:
        for label in _n_labels(study, len(drawing.studies), frame, measure_n, taken):
            taken.append(label.box)
            labels.append(label)
    for line in drawing.lines:
        placed = _line_label(line, frame, measure_n, taken)
        if placed is not None:
            taken.append(placed.box)
            labels.append(placed)
    return tuple(labels)


def _line_label(line: OwnLine, frame: Frame, measure: Measure, taken: list[Box]) -> Label | None:
    """Return the name of a line, on it at the right, or further left; none where there is no room."""
    width, y = measure(line.label), frame.y(line.value)
    start = frame.area.left() if line.from_months is None else max(frame.area.left(), frame.x(line.from_months))
    ends = [frame.area.right() - share * (frame.area.right() - start) for share in (0.0, 0.3, 0.55)]
    places = [end - width / 2 - 2 for end in ends if end - width - 2 >= start]
    boxes = [_box(x, top, width, N_HEIGHT) for x in places for top in (y - N_HEIGHT - 1, y + 1)]
    box = _first_free(boxes, taken, frame)
    return Label(line.label, box, -1, line.kind) if box else None


def _by_importance(drawing: PanelDrawing) -> Iterable[int]:
    indices = list(range(len(drawing.marks)))
    first = [index for index in indices if drawing.marks[index].is_baseline]
    ends = [indices[-1], indices[0]] if indices else []
    return dict.fromkeys((*ends[:1], *first, *ends[1:], *reversed(indices)))


def _n_labels(study: StudyDrawing, studies: int, frame: Frame, measure: Measure, taken: list[Box]) -> Iterable[Label]:
    bands = {band.months: band for band in study.bands}
    for centre in study.centres:
        if not centre.n_label or not frame.shows(centre.months):
            continue
        band = bands.get(centre.months)
        lower, upper = (band.lower, band.upper) if band else (centre.value, centre.value)
        left, right = bar_span(frame, centre.months, study.rank, studies)
        width = measure(centre.n_label)
        x = min(_n_centre(left, right, width, study.rank, studies), frame.area.right() + RIGHT - width / 2)
        under = _box(x, frame.y(lower) + _GAP, width, N_HEIGHT)
        over = _box(x, frame.y(upper) - _GAP - N_HEIGHT, width, N_HEIGHT)
        floor = _box(x, frame.area.bottom() - N_HEIGHT - 1, width, N_HEIGHT)
        aside = _box(right + _GAP + width / 2, frame.y(centre.value) - N_HEIGHT / 2, width, N_HEIGHT)
        far = _box(left - _GAP - width / 2, frame.y(centre.value) - N_HEIGHT / 2, width, N_HEIGHT)
        box = _first_free((under, floor, over, aside, far), taken, frame) or floor
        yield Label(centre.n_label, box, study.rank)


def _n_centre(left: float, right: float, width: float, rank: int, studies: int) -> float:
    """Under its bar; of two bars side by side each keeps its n on its own side."""
    if studies < 2:
        return (left + right) / 2
    return min(right - width / 2, (left + right) / 2) if rank == 0 else max(left + width / 2, (left + right) / 2)


def _box(centre_x: float, top: float, width: float, height: float) -> Box:
    return centre_x - width / 2, top, centre_x + width / 2, top + height


def _point_box(frame: Frame, months: float, value: float) -> Box:
    x, y = frame.x(months), frame.y(value)
    return x - MARK, y - MARK, x + MARK, y + MARK


def _first_free(boxes: Iterable[Box], taken: list[Box], frame: Frame) -> Box | None:
    top, bottom = frame.area.top() - 17, frame.area.bottom() + 1
    for box in boxes:
        if box[1] >= top and box[3] <= bottom and not _overlaps_any(box, taken):
            return box
    return None


def _overlaps_any(box: Box, taken: list[Box]) -> bool:
    """Plain comparisons in one loop: asked some hundred times a repaint."""
    left, top, right, bottom = box
    for other in taken:  # noqa: SIM110 - any() with a generator takes twice as long
        if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
            return True
    return False
