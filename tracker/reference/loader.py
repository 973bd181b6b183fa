"""Reads one study file, and refuses anything that is not exactly a study.

A clinic may add its own study: the same loader reads it. A ``[[trajectories]]`` table holds the points of one measure
of one cohort; what all its points share (spread kind, origin, plot ...) may stand once in the trajectory, and what
all points of the file share once in ``[shared]``.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tracker.core.messages import msg
from tracker.core.numbers import Number
from tracker.reference.checks import check_point, check_study
from tracker.reference.codes import (
    About,
    ArmRole,
    Centre,
    NKind,
    Origin,
    PlotPolicy,
    PointKind,
    SpreadKind,
    StudyKind,
    VariantStatus,
)
from tracker.reference.fields import InvalidStudyError, Table
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
from tracker.scales.model import Direction

LARGEST_FILE = 1_000_000
"""Bytes; the largest study that ships has less than a tenth of it."""


def read_study(path: Path) -> Study:
    """Read the study in *path*; raises InvalidStudyError with file, table and key."""
    if path.stat().st_size > LARGEST_FILE:
        raise InvalidStudyError(
            msg("study file {file} is larger than {limit} bytes: not a study file", file=path.name, limit=LARGEST_FILE)
        )
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidStudyError(
            msg("study file {file} is not valid TOML in UTF-8: {problem}", file=path.name, problem=str(error))
        ) from error
    top = Table(raw, path.name, "")
    study = _study(top)
    if study.id != path.stem:
        raise top.refused(msg("the id is “{id}”, which is not the file's name", id=study.id), "id")
    check_study(top, study)
    return study


def _study(top: Table) -> Study:
    sources = {source.key: source for source in map(_source, top.tables("sources"))}
    measures = {measure.id: measure for measure in map(_measure, top.tables("measures"))}
    shared = top.table("shared").rest()
    points = [
        point for table in top.tables("trajectories", shared=shared) for point in _trajectory(table, measures, sources)
    ]
    cohorts = tuple(_cohort(table, points) for table in top.tables("cohorts"))
    study = Study(
        id=top.text("id"),
        short_name=top.text("short_name"),
        title=top.text("title"),
        citation=top.text("citation"),
        doi=top.given("doi", top.text),
        seed_document=top.optional("seed_document", top.text),
        supplementary=top.flag("supplementary"),
        passport=_passport(top.table("passport")),
        sources=tuple(sources.values()),
        measures=tuple(measures.values()),
        cohorts=cohorts,
        statements=tuple(_statement(table, sources) for table in top.tables("statements")),
        adverse_events=tuple(_event(table, sources) for table in top.tables("adverse_events")),
        doubts=tuple(_doubt(table) for table in top.tables("doubts")),
        counter_evidence=tuple(_counter(table, sources) for table in top.tables("counter_evidence")),
    )
    top.finish()
    known = {cohort.id for cohort in cohorts}
    for point in points:
        if point.cohort not in known:
            raise top.refused(msg("there is no cohort “{cohort}”", cohort=point.cohort), "trajectories")
    return study


def _source(table: Table) -> Source:
    source = Source(key=table.text("key"), name=table.text("name"), url=table.optional("url", table.text))
    table.finish()
    return source


def _sources(table: Table, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    keys = table.texts("sources")
    unknown = [key for key in keys if key not in sources]
    if unknown or not keys:
        raise table.refused(msg("no source with the key “{key}”", key=(unknown or [""])[0]), "sources")
    return tuple(sources[key] for key in keys)


def _passport(table: Table) -> Passport:
    passport = Passport(
        kind=table.code("kind", StudyKind),
        design=table.words("design"),
        controlled=table.given("controlled", table.flag),
        n=table.given("n", table.whole),
        conditions=table.texts("conditions"),
        sites=table.given("sites", table.texts),
        courses=table.given("courses", table.texts),
        condition=table.words("condition"),
        product=table.given("product", table.words),
        cell_source=table.given("cell_source", table.words),
        dose=table.given("dose", table.words),
        route=table.given("route", table.words),
        follow_up=table.given("follow_up", table.words),
        age=table.given("age", table.words),
        completeness=table.given("completeness", table.words),
        level=table.given("level", table.words),
        time_since_injury=table.given("time_since_injury", table.words),
        eligibility=table.given("eligibility", table.words),
    )
    table.finish()
    return passport


def _measure(table: Table) -> Measure:
    direction = table.text("direction")
    measure = Measure(
        id=table.text("id"),
        printed=table.text("printed"),
        label=table.words("label"),
        family=table.optional("family", table.text),
        scale=table.optional("scale", table.text),
        score=table.optional("score", table.text),
        series=table.optional("series", table.text),
        as_printed_on=table.texts("as_printed_on"),
        range=table.optional("range", table.pair),
        variant=table.code("variant", VariantStatus),
        variant_text=table.text("variant_text"),
        direction=None if direction == "unclear" else table.code("direction", Direction),
        context=table.text("context"),
        unit=table.optional("unit", table.text),
    )
    table.finish()
    if measure.series is not None and (measure.range is None or measure.direction is None):
        raise table.refused(msg("a measure with a series needs its range and direction"), "series")
    if measure.series is not None and measure.variant is VariantStatus.UNKNOWN:
        raise table.refused(msg("a measure of unknown variant belongs to no series: use as_printed_on"), "series")
    return measure


def _trajectory(table: Table, measures: Mapping[str, Measure], sources: Mapping[str, Source]) -> list[Point]:
    key = table.text("measure")
    if key not in measures:
        raise table.refused(msg("there is no measure “{measure}”", measure=key), "measure")
    cohort = table.text("cohort")
    own = table.tables("points", shared=table.rest("measure", "cohort", "points"))
    if not own:
        raise table.refused(msg("a trajectory without points: write a statement instead"), "points")
    return [_point(entry, cohort, measures[key], sources) for entry in own]


def _point(table: Table, cohort: str, measure: Measure, sources: Mapping[str, Source]) -> Point:
    kind = table.code("kind", PointKind)
    count = table.whole("count") if kind is PointKind.PROPORTION else None
    of = table.whole("of") if kind is PointKind.PROPORTION else None
    if of == 0:
        raise table.refused(msg("nothing can be counted out of 0"), "of")
    raw_spread = table.take("spread")
    point = Point(
        cohort=cohort,
        measure=measure,
        months=table.optional("months", table.number),
        time_label=table.optional("time_label", table.words),
        kind=kind,
        centre=table.code("centre", Centre),
        value=_proportion(table, count, of) if count is not None and of else table.number("value"),
        count=count,
        of=of,
        spread=table.pair("spread") if isinstance(raw_spread, list) else table.optional("spread", table.number),
        spread_kind=table.code("spread_kind", SpreadKind),
        spread_inferred=table.flag("spread_inferred"),
        n_printed=table.optional("n_printed", table.whole),
        n_effective=table.optional("n_effective", table.whole),
        n_text=table.text("n_text"),
        n_kind=table.code("n_kind", NKind),
        p=table.given("p", table.text),
        origin=table.code("origin", Origin),
        sources=_sources(table, sources),
        flags=table.texts("flags"),
        plot=table.code("plot", PlotPolicy),
        comparable=table.flag("comparable"),
    )
    table.finish()
    check_point(table, point)
    return point


def _proportion(table: Table, count: int, of: int) -> Number:
    """Return the percentage that the counts give; a printed one (or ``none``) must agree with them."""
    percent = 100 * count / of
    printed = table.optional("value", table.number)
    if count > of or (printed is not None and abs(printed - percent) > 0.0501):
        raise table.refused(msg("the percentage does not follow from the counts"), "value")
    return percent if printed is None else printed


def _cohort(table: Table, points: list[Point]) -> Cohort:
    key = table.text("id")
    cohort = Cohort(
        id=key,
        label=table.words("label"),
        role=table.code("role", ArmRole),
        parent=table.optional("parent", table.text),
        n_printed=table.optional("n_printed", table.whole),
        n_effective=table.optional("n_effective", table.whole),
        n_text=table.text("n_text"),
        ais=table.given("ais", table.texts),
        levels=table.given("levels", table.texts),
        phases=table.given("phases", table.texts),
        points=tuple(point for point in points if point.cohort == key),
    )
    table.finish()
    return cohort


def _statement(table: Table, sources: Mapping[str, Source]) -> Statement:
    statement = Statement(
        id=table.text("id"),
        text=table.words("text"),
        printed=table.optional("printed", table.text),
        time_label=table.optional("time_label", table.words),
        n_text=table.optional("n_text", table.text),
        p=table.given("p", table.text),
        origin=table.code("origin", Origin),
        sources=_sources(table, sources),
        flags=table.texts("flags"),
        plot=table.code("plot", PlotPolicy),
    )
    table.finish()
    if statement.plot not in (PlotPolicy.TEXT, PlotPolicy.NEVER):
        raise table.refused(msg("a statement has no number to plot: “text” or “never”"), "plot")
    return statement


def _event(table: Table, sources: Mapping[str, Source]) -> EventFigure:
    figure = EventFigure(
        term=table.words("term"),
        count=table.given("count", table.whole),
        printed=table.text("printed"),
        denominator=table.words("denominator"),
        origin=table.code("origin", Origin),
        sources=_sources(table, sources),
    )
    table.finish()
    return figure


def _doubt(table: Table) -> Doubt:
    doubt = Doubt(
        type=table.text("type"),
        about=table.code("about", About),
        cohorts=table.texts("cohorts"),
        measures=table.texts("measures"),
        months=table.numbers("months"),
        text=table.words("text"),
    )
    table.finish()
    return doubt


def _counter(table: Table, sources: Mapping[str, Source]) -> CounterEvidence:
    evidence = CounterEvidence(
        id=table.text("id"),
        text=table.words("text"),
        beside=table.texts("beside"),
        sources=_sources(table, sources),
    )
    table.finish()
    return evidence
