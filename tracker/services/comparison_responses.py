"""Responder criteria of osteoarthritis at each visit after the baseline: WOMAC 20, 50, 70 and OMERACT-OARSI."""

from collections.abc import Iterator, Mapping, Sequence

from tracker.core.messages import Message, msg
from tracker.scales.change import Change, change_since, exact, number
from tracker.scales.model import Scale
from tracker.scales.responders import (
    OMERACT_OARSI,
    WOMAC_CITATION,
    WOMAC_PERCENTS,
    Answer,
    OmeractOarsi,
    Response,
    omeract_oarsi,
    womac_pain,
    womac_pain_and_more,
)
from tracker.services.comparison import PanelComparison, PointComparison

_WOMAC, _GLOBAL = "womac-", "patient-global"
_PARTS = ("pain", "stiffness", "function")

Changes = Mapping[str, Change | None]


def responses_of(panels: Sequence[PanelComparison], rule: OmeractOarsi = OMERACT_OARSI) -> tuple[Response, ...]:
    """Return every criterion at every visit at which at least one part has a change since baseline."""
    forms: dict[tuple[str, str], dict[str, PanelComparison]] = {}
    overall = {
        point.point.visit_id: point.since_baseline
        for panel in panels
        if panel.scale.id == _GLOBAL
        for point in panel.points
    }
    for panel in panels:
        if panel.scale.id.startswith(_WOMAC) and panel.score.code in _PARTS:
            forms.setdefault((panel.scale.id, panel.course.context), {})[panel.score.code] = panel
    return tuple(
        response
        for parts in forms.values()
        for visit, changes in _visits(parts)
        for response in _responses(
            next(iter(parts.values())).scale, visit, changes | {_GLOBAL: overall.get(visit.point.visit_id)}, rule
        )
    )


def _visits(parts: Mapping[str, PanelComparison]) -> Iterator[tuple[PointComparison, dict[str, Change | None]]]:
    """Yield each assessment with the change of its parts."""
    changes: dict[str, dict[str, Change | None]] = {}
    visits: dict[str, PointComparison] = {}
    for code, panel in parts.items():
        for point in panel.points:
            visits.setdefault(point.point.assessment_id, point)
            changes.setdefault(point.point.assessment_id, {})[code] = point.since_baseline
    for key, visit in visits.items():
        if any(changes[key].values()):
            yield visit, changes[key]


def _responses(scale: Scale, visit: PointComparison, changes: Changes, rule: OmeractOarsi) -> Iterator[Response]:
    pain, stiffness, function = (changes.get(code) for code in ("pain", "stiffness", "function"))
    for percent in WOMAC_PERCENTS:
        name = msg("WOMAC {percent}P: pain at least {percent} % better", percent=percent)
        yield _response(f"womac_{percent}p", name, visit, womac_pain(pain, percent))
        name = msg("WOMAC {percent}PFS: pain, and function or stiffness, at least {percent} % better", percent=percent)
        yield _response(f"womac_{percent}pfs", name, visit, womac_pain_and_more(pain, function, stiffness, percent))
    met, reason = omeract_oarsi(
        _of_100(scale, "pain", pain), _of_100(scale, "function", function), changes.get(_GLOBAL), rule
    )
    yield Response(
        code="omeract_oarsi",
        name=msg("OMERACT-OARSI responder"),
        date=visit.date,
        months=visit.months,
        met=met,
        reason=reason,
        verified=rule.verified,
        citation=rule.citation,
    )


def _response(code: str, name: Message, visit: PointComparison, answer: Answer) -> Response:
    met, reason = answer
    return Response(
        code=code,
        name=name,
        date=visit.date,
        months=visit.months,
        met=met,
        reason=reason,
        verified=True,
        citation=WOMAC_CITATION,
    )


def _of_100(scale: Scale, code: str, change: Change | None) -> Change | None:
    """Return a change of a raw part (0 to its maximum) as a change of 0 to 100."""
    if change is None:
        return None
    definition = scale.score(code)
    most = exact(definition.maximum)
    reference, value = (number(exact(raw) * 100 / most) for raw in (change.reference, change.value))
    return change_since(definition, reference, value)
