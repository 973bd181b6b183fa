"""The library as plain data for ``references --json``; keys as promised to scripts, extended only by adding.

A text in both languages gives two keys: ``text`` in English and ``text_zh_CN`` in Simplified Chinese.
"""

from collections.abc import Iterable
from typing import Any

from tracker.core.messages import Text
from tracker.reference.codes import Absent, Centre
from tracker.reference.model import (
    Cohort,
    CounterEvidence,
    Doubt,
    EventFigure,
    Measure,
    Passport,
    Point,
    Source,
    Statement,
    Study,
)

Document = dict[str, Any]


def document(study: Study) -> Document:
    """Return *study* as data."""
    return {
        "id": study.id,
        "title": study.title,
        "short_name": study.short_name,
        "citation": study.citation,
        "doi": _given(study.doi),
        "seed_document": study.seed_document,
        "supplementary": study.supplementary,
        "own": study.own,
        **_words("design", study.passport.design),
        "controlled": _given(study.passport.controlled),
        "n": _given(study.passport.n),
        "cohorts": [_cohort(cohort) for cohort in study.cohorts],
        "adverse_events": [_event(figure) for figure in study.adverse_events],
        "statements": [_statement(statement) for statement in study.statements],
        "doubts": [_doubt(doubt) for doubt in study.doubts],
        "counter_evidence": [_counter(evidence) for evidence in study.counter_evidence],
        "passport": _passport(study.passport),
    }


def _words(key: str, text: Text | Absent | None) -> Document:
    """Return the two keys of a text; an absent one keeps its code."""
    if isinstance(text, Text):
        return {key: text.en, f"{key}_zh_CN": text.zh_CN}
    absent = None if text is None else text.value
    return {key: absent, f"{key}_zh_CN": absent}


def _given(value: Any) -> Any:
    return None if isinstance(value, Absent) else value


def _source(sources: Iterable[Source]) -> str:
    return "; ".join(str(source) for source in sources)


def _cohort(cohort: Cohort) -> Document:
    return {
        "id": cohort.id,
        **_words("label", cohort.label),
        "role": cohort.role,
        "parent": cohort.parent,
        "n_printed": cohort.n_printed,
        "n_effective": cohort.n_effective,
        "n_text": cohort.n_text,
        "ais": _listed(cohort.ais),
        "levels": _listed(cohort.levels),
        "phases": _listed(cohort.phases),
        "points": [_point(point) for point in cohort.points],
    }


def _listed(value: tuple[str, ...] | Absent) -> list[str] | None:
    return None if isinstance(value, Absent) else list(value)


def _measure(measure: Measure) -> Document:
    return {
        "measure": measure.printed,
        "family": measure.family,
        "scale": measure.scale,
        "score": measure.score,
        "series": measure.series,
        "range": None if measure.range is None else list(measure.range),
        "variant_status": measure.variant,
        "variant_text": measure.variant_text,
        "direction": measure.direction or "unclear",
        "context": measure.context,
        "unit": measure.unit,
    }


def _time_label(point: Point) -> Document:
    if point.time_label is not None:
        return _words("time_label", point.time_label)
    return {"time_label": f"month {point.months}", "time_label_zh_CN": f"{point.months}个月"}


def _point(point: Point) -> Document:
    return {
        **_measure(point.measure),
        "months": point.months,
        **_time_label(point),
        "kind": point.kind,
        "centre": None if point.centre is Centre.NONE else point.centre,
        "value": point.value,
        "count": point.count,
        "of": point.of,
        "spread": list(point.spread) if isinstance(point.spread, tuple) else point.spread,
        "spread_kind": point.spread_kind,
        "spread_inferred": point.spread_inferred,
        "n": point.n_effective,
        "n_printed": point.n_printed,
        "n_text": point.n_text,
        "n_kind": point.n_kind,
        "p": _given(point.p),
        "origin": point.origin,
        "source": _source(point.sources),
        "flags": list(point.flags),
        "plot": point.plot,
        "comparable": point.comparable,
    }


def _statement(statement: Statement) -> Document:
    return {
        "id": statement.id,
        **_words("text", statement.text),
        "measure": statement.printed,
        **_words("time_label", statement.time_label),
        "n_text": statement.n_text,
        "p": _given(statement.p),
        "origin": statement.origin,
        "source": _source(statement.sources),
        "flags": list(statement.flags),
        "plot": statement.plot,
    }


def _event(figure: EventFigure) -> Document:
    return {
        **_words("term", figure.term),
        "count": _given(figure.count),
        **_words("denominator", figure.denominator),
        "printed": figure.printed,
        "origin": figure.origin,
        "source": _source(figure.sources),
    }


def _doubt(doubt: Doubt) -> Document:
    return {
        "type": doubt.type,
        **_words("text", doubt.text),
        "about": doubt.about,
        "cohorts": list(doubt.cohorts),
        "measures": list(doubt.measures),
        "months": list(doubt.months),
    }


def _counter(evidence: CounterEvidence) -> Document:
    return {
        "id": evidence.id,
        **_words("text", evidence.text),
        "beside": list(evidence.beside),
        "source": _source(evidence.sources),
    }


def _passport(passport: Passport) -> Document:
    return {
        "kind": passport.kind,
        "conditions": list(passport.conditions),
        "sites": _listed(passport.sites),
        "courses": _listed(passport.courses),
        **_words("condition", passport.condition),
        **_words("product", passport.product),
        **_words("cell_source", passport.cell_source),
        **_words("dose", passport.dose),
        **_words("route", passport.route),
        **_words("follow_up", passport.follow_up),
        **_words("age", passport.age),
        **_words("completeness", passport.completeness),
        **_words("level", passport.level),
        **_words("time_since_injury", passport.time_since_injury),
        **_words("eligibility", passport.eligibility),
    }
