"""A comparison as plain data: the form of ``compare --json``, which promises its keys and extends them only by adding.

Numbers are as computed, never rounded; texts are in the language in use.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from tracker.clinic.records import Treatment
from tracker.core.messages import Language, Message, current_language, say
from tracker.core.numbers import Number
from tracker.reference.codes import Centre
from tracker.reference.model import Cohort, Study
from tracker.reference.place import Place
from tracker.scales.change import Cell, Verdict
from tracker.scales.held import Held
from tracker.scales.lines import Line
from tracker.scales.responders import Response
from tracker.services.comparison import (
    CohortComparison,
    CohortPoint,
    Comparison,
    PanelComparison,
    PlacedVisit,
    PointComparison,
    WorseningByRule,
)


def document(comparison: Comparison) -> dict[str, Any]:
    """Return an episode's comparison as data."""
    course = comparison.course
    return {
        "episode": course.episode.id,
        "condition": course.condition.id,
        "body_site": course.episode.body_site,
        "side": course.episode.side,
        "index_treatment": None if course.index_treatment is None else _treatment(course.index_treatment),
        "further_treatments": [_treatment(treatment) for treatment in comparison.further],
        "series": [_panel(panel) for panel in comparison.panels],
        "responses": [_response(response) for response in comparison.responses],
        "unknown_cohorts": list(comparison.unknown_cohorts),
        "paragraph": joined(comparison.paragraph),
    }


def joined(messages: Iterable[Message]) -> str:
    """Return *messages* as one text, as the language in use writes one sentence after the other."""
    return ("" if current_language() is Language.ZH_CN else " ").join(say(message) for message in messages)


def _treatment(treatment: Treatment) -> dict[str, Any]:
    return {"date": treatment.date.isoformat(), "product": treatment.product, "dose": treatment.dose}


def _panel(panel: PanelComparison) -> dict[str, Any]:
    baseline = panel.baseline
    return {
        "series": panel.series,
        "context": panel.course.context,
        "scale": panel.scale.id,
        "score": panel.score.code,
        "unit": panel.score.unit,
        "direction": panel.score.direction,
        "baseline": None if baseline is None else {"date": baseline.date.isoformat(), "value": baseline.value},
        "no_baseline_reason": _text(panel.no_baseline),
        "baseline_note": _text(panel.baseline_note),
        "points": [_point(point) for point in panel.points],
        "lines": [_line(line) for line in panel.lines],
        "hidden_lines": [{"code": line.code, "reason": say(line.reason)} for line in panel.hidden_lines],
        "held": [_held(held) for held in panel.held],
        "cohorts": [_cohort(cohort) for cohort in panel.cohorts],
        "worsening": None if panel.worsening is None else _worsening(panel.worsening),
        "natural_recovery": _text(panel.natural_recovery),
        "sentences": {
            "clinician": joined(panel.sentences.clinician),
            "patient": joined(panel.sentences.patient),
        },
    }


