"""The body picture: a figure from the front and from the back, each half cut into simplified dermatomes.

Drawn for this program. Coordinates are those of one half: x runs from the midline outwards, y downwards, about 100 by
445. Maps of dermatomes differ from author to author; this one shows where to look, not where to test.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

WIDTH, HEIGHT = 206.0, 448.0
"""Size of a whole figure, its midline in the middle."""
FRONT, BACK = "front", "back"
_SHOULDER = QPointF(36, 91)
_ARM_TURN = -17.0
_WIDE = 200.0

_TRUNK = (
    *((0, 56), (9.5, 56), (10, 72), (18, 78), (31, 81.5), (40, 86.5), (42, 98), (37.5, 119), (34, 140), (31, 160)),
    *((30, 178), (32, 198), (35.5, 216), (38, 234), (20, 247), (0, 251.5)),
)
_LEG = (
    *(
        (30, 221),
        (36.6, 222),
        (39, 242),
        (38.6, 262),
        (36, 288),
        (32.5, 312),
        (30, 328),
        (31.5, 348),
        (30, 372),
        (25, 398),
        (23, 414),
    ),
    *((27, 425), (30.5, 434), (26, 441), (15, 442), (10.5, 437), (11, 424), (11.5, 410), (9.5, 385), (7, 358)),
    *((8.5, 332), (7, 306), (4, 276), (0.6, 252), (8, 240), (20, 228)),
)
_ARM = (
    *((-9, 4), (-3, -3), (3, -5), (8.5, -0.5), (11, 12), (10.5, 34), (8.5, 58), (9.5, 74), (8, 94), (5.5, 112)),
    *((8, 119), (13, 128), (14.5, 137), (11.5, 139), (8.5, 132), (8, 144), (6, 157), (2, 162), (-2.5, 160)),
    *((-5.5, 150), (-6.5, 132), (-5, 113), (-6.5, 95), (-8, 74), (-7, 58), (-8.5, 36), (-9.5, 20)),
)

Region = tuple[str, QPainterPath]
Points = Sequence[tuple[float, float]]


def _smooth(points: Points) -> QPainterPath:
    """Return a closed curve through *points* (Catmull-Rom)."""
    path = QPainterPath(QPointF(*points[0]))
    count = len(points)
    for at in range(count):
        before, here, there, beyond = (QPointF(*points[(at + step) % count]) for step in (-1, 0, 1, 2))
        path.cubicTo(here + (there - before) / 6, there - (beyond - here) / 6, there)
    path.closeSubpath()
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    path.closeSubpath()
    return path


def _outer_half(path: QPainterPath) -> QPainterPath:
    room = QPainterPath()
    room.addRect(QRectF(0, -20, _WIDE, 600))
    return path.intersected(room)


def _ellipse(x: float, y: float, wide: float, tall: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), wide, tall)
    return path


@cache
def _parts() -> Mapping[str, QPainterPath]:
    """Return head, trunk, leg and arm of one half; the arm where it belongs, without what the trunk covers."""
    trunk = _outer_half(_smooth(_TRUNK))
    head = _outer_half(_ellipse(0, 34, 19.5, 26))
    turned = QTransform().translate(_SHOULDER.x(), _SHOULDER.y()).rotate(_ARM_TURN)
    arm = turned.map(_smooth(_ARM)).subtracted(trunk)
    leg = _outer_half(_smooth(_LEG)).subtracted(trunk)
    return {"head": head, "trunk": trunk.subtracted(head), "leg": leg, "arm": arm}


def _slope(line: tuple[float, float], below: tuple[float, float]) -> QPainterPath:
    """Return the band between two curves, each given by its y at the midline and at x = 40."""

    def along(ends: tuple[float, float], places: Sequence[int]) -> list[tuple[float, float]]:
        # Level at the midline, so that both halves join without a kink.
        return [(x, ends[0] + (ends[1] - ends[0]) * abs(x / 40) ** 1.6) for x in places]

    places = (-1, *range(3, 61, 3))
    return _polygon(*along(line, places), *along(below, places[::-1]))


def _bands(part: QPainterPath, levels: Sequence[str], lines: Sequence[tuple[float, float]]) -> list[Region]:
    return [
        (level, part.intersected(_slope(line, below)))
        for level, line, below in zip(levels, lines[:-1], lines[1:], strict=True)
    ]


def _thoracic_lines(first: float, step: float, dip: float) -> list[tuple[float, float]]:
    return [(first + step * number + dip, first + step * number) for number in range(12)]


_THORACIC = tuple(f"T{number}" for number in range(2, 13))


def _arm_regions(cuts: Mapping[str, Points]) -> list[Region]:
    """Cut the arm by polygons in its own upright coordinates; earlier ones go before later ones."""
    turned = QTransform().translate(_SHOULDER.x(), _SHOULDER.y()).rotate(_ARM_TURN)
    left = _parts()["arm"]
    found = []
    for level, points in cuts.items():
        cut = turned.map(_polygon(*points))
        found.append((level, left.intersected(cut)))
        left = left.subtracted(cut)
    return found


_FRONT_ARM: Mapping[str, Points] = {
    "C5": ((-1, -20), (30, -20), (30, 60), (0, 60)),
    "C6": ((0, 60), (30, 60), (30, 170), (3.6, 170), (3, 114), (0, 106)),
    "C7": ((3, 114), (3.6, 170), (-2, 170), (-1.6, 114), (0, 106)),
    "T2": ((-30, -20), (-1, -20), (-0.5, 38), (-30, 42)),
    "T1": ((-30, 42), (-0.5, 38), (0, 88), (-30, 92)),
    "C8": ((-30, 92), (0, 88), (0, 106), (-1.6, 114), (-2, 170), (-30, 170)),
}
_BACK_ARM: Mapping[str, Points] = {
    "C5": ((-1, -20), (30, -20), (30, 52), (4, 52), (3, 30), (-2, 22)),
    "C6": ((4, 52), (30, 52), (30, 170), (5, 170), (3.5, 114)),
    "C7": ((3, 30), (4, 52), (3.5, 114), (5, 170), (-1.5, 170), (-1.5, 114), (-2.5, 60), (-2, 22)),
    "T2": ((-30, -20), (-1, -20), (-2, 22), (-2.3, 42), (-30, 44)),
    "T1": ((-30, 44), (-2.3, 42), (-2.2, 86), (-30, 90)),
    "C8": ((-30, 90), (-2.2, 86), (-1.5, 114), (-1.5, 170), (-30, 170)),
}


def _front_half() -> list[Region]:
    parts = _parts()
    trunk, leg = parts["trunk"], parts["leg"]
    lines = _thoracic_lines(93, 11.8, 3.5)
    regions = [("C2", parts["head"].subtracted(_ellipse(0, 39, 14, 18.5)))]
    regions += _bands(trunk, ("C3", "C4"), [(40, 40), (74, 74), lines[0]])
    regions += _bands(trunk, _THORACIC, lines)
    groin, thigh, knee, shin = (255, 240), (296, 276), (340, 313), (346, 318)
    lower = trunk.united(leg)
    regions += _bands(lower, ("L1", "L2", "L3"), [lines[-1], groin, thigh, knee])
    calf = leg.intersected(_slope(knee, (470, 470)))
    foot = calf.intersected(_polygon((23.5, 416), (60, 410), (60, 450), (25, 450)))
    inner = calf.intersected(_polygon((-1, knee[0] - 2), (31, shin[1]), (17, 404), (14, 450), (-1, 450)))
    regions += [("L4", inner), ("S1", foot), ("L5", calf.subtracted(inner).subtracted(foot))]
    return regions + _arm_regions(_FRONT_ARM)


def _back_half() -> list[Region]:
    parts = _parts()
    trunk, leg = parts["trunk"], parts["leg"]
    lines = _thoracic_lines(92, 9.4, -1.5)
    regions = _bands(parts["head"], ("C2", "C3"), [(0, 0), (43, 41), (70, 70)])
    regions += _bands(trunk, ("C3", "C4"), [(40, 40), (72, 72), lines[0]])
    regions += _bands(trunk, _THORACIC, lines)
    lower = trunk.united(leg).intersected(_slope(lines[-1], (470, 470)))
    sacral, ring = _ellipse(0, 241, 7, 8.5), _ellipse(0, 238, 17, 17)
    regions += [("S4_5", lower.intersected(sacral)), ("S3", lower.intersected(ring).subtracted(sacral))]
    lower = lower.subtracted(ring)
    fans = [lines[-1], (202, 208), (208, 226), (213, 248)]
    for level, region in _bands(lower, ("L1", "L2", "L3"), fans):
        regions.append((level, region))
        lower = lower.subtracted(region)
    cuts = {
        "L4": ((-1, 330), (11, 336), (13, 380), (15, 410), (15, 450), (-1, 450)),
        "S2": ((-1, 216), (10, 220), (19, 262), (19, 330), (15.5, 372), (11.5, 372), (10, 336), (-1, 330)),
        "L5": ((3, 205), (22, 250), (29, 300), (25.5, 372), (22.5, 404), (60, 404), (60, 205)),
        "S1": ((-1, 200), (60, 200), (60, 450), (-1, 450)),
    }
    for level, points in cuts.items():
        cut = _polygon(*points)
        regions.append((level, lower.intersected(cut)))
        lower = lower.subtracted(cut)
    return regions + _arm_regions(_BACK_ARM)


@cache
def figure(view: str) -> tuple[tuple[str, str, QPainterPath], ...]:
    """Return the regions of a whole figure as (side, level, path); from the front the right side is at the left."""
    half = _front_half() if view == FRONT else _back_half()
    outward = QTransform().translate(WIDTH / 2, 0)
    mirrored = QTransform(outward).scale(-1, 1)
    right, left = (mirrored, outward) if view == FRONT else (outward, mirrored)
    return tuple(
        (side, level, turned.map(path))
        for side, turned in (("right", right), ("left", left))
        for level, path in half
        if not path.isEmpty()
    )


@cache
def outline(view: str) -> QPainterPath:
    """Return the outline of a whole figure (with the face, which belongs to no dermatome)."""
    half = QPainterPath()
    for part in _parts().values():
        half = half.united(part)
    outward = QTransform().translate(WIDTH / 2, 0)
    # A hair of overlap, or the halves would keep a seam along the midline.
    whole = outward.map(half).translated(-0.02, 0).united(QTransform(outward).scale(-1, 1).map(half))
    return whole if view in (FRONT, BACK) else QPainterPath()