def _point(point: PointComparison) -> dict[str, Any]:
    since_last = point.since_last
    return {
        "date": point.date.isoformat(),
        "months": point.months,
        "value": point.value,
        "reason": _text(point.reason),
        "is_baseline": point.is_baseline,
        "change_from_baseline": point.change_from_baseline,
        "percent_change": point.percent_change,
        "change_from_last": None if since_last is None else since_last.change,
        "after_further_treatment": None if point.after is None else point.after.date.isoformat(),
        "verdicts": [_verdict(verdict) for verdict in point.verdicts],
        "cells": [_cell(cell) for cell in point.cells],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    threshold = verdict.threshold
    return {
        "kind": threshold.kind,
        "value": threshold.value,
        "citation": threshold.citation,
        "population": str(threshold.population),
        "met": verdict.met,
        "id": threshold.id,
        "name": say(verdict.name),
        "upper": threshold.upper,
        "relative": threshold.relative,
        "sign": threshold.sign,
        "verified": threshold.verified,
        "reason": _text(verdict.reason),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "mdc": None if cell.mdc is None else {"kind": cell.mdc.kind, "id": cell.mdc.id},
        "error": cell.error,
        "trend": cell.trend,
        "limits": cell.limits,
        "reached": cell.reached,
    }


def _line(line: Line) -> dict[str, Any]:
    threshold = line.threshold
    return {
        "code": line.code,
        "name": say(line.name),
        "value": line.value,
        "upper": line.upper,
        "citation": None if threshold is None else threshold.citation,
        "population": None if threshold is None else str(threshold.population),
    }


def _held(held: Held) -> dict[str, Any]:
    return {
        "id": held.threshold.id,
        "holding": held.holding,
        "reached_on": held.reached_on.isoformat(),
        "kept_until": held.kept_until.isoformat(),
        "visits": held.visits,
        "ended_on": _day(held.ended_on),
    }


def _worsening(worsening: WorseningByRule) -> dict[str, Any]:
    rule, found = worsening.rule, worsening.found
    return {
        "rule": {
            "variant": rule.variant,
            "from_zero": rule.from_zero,
            "up_to": rule.up_to,
            "step": rule.step,
            "above": rule.above,
            "days": rule.days,
            "verified": rule.verified,
            "citation": worsening.limit.citation,
        },
        "needed": worsening.limit.value,
        "onset": None if found is None else found.onset.isoformat(),
        "confirmation": None if found is None else found.confirmation,
        "confirmed_on": None if found is None else _day(found.confirmed_on),
    }


def _cohort(cohort: CohortComparison) -> dict[str, Any]:
    return {
        "study": cohort.study.id,
        "cohort": cohort.cohort.id,
        "name": cohort_name(cohort.study, cohort.cohort),
        "chosen": cohort.chosen,
        "usable": cohort.usable,
        "why": "; ".join(say(reason) for reason in cohort.why),
        "started_outside": cohort.started_outside,
        "warnings": [say(warning.message) for warning in cohort.overlay.warnings],
        "points": [_cohort_point(point) for point in cohort.points],
    }


def cohort_name(study: Study, cohort: Cohort) -> str:
    """Return study and cohort as one name."""
    return f"{study.short_name}, {cohort.label}"


def _cohort_point(point: CohortPoint) -> dict[str, Any]:
    drawn = point.drawn
    band = drawn.band
    return {
        "months": drawn.months,
        "n": drawn.n,
        "n_text": drawn.n_text,
        "centre": None if point.centre is Centre.NONE else point.centre,
        "value": drawn.value,
        "band": None if band is None else {"kind": band.kind, "lower": band.lower, "upper": band.upper},
        "no_band_reason": _text(drawn.no_band),
        "visit": None if point.visit is None else _visit(point.visit),
        "place": None if point.place is None or point.visit is None else _place(point.visit, point.place),
        "position": None if point.refused is None else point.refused.position,
        "refused": None if point.refused is None else point.refused.code,
        "refused_reason": _text(point.refused_reason),
    }


def _visit(visit: PlacedVisit) -> dict[str, Any]:
    value: Number | None = visit.point.value
    return {"date": visit.point.date.isoformat(), "days_off": visit.days_off, "value": value}


def _place(visit: PlacedVisit, place: Place) -> dict[str, Any]:
    return {
        "date": visit.point.date.isoformat(),
        "days_off": visit.days_off,
        "percentile": place.percentile,
        "lower": place.lower,
        "upper": place.upper,
        "better_than": place.better_than,
        "better_than_lower": place.better_than_lower,
        "better_than_upper": place.better_than_upper,
        "tie_lower": place.tie_lower,
        "tie_upper": place.tie_upper,
        "statement": place.statement,
        "flags": [flag.code for flag in place.flags],
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "code": response.code,
        "name": say(response.name),
        "date": response.date.isoformat(),
        "months": response.months,
        "met": response.met,
        "reason": _text(response.reason),
        "verified": response.verified,
        "citation": response.citation,
    }


def _text(message: Message | None) -> str | None:
    return None if message is None else say(message)


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
